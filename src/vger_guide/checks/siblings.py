"""The files of a folder beside one that is looked into: what one says may depend on them."""

from collections.abc import Sequence

from vger_guide.matchers.probes import File
from vger_guide.repo.tree import FileKind, Tree, TreeEntry, UnreadableFileError

# A folder with more files of a kind is not looked through.
MOST = 200


class Siblings:
    """Reads the files of a folder; those of the last one are kept, as files come in the order of their paths."""

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self._folders: dict[str, list[TreeEntry]] | None = None
        self._last: tuple[str, tuple[str, ...]] = "", ()
        self._files: list[File] = []

    def read(self, path: str, endings: tuple[str, ...]) -> Sequence[File]:
        """Return the files in the folder of a path whose names end so; those that cannot be read are left out."""
        folder = path.rpartition("/")[0]
        if self._last != (folder, endings):
            entries = [each for each in self._entries(folder) if each.path.endswith(endings)]
            self._files = [file for entry in entries[:MOST] if (file := self._file(entry))]
            self._last = folder, endings
        return self._files

    def _entries(self, folder: str) -> list[TreeEntry]:
        if self._folders is None:
            self._folders = {}
            for entry in self._tree.entries():
                if entry.kind is FileKind.FILE:
                    self._folders.setdefault(entry.path.rpartition("/")[0], []).append(entry)
        return self._folders.get(folder, [])

    def _file(self, entry: TreeEntry) -> File | None:
        try:
            return File(entry, self._tree.read(entry))
        except UnreadableFileError:
            return None
