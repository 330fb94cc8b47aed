"""Lists the pages of a built site, so that the pages of other versions can lead to them: pages.json."""

import json
from pathlib import Path
from typing import Any

from tools.site_data import HOME

NAME = "pages.json"


def pages_json(site: Path) -> str:
    """Return by address below the site what each page is about: its rule and section, or its section, or nothing.

    What a page is about keeps its name where the page moves: a reader is led by it to the page of another version.
    """
    data = json.loads((site / "catalog.json").read_text(encoding="utf-8"))
    about = _about(data)
    folders = sorted(path.parent.relative_to(site).as_posix() for path in site.rglob(HOME))
    addresses = ["" if folder == "." else f"{folder}/" for folder in folders]
    return json.dumps({each: about.get(each, []) for each in addresses}, indent=1) + "\n"


def _about(data: dict[str, Any]) -> dict[str, list[str]]:
    """Return names by address; a page of several sections goes by the first."""
    site, found = data["site"], {}
    for section in reversed(data["sections"]):
        found[_page(section, site)] = [section["number"]]
    for rule in data["rules"]:
        found[_page(rule, site)] = [rule["id"], rule["section"]]
    for gone in data["retired"]:
        found[f"rules/{gone['slug']}/"] = [gone["id"], *gone["replaced_by"]]
    return found


def _page(record: dict[str, Any], site: str) -> str:
    return str(record["address"]).removeprefix(site).partition("#")[0]
