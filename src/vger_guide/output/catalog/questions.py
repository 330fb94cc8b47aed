"""What the page of reviews asks: of each rule only what it shows, a third of the catalogue, so it is soon there."""

import json
from typing import Any

NAME = "assets/questions.json"
# As in catalog.json, whose schema describes them.
PARTS = ("edition", "profiles", "stages", "workloads", "sections")
RULE = (
    *("id", "slug", "title", "section", "level", "severity"),
    *("statement", "why", "how", "ask", "evidence", "exceptions"),
    *("applies_to", "stages", "workloads", "revision", "text_hash"),
)


def questions_json(catalog: str) -> str:
    """Return the rules as the page of reviews reads them, out of the text of catalog.json."""
    whole: dict[str, Any] = json.loads(catalog)
    document = {
        **{key: whole[key] for key in PARTS},
        "rules": [{key: rule[key] for key in RULE} for rule in whole["rules"]],
        "retired": [{"id": rule["id"]} for rule in whole["retired"]],
    }
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")) + "\n"
