"""The templates of the macros: everything that comes from data is escaped by Jinja."""

from pathlib import Path

import jinja2

from macros.links import Links
from vger_guide.catalog import Catalog

FOLDER = Path(__file__).parent / "templates"


class Templates:
    """Renders macros/templates/ for the page at hand."""

    def __init__(self, links: Links, catalog: Catalog) -> None:
        self._env = jinja2.Environment(
            loader=jinja2.FileSystemLoader(FOLDER),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._env.globals.update(to=links.to, guide=catalog.guide, catalog=catalog)

    def block(self, template: str, /, **values: object) -> str:
        """Return one block of raw HTML: no empty line and no indent, so that Markdown passes it on unparsed."""
        return "\n".join(line.strip() for line in self.inline(template, **values).splitlines() if line.strip())

    def inline(self, template: str, /, **values: object) -> str:
        """Return HTML that stands within a line of text."""
        return self._env.get_template(template).render(**values).strip()
