"""HCL 2, as Terraform writes it: attributes and blocks are keys, and so are the labels of a block.

Texts, numbers, lists and objects are read; any other expression stays the text it is, interpolations too. Blocks of
one name and the same labels make a list (https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md). A parser of the
whole language takes seconds where this takes milliseconds, and minutes over a hostile text.
"""

from collections.abc import Sequence
from typing import Any

from vger_guide.matchers.formats import MAX_DEPTH, TOO_DEEP, Document, Items, Table, require_length
from vger_guide.matchers.formats.hcl_tokens import Token, Tokens
from vger_guide.repo.tree import UnreadableFileError

_NAMES = ("name", "text")
_ENDS = {"body": ("line", "}", "end"), "object": ("line", ",", "}", "end"), "list": (",", "]", "end")}
_CLOSES = {"body": "}", "object": "}", "list": "]"}
_CLOSING = {"(": ")", "[": "]", "{": "}"}


def parse(text: str) -> Document:
    """Return the document of an HCL text. Raises UnreadableFileError."""
    return Document([_Reader(require_length(text)).root()])


class _Reader:
    """Builds the root from tokens; what is open is a body of attributes and blocks, an object or a list."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = Tokens(text)
        self.open: list[tuple[str, Any]] = [("body", Table())]

    def root(self) -> Any:
        root = self.open[0][1]
        while (token := self.tokens.take()).kind != "end":
            kind, value = self.open[-1]
            if token.kind == _CLOSES[kind] and len(self.open) > 1:
                self._close()
            elif token.kind not in ("line", ","):
                self._part(kind, value, token)
        if len(self.open) > 1:
            raise self._odd(token)
        return root

    def _part(self, kind: str, value: Any, token: Token) -> None:
        if kind == "body":
            self._statement(value, token)
        elif kind == "object":
            self._entry(value, token)
        else:
            self._value(value, None, token)

    def _statement(self, body: Table, token: Token) -> None:
        """Read `name = value`, or `name "label" {`."""
        names = [token.value]
        following = self.tokens.take()
        while token.kind == "name" and following.kind in _NAMES:
            names.append(following.value)
            following = self.tokens.take()
        if token.kind != "name" or following.kind not in ("{", "=") or (following.kind == "=" and len(names) > 1):
            raise self._odd(following if token.kind == "name" else token)
        if len(names) > MAX_DEPTH:
            raise UnreadableFileError(TOO_DEEP)
        if following.kind == "=":
            self._value(body, token, self.tokens.take())
        else:
            self._push("body", _block(body, names, self.tokens.line(token.start)))

    def _entry(self, table: Table, key: Token) -> None:
        """Read `key = value` or `key: value` of an object; a key may be an expression, such as `aws.west`."""
        key = self._expression(key, ("=", ":", "line", ",", "}", "end"))
        sign = self.tokens.take()
        if sign.kind not in ("=", ":"):
            raise self._odd(sign)
        self._value(table, key, self.tokens.take())

    def _value(self, into: Table | Items, key: Token | None, token: Token) -> None:
        """Put a value where it belongs: what is nested is put there empty, and read next."""
        line = self.tokens.line((key or token).start)
        nested = token.kind in ("[", "{") and self.tokens.next.value != "for"
        value = _empty(token) if nested else self._expression(token, _ENDS[self.open[-1][0]]).value
        if isinstance(into, Items):
            into.put(value, line)
        elif key:
            into.put(key.value, value, line)
        if nested:
            self._push("list" if token.kind == "[" else "object", value)

    def _push(self, kind: str, value: Any) -> None:
        if len(self.open) > MAX_DEPTH:
            raise UnreadableFileError(TOO_DEEP)
        self.open.append((kind, value))

    def _close(self) -> None:
        """Go on around what was open; what is written behind a list or an object, such as an index, is left out."""
        kind, _ = self.open.pop()
        ends = _ENDS[self.open[-1][0]]
        if kind != "body" and self.tokens.next.kind not in ends:
            self._expression(self.tokens.take(), ends)

    def _expression(self, first: Token, ends: Sequence[str]) -> Token:
        """Return an expression as one token, with its text; a text in quotes and nothing else is what it says."""
        last, nested = first, _CLOSING.get(first.kind, "")
        while nested or self.tokens.next.kind not in ends:
            token = self.tokens.take()
            if token.kind == "end" or len(nested) > MAX_DEPTH:
                raise self._odd(token) if token.kind == "end" else UnreadableFileError(TOO_DEEP)
            nested = nested[:-1] if token.kind == nested[-1:] else nested + _CLOSING.get(token.kind, "")
            last = last if token.kind == "line" else token
        return first._replace(value=first.value if last is first else self.text[first.start : last.end])

    def _odd(self, token: Token) -> UnreadableFileError:
        what = "its end" if token.kind == "end" else repr(token.value[:20])
        return UnreadableFileError(f"is not HCL: {what} was not expected at line {self.tokens.line(token.start)}")


def _empty(token: Token) -> Table | Items:
    return Items() if token.kind == "[" else Table()


def _block(body: Table, names: list[str], line: int) -> Table:
    """Return the table of a new block, put where its name and labels lead."""
    for name in names[:-1]:
        if not isinstance(body.get(name), Table):
            body.put(name, Table(), line)
        body = body[name]
    block = Table()
    body.add(names[-1], block, line)
    return block
