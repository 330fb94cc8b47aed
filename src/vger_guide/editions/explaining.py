"""Whether the change files explain every difference between editions, and nothing that is none."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from vger_guide.catalog import Catalog, CatalogError, Problem
from vger_guide.catalog.changes import Changes, RowVerb, RuleChange, RuleVerb
from vger_guide.catalog.editions import NEXT, Edition
from vger_guide.catalog.loading import load_with_lines
from vger_guide.catalog.problems import bounded
from vger_guide.catalog.reading import Document, Keys
from vger_guide.catalog.references import Docs, repeated
from vger_guide.editions.differences import MEANING, differing, mistake, revision_mistake, row_verbs

_GONE = (RuleVerb.WITHDRAWN, RuleVerb.MERGED, RuleVerb.SPLIT)
_Place = tuple[Document, Keys]
_LEAST = {RuleVerb.MERGED: (1, 1), RuleVerb.SPLIT: (2, 99)}


def ask_explained(folder: Path) -> Catalog:
    """Return the catalogue of a folder whose changes are all explained. Raises CatalogError with every problem."""
    catalog, docs = load_with_lines(folder)
    if found := bounded(problems(catalog, docs)):
        raise CatalogError(found)
    return catalog


def problems(catalog: Catalog, docs: Docs) -> Iterator[Problem]:
    """Yield each difference that no change explains, and each change that explains none, edition by edition."""
    known = list(catalog.timeline)[1:]
    for name in catalog.changes:
        if name not in known:
            message = f"there is no edition '{name}' with one before it; allowed: {', '.join(known) or 'none'}"
            yield docs[f"changes/{name}"].problem(("edition",), message)
    for before, after in pairwise(catalog.timeline):
        step = _Step(catalog, docs, before, after)
        yield from step.entries()
        yield from step.rules()
        yield from step.rows()


@dataclass(frozen=True)
class _Step:
    """An edition, the one before it, and the changes between them."""

    catalog: Catalog
    docs: Docs
    before: str
    after: str

    @property
    def old(self) -> Edition:
        return self.catalog.timeline[self.before]

    @property
    def new(self) -> Edition:
        return self.catalog.timeline[self.after]

    @property
    def changes(self) -> Changes:
        return self.catalog.changes_to(self.after)

    @property
    def file(self) -> str:
        return f"changes/{self.after}.yml"

    def _at(self, kind: str, i: int, field: str, message: str) -> Problem:
        return self.docs[f"changes/{self.after}"].problem((kind, i, field), message)

    def entries(self) -> Iterator[Problem]:
        """Yield what is wrong with entries by themselves: given twice, or about something that neither edition has."""
        for kind in ("rules", "rows"):
            entries = getattr(self.changes, kind)
            known = {*getattr(self.old, kind), *getattr(self.new, kind)}
            said: list[tuple[str, Keys]] = [(f"{each.id} {each.verb}", (kind, i)) for i, each in enumerate(entries)]
            if entries:
                yield from repeated(self.docs[f"changes/{self.after}"], said, "change")
            for i, each in enumerate(entries):
                if each.id not in known:
                    yield self._at(kind, i, "id", f"neither edition {self.before} nor {self.after} has '{each.id}'")

    def rules(self) -> Iterator[Problem]:
        """Yield the problems of the rules, in the order of their ids."""
        by_rule: dict[str, dict[RuleVerb, int]] = defaultdict(dict)
        for i, change in enumerate(self.changes.rules):
            by_rule[change.id].setdefault(change.verb, i)
            yield from self._into(i, change)
        became = {id_ for change in self.changes.rules for id_ in change.into}
        for id_ in sorted({*self.old.rules, *self.new.rules}):
            verbs = by_rule[id_]
            if id_ not in self.new.rules:
                yield from self._one_of(id_, verbs, _GONE, "is gone", self._place("editions", self.before, id_))
            elif id_ not in self.old.rules:
                allowed = () if id_ in became else (RuleVerb.ADDED,)
                yield from self._one_of(id_, verbs, allowed, "is new", self._rule(id_, "id"))
            else:
                yield from self._stayed(id_, verbs)

    def _into(self, i: int, change: RuleChange) -> Iterator[Problem]:
        """Yield what is wrong with the rules that one became."""
        least, most = _LEAST.get(change.verb, (0, 0))
        if not least <= len(set(change.into)) <= most:
            wanted = {0: "no rule", 1: "one rule", 2: "two rules or more"}[least]
            yield self._at("rules", i, "into", f"a rule that is {change.verb} goes into {wanted}")
        for id_ in change.into:
            if id_ not in self.new.rules:
                yield self._at("rules", i, "into", f"edition {self.after} has no rule '{id_}'")
        gone = self.catalog.retired.get(change.id) if self.after == NEXT else None
        if gone and change.verb in _GONE and set(gone.replaced_by) != set(change.into):
            said = ", ".join(gone.replaced_by) or "none"
            yield self._at("rules", i, "into", f"is not 'replaced_by:' of the retired rule, {said}; make them equal")

    def _one_of(
        self,
        id_: str,
        verbs: dict[RuleVerb, int],
        allowed: tuple[RuleVerb, ...],
        what: str,
        place: _Place,
    ) -> Iterator[Problem]:
        """Yield a problem where a rule that only one edition has is not explained by just one verb."""
        for verb, i in verbs.items():
            if verb not in allowed:
                by = " by the change that others went into it" if not allowed else f"; allowed: {', '.join(allowed)}"
                yield self._at("rules", i, "verb", f"is '{verb}', and the rule {what}{by}")
        if len(verbs) > 1 and not set(verbs) - set(allowed):
            yield self._at("rules", max(verbs.values()), "verb", f"is a second one, and the rule {what}; keep one")
        if allowed and not verbs:
            doc, keys = place
            message = f"{id_} {what} since edition {self.before}; say so in {self.file}: {', '.join(allowed)}"
            yield doc.problem(keys, message)

    def _stayed(self, id_: str, verbs: dict[RuleVerb, int]) -> Iterator[Problem]:
        old, new = self.old.rules[id_], self.new.rules[id_]
        for verb, i in verbs.items():
            if verb not in (*MEANING, RuleVerb.MOVED):
                yield self._at("rules", i, "verb", f"is '{verb}', and both editions have the rule; use another verb")
        if found := mistake(old, new, verbs):
            yield self._at("rules", max(verbs.values()), "verb", found)
        elif wrong := revision_mistake(old, new, verbs):
            doc, keys = self._rule(id_, "revision")
            yield doc.problem(keys, wrong)
        elif (names := differing(old, new)) and not set(verbs) & set(MEANING):
            allowed = "reworded, weakened, strengthened or split"
            yield self._unexplained(id_, names[0], f"not as in edition {self.before}; say how: {allowed}")
        if old.section != new.section and RuleVerb.MOVED not in verbs:
            yield self._unexplained(id_, "id", f"not in section {old.section} as in edition {self.before}; say 'moved'")
        if old.slug != new.slug:
            doc, keys = self._rule(id_, "slug")
            yield doc.problem(keys, f"was '{old.slug}' in edition {self.before}; a slug never changes")

    def _unexplained(self, id_: str, field: str, message: str) -> Problem:
        doc, keys = self._rule(id_, field)
        return doc.problem(keys, f"is {message}, in {self.file}")

    def _rule(self, id_: str, field: str) -> _Place:
        """Return where a field of a rule stands: in its record, or in a later frozen edition."""
        if self.after != NEXT:
            return self._place("editions", self.after, id_)
        section = self.new.rules[id_].section
        at = next(i for i, rule in enumerate(self.catalog.rulesets[section].rules) if rule.id == id_)
        return self.docs[f"rules/{section}"], ("rules", at, field)

    def _place(self, kind: str, name: str, id_: str, part: str = "rules") -> _Place:
        return self.docs[f"{kind}/{name}"], (part, id_)

    def rows(self) -> Iterator[Problem]:
        """Yield the problems of the rows of tables, in the order of their ids."""
        by_row: dict[str, dict[RowVerb, int]] = defaultdict(dict)
        for i, change in enumerate(self.changes.rows):
            by_row[change.id].setdefault(change.verb, i)
        for id_ in sorted({*self.old.rows, *self.new.rows}):
            needed = row_verbs(self.old.rows.get(id_), self.new.rows.get(id_))
            for verb in sorted(set(by_row[id_]) - needed):
                message = f"is '{verb}', which the row is not since edition {self.before}; remove the entry"
                yield self._at("rows", by_row[id_][verb], "verb", message)
            for verb in sorted(needed - set(by_row[id_])):
                doc, keys = self._row(id_)
                yield doc.problem(keys, f"{id_} is '{verb}' since edition {self.before}; say why in {self.file}")

    def _row(self, id_: str) -> _Place:
        if self.after != NEXT or id_ not in self.new.rows:
            name = self.before if id_ in self.old.rows else self.after
            return self._place("editions", name, id_, "rows")
        table, option = self.catalog.options[id_]
        return self.docs[f"tables/{table.id}"], ("rows", table.rows.index(option))
