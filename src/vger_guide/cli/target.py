"""The repository that a user names, opened for as long as it is looked at."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from vger_guide.errors import UserError
from vger_guide.repo.clone import is_address, open_clone
from vger_guide.repo.open import RepositoryNotFoundError, open_tree
from vger_guide.repo.tree import Tree


@contextmanager
def open_target(target: str, ref: str | None, progress: Callable[[str], None] = lambda _: None) -> Iterator[Tree]:
    """Give the tree of a folder or an address. Raises UserError where there is nothing to look at."""
    try:
        if is_address(target):
            with open_clone(target, progress, ref) as tree:
                yield tree
        else:
            # A folder's own name says more in a report than `.` does.
            yield open_tree(Path(target), ref, Path(target).resolve().name or target)
    except RepositoryNotFoundError as why:
        raise UserError(str(why)) from None
