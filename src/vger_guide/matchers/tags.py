"""`tags`: the tags of the repository have names of a form."""

from collections.abc import Sequence
from typing import Any

from vger_guide.matchers import Evaluation, ProbeResult
from vger_guide.matchers.findings import Finding, Need, identify
from vger_guide.matchers.patterns import compile_pattern
from vger_guide.matchers.probes import Probe
from vger_guide.repo.tree import Tree

REQUIRES = Need.HISTORY

# Tags without the form that are shown.
EXAMPLES = 5


def probes(_: Any) -> list[Probe]:
    """Ask nothing of the files."""
    return []


def evaluate(params: Any, _: Sequence[ProbeResult], tree: Tree) -> Evaluation:
    """Judge by the names of the tags that count."""
    names = [name for name in tree.tags() if _counts(params, name)]
    others = [name for name in names if not _has(params["like"], name)]
    count = len(names) - len(others)
    if not names:
        return Evaluation(False, "there is no tag", (Finding("", "there is no tag"),))
    says = f"{count} of {len(names)} tags are {params['what']}"
    if count * 100 >= params["percent"] * len(names):
        return Evaluation(True, says)
    such = ", ".join(others[:EXAMPLES])
    message = f"fewer than {params['percent']} % of the tags are {params['what']}"
    return Evaluation(
        False, says, (Finding("", message, text=f"{count} of {len(names)}; not {such}", fingerprint=identify(message)),)
    )


def _counts(params: Any, name: str) -> bool:
    among, besides = params.get("among"), params.get("besides")
    return not (among and not _has(among, name)) and not (besides and _has(besides, name))


def _has(pattern: str, name: str) -> bool:
    return compile_pattern(pattern).search(name.encode("utf-8", "surrogateescape")) is not None
