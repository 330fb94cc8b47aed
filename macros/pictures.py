"""Pictures: SVG files, a panel each, put into the page so that their colours follow the theme."""

import re
from pathlib import Path

from markupsafe import Markup

# What may stand before the svg element and means nothing inside a page.
_PROLOGUE = re.compile(r"\A\s*(<\?xml.*?\?>\s*)?(<!--.*?-->\s*)*", re.DOTALL)


def panels(folder: Path, name: str) -> list[Markup]:
    """Return the panels of a picture, in order: `NAME.svg`, or each `NAME-1-….svg`, `NAME-2-….svg`.

    Raises FileNotFoundError where there is none. The files are the guide's own and are trusted.
    """
    paths = sorted([*folder.glob(f"{name}.svg"), *folder.glob(f"{name}-[0-9]-*.svg")])
    if not paths:
        raise FileNotFoundError(f"there is no picture '{name}': {folder.name}/{name}.svg does not exist")
    return [Markup(_PROLOGUE.sub("", path.read_text(encoding="utf-8"))) for path in paths]  # noqa: S704 - our own files
