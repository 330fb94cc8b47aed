"""Many globs at once: which of them select a path.

A glob says something of the folder and something of the name, and a repository has fewer of either than of paths: each
folder and each name is looked at once. One automaton for whole paths would have a state for most of them.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import product
from math import prod
from typing import NamedTuple

from vger_guide.matchers.globs import split_glob, translate
from vger_guide.matchers.patterns import WholePatternSet

# Folders and names of which the answer is kept.
KEPT = 1 << 16
# A glob of more alternatives is asked of whole paths.
MOST_ALTERNATIVES = 64

_PLAIN = re.compile(r"[^*?\[\]{}]+")


class _Parts(NamedTuple):
    """What an alternative of a glob asks of a folder and of a name, as numbers of their globs; None asks nothing."""

    glob: int
    folder: int | None
    name: int | None


class GlobSet:
    """Many globs at once."""

    def __init__(self, globs: Sequence[str]) -> None:
        folders, names = _Numbers(), _Numbers()
        self._parts: list[_Parts] = []
        whole: dict[int, str] = {}
        for number, glob in enumerate(globs):
            alternatives = list(map(_split, _alternatives(glob)))
            if None in alternatives:
                whole[number] = translate(glob)
                continue
            for folder, name in filter(None, alternatives):
                self._parts.append(_Parts(number, folders.add(folder), names.add(name)))
        self._whole, self._whole_numbers = WholePatternSet(list(whole.values())), list(whole)
        self._folders = WholePatternSet([_translate_folder(folder) for folder in folders])
        self._names = _NameSet(list(names))
        self._root = frozenset([folders[""]] if "" in folders else [])
        self._in_folder = lru_cache(KEPT)(self._find_folder)
        self._named = lru_cache(KEPT)(self._names.find)
        self._selecting = lru_cache(KEPT)(self._join)

    def selecting(self, path: str) -> frozenset[int]:
        """Return the indexes of the globs that a path, which may hold surrogate escapes, is selected by."""
        data = path.encode("utf-8", "surrogateescape")
        folder, _, name = data.rpartition(b"/")
        found = self._selecting(self._in_folder(folder), self._named(name))
        if not self._whole_numbers:
            return found
        return found.union(self._whole_numbers[i] for i in self._whole.within(data))

    def _find_folder(self, folder: bytes) -> frozenset[int]:
        return frozenset(self._folders.within(folder)) if folder else self._root

    def _join(self, folders: frozenset[int], names: frozenset[int]) -> frozenset[int]:
        return frozenset(
            part.glob
            for part in self._parts
            if (part.folder is None or part.folder in folders) and (part.name is None or part.name in names)
        )


class _Numbers(dict[str, int]):
    """Numbers of texts, in the order in which they were first added."""

    def add(self, text: str | None) -> int | None:
        return None if text is None else self.setdefault(text, len(self))


class _NameSet:
    """Globs of names: most are a name, or an ending, and are looked up."""

    def __init__(self, globs: Sequence[str]) -> None:
        self._exact: dict[bytes, int] = {}
        self._ending: dict[bytes, int] = {}
        others: dict[int, str] = {}
        for number, glob in enumerate(globs):
            if _PLAIN.fullmatch(glob):
                self._exact[glob.encode()] = number
            elif glob.startswith("*.") and _PLAIN.fullmatch(glob[2:]):
                self._ending[glob[2:].encode()] = number
            else:
                others[number] = translate(glob)
        self._others, self._numbers = WholePatternSet(list(others.values())), list(others)

    def find(self, name: bytes) -> frozenset[int]:
        """Return the numbers of the globs that select a name."""
        lower = name.lower()
        return frozenset([*self._look_up(lower), *(self._numbers[i] for i in self._others.within(lower))])

    def _look_up(self, name: bytes) -> Iterator[int]:
        if name in self._exact:
            yield self._exact[name]
        at = name.find(b".")
        while at >= 0:
            if name[at + 1 :] in self._ending:
                yield self._ending[name[at + 1 :]]
            at = name.find(b".", at + 1)


def _alternatives(glob: str) -> list[str]:
    """Return globs without choices, in small letters, that together are a glob; one for all where they are too many."""
    choices = [part[1:-1].split(",") if part.startswith("{") and part != "{" else [part] for part in split_glob(glob)]
    are_few = prod(map(len, choices)) <= MOST_ALTERNATIVES
    is_plain = all(_PLAIN.fullmatch(part) for parts in choices if len(parts) > 1 for part in parts)
    if not are_few or not (is_plain or all(map(_mean_what_they_join_to, product(*choices)))):
        return [glob]
    return ["".join(parts).lower() for parts in product(*choices)]


def _mean_what_they_join_to(parts: Sequence[str]) -> bool:
    """Tell whether parts are the same when they are joined, which `*` before `*` is not, nor `[` out of a choice."""
    return translate("".join(parts)) == _NOTHING + "".join(translate(part).removeprefix(_NOTHING) for part in parts)


_NOTHING = translate("")


def _split(glob: str) -> tuple[str | None, str | None] | None:
    """Return the globs of the folder and of the name, None for any; or None where a glob cannot be taken apart."""
    parts = (re.sub(r"\*\*(?:/\*\*)+(?=/|$)", "**", glob) if "**/**" in glob else glob).split("/")
    if not all(parts) or any("{" in part or ("**" in part and part != "**") for part in parts):
        return None
    *folders, name = (*parts, "*") if parts[-1] == "**" else parts
    folder = "/".join(folders)
    return None if folder == "**" else folder, None if name == "*" else name


def _translate_folder(glob: str) -> str:
    """Return the pattern that a whole folder has to hold to be selected; `x/**` is x and all below it."""
    if glob.endswith("/**"):
        return f"{translate(glob[:-3])}(?:/.*)?"
    return translate(glob)
