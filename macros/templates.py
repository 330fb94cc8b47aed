"""The templates of the macros: everything that comes from data is escaped by Jinja."""

import re
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape

from macros.links import Links
from vger_guide.catalog.catalog import Catalog
from vger_guide.records.declaration import Declaration
from vger_guide.text.html import make_environment, mark_code

FOLDER = Path(__file__).parent / "templates"


class Templates:
    """Renders macros/templates/ for the page at hand."""

    def __init__(self, links: Links, catalog: Catalog) -> None:
        self._env = make_environment(FOLDER)
        self._env.globals.update(to=links.to, guide=catalog.guide, catalog=catalog)
        self._env.filters.update(code=code, prose=mark_code, oneline=one_line, fields=fields)

    def block(self, template: str, /, **values: object) -> str:
        """Return one block of raw HTML: no empty line and no indent, so that Markdown passes it on unparsed."""
        return "\n".join(line.strip() for line in self.inline(template, **values).splitlines() if line.strip())

    def markdown(self, template: str, /, **values: object) -> str:
        """Return Markdown with headings and fences of its own; text from data stands in blocks of HTML or in fences."""
        return self.inline(template, **values)

    def inline(self, template: str, /, **values: object) -> str:
        """Return HTML that stands within a line of text."""
        return self._env.get_template(template).render(**values).strip()


def fields(declared: Declaration | None) -> dict[str, Any]:
    """Return what a matcher's parameters say by their names, without those that say nothing; none where it has none."""
    said: dict[str, Any] = _to_data(declared) if declared else {}
    return {name: value for name, value in said.items() if value not in (None, (), [])}


def _to_data(value: Any) -> Any:
    """Return a declaration as a dictionary, with those in its fields and tuples."""
    if isinstance(value, Declaration):
        return {name: _to_data(getattr(value, name)) for name in value.declared}
    return tuple(map(_to_data, value)) if isinstance(value, tuple) else value


def code(text: str) -> Markup:
    """Return code as HTML on one line: escaped, with its white space written as references, so that all of it is kept.

    Markdown then finds neither the end of a block nor a fence in it.
    """
    return Markup(re.sub(r"\s", lambda space: f"&#{ord(space[0])};", str(escape(text))))  # noqa: S704 - escaped just before


def one_line(html: str) -> Markup:
    """Return a piece of HTML on one line, so that Markdown sees no line that ends its block or begins a list."""
    return Markup(" ".join(str(html).split()))  # noqa: S704 - markup stays markup
