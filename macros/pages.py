"""The macros themselves: each turns records into one block of HTML for a page."""

from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from macros.history import last_changes
from macros.links import Links
from macros.pictures import panels
from macros.templates import Templates
from vger_guide.catalog import Catalog, CatalogError, load
from vger_guide.catalog.sources import Claim
from vger_guide.catalog.tables import Verdict

T = TypeVar("T")

# Why a build is refused, for the caller to report.
Refused = CatalogError


class Pages:
    """The catalogue as pages show it.

    `env` is the environment of the macros plugin (of MkDocs or of Zensical): it knows the page being rendered.
    """

    def __init__(self, root: Path, env: Any) -> None:
        self.root = root
        self.catalog: Catalog = load(root / "checklists")
        self.last_changed = last_changes(root, "docs")
        self.links = Links(env)
        self.templates = Templates(self.links, self.catalog)

    @property
    def macros(self) -> list[Callable[..., str]]:
        """What pages can call, by the names of the methods."""
        return [
            self.claims,
            self.contents,
            self.corrections,
            self.edition,
            self.option,
            self.picture,
            self.places,
            self.recommendations,
            self.table,
            self.verdicts,
        ]

    def edition(self) -> str:
        """Return the edition that the guide was converted from."""
        return self.catalog.guide.source_edition

    def table(self, table_id: str) -> str:
        """Return a recommendation table."""
        return self.templates.block("table.html", table=_known("table", table_id, self.catalog.tables))

    def recommendations(self) -> str:
        """Return all rows of all tables, to be filtered and sorted."""
        return self.templates.block("recommendations.html", tables=self.catalog.tables.values(), verdicts=Verdict)

    def option(self, option_id: str) -> str:
        """Return the name of an option as a link to its row among the recommendations."""
        _, option = _known("option", option_id, self.catalog.options)
        return self.templates.inline("option.html", option=option)

    def verdicts(self) -> str:
        """Return the legend of the verdicts."""
        return self.templates.block("verdicts.html", verdicts=Verdict)

    def contents(self) -> str:
        """Return the guide's table of contents, with the anchors of the source document."""
        return self.templates.block("contents.html", sections=self.catalog.guide.sections)

    def picture(self, name: str) -> str:
        """Return a picture: its panels from docs/pictures/, inline, so that they follow the theme."""
        return self.templates.block("picture.html", name=name, panels=panels(self.root / "docs" / "pictures", name))

    def corrections(self) -> str:
        """Return what was wrong in the source, and what the guide says instead."""
        return self.templates.block("corrections.html", corrections=self.catalog.source.corrections)

    def claims(self) -> str:
        """Return every claim of the source, with the place of the guide that says it."""
        return self.templates.block("claims.html", claims=self.catalog.source.claims)

    def places(self) -> str:
        """Return every place that says a claim, in reading order, with its claims."""
        by_place: dict[str, list[Claim]] = defaultdict(list)
        for claim in self.catalog.source.claims:
            by_place[claim.at].append(claim)
        return self.templates.block("places.html", places=by_place.items())


def _known(what: str, name: str, among: dict[str, T]) -> T:
    """Return what a page asks for by id. Raises LookupError that names what there is."""
    if name not in among:
        raise LookupError(f"there is no {what} '{name}'; allowed: {', '.join(among)}")
    return among[name]
