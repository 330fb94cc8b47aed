"""The site of a portfolio: static pages in the look of the guide, which ask no host for anything.

Each page carries its styles, and those with filters their script, let in by the policy of the page by their hashes. So
a page can be opened from a disk, and moved alone.
"""

from functools import cache
from pathlib import Path

from jinja2 import Environment
from markupsafe import Markup

from vger_guide.output.html import TEMPLATES, source_hash
from vger_guide.portfolio.overview import Overview
from vger_guide.text.html import make_environment

OWN = Path(__file__).parent / "templates"


def render(name: str, template: str, overview: Overview, *, here: str = "", **values: object) -> tuple[str, str]:
    """Return a page, after its path: what a template makes of values; all text in them is escaped.

    `here` is the page in the bar at the top to which it belongs, where that is not itself.
    """
    shared = {"overview": overview, "root": "../" * name.count("/"), "here": here or name}
    return name, _environment().get_template(template).render(**shared, **values)


@cache
def script() -> Markup:
    """Return the script of the pages with filters, as it stands in them."""
    return Markup((OWN / "filters.js").read_text(encoding="utf-8"))  # noqa: S704 - our own file


@cache
def _environment() -> Environment:
    made = make_environment(OWN, TEMPLATES)
    made.keep_trailing_newline = True
    made.filters.update(digest=source_hash, day=lambda moment: moment[:10], commit=lambda commit: commit[:12])
    return made
