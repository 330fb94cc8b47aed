"""`tags`: the tags of the repository have names of a form."""

import re
from collections.abc import Sequence

from vger_guide.matchers import Evaluation, ProbeResult, UndecidedError
from vger_guide.matchers.fields import Pattern
from vger_guide.matchers.findings import Finding, Need, identify
from vger_guide.matchers.patterns import compile_pattern
from vger_guide.matchers.probes import Probe
from vger_guide.records.declaration import Declaration, declare
from vger_guide.records.kinds import Label
from vger_guide.repo.tree import Tree

REQUIRES = Need.HISTORY

# Tags without the form that are shown.
EXAMPLES = 5


class Parameters(Declaration):
    """The form of a name, and the share of the tags that has to have it."""

    like: Pattern = declare("A pattern that a name has to hold.")
    unlike: Pattern | None = declare("A name that holds this does not have the form.", default=None)
    among: Pattern | None = declare("Only tags of this form count; left out: all.", default=None)
    besides: Pattern | None = declare("Tags of this form do not count.", default=None)
    aliases: bool = declare("A tag such as `v1` beside `v1.2.0` does not count: it moves.", default=False)
    newest: int | None = declare("Only so many count, the newest.", default=None, ge=1, le=1000, strict=True)
    what: Label = declare("The form in words, such as 'a semantic version'.")
    percent: int = declare(
        "How many in a hundred have to have the form; no tags at all are never enough.", ge=1, le=100, strict=True
    )


def probes(_: Parameters) -> list[Probe]:
    """Ask nothing of the files."""
    return []


def evaluate(params: Parameters, _: Sequence[ProbeResult], tree: Tree) -> Evaluation:
    """Judge by the names of the tags that count."""
    tags = tree.tags()
    names = _select_counting(params, tags)
    others = [name for name in names if not _has_form(params, name)]
    count = len(names) - len(others)
    if not names:
        none = f"none of {len(tags)} tags counts" if tags else "there is no tag"
        return Evaluation(False, none, (Finding("", none),))
    which = f"the newest {len(names)} tags" if params.newest else f"{len(names)} tags"
    says = f"{count} of {which} are {params.what}"
    if count * 100 >= params.percent * len(names):
        return Evaluation(True, says)
    _require_releases(params, tags, names)
    such = ", ".join(others[:EXAMPLES])
    message = f"fewer than {params.percent} % of the tags are {params.what}"
    text = f"{count} of {len(names)}; not {such}"
    return Evaluation(False, says, (Finding("", message, text=text, fingerprint=identify(message)),))


def _require_releases(params: Parameters, tags: Sequence[str], names: Sequence[str]) -> None:
    """Raise UndecidedError where nothing shows that the tags that count are releases."""
    apart = [name for name in tags if _has(params.among or params.like, name) and not _counts(params, name)]
    require_releases(names, apart)


def require_releases(names: Sequence[str], apart: Sequence[str]) -> None:
    """Raise UndecidedError where no tag is a plain version, and more tags are versions of something else."""
    if names and len(names) < len(apart) and not any(re.match(r"[vV]?\.?[0-9]", name) for name in names):
        says = f"`{apart[-1]}` names the version of something else, as {len(apart)} tags do"
        raise UndecidedError(f"{says}; whether `{names[0]}` is a release is not in the repository")


def _select_counting(params: Parameters, names: Sequence[str]) -> list[str]:
    """Return the tags that count, newest first."""
    counted = [name for name in names if _counts(params, name)]
    if params.aliases:
        whole = [name for name in names if not name.endswith(".x")]
        longer = {name[: match.start()] for name in whole for match in re.finditer(r"\.", name)}
        counted = [name for name in counted if name.removesuffix(".x") not in longer]
    return counted[::-1][: params.newest]


def _counts(params: Parameters, name: str) -> bool:
    among, besides = params.among, params.besides
    return not (among and not _has(among, name)) and not (besides and _has(besides, name))


def _has_form(params: Parameters, name: str) -> bool:
    return _has(params.like, name) and not (params.unlike and _has(params.unlike, name))


def _has(pattern: str, name: str) -> bool:
    return compile_pattern(pattern).search(name.encode("utf-8", "surrogateescape")) is not None
