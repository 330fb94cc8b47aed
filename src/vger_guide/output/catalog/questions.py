"""What the page of reviews asks: of each rule only what it shows, a third of the catalogue, so it is soon there."""

import json
from typing import Any

from vger_guide.catalog.catalog import Catalog
from vger_guide.output.catalog.json import catalog_json

NAME = "assets/questions.json"
# As in catalog.json, whose schema describes them.
PARTS = ("edition", "profiles", "stages", "workloads", "sections")
RULE = (
    *("id", "slug", "title", "section", "level", "severity"),
    *("statement", "why", "how", "ask", "evidence", "exceptions"),
    *("applies_to", "stages", "workloads", "revision", "text_hash"),
)


def questions_json(catalog: Catalog, site: str) -> str:
    """Return the rules of a catalogue as the page of reviews reads them; `site` is the address of the site."""
    whole: dict[str, Any] = json.loads(catalog_json(catalog, site))
    document = {
        **{key: whole[key] for key in PARTS},
        "rules": [{key: rule[key] for key in RULE} for rule in whole["rules"]],
        "retired": [{"id": rule["id"]} for rule in whole["retired"]],
    }
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")) + "\n"
