"""`tags`: the tags of the repository have names of a form."""

from collections.abc import Sequence
from typing import Any

from vger_guide.matchers import Seen, Verdict
from vger_guide.matchers.findings import Finding, Need
from vger_guide.matchers.patterns import compile_pattern
from vger_guide.matchers.probes import Probe
from vger_guide.repo.tree import Tree

NEED = Need.HISTORY

# Tags without the form that are shown.
EXAMPLES = 5


def probes(_: Any) -> list[Probe]:
    """Ask nothing of the files."""
    return []


def judge(wanted: Any, _: Sequence[Seen], tree: Tree) -> Verdict:
    """Judge by the names of the tags that count."""
    names = [name for name in tree.tags() if _counts(wanted, name)]
    others = [name for name in names if not _has(wanted["like"], name)]
    count = len(names) - len(others)
    if not names:
        return Verdict(False, "there is no tag", (Finding("", "there is no tag"),))
    says = f"{count} of {len(names)} tags are {wanted['what']}"
    if count * 100 >= wanted["percent"] * len(names):
        return Verdict(True, says)
    such = ", ".join(others[:EXAMPLES])
    message = f"fewer than {wanted['percent']} % of the tags are {wanted['what']}"
    return Verdict(False, says, (Finding("", message, text=f"{count} of {len(names)}; not {such}"),))


def _counts(wanted: Any, name: str) -> bool:
    among, besides = wanted.get("among"), wanted.get("besides")
    return not (among and not _has(among, name)) and not (besides and _has(besides, name))


def _has(pattern: str, name: str) -> bool:
    return compile_pattern(pattern).search(name.encode("utf-8", "surrogateescape")) is not None
