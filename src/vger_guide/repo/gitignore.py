"""What git would ignore: its own judgement, asked in an empty repository that has the ignore files of a tree."""

from collections.abc import Iterable
from pathlib import Path

from vger_guide.repo import git
from vger_guide.repo.git import GitError
from vger_guide.repo.tree import RequirementMissingError
from vger_guide.text.temporary_folder import temporary_folder

NAME = ".gitignore"


def find_ignore_files(paths: Iterable[str]) -> set[str]:
    """Return the paths of the ignore files that can matter to some paths: those beside them and above them."""
    found = set()
    for path in paths:
        folders = path.rstrip("/").split("/")[:-1]
        found |= {"/".join([*folders[:depth], NAME]) for depth in range(len(folders) + 1)}
    return found


def match_ignored(files: dict[str, bytes], paths: Iterable[str]) -> set[str]:
    """Return which paths git would ignore, where it has not been told of them already.

    `files` are ignore files by their paths; those that cannot matter may be missing or there. A path with a slash at
    its end stands for a folder. Paths are relative to the root, without `.` and `..`, and ours: they are made on the
    disk. Raises RequirementMissingError where git is not installed, or cannot tell.
    """
    tried = list(paths)
    with temporary_folder() as root:
        _lay_out(root, {path: files[path] for path in find_ignore_files(tried) if path in files})
        settings = git.environment(root / ".git") | {"GIT_WORK_TREE": str(root)}
        arguments = ("check-ignore", "--no-index", "--stdin", "-z")
        # A path as it is, that begins with a colon, would be a pattern.
        given = "".join(f"./{path}\0" for path in tried).encode("utf-8", "surrogateescape")
        try:
            output = git.run_git(arguments, settings, given, fine=(0, 1))
        except GitError as error:
            raise RequirementMissingError(str(error)) from None
    return {path.removeprefix("./") for path in output.decode("utf-8", "surrogateescape").split("\0")[:-1]}


def _lay_out(root: Path, files: dict[str, bytes]) -> None:
    (root / ".git" / "refs").mkdir(parents=True)
    git.make_repository(root / ".git", "ref: refs/heads/main", bare=False)
    for path, data in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(data)
