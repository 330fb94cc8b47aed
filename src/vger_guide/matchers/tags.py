"""`tags`: the names of the repository's tags match a pattern."""

from collections.abc import Sequence

from vger_guide.matchers import Evaluation, ProbeResult
from vger_guide.matchers.fields import Pattern
from vger_guide.matchers.findings import Finding, Need
from vger_guide.matchers.patterns import compile_pattern
from vger_guide.matchers.probes import Probe
from vger_guide.records.declaration import Declaration, declare
from vger_guide.records.kinds import Label
from vger_guide.repo.tree import Tree

REQUIRES = Need.HISTORY

# Tags without the form that are shown.
EXAMPLES = 5


class Parameters(Declaration):
    """The pattern, and how many of the tags have to match it."""

    like: Pattern = declare("The pattern that a name has to match.")
    among: Pattern | None = declare("Only tags that match this pattern count; by default all.", default=None)
    besides: Pattern | None = declare("Tags that match this pattern do not count.", default=None)
    what: Label = declare("What the pattern finds, in words, such as 'a semantic version'.")
    percent: int = declare(
        "The percentage that has to match. A repository without tags never passes.", ge=1, le=100, strict=True
    )


def probes(_: Parameters) -> list[Probe]:
    """Ask nothing of the files."""
    return []


def evaluate(params: Parameters, _: Sequence[ProbeResult], tree: Tree) -> Evaluation:
    """Judge by the names of the tags that count."""
    names = [name for name in tree.tags() if _counts(params, name)]
    others = [name for name in names if not _has(params.like, name)]
    count = len(names) - len(others)
    if not names:
        return Evaluation(False, "there is no tag", (Finding("", "there is no tag"),))
    says = f"{count} of {len(names)} tags are {params.what}"
    if count * 100 >= params.percent * len(names):
        return Evaluation(True, says)
    such = ", ".join(others[:EXAMPLES])
    message = f"fewer than {params.percent} % of the tags are {params.what}"
    return Evaluation(False, says, (Finding("", message, text=f"{count} of {len(names)}; not {such}"),))


def _counts(params: Parameters, name: str) -> bool:
    is_among = not params.among or _has(params.among, name)
    return is_among and not (params.besides and _has(params.besides, name))


def _has(pattern: str, name: str) -> bool:
    return compile_pattern(pattern).search(name.encode("utf-8", "surrogateescape")) is not None
