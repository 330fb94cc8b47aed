"""JSONPath (RFC 9535, https://www.rfc-editor.org/rfc/rfc9535): which values of a document are meant.

Paths of names, places and wildcards are followed by `plain`, paths with filters and slices by `filtered`, which imports
python-jsonpath and is imported for such a path only; paths without `$`, as records had them before, by `key_paths`.
Where an Unknown value decides whether a node is meant, the node is uncertain.
"""

from collections.abc import Iterator
from functools import lru_cache
from importlib.util import find_spec
from typing import Any

from vger_guide.matchers.formats import Document, Heads
from vger_guide.matchers.jsonpath import key_paths, plain
from vger_guide.matchers.jsonpath.nodes import Node, Path
from vger_guide.repo.tree import RequirementMissingError

INSTALL = "pip install python-jsonpath"


def find_values(document: Document, path: str) -> Iterator[Node]:
    """Yield what a path means in a document. Raises UnreadableFileError where that is too much."""
    ready = compile_path(path)
    for number, root in enumerate(document.roots):
        yield from (node._replace(keys=(number, *node.keys)) for node in ready.follow(root))


@lru_cache(maxsize=512)
def compile_path(path: str) -> Path:
    """Return a path that the catalogue has proven to be one; one without `$` is a path of keys, as they were before."""
    if not path.startswith("$"):
        return key_paths.KeyPath(path)
    segments = plain.parse_segments(path)
    if segments is not None:
        return plain.PlainPath(segments)
    return _DeferredPath(path)


@lru_cache(maxsize=512)
def find_heads(paths: tuple[str, ...]) -> Heads:
    """Return what the first steps of some paths lead to; nothing where that is all there is."""
    heads = [plain.find_head(path) for path in paths]
    return tuple(sorted(set(heads))) if all(heads) else ()


class _DeferredPath:
    """A path with filters; what follows them is imported where a document has what stands before the first."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._before = plain.PlainPath(plain.segments_before_filter(path))
        self._ready: Path | None = None

    def follow(self, root: Any) -> Iterator[Node]:
        """Yield what is met in a document. Raises UnreadableFileError, and RequirementMissingError."""
        if any(True for _ in self._before.follow(root)):
            self._ready = self._ready or _import(self._path)
            yield from self._ready.follow(root)


def _import(path: str) -> Path:
    if find_spec("jsonpath") is None:
        raise RequirementMissingError(f"it follows a path with filters, and '{INSTALL}' is needed for it")
    ready: Path = load_filtered().FilteredPath(path)
    return ready


def load_filtered() -> Any:
    """Return the module that follows paths with filters."""
    from vger_guide.matchers.jsonpath import filtered  # noqa: PLC0415 - it imports python-jsonpath

    return filtered
