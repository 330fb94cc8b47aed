"""The repository that a user names, opened for as long as it is looked at."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from vger_guide.errors import UserError
from vger_guide.repo.clone import cloned, is_address
from vger_guide.repo.open import NoTree, open_tree
from vger_guide.repo.tree import Tree


@contextmanager
def opened_tree(target: str, ref: str | None, told: Callable[[str], None] = lambda _: None) -> Iterator[Tree]:
    """Give the tree of a folder or an address. Raises UserError where there is nothing to look at."""
    try:
        if is_address(target):
            with cloned(target, told, ref) as tree:
                yield tree
        else:
            # A folder's own name says more in a report than `.` does.
            yield open_tree(Path(target), ref, Path(target).resolve().name or target)
    except NoTree as why:
        raise UserError(str(why)) from None
