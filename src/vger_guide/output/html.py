"""The templates of pages and pictures: each page is one file that needs no script and asks no host for anything."""

import base64
import hashlib
from functools import cache
from pathlib import Path

from jinja2 import Environment

from vger_guide.text.html import make_environment

TEMPLATES = Path(__file__).parent / "templates"


def render(template: str, /, **values: object) -> str:
    """Return what a template of `templates/` makes of values; all text in them is escaped."""
    return _environment().get_template(template).render(**values)


@cache
def _environment() -> Environment:
    made = make_environment(TEMPLATES)
    made.keep_trailing_newline = True
    made.filters["digest"] = source_hash
    return made


def source_hash(text: str) -> str:
    """Return the hash by which a page's policy lets in a style or a script (https://www.w3.org/TR/CSP3/)."""
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
