"""Writes into each page which scripts, styles and addresses a browser may use there (https://www.w3.org/TR/CSP3/).

The theme writes scripts into its pages, some with the way to the root of the site, and its icons as a style into the
head: they are let in by their hashes. A script that is not the theme's gets none, however it came into the page, so the
browser does not run it.
"""

import re
from collections.abc import Iterable
from pathlib import Path

import material

from vger_guide.output.html import source_hash

ROOT = Path(__file__).resolve().parent.parent
PARTIALS = Path("partials", "javascripts")
FOLDERS = (Path(material.__file__).parent / "templates" / PARTIALS, ROOT / "overrides" / PARTIALS)
SCRIPT = re.compile("<script>(.*?)</script>", re.DOTALL)
STYLE = re.compile("<style>(.*?)</style>", re.DOTALL)
# What a template fills in, which is always an address, and what may stand there.
VARIABLE = re.compile("{{.*?}}")
ADDRESS = r"[\w./:%~-]*"
# The engine needs WebAssembly, but in a worker, which is not under the policy of the page that begins it.
SOURCES = "script-src 'self'"
POLICY = (
    f"default-src 'none'; {SOURCES}{{scripts}}; style-src 'self'{{styles}}; style-src-attr 'unsafe-inline'; "
    "img-src 'self' data:; connect-src 'self'; worker-src 'self'; base-uri 'self'; form-action 'self'"
)
# It holds for what stands behind it; the encoding stands before, as browsers look for that in the first bytes only.
PLACE = '<meta charset="utf-8">'
ELEMENT = '<meta http-equiv="Content-Security-Policy" content="{}">'


def write(site: Path) -> None:
    """Write the policy into each page below a folder, which has none."""
    known = theme_scripts()
    for path in site.rglob("*.html"):
        page = path.read_text(encoding="utf-8")
        scripts = [script for script in SCRIPT.findall(page) if known.fullmatch(script)]
        styles = STYLE.findall(page.partition("</head>")[0])
        element = ELEMENT.format(POLICY.format(scripts=_sources(scripts), styles=_sources(styles)))
        path.write_text(page.replace(PLACE, PLACE + element, 1), encoding="utf-8", newline="")


def let_in(page: str, script: str) -> str:
    """Return a page whose policy also lets in a script."""
    return page.replace(SOURCES, SOURCES + _sources([script]), 1)


def theme_scripts() -> re.Pattern[str]:
    """Return what the scripts in pages that are the theme's, or ours in place of them, look like."""
    partials = [path for folder in FOLDERS for path in sorted(folder.glob("*.html"))]
    scripts = [script for path in partials for script in SCRIPT.findall(path.read_text(encoding="utf-8"))]
    return re.compile("|".join(ADDRESS.join(map(re.escape, VARIABLE.split(script))) for script in scripts))


def _sources(texts: Iterable[str]) -> str:
    return "".join(f" 'sha256-{source_hash(text)}'" for text in texts)
