"""Matchers: what a condition of a check may ask, a module each, found by name.

A module of this folder has the name of the condition's key and what `Matcher` says; the module of the same name in
`vger_guide.matchers.parameters` says which parameters it takes.
"""

import importlib
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple, Protocol, cast

from vger_guide.matchers.findings import Finding, Need, UnreadableFile
from vger_guide.matchers.probes import Hit, Probe, Selection
from vger_guide.repo.tree import Tree

# Globs that a sentence names.
SHOWN_GLOBS = 2


class ProbeResult(NamedTuple):
    """What came back of one probe.

    `files` counts the entries that it selected, `omitted` the hits beyond the limit; `unseen` are the files that it
    selected and that could not be looked into; `error` is what went wrong in the probe itself, and `unavailable` what
    it needs that is not installed.
    """

    hits: Sequence[Hit] = ()
    files: int = 0
    omitted: int = 0
    unseen: Sequence[UnreadableFile] = ()
    error: str = ""
    unavailable: str = ""


class UndecidedError(Exception):
    """What decides a condition cannot be seen here, such as a value from elsewhere; the message says what."""


class Evaluation(NamedTuple):
    """Whether a condition holds, and what shows it; `says` is that as a sentence without its full stop.

    `evidence` are the findings of a condition that does not hold, or for `not` of one that does. `is_absence` tells
    that nothing was found, and `is_vacuous` that nothing was there to look at.
    """

    holds: bool
    says: str
    evidence: tuple[Finding, ...] = ()
    omitted: int = 0
    is_absence: bool = False
    is_vacuous: bool = False


class Matcher(Protocol):
    """What a module of this folder offers. `params` are the parameters as plain data, as the record has them.

    One that asks for names, and not for what stands in files, has `ASKS_NAMES` besides.
    """

    REQUIRES: Need

    def probes(self, params: Any) -> Sequence[Probe]:
        """Return the probes of the files."""

    def evaluate(self, params: Any, seen: Sequence[ProbeResult], tree: Tree) -> Evaluation:
        """Judge by what came back, in the order of its probes.

        Raises RequirementMissingError where a need is not met, and UndecidedError where what decides it is not seen.
        """


def load_matcher(name: str) -> Matcher:
    """Return the matcher of a condition's key."""
    return cast("Matcher", importlib.import_module(f"{__name__}.{name}"))


def to_selection(params: Any) -> Selection:
    """Return the selection that parameters name by `which`, `besides` and `without`."""
    return narrow_selection(params["which"], params)


def narrow_selection(globs: Iterable[str], params: Any) -> Selection:
    """Return the selection of some globs, less what parameters name by `besides` and `without`."""
    return Selection(tuple(globs), tuple(params.get("besides", ())), tuple(params.get("without", ())))


def evaluate_expectation(
    params: Any, findings: Sequence[Finding], omitted: int, none: str, unseen: Sequence[UnreadableFile] = ()
) -> Evaluation:
    """Return the verdict on things that were found and are expected to be `present` or `absent`.

    `none` says that nothing was found, such as "none of 12 files holds a key". Raises UndecidedError where nothing was,
    and something could not be seen.
    """
    if not findings:
        require_seen(unseen)
    says = _describe_findings(findings, omitted) if findings else none
    evidence = tuple(findings) or (Finding("", none),)
    return Evaluation(bool(findings) == (params["expect"] == "present"), says, evidence, omitted, not findings)


def require_seen(unseen: Sequence[UnreadableFile]) -> None:
    """Raise UndecidedError where something could not be seen."""
    if unseen:
        raise UndecidedError(_describe_unseen(unseen))


def _describe_unseen(unseen: Sequence[UnreadableFile]) -> str:
    first, more = unseen[0], len({each.path for each in unseen}) - 1
    says = f"`{first.path}` {first.reason}"
    return says + (f"; and {more} more {'file' if more == 1 else 'files'}" if more else "")


def _describe_findings(findings: Sequence[Finding], omitted: int) -> str:
    first, more = findings[0], len(findings) - 1 + omitted
    return f"`{first.path}` {first.message}" + (f", and {more} more" if more else "")


def format_globs(globs: Sequence[str]) -> str:
    """Return globs for a sentence: some of them, where they are many."""
    more = len(globs) - SHOWN_GLOBS
    return " or ".join(f"`{glob}`" for glob in globs[:SHOWN_GLOBS]) + (f" or {more} more patterns" if more > 0 else "")
