"""What an organisation's folder cannot say over the guide: unknown names, names twice, and a weaker rule."""

from collections.abc import Iterator

from vger_guide.catalog.catalog import Catalog
from vger_guide.catalog.extension import Extension, Tightened
from vger_guide.catalog.problems import Problem
from vger_guide.catalog.reading import Document, Keys
from vger_guide.catalog.references import Docs, repeated
from vger_guide.catalog.rules import Level, Profiles, Rule, RuleSet, Severity


def clashes(
    base: Catalog, extension: Extension, profiles: Profiles | None, own: dict[str, RuleSet], docs: Docs
) -> Iterator[Problem]:
    """Yield each problem of an organisation's changes to a guide; those inside its rules are found elsewhere.

    `docs` maps `extends`, `profiles` and `rules/SECTION` to the organisation's files.
    """
    yield from _targets(base, extension, docs["extends"])
    yield from _twice(extension, docs["extends"])
    if profiles:
        yield from _facets(base, profiles, docs["profiles"])
    prefixes = {ruleset.prefix for ruleset in base.rulesets.values()}
    for number, ruleset in own.items():
        if ruleset.prefix in prefixes:
            message = f"'{ruleset.prefix}' is a prefix of the guide, which will use its next ids; choose another"
            yield docs[f"rules/{number}"].problem(("prefix",), message)


def _targets(base: Catalog, extension: Extension, doc: Document) -> Iterator[Problem]:
    for i, change in enumerate(extension.tightened):
        if change.rule not in base.rules:
            yield doc.problem(("tightened", i, "rule"), f"the guide has no rule '{change.rule}'")
        else:
            yield from _weaker(base.rules[change.rule], change, doc, i)
    for i, gone in enumerate(extension.withdrawn):
        if gone.rule not in base.rules:
            yield doc.problem(("withdrawn", i, "rule"), f"the guide has no rule '{gone.rule}'")
    for i, verdict in enumerate(extension.verdicts):
        if verdict.option not in base.options:
            yield doc.problem(("verdicts", i, "option"), f"the guide has no option '{verdict.option}'")
        elif verdict.since <= base.options[verdict.option][1].verdicts[-1].since:
            since = base.options[verdict.option][1].verdicts[-1].since
            yield doc.problem(("verdicts", i, "since"), f"is not after the guide's own verdict of {since}")


def _weaker(rule: Rule, change: Tightened, doc: Document, i: int) -> Iterator[Problem]:
    if change.level is None and change.severity is None:
        yield doc.problem(("tightened", i), "changes nothing; add 'level:' or 'severity:'")
    for name, scale in (("level", list(Level)), ("severity", list(Severity))):
        old, new = getattr(rule, name), getattr(change, name)
        if new is not None and scale.index(new) > scale.index(old):
            mend = "tighten it, or withdraw the rule with a reason"
            message = f"'{new.value}' is weaker than the guide's '{old.value}'; {mend}"
            yield doc.problem(("tightened", i, name), message)


def _twice(extension: Extension, doc: Document) -> Iterator[Problem]:
    """Yield a problem for each rule or option that more than one change is about: which of them holds is unknown."""
    rules: list[tuple[str, Keys]] = [
        *((change.rule, ("tightened", i, "rule")) for i, change in enumerate(extension.tightened)),
        *((gone.rule, ("withdrawn", i, "rule")) for i, gone in enumerate(extension.withdrawn)),
    ]
    options: list[tuple[str, Keys]] = [
        (verdict.option, ("verdicts", i, "option")) for i, verdict in enumerate(extension.verdicts)
    ]
    yield from repeated(doc, rules, "rule")
    yield from repeated(doc, options, "option")


def _facets(base: Catalog, own: Profiles, doc: Document) -> Iterator[Problem]:
    for kind in ("profiles", "stages", "workloads"):
        taken = {facet.id for facet in getattr(base.profiles, kind)}
        found: list[tuple[str, Keys]] = [(facet.id, (kind, i, "id")) for i, facet in enumerate(getattr(own, kind))]
        yield from repeated(doc, found, "id")
        for id_, keys in found:
            if id_ in taken:
                yield doc.problem(keys, f"the guide has a {kind.removesuffix('s')} '{id_}'; choose another id")
