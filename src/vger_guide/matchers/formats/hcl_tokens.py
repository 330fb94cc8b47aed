"""The tokens of HCL: names, texts, signs and ends of lines, each taken once from left to right."""

import re
from bisect import bisect_left
from typing import NamedTuple

from vger_guide.matchers.formats import MAX_DEPTH, TOO_DEEP
from vger_guide.repo.tree import UnreadableFileError

# Files of a million characters have half of that; a hostile one is a sign a character.
MAX_TOKENS = 300_000

_TOKEN = re.compile(
    r"(?:[ \t\r\f\ufeff]++|\#[^\n]*+|//[^\n]*+|/\*.*?(?:\*/|\Z))*+(?:"
    r"(?P<name>[^\W\d][\w-]*+)"
    r"|(?P<number>\d[\w.]*+(?:(?<=[eE])[+-]\d++)?)"
    r"|(?P<heredoc><<[-~]?[^\W\d][\w-]*+[ \t\r]*+\n)"
    r"|(?P<sign>==|!=|>=|<=|=>|&&|\|\||\.\.\.|[^\w\s])"
    r"|(?P<line>\n\s*+)"
    r"|(?P<end>\Z))",
    re.DOTALL,
)
# Of two and more signs in a row none begins code: `$${` stands for `${`.
_IN_TEXT = re.compile(r"(?:[^\"\\$%\n]|\\.|[$%]{2,}+\{?|[$%](?!\{))++|[$%]\{|[\"\n]")
_IN_CODE = re.compile(r"[^\"{}]++|[\"{}]")


class Token(NamedTuple):
    """A token: its kind, what it says, and where it stands; the kind of a sign is the sign."""

    kind: str
    value: str
    start: int
    end: int


class Tokens:
    """Takes tokens from a text; `next` is the one that comes. Raises UnreadableFileError where there is none."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._ends = [match.start() for match in re.finditer("\n", text)]
        self._count = 0
        self.next = self._read(0)

    def take(self) -> Token:
        """Return the next token; at the end of the text one of the kind `end`."""
        token = self.next
        self._count += 1
        if self._count > MAX_TOKENS:
            raise UnreadableFileError(f"holds more than {MAX_TOKENS:,} names, values and signs")
        if token.kind != "end":
            self.next = self._read(token.end)
        return token

    def line(self, at: int) -> int:
        """Return the line of a position."""
        return bisect_left(self._ends, at) + 1

    def _read(self, at: int) -> Token:
        match = _TOKEN.match(self.text, at)
        if not match:
            raise UnreadableFileError(f"is not HCL: a character that was not expected at line {self.line(at)}")
        kind = str(match.lastgroup)
        value, start = match[kind], match.start(kind)
        if kind == "heredoc":
            return self._heredoc(value, start)
        if value == '"':
            return self._quoted(start)
        return Token(value if kind == "sign" else kind, value, start, match.end())

    def _heredoc(self, value: str, start: int) -> Token:
        name, begin = value.lstrip("<-~").strip(), start + len(value)
        at = begin
        while at < len(self.text):
            end = self.text.find("\n", at)
            end = len(self.text) if end < 0 else end
            if self.text[at:end].strip() == name:
                return Token("text", self.text[begin:at], start, end)
            at = end + 1
        raise UnreadableFileError(f"is not HCL: no end of the text that begins at line {self.line(start)}")

    def _quoted(self, start: int) -> Token:
        """Take a text in quotes, in which `${` begins code, in which there may be texts in quotes."""
        nested, at = ['"'], start + 1
        while nested:
            match = (_IN_TEXT if nested[-1] == '"' else _IN_CODE).match(self.text, at)
            if not match or (match[0] == "\n" and nested[-1] == '"'):
                raise UnreadableFileError(f"is not HCL: no end of the text that begins at line {self.line(start)}")
            at = match.end()
            _nest(nested, match[0])
        return Token("text", _plain(self.text[start + 1 : at - 1]), start, at)


def _nest(nested: list[str], part: str) -> None:
    """Keep what is open within a text: the quote or the brace that began it."""
    in_text = nested[-1] == '"'
    if part == ('"' if in_text else "}"):
        nested.pop()
    elif part in (("${", "%{") if in_text else ('"', "{")):
        nested.append(part[-1])
    if len(nested) > MAX_DEPTH:
        raise UnreadableFileError(TOO_DEEP)


_ESCAPE = re.compile(r"\\(u[0-9A-Fa-f]{4}|U000[0-9A-Fa-f]{5}|[nrt\"\\])")
_MEANING = {"n": "\n", "r": "\r", "t": "\t"}


def _plain(text: str) -> str:
    return _ESCAPE.sub(lambda match: _character(match[1]), text) if "\\" in text else text


def _character(escape: str) -> str:
    return chr(int(escape[1:], 16)) if len(escape) > 1 else _MEANING.get(escape, escape)
