"""Azure Resource Manager: Bicep by its grammar, and templates in JSON; both in the shape of templates.

Resources of Bicep are at `resources.NAME`, with `type`, `apiVersion` and their own resources as
https://learn.microsoft.com/azure/azure-resource-manager/templates/resource-declaration has them. The types of resources
within others are whole ones. Parameters are what their defaults say; any other expression is not known here.
"""

import re
from collections.abc import Sequence
from typing import Any

from vger_guide.matchers.formats import Document, bicep
from vger_guide.matchers.formats import json as json_format
from vger_guide.matchers.formats.rewrite import rewrite
from vger_guide.matchers.formats.scalars import Unknown
from vger_guide.matchers.grammar import child
from vger_guide.matchers.probes import File

_PARAMETER = re.compile(r"\[\s*parameters\('([^']+)'\)\s*\]")
# Every template names its schema; other files of JSON are none, whatever stands in them.
_SCHEMA = re.compile("deploymentTemplate", re.IGNORECASE)
_EXPRESSION = re.compile(r"\[(?!\[).*\]", re.DOTALL)


def parse_file(file: File) -> Document:
    """Return the document of a template.

    Raises UnreadableFileError, and RequirementMissingError where the grammar of Bicep is not installed.
    """
    if not file.path.lower().endswith(".bicep"):
        is_template = _SCHEMA.search(file.text) is not None
        return _template(json_format.parse(file.text)) if is_template else Document([])
    bicep.require()
    return Document([child.ask(bicep.read, file.text)])


def _template(document: Document) -> Document:
    root = document.roots[0]
    parameters = root.get("parameters") if isinstance(root, dict) else None
    named = parameters.items() if isinstance(parameters, dict) else ()
    defaults = {name: each["defaultValue"] for name, each in named if isinstance(each, dict) and "defaultValue" in each}
    resolved = rewrite(document, lambda value: _resolve(value, defaults))
    _name_types(resolved.roots)
    return resolved


def _name_types(roots: Sequence[Any]) -> None:
    """Give resources within resources their whole types, which templates leave out: theirs follows the outer one's."""
    pending: list[tuple[Any, str]] = [(root, "") for root in roots]
    while pending:
        value, around = pending.pop()
        if isinstance(value, dict):
            kind = value.get("type")
            if around and isinstance(kind, str) and "." not in kind.partition("/")[0]:
                value["type"] = kind = f"{around}/{kind}"
            inner = kind if isinstance(kind, str) and "/" in kind else ""
            pending += [(each, inner if key == "resources" else "") for key, each in value.items()]
        elif isinstance(value, list):
            pending += [(each, around) for each in value]


def _resolve(value: Any, defaults: dict[str, Any]) -> Any:
    if not isinstance(value, str) or not _EXPRESSION.fullmatch(value):
        return value
    parameter = _PARAMETER.fullmatch(value)
    return defaults.get(parameter[1], Unknown(value)) if parameter else Unknown(value)
