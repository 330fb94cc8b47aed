"""Templates of CloudFormation, in YAML or JSON.

`Ref` of a parameter with a default is that; any other function is not known here
(https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html).

The Serverless Framework keeps a template below `resources`
(https://www.serverless.com/framework/docs/providers/aws/guide/resources). A file whose documents are no templates has
nothing in it.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from vger_guide.matchers.formats import Document
from vger_guide.matchers.formats import json as json_format
from vger_guide.matchers.formats import yaml as yaml_format
from vger_guide.matchers.formats.rewrite import rewrite
from vger_guide.matchers.formats.scalars import Unknown


def parse(text: str) -> Document:
    """Return what a template says. Raises UnreadableFileError."""
    if text.lstrip()[:1] == "{":
        document = json_format.parse(text)
    elif "Resources" in text:
        document = yaml_format.parse(text, functions=True)
    else:
        return Document([])
    templates = [root for root in document.roots if _is_template(root)]
    if not templates and any(map(_is_serverless, document.roots)):
        document = _inner(document)
        templates = list(document.roots)
    if not templates:
        return Document([])
    defaults = _defaults(templates[0])
    return rewrite(document, lambda value: _resolve(value, defaults))


def _is_template(root: Any) -> bool:
    return isinstance(root, dict) and isinstance(root.get("Resources"), dict)


def _is_serverless(root: Any) -> bool:
    return isinstance(root, dict) and _is_template(root.get("resources"))


def _inner(document: Document) -> Document:
    """Return the templates below `resources`, with their lines."""
    roots, outline = document.roots, document.outline
    places = [place for place, root in enumerate(roots) if _is_serverless(root)]

    def take(documents: Sequence[Any]) -> list[Any]:
        return [documents[place]["resources"] for place in places]

    return Document(take(roots), (lambda: take(outline())) if outline else None)


def _defaults(template: Mapping[str, Any]) -> dict[str, Any]:
    parameters = template.get("Parameters")
    named = parameters.items() if isinstance(parameters, dict) else ()
    return {name: each["Default"] for name, each in named if isinstance(each, dict) and "Default" in each}


def _resolve(value: Any, defaults: Mapping[str, Any]) -> Any:
    if isinstance(value, dict) and len(value) == 1:
        [(name, argument)] = value.items()
        if name == "Ref":
            return defaults.get(str(argument), Unknown(f"!Ref {argument}"))
        return Unknown(f"!{name[4:]}") if name.startswith("Fn::") else value
    if isinstance(value, str) and value.startswith("!") and " " in value:
        tag, _, argument = value.partition(" ")
        return defaults.get(argument, Unknown(value)) if tag == "!Ref" else Unknown(value)
    return value
