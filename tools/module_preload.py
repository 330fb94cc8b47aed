"""Names in each page all modules that its scripts import: a browser then fetches them at once, not level by level.

The form: https://html.spec.whatwg.org/multipage/links.html#link-type-modulepreload.
"""

import re
from pathlib import Path
from posixpath import dirname, join, normpath

SCRIPT = re.compile(r'<script type="module" src="([^"]+)"></script>')
# Of our own modules, which Biome formats: a static import ends with its address.
IMPORT = re.compile(r'^(?:import|export)\b[^"\';]*["\'](\.{1,2}/[^"\']+)["\'];$', re.MULTILINE)
ELEMENT = '<link rel="modulepreload" href="{}">'


def write(site: Path) -> None:
    """Write the elements into each page below a folder that names a module, before its first script of the kind."""
    for path in site.rglob("*.html"):
        page = path.read_text(encoding="utf-8")
        scripts = SCRIPT.findall(page)
        links = "".join(dict.fromkeys(ELEMENT.format(each) for script in scripts for each in _below(path, script)))
        if links:
            at = page.index('<script type="module"')
            path.write_text(page[:at] + links + page[at:], encoding="utf-8", newline="")


def _below(page: Path, script: str) -> list[str]:
    """Return the addresses of what a script imports, and what that imports, from where the page is.

    The page of errors is served at any address, so its scripts have a path from the root of the host: they stay.
    """
    found: dict[str, None] = {}
    waiting = [] if script.startswith("/") else [script]
    while waiting:
        address = waiting.pop()
        text = (page.parent / address).read_text(encoding="utf-8")
        named = [normpath(join(dirname(address), name)) for name in IMPORT.findall(text)]
        new = [each for each in named if each not in found]
        found.update(dict.fromkeys(new))
        waiting += new
    return list(found)
