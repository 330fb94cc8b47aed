"""HCL 2, as Terraform and OpenTofu write it: attributes and blocks are keys, and so are the labels of a block.

The shape is that of Terraform's own JSON (https://developer.hashicorp.com/terraform/language/syntax/json): a resource
is at `resource.TYPE.NAME`; blocks of one name and the same labels make a list. A value that is put together of others
is made (see `hcl_expressions`); a dynamic block becomes the blocks that it makes, and of a resource with `for_each`
each instance has a key, as in `main["a"]`. What `count` says is not made is left out.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from vger_guide.matchers.formats import MAX_DEPTH, TOO_DEEP, Heads, Items, Table
from vger_guide.matchers.formats.hcl_expressions import Expressions
from vger_guide.matchers.formats.hcl_nodes import attribute, attributes, block_body, heading, statements
from vger_guide.matchers.formats.hcl_scope import Scope
from vger_guide.matchers.formats.scalars import Unknown, meaning
from vger_guide.matchers.grammar import syntax
from vger_guide.repo.tree import UnreadableFileError

# So many instances of a resource or a block are told apart.
MAX_INSTANCES = 50

# An end that the parser made up, because the text has none.
_ENDS = (
    "block_end",
    "heredoc_identifier",
    "object_end",
    "quoted_template_end",
    "template_interpolation_end",
    "tuple_end",
)
_UNCLOSED = {"rule": {"any": [{"kind": kind} for kind in _ENDS], "regex": "^$"}}


def read(text: str, siblings: Sequence[tuple[str, str]] = (), *, is_called: bool = False, heads: Heads = ()) -> Table:
    """Return what an HCL text says. Raises UnreadableFileError.

    `siblings` are the other files of its folder, as names and texts: what they say of variables and locals is followed.
    Of a module that `is_called` by others, what its variables are is not known.
    """
    root = tree(text)
    return HclReader(Expressions(text, Scope(text, root, siblings, is_called=is_called)), heads).body(
        root, is_root=True
    )


def evaluate(templates: Sequence[str], siblings: Sequence[tuple[str, str]]) -> list[Any]:
    """Return what templates make, as `"${var.size} GB"`; what nobody knows is Unknown, also where it is no template."""
    return [_evaluate(template, siblings) for template in templates]


def _evaluate(template: str, siblings: Sequence[tuple[str, str]]) -> Any:
    text = f'value = "{template}"\n'
    try:
        return read(text, siblings)["value"]
    except (UnreadableFileError, KeyError):
        return Unknown(template)


@lru_cache(maxsize=1)
def tree(text: str) -> Any:
    """Return the syntax tree of an HCL text. Raises UnreadableFileError where it is none."""
    root = syntax.parse(text, "hcl")
    if broken := root.find(kind="ERROR"):
        raise UnreadableFileError(
            f"is not HCL: {broken.text().strip()[:20]!r} was not expected at line {line_of(broken)}"
        )
    if unclosed := root.find(_UNCLOSED):
        raise UnreadableFileError(f"is not HCL: what begins in line {line_of(unclosed.parent())} has no end")
    return root


def line_of(node: Any) -> int:
    """Return the line that a node begins in."""
    return int(node.range().start.line) + 1


class HclReader:
    """Makes tables of bodies; what it makes is counted."""

    def __init__(self, expressions: Expressions, heads: Heads = ()) -> None:
        self.expressions = expressions
        self.heads = heads

    def body(self, node: Any, *, is_root: bool = False) -> Table:
        """Return the attributes and blocks of a body, or of a whole file those that are asked for."""
        table = Table()
        for part in statements(node):
            if is_root and self.heads and not self._is_asked(part):
                continue
            if part.kind() == "attribute":
                name, value = attribute(part)
                table.put(name, self.expressions.value(value), line_of(part))
            else:
                self._block(table, part)
        return table

    def _is_asked(self, part: Any) -> bool:
        """Return whether a head leads to an attribute or a block."""
        names = heading(part) or [attribute(part)[0]]
        return any(
            all(name in step or not step for name, step in zip(names, head, strict=False)) for head in self.heads
        )

    def _block(self, table: Table, block: Any) -> None:
        names, body = heading(block), block_body(block)
        self.expressions.spend(len(names))
        if len(names) > MAX_DEPTH:
            raise UnreadableFileError(TOO_DEEP)
        if names[0] == "dynamic" and len(names) == 2:
            self._dynamic(table, names[1], block, body)
            return
        for part in names[:-1]:
            if not isinstance(table.get(part), Table):
                table.put(part, Table(), line_of(block))
            table = table[part]
        for suffix, bound in self._instances(body):
            with self.expressions.bound(bound):
                table.add(names[-1] + suffix, self.body(body), line_of(block))

    def _instances(self, body: Any) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield the end of the key, and what `each` is, for each instance that a block makes."""
        asked = {name: value for name, value in map(attribute, attributes(body)) if name in ("count", "for_each")}
        if "count" in asked and meaning(self.expressions.value(asked["count"])) == 0:
            return
        pairs = self._pairs(self.expressions.value(asked["for_each"])) if "for_each" in asked else None
        if pairs is None or "each." not in body.text():
            if pairs != []:
                yield "", {}
            return
        for key, value in pairs:
            yield f'["{key}"]', {"each": _pair(key, value)}

    def _dynamic(self, table: Table, name: str, block: Any, body: Any) -> None:
        """Add the blocks that a dynamic block makes; where nobody knows for what, one of which nothing is known."""
        parts = dict(map(attribute, attributes(body)))
        content = next((block_body(each) for each in statements(body) if heading(each)[:1] == ["content"]), None)
        if content is None or "for_each" not in parts:
            return
        iterator = parts["iterator"].text() if "iterator" in parts else name
        pairs = self._pairs(self.expressions.value(parts["for_each"]))
        if pairs is None:
            table.add(name, _unknown(self.body(content)), line_of(block))
            return
        for key, value in pairs:
            with self.expressions.bound({iterator: _pair(key, value)}):
                table.add(name, self.body(content), line_of(block))

    def _pairs(self, several: Any) -> list[tuple[str, Any]] | None:
        """Return the keys and values that something is made for; None where nobody knows them."""
        if isinstance(several, Table):
            return list(several.items())[:MAX_INSTANCES]
        if isinstance(several, Items):
            return [(str(value), value) for value in several][:MAX_INSTANCES]
        return None


def _pair(key: str, value: Any) -> Table:
    pair = Table()
    pair.put("key", key, 0)
    pair.put("value", value, 0)
    return pair


def _unknown(value: Any) -> Any:
    """Return the same tables and lists with nothing known of what stands in them."""
    if isinstance(value, Table):
        table = Table()
        for key, inner in value.items():
            table.put(key, _unknown(inner), value.lines[key])
        return table
    if isinstance(value, Items):
        items = Items()
        for inner, line in zip(value, value.lines, strict=True):
            items.put(_unknown(inner), line)
        return items
    return Unknown(value)
