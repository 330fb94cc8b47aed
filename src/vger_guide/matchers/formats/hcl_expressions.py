"""Expressions of HCL: literals, lists and objects as they are, and what can be made of them without anything else.

Variables and locals, templates, conditions, simple operations and the functions that only change a type are followed
(https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md). Any other expression is Unknown, with its text.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from vger_guide.matchers.formats import MAX_DEPTH, MAX_VALUES, TOO_DEEP, TOO_MANY, Items, Table
from vger_guide.matchers.formats.hcl_literals import PLAIN, format_scalar, read_scalar, unescape
from vger_guide.matchers.formats.hcl_operators import NOTHING, OPERATORS, concatenate
from vger_guide.matchers.formats.hcl_scope import Scope
from vger_guide.matchers.formats.scalars import Plain, Unknown, is_number, meaning
from vger_guide.repo.tree import UnreadableFileError

# A text that is put together of others.
MAX_TEXT = 20_000

_AROUND = ("(", ")", "comment")
_SAME = ("jsonencode", "nonsensitive", "sensitive", "tobool", "tolist", "tomap", "tonumber", "toset", "tostring")


class Expressions:
    """Makes values of the expressions of a text."""

    def __init__(self, text: str, scope: Scope) -> None:
        self._text = text
        self._scope = scope
        self._made: dict[tuple[str, str], Any] = {}
        self._bound: dict[str, Any] = {}
        self._depth = 0
        self._count = 0

    def spend(self, count: int) -> None:
        """Count what is made. Raises UnreadableFileError where it is too much."""
        self._count += count
        if self._count > MAX_VALUES:
            raise UnreadableFileError(TOO_MANY)

    @contextmanager
    def bound(self, names: dict[str, Any]) -> Iterator[None]:
        """Let names such as `each` stand for something."""
        before = self._bound
        self._bound = {**before, **names}
        try:
            yield
        finally:
            self._bound = before

    def value(self, node: Any) -> Any:
        """Return the value of an expression. Raises UnreadableFileError where it is too deep."""
        plain = PLAIN.fullmatch(node.text())
        if plain is None:
            return self._term([node])
        self.spend(1)
        return read_scalar(plain)

    def _term(self, nodes: Sequence[Any]) -> Any:
        """Return the value of a node and of the accesses behind it, such as `.name` and `[0]`."""
        self.spend(1)
        self._depth += 1
        try:
            if self._depth > MAX_DEPTH:
                raise UnreadableFileError(TOO_DEEP)
            value = self._head(nodes)
        finally:
            self._depth -= 1
        return Unknown(self._source_of(nodes)) if value is NOTHING else value

    def _head(self, nodes: Sequence[Any]) -> Any:
        parts = [node for node in nodes if node.kind() not in _AROUND]
        if not parts:
            return NOTHING
        first, *accesses = parts
        if first.kind() == "variable_expr":
            return self._evaluate_name(first.text(), accesses)
        if accesses and (signed := _split_sign(first)):
            return self._unary_of(signed[0], [*signed[1:], *accesses])
        value = self._plain(first)
        return self._accessed(value, accesses) if accesses else value

    def _plain(self, node: Any) -> Any:
        make = _KINDS.get(node.kind())
        return make(self, node) if make else NOTHING

    def _inner(self, node: Any) -> Any:
        """Return the value of what a node is around, with or without parentheses."""
        return self._term(node.children())

    def _literal(self, node: Any) -> Any:
        [part] = node.children()
        kind, text = part.kind(), part.text()
        if kind == "bool_lit":
            return text == "true"
        if kind == "numeric_lit":
            return Plain(text)
        return None if kind == "null_lit" else self._template(part)

    def _list(self, node: Any) -> Items:
        items = Items()
        for part in node.children():
            if part.kind() == "expression":
                items.put(self.value(part), _line(part))
        return items

    def _object(self, node: Any) -> Table:
        table = Table()
        for part in node.children():
            if part.kind() == "object_elem":
                key, value = (each for each in part.children() if each.kind() == "expression")
                table.put(self._key(key), self.value(value), _line(part))
        return table

    def _key(self, node: Any) -> str:
        parts = node.children()
        if len(parts) == 1 and parts[0].kind() == "variable_expr":
            return str(node.text())
        value = self._term([node])
        return node.text() if isinstance(value, Table | Items) else str(value)

    def _template(self, node: Any) -> Any:
        """Return a text with what stands in it; lines of a text that goes over lines as they stand."""
        start, end = node.range().start.index, node.range().end.index
        raw = self._text[start:end]
        is_quoted = raw[:1] == '"'
        if not is_quoted:
            first, last = raw.find("\n") + 1, raw.rfind("\n")
            start, end = start + first, start + max(first, last)
        else:
            start, end = start + 1, end - 1
        return self._join(node, start, end, unescape if is_quoted else str)

    def _join(self, node: Any, start: int, end: int, plain: Callable[[str], str]) -> Any:
        pieces: list[Any] = []
        for part in node.children():
            if part.kind() == "template_directive":
                return NOTHING
            if part.kind() == "template_interpolation":
                place = part.range()
                pieces += [plain(self._text[start : place.start.index]), self._evaluate_interpolation(part)]
                start = place.end.index
        pieces.append(plain(self._text[start:end]))
        full = [piece for piece in pieces if piece != "" or isinstance(piece, Unknown)]
        if len(full) == 1:
            return full[0]
        if any(isinstance(piece, Unknown | Table | Items) for piece in full):
            return NOTHING
        text = "".join(map(format_scalar, full))
        return text if len(text) <= MAX_TEXT else NOTHING

    def _evaluate_interpolation(self, node: Any) -> Any:
        inner = next((part for part in node.children() if part.kind() == "expression"), None)
        return self._term([inner]) if inner else ""

    def _evaluate_nested(self, node: Any) -> Any:
        return self._plain(node.children()[0])

    def _call(self, node: Any) -> Any:
        name = node.children()[0].text()
        given = next((part for part in node.children() if part.kind() == "function_arguments"), None)
        arguments = [part for part in given.children() if part.kind() == "expression"] if given else []
        if name in _SAME and len(arguments) == 1:
            return self._term(arguments)
        if name == "concat":
            return concatenate([self._term([each]) for each in arguments])
        return NOTHING

    def _conditional(self, node: Any) -> Any:
        condition, yes, no = (part for part in node.children() if part.kind() == "expression")
        answer = self._term([condition])
        if isinstance(answer, bool):
            return self._term([yes if answer else no])
        first, second = self._term([yes]), self._term([no])
        return first if first == second and not isinstance(first, Unknown) else NOTHING

    def _unary(self, node: Any) -> Any:
        sign, *operand = node.children()
        return self._unary_of(sign, operand)

    def _unary_of(self, sign: Any, operand: Sequence[Any]) -> Any:
        value = self._term(operand)
        if sign.text() == "!" and isinstance(value, bool):
            return not value
        return Plain(f"-{value}") if sign.text() == "-" and is_number(value) else NOTHING

    def _binary(self, node: Any) -> Any:
        parts = node.children()
        at = next(i for i, part in enumerate(parts) if part.kind() in OPERATORS)
        return OPERATORS[parts[at].kind()](self._term(parts[:at]), self._term(parts[at + 1 :]))

    def _evaluate_name(self, name: str, accesses: Sequence[Any]) -> Any:
        if name in self._bound:
            return self._accessed(self._bound[name], accesses)
        if name not in ("var", "local") or not accesses or accesses[0].kind() != "get_attr":
            return NOTHING
        named = name, accesses[0].text().lstrip(".").strip()
        if named not in self._made:
            self._made[named] = NOTHING  # also while it is being made: it may name itself
            self._made[named] = self._follow(named)
        return self._accessed(self._made[named], accesses[1:])

    def _follow(self, named: tuple[str, str]) -> Any:
        found = self._scope.find(*named)
        if found is None or self._depth > MAX_DEPTH // 2:
            return NOTHING
        node, text = found
        before, self._text = self._text, text
        outside, self._bound = self._bound, {}
        try:
            value = self._term([node])
        finally:
            self._text, self._bound = before, outside
        return value if text is before else self._without_lines(value)

    def _without_lines(self, value: Any) -> Any:
        """Return a value of another file; it counts as standing where it is named."""
        self.spend(1)
        if isinstance(value, Table):
            table = Table()
            for key, inner in value.items():
                table.put(key, self._without_lines(inner), 0)
            return table
        if isinstance(value, Items):
            items = Items()
            for inner in value:
                items.put(self._without_lines(inner), 0)
            return items
        return value

    def _accessed(self, value: Any, accesses: Sequence[Any]) -> Any:
        for access in accesses:
            key = self._access(access)
            try:
                value = value[key] if isinstance(value, Table | Items) else NOTHING
            except (KeyError, IndexError, TypeError):
                return NOTHING
        return value

    def _access(self, node: Any) -> Any:
        if node.kind() == "get_attr":
            return node.children()[-1].text()
        inner = node.find(kind="expression") if node.kind() == "index" else None
        key = self._term([inner]) if inner else NOTHING
        return int(meaning(key)) if is_number(key) else key

    def _source_of(self, nodes: Sequence[Any]) -> str:
        return self._text[nodes[0].range().start.index : nodes[-1].range().end.index][:MAX_TEXT]


def _split_sign(node: Any) -> list[Any]:
    """Return the sign and the operand of an operation with one; the grammar leaves accesses to it outside."""
    parts = node.children() if node.kind() == "operation" else []
    return parts[0].children() if parts and parts[0].kind() == "unary_operation" else []


_KINDS: dict[str, Callable[[Expressions, Any], Any]] = {
    "expression": Expressions._inner,  # noqa: SLF001 - its own
    "literal_value": Expressions._literal,  # noqa: SLF001
    "string_lit": Expressions._template,  # noqa: SLF001
    "template_expr": Expressions._evaluate_nested,  # noqa: SLF001
    "quoted_template": Expressions._template,  # noqa: SLF001
    "heredoc_template": Expressions._template,  # noqa: SLF001
    "collection_value": Expressions._evaluate_nested,  # noqa: SLF001
    "tuple": Expressions._list,  # noqa: SLF001
    "object": Expressions._object,  # noqa: SLF001
    "function_call": Expressions._call,  # noqa: SLF001
    "conditional": Expressions._conditional,  # noqa: SLF001
    "operation": Expressions._evaluate_nested,  # noqa: SLF001
    "unary_operation": Expressions._unary,  # noqa: SLF001
    "binary_operation": Expressions._binary,  # noqa: SLF001
}


def _line(node: Any) -> int:
    return int(node.range().start.line) + 1
