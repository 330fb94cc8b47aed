"""UUIDs of what is exported: version 5, made of names, so that they are the same wherever they are made."""

import hashlib
import json
from typing import Any
from uuid import NAMESPACE_URL, uuid5


def named_uuid(site: str, *names: str) -> str:
    """Return the UUID of what has these names in a guide; `site` is where it is published."""
    return str(uuid5(NAMESPACE_URL, site + "/".join(names)))


def content_uuid(site: str, kind: str, content: Any) -> str:
    """Return the UUID of a document of a kind: another one for each content."""
    digest = hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
    return named_uuid(site, kind, digest)
