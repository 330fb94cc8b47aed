"""Matchers: what a condition of a check may ask, a module each, found by name.

A module of this folder has the name of the condition's key and what `Matcher` says; the module of the same name in
`vger_guide.catalog.matchers` says which parameters it takes.
"""

import importlib
from collections.abc import Sequence
from typing import Any, NamedTuple, Protocol, cast

from vger_guide.checks.outcomes import Finding, Need, Unseen
from vger_guide.checks.probes import Hit, Probe
from vger_guide.checks.tree import Tree


class Seen(NamedTuple):
    """What came back of one probe.

    `files` counts the entries that it selected, `omitted` the hits beyond the limit; `unseen` are the files that it
    selected and that could not be looked into.
    """

    hits: Sequence[Hit] = ()
    files: int = 0
    omitted: int = 0
    unseen: Sequence[Unseen] = ()


class Verdict(NamedTuple):
    """Whether a condition holds, and what shows it; `says` is that as a sentence without its full stop.

    `evidence` are the findings of a condition that does not hold, or for `not` of one that does.
    """

    holds: bool
    says: str
    evidence: tuple[Finding, ...] = ()
    omitted: int = 0


class Matcher(Protocol):
    """What a module of this folder offers. `wanted` are the parameters as plain data, as the record has them."""

    NEED: Need

    def probes(self, wanted: Any) -> Sequence[Probe]:
        """Return what it wants to know of the files."""

    def judge(self, wanted: Any, seen: Sequence[Seen], tree: Tree) -> Verdict:
        """Judge by what came back, in the order of its probes. Raises Unavailable where a need is not met."""


def matcher(name: str) -> Matcher:
    """Return the matcher of a condition's key."""
    return cast("Matcher", importlib.import_module(f"{__name__}.{name}"))
