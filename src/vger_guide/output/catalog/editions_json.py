"""The frozen editions, and what changed from one to the next, as one JSON document for other programs."""

import json

from vger_guide.catalog.catalog import Catalog

# Raised when a key goes or changes its meaning; a key that is added leaves it as it is.
VERSION = 1


def editions_json(catalog: Catalog) -> str:
    """Return the document: `editions`, oldest first, and `changes`, by the edition that they lead to.

    Records have the keys of the data files, checklists/editions/ and checklists/changes/. The same bytes each time.
    """
    told = {
        "schemaVersion": VERSION,
        "editions": [catalog.editions[name].model_dump(mode="json") for name in sorted(catalog.editions)],
        "changes": [catalog.changes[name].model_dump(mode="json") for name in sorted(catalog.changes)],
    }
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"
