"""Bicep by its grammar (tree-sitter-bicep): resources in the shape that Azure's templates in JSON have.

Modules are at `modules.NAME`, with their `params`, and with what they are made from as `source`. What `if` says is not
made is left out, and so is what exists elsewhere.
"""

import importlib.util
from collections.abc import Callable, Iterator
from typing import Any

from vger_guide.matchers.formats import MAX_DEPTH, MAX_VALUES, TOO_DEEP, TOO_MANY, Items, Table
from vger_guide.matchers.formats.scalars import Plain, Unknown
from vger_guide.matchers.grammar.syntax import modest
from vger_guide.repo.tree import RequirementMissingError, UnreadableFileError

INSTALL = "pip install tree-sitter tree-sitter-bicep"


def require() -> None:
    """Do nothing where Bicep can be read. Raises RequirementMissingError, with what to install, where it cannot."""
    if not all(importlib.util.find_spec(name) for name in ("tree_sitter", "tree_sitter_bicep")):
        raise RequirementMissingError(f"it reads Bicep by its grammar, which is not installed; '{INSTALL}' installs it")


def read(text: str) -> Table:
    """Return what a Bicep text says. Raises UnreadableFileError. To be called in a process that may die."""
    import tree_sitter  # noqa: PLC0415 - it may be missing, and only the process that parses needs it
    import tree_sitter_bicep  # noqa: PLC0415 - as above

    parser = tree_sitter.Parser(tree_sitter.Language(tree_sitter_bicep.language()))
    root = parser.parse(modest(text).encode()).root_node
    if broken := next(_broken(root), None):
        raise UnreadableFileError(f"is not Bicep: line {_line(broken)} has what was not expected")
    return _Reader(root).template()


def _broken(root: Any) -> Iterator[Any]:
    pending = [root] if root.has_error else []
    while pending:
        node = pending.pop()
        if node.is_error or node.is_missing:
            yield node
        pending += [each for each in node.children if each.has_error or each.is_missing]


class _Reader:
    """Makes tables of declarations."""

    def __init__(self, root: Any) -> None:
        self.root = root
        self.named = dict(_find_named_values(root))
        self.depth = self.count = 0

    def template(self) -> Table:
        template = Table()
        resources = self._resources(self.root.children, "")
        if resources:
            template.put("resources", resources, 1)
        modules = Table()
        for node in self.root.children:
            if node.type == "module_declaration":
                modules.put(_name(node), self._module(node), _line(node))
        if modules:
            template.put("modules", modules, 1)
        return template

    def _module(self, node: Any) -> Any:
        """Return the object of a module, with what it is made from as `source`; None where it is not made."""
        body = self._body(node.children[-1])
        module = self.value(body) if body is not None else None
        if isinstance(module, Table):
            source = next((self._text(each) for each in node.children if each.type == "string"), "")
            module.put("source", source, _line(node))
        return module

    def _resources(self, nodes: list[Any], around: str) -> Table:
        resources = Table()
        for node in nodes:
            if node.type == "resource_declaration" and not any(each.type == "existing" for each in node.children):
                body = self._body(node.children[-1])
                if body is not None:
                    resources.put(_name(node), self._resource(node, body, around), _line(node))
        return resources

    def _body(self, node: Any) -> Any:
        """Return the object of a resource; None where it is not made."""
        if node.type == "if_statement":
            made = self.value(node.children[1])
            return None if made is False else self._body(node.children[-1])
        if node.type == "for_statement":
            return next((each for each in reversed(node.children) if each.type in ("object", "if_statement")), None)
        return node

    def _resource(self, node: Any, body: Any, around: str) -> Table:
        full = next(self._text(each) for each in node.children if each.type == "string")
        kind, _, version = str(full).partition("@")
        kind = f"{around}/{kind}" if around else kind
        resource = Table()
        resource.put("type", kind, _line(node))
        resource.put("apiVersion", version, _line(node))
        for key, value in self.value(body).items() if body.type == "object" else ():
            resource.put(key, value, self._lines(body).get(key, _line(body)))
        nested = [each.children[0] for each in body.children if each.type == "object_property" and each.children]
        if inner := self._resources([each for each in nested if each.type == "resource_declaration"], kind):
            resource.put("resources", inner, _line(body))
        return resource

    def _lines(self, body: Any) -> dict[str, int]:
        return {self._key(each.children[0]): _line(each) for each in body.children if each.type == "object_property"}

    def value(self, node: Any) -> Any:
        """Return the value of an expression. Raises UnreadableFileError where it is too deep, or there are too many."""
        self.count += 1
        self.depth += 1
        try:
            if self.depth > MAX_DEPTH or self.count > MAX_VALUES:
                raise UnreadableFileError(TOO_DEEP if self.depth > MAX_DEPTH else TOO_MANY)
            make = _KINDS.get(node.type)
            return make(self, node) if make else Unknown(_source(node))
        finally:
            self.depth -= 1

    def _object(self, node: Any) -> Table:
        table = Table()
        for each in node.children:
            if each.type == "object_property" and len(each.children) > 2:
                table.put(self._key(each.children[0]), self.value(each.children[-1]), _line(each))
        return table

    def _key(self, node: Any) -> str:
        return str(self._text(node)) if node.type == "string" else _source(node)

    def _array(self, node: Any) -> Items:
        items = Items()
        for each in node.children:
            if each.is_named and each.type != "comment":
                items.put(self.value(each), _line(each))
        return items

    def _text(self, node: Any) -> Any:
        if any(each.type == "interpolation" for each in node.children):
            return Unknown(_source(node))
        return "".join(_source(each) for each in node.children if each.type in ("string_content", "escape_sequence"))

    def _resolve_name(self, node: Any) -> Any:
        name = _source(node)
        if name not in self.named:
            return Unknown(name)
        given = self.named.pop(name)  # while it is followed: it may name itself
        try:
            return self.value(given)
        finally:
            self.named[name] = given

    def _inner(self, node: Any) -> Any:
        inner = [each for each in node.children if each.is_named]
        return self.value(inner[0]) if len(inner) == 1 else Unknown(_source(node))

    def _ternary(self, node: Any) -> Any:
        condition, yes, no = [each for each in node.children if each.is_named][:3]
        answer = self.value(condition)
        return self.value(yes if answer else no) if isinstance(answer, bool) else Unknown(_source(node))


_KINDS: dict[str, Callable[[_Reader, Any], Any]] = {
    "object": _Reader._object,  # noqa: SLF001 - its own
    "array": _Reader._array,  # noqa: SLF001
    "string": _Reader._text,  # noqa: SLF001
    "identifier": _Reader._resolve_name,  # noqa: SLF001
    "parenthesized_expression": _Reader._inner,  # noqa: SLF001
    "ternary_expression": _Reader._ternary,  # noqa: SLF001
    "boolean": lambda _, node: _source(node) == "true",
    "number": lambda _, node: Plain(_source(node)),
    "null": lambda _, __: None,
}


def _find_named_values(root: Any) -> Iterator[tuple[str, Any]]:
    """Yield the names of variables, and of parameters with a default, and the nodes of what they are."""
    for node in root.children:
        if node.type in ("variable_declaration", "parameter_declaration") and any(
            each.type == "=" for each in node.children
        ):
            yield _name(node), node.children[-1]


def _name(node: Any) -> str:
    return next((_source(each) for each in node.children if each.type == "identifier"), "")


def _source(node: Any) -> str:
    return (node.text or b"").decode("utf-8", "replace")


def _line(node: Any) -> int:
    return int(node.start_point[0]) + 1
