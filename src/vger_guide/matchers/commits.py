"""`commits`: the messages of the newest commits name something, such as a ticket.

What counts is the line of the branch: a commit that was made on it or squashed onto it, and a merge with all that it
brought in. For a reader of the history a merge that names a ticket ties its commits to it.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from vger_guide.matchers import Evaluation, ProbeResult, UndecidedError
from vger_guide.matchers.fields import Pattern
from vger_guide.matchers.findings import Finding, Need, identify
from vger_guide.matchers.patterns import compile_pattern
from vger_guide.matchers.probes import SHOWN, Probe
from vger_guide.records.declaration import Declaration, declare
from vger_guide.records.kinds import Label
from vger_guide.repo.tree import Commit, Tree

REQUIRES = Need.HISTORY

# Commits of the whole history that are listed for one on the line of the branch.
WITHIN = 6


class Parameters(Declaration):
    """What a message has to name, and the share of the newest commits of the branch that have to.

    What a merge brings in counts once, as the merge does: by its message, or by that of a commit in it.
    """

    like: Pattern = declare("A pattern that a message has to hold, in its first line or below.")
    unlike: Pattern | None = declare("What `like` finds and this holds is none, such as 'UTF-8'.", default=None)
    besides: Pattern | None = declare("Commits whose first line or author holds it do not count.", default=None)
    what: Label = declare("What is named in words, such as 'a ticket'.")
    newest: int = declare("How many commits are looked at.", default=50, ge=1, le=1000, strict=True)
    least: int = declare("Fewer commits that count say nothing.", default=1, ge=1, le=100, strict=True)
    percent: int = declare("How many in a hundred have to name it.", ge=1, le=100, strict=True)


def probes(_: Parameters) -> list[Probe]:
    """Ask nothing of the files."""
    return []


class MergedChange(NamedTuple):
    """A commit on the line of a branch, and those that it merged."""

    commit: Commit
    merged: Sequence[Commit] = ()


def evaluate(params: Parameters, _: Sequence[ProbeResult], tree: Tree) -> Evaluation:
    """Judge by the newest changes that count. Raises UndecidedError where they are too few to say anything."""
    newest = params.newest
    changes = list(_changes(tree.commits(newest * WITHIN)))[:newest]
    counted = [each for each in changes if _names(params, each) or not _is_left_out(params, each.commit)]
    without = [each.commit for each in counted if not _names(params, each)]
    if len(counted) < params.least:
        raise UndecidedError(f"{len(counted)} of the newest {len(changes)} commits count, which are too few")
    count = len(counted) - len(without)
    says = f"{count} of {len(counted)} commits that count, of the newest {len(changes)}, name {params.what}"
    if count * 100 >= params.percent * len(counted):
        return Evaluation(True, says)
    such = f"; not {without[0].id[:10]} {without[0].subject[:SHOWN]}" if without else ""
    message = f"fewer than {params.percent} % of the newest commits name {params.what}"
    text = f"{count} of {len(counted)}{such}"
    return Evaluation(False, says, (Finding("", message, text=text, fingerprint=identify(message)),))


def _changes(commits: Sequence[Commit]) -> Iterator[MergedChange]:
    """Yield the commits along the first parents, newest first, as far as they are listed."""
    by_id = {commit.id: commit for commit in commits}
    if not any(commit.parent_ids for commit in commits):
        yield from map(MergedChange, commits)
        return
    line = list(_line(commits[0], by_id))
    taken = {commit.id for commit in line}
    # The oldest merge that leads to a commit is the one that brought it in.
    changes = [MergedChange(commit, _take_merged(commit, by_id, taken)) for commit in reversed(line)]
    yield from reversed(changes)


def _line(newest: Commit, by_id: Mapping[str, Commit]) -> Iterator[Commit]:
    at: Commit | None = newest
    while at:
        yield at
        at = by_id.get(at.parent_ids[0]) if at.parent_ids else None


def _take_merged(merge: Commit, by_id: Mapping[str, Commit], taken: set[str]) -> list[Commit]:
    """Return what a merge brought in, and take it, so that no other merge does."""
    found, pending = [], list(merge.parent_ids[1:])
    while pending:
        id_ = pending.pop()
        if id_ in by_id and id_ not in taken:
            taken.add(id_)
            found.append(by_id[id_])
            pending += by_id[id_].parent_ids
    return found


def _names(params: Parameters, change: MergedChange) -> bool:
    return any(_is_tied(params, commit) for commit in (change.commit, *change.merged))


def _is_tied(params: Parameters, commit: Commit) -> bool:
    """Tell whether a message names what is wanted, and not only what looks like it."""
    message = f"{commit.subject}\n{commit.body}".encode("utf-8", "surrogateescape")
    unlike = compile_pattern(params.unlike) if params.unlike else None
    for match in compile_pattern(params.like).finditer(message):
        start, end = match.span()
        if not unlike or not unlike.search(message[start:end]):
            return True
    return False


def _is_left_out(params: Parameters, commit: Commit) -> bool:
    besides = compile_pattern(params.besides) if params.besides else None
    told = (commit.subject, commit.author)
    return besides is not None and any(besides.search(each.encode("utf-8", "surrogateescape")) for each in told)
