"""The passage from an edition to the next one: both, what is written of it, and where its parts stand in the files."""

from dataclasses import dataclass

from vger_guide.catalog import Catalog, Problem
from vger_guide.catalog.changes import Changes
from vger_guide.catalog.editions import NEXT, Edition
from vger_guide.catalog.reading import Document, Keys
from vger_guide.catalog.references import Docs

Place = tuple[Document, Keys]


@dataclass(frozen=True)
class Passage:
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
