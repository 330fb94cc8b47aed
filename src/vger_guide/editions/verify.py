"""Verifies that the change files explain every difference between editions, and nothing that is none."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from vger_guide.catalog.catalog import Catalog
from vger_guide.catalog.changes import Changes, RowVerb, RuleChange, RuleVerb
from vger_guide.catalog.editions import NEXT, Edition
from vger_guide.catalog.loader import load_with_lines
from vger_guide.catalog.references import Docs, repeated
from vger_guide.editions.differences import MEANING, differing_fields, revision_mistake, row_verbs, verb_mistake
from vger_guide.records.problems import CatalogError, Problem, bounded
from vger_guide.records.yaml_reader import Keys, YamlDocument

Place = tuple[YamlDocument, Keys]


@dataclass(frozen=True)
class EditionTransition:
    """An edition, the one before it, and the changes between them."""

    catalog: Catalog
    docs: Docs
    before: str
    after: str

    @property
    def old(self) -> Edition:
        """The edition before."""
        return self.catalog.timeline[self.before]

    @property
    def new(self) -> Edition:
        """The edition itself."""
        return self.catalog.timeline[self.after]

    @property
    def changes(self) -> Changes:
        """What is written of it."""
        return self.catalog.changes_to(self.after)

    @property
    def file(self) -> str:
        """The file in which it is written."""
        return f"changes/{self.after}.yml"

    def entry(self, kind: str, i: int, field: str, message: str) -> Problem:
        """Return a problem of an entry, by its number among the `rules` or `rows`."""
        return self.docs[f"changes/{self.after}"].problem((kind, i, field), message)

    def rule(self, id_: str, field: str) -> Place:
        """Return where a field of a rule stands: in its record, or in a later frozen edition."""
        if self.after != NEXT:
            return self.frozen(self.after, "rules", id_)
        for number, ruleset in self.catalog.rulesets.items():
            for kind in ("rules", "retired"):
                ids = [rule.id for rule in getattr(ruleset, kind)]
                if id_ in ids:
                    return self.docs[f"rules/{number}"], (kind, ids.index(id_), field)
        return self.frozen(self.before, "rules", id_)

    def row(self, id_: str) -> Place:
        """Return where a row stands: in its table, or in a frozen edition."""
        if self.after == NEXT and id_ in self.new.rows:
            table, option = self.catalog.options[id_]
            return self.docs[f"tables/{table.id}"], ("rows", table.rows.index(option))
        return self.frozen(self.before if id_ in self.old.rows else self.after, "rows", id_)

    def frozen(self, edition: str, kind: str, id_: str) -> Place:
        """Return where one of the `rules` or `rows` stands in a frozen edition."""
        return self.docs[f"editions/{edition}"], (kind, id_)


_GONE = (RuleVerb.WITHDRAWN, RuleVerb.MERGED, RuleVerb.SPLIT)


# How many rules one goes into: at least, and at most.
_INTO = {RuleVerb.MERGED: (1, 1), RuleVerb.SPLIT: (2, 99)}


_WANTED = {0: "no rule", 1: "one rule", 2: "two rules or more"}


# The number of the entry with each verb of a rule.
Verbs = dict[RuleVerb, int]


def find_rule_problems(passage: EditionTransition) -> Iterator[Problem]:
    """Yield the problems of the rules, in the order of their ids."""
    by_rule: dict[str, Verbs] = defaultdict(dict)
    for i, change in enumerate(passage.changes.rules):
        by_rule[change.id].setdefault(change.verb, i)
        yield from _check_targets(passage, i, change)
    became = {id_ for change in passage.changes.rules for id_ in change.into}
    for id_ in sorted({*passage.old.rules, *passage.new.rules}):
        if id_ not in passage.new.rules:
            yield from _check_gone(passage, id_, by_rule[id_])
        elif id_ not in passage.old.rules:
            allowed = () if id_ in became else (RuleVerb.ADDED,)
            yield from _find_unexplained(passage, by_rule[id_], allowed, f"{id_} is new", passage.rule(id_, "id"))
        else:
            yield from _check_stayed(passage, id_, by_rule[id_])


def _check_targets(passage: EditionTransition, i: int, change: RuleChange) -> Iterator[Problem]:
    """Yield what is wrong with the rules that one became."""
    least, most = _INTO.get(change.verb, (0, 0))
    if not least <= len(set(change.into)) <= most:
        yield passage.entry("rules", i, "into", f"a rule that is {change.verb} goes into {_WANTED[least]}")
    gone = passage.catalog.retired.get(change.id) if passage.after == NEXT else None
    if gone and change.verb in _GONE and set(gone.replaced_by) != set(change.into):
        said = ", ".join(gone.replaced_by) or "none"
        message = f"is not 'replaced_by:' of the retired rule, {said}; make them equal"
        yield passage.entry("rules", i, "into", message)


def _check_gone(passage: EditionTransition, id_: str, verbs: Verbs) -> Iterator[Problem]:
    place = passage.frozen(passage.before, "rules", id_)
    yield from _find_unexplained(passage, verbs, _GONE, f"{id_} is gone", place)
    retired = passage.catalog.retired.get(id_)
    if retired and passage.after == NEXT:
        yield from _check_slug(passage, id_, retired.slug)


def _check_slug(passage: EditionTransition, id_: str, slug: str) -> Iterator[Problem]:
    """Yield a problem where the page of a rule is not where it was: links to it would break."""
    old = passage.old.rules[id_].slug
    if slug != old:
        doc, keys = passage.rule(id_, "slug")
        yield doc.problem(keys, f"was '{old}' in edition {passage.before}; a slug never changes")


def _find_unexplained(
    passage: EditionTransition, verbs: Verbs, allowed: tuple[RuleVerb, ...], what: str, place: Place
) -> Iterator[Problem]:
    """Yield a problem where a rule that only one edition has is not explained by just one verb."""
    for verb, i in verbs.items():
        if verb not in allowed:
            by = " by the change that others went into it" if not allowed else f"; allowed: {', '.join(allowed)}"
            yield passage.entry("rules", i, "verb", f"is '{verb}', and {what}{by}")
    if len(verbs) > 1 and not set(verbs) - set(allowed):
        yield passage.entry("rules", max(verbs.values()), "verb", f"is a second one, and {what}; keep one")
    if allowed and not verbs:
        doc, keys = place
        message = f"{what} since edition {passage.before}; say so in {passage.file}: {', '.join(allowed)}"
        yield doc.problem(keys, message)


def _check_stayed(passage: EditionTransition, id_: str, verbs: Verbs) -> Iterator[Problem]:
    old, new = passage.old.rules[id_], passage.new.rules[id_]
    for verb, i in verbs.items():
        if verb not in (*MEANING, RuleVerb.MOVED):
            yield passage.entry("rules", i, "verb", f"is '{verb}', and both editions have the rule; use another verb")
    if found := verb_mistake(old, new, verbs):
        yield passage.entry("rules", max(verbs.values()), "verb", found)
    elif wrong := revision_mistake(old, new, verbs):
        doc, keys = passage.rule(id_, "revision")
        yield doc.problem(keys, wrong)
    elif (names := differing_fields(old, new)) and not set(verbs) & set(MEANING):
        how = f"not as in edition {passage.before}; say how: reworded, weakened, strengthened or split"
        yield _make_problem(passage, id_, names[0], how)
    if old.section != new.section and RuleVerb.MOVED not in verbs:
        how = f"not in section {old.section} as in edition {passage.before}; say 'moved'"
        yield _make_problem(passage, id_, "id", how)
    yield from _check_slug(passage, id_, new.slug)


def _make_problem(passage: EditionTransition, id_: str, field: str, message: str) -> Problem:
    doc, keys = passage.rule(id_, field)
    return doc.problem(keys, f"is {message}, in {passage.file}")


def require_changes_explained(folder: Path) -> Catalog:
    """Return the catalogue of a folder whose changes are all explained. Raises CatalogError with every problem."""
    catalog, docs = load_with_lines(folder)
    if found := bounded(find_problems(catalog, docs)):
        raise CatalogError(found)
    return catalog


def find_problems(catalog: Catalog, docs: Docs) -> Iterator[Problem]:
    """Yield each difference that no change explains, and each change that explains none, edition by edition.

    `docs` maps names such as `rules/SECTION` and `changes/EDITION` to their files.
    """
    known = list(catalog.timeline)[1:]
    for name in catalog.changes:
        if name not in known:
            message = f"there is no edition '{name}' with one before it; allowed: {', '.join(known) or 'none'}"
            yield docs[f"changes/{name}"].problem(("edition",), message)
    for before, after in pairwise(catalog.timeline):
        passage = EditionTransition(catalog, docs, before, after)
        yield from _check_entries(passage)
        yield from find_rule_problems(passage)
        yield from _check_rows(passage)


def _check_entries(passage: EditionTransition) -> Iterator[Problem]:
    """Yield what is wrong with entries by themselves: given twice."""
    for kind in ("rules", "rows"):
        entries = getattr(passage.changes, kind)
        said: list[tuple[str, Keys]] = [(f"{each.id} {each.verb}", (kind, i)) for i, each in enumerate(entries)]
        if entries:
            yield from repeated(passage.docs[f"changes/{passage.after}"], said, "change")


def _check_rows(passage: EditionTransition) -> Iterator[Problem]:
    """Yield the problems of the rows of tables, in the order of their ids."""
    by_row: dict[str, dict[RowVerb, int]] = defaultdict(dict)
    for i, change in enumerate(passage.changes.rows):
        by_row[change.id].setdefault(change.verb, i)
    for id_ in sorted({*passage.old.rows, *passage.new.rows}):
        needed = row_verbs(passage.old.rows.get(id_), passage.new.rows.get(id_))
        for verb in sorted(set(by_row[id_]) - needed):
            message = f"is '{verb}', which the row is not since edition {passage.before}; remove the entry"
            yield passage.entry("rows", by_row[id_][verb], "verb", message)
        for verb in sorted(needed - set(by_row[id_])):
            doc, keys = passage.row(id_)
            yield doc.problem(keys, f"{id_} is '{verb}' since edition {passage.before}; say why in {passage.file}")
