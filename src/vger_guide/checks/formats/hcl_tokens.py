"""The tokens of HCL: names, texts, signs and ends of lines, each taken once from left to right."""

import re
from typing import NamedTuple

from vger_guide.checks.formats import MAX_DEPTH, TOO_DEEP
from vger_guide.checks.tree import Unreadable

_SKIPPED = re.compile(r"(?:[ \t\r\f\ufeff]++|\#[^\n]*+|//[^\n]*+|/\*.*?(?:\*/|\Z))*+", re.DOTALL)
_TOKEN = re.compile(
    r"(?P<name>[^\W\d][\w-]*+)"
    r"|(?P<number>\d[\w.]*+(?:(?<=[eE])[+-]\d++)?)"
    r"|(?P<heredoc><<[-~]?[^\W\d][\w-]*+[ \t\r]*\n)"
    r"|(?P<sign>==|!=|>=|<=|=>|&&|\|\||\.\.\.|[^\w\s])"
    r"|(?P<line>\n)"
)
_IN_TEXT = re.compile(r"[^\"\\$%\n]++|\\.|([$%])\1+\{|[$%]\{|.|\n")
_IN_CODE = re.compile(r"[^\"{}]++|[\"{}]")


class Token(NamedTuple):
    """A token: its kind, what it says, its line, and where it stands; the kind of a sign is the sign."""

    kind: str
    value: str
    line: int
    start: int
    end: int


class Tokens:
    """Takes tokens from a text. Raises Unreadable where there is none."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._at = 0
        self._line = 1
        self._next: Token | None = None

    def take(self) -> Token:
        """Return the next token; at the end of the text one of the kind `end`."""
        token = self.peek()
        self._next = None
        return token

    def peek(self) -> Token:
        """Return the next token, which stays the next."""
        if self._next is None:
            self._next = self._read()
        return self._next

    def _read(self) -> Token:
        skipped = _SKIPPED.match(self.text, self._at)
        start = self._pass(skipped.end() if skipped else self._at)
        if start == len(self.text):
            return Token("end", "", self._line, start, start)
        match = _TOKEN.match(self.text, start)
        if not match:
            raise Unreadable(f"is not HCL: {self.text[start]!a} was not expected at line {self._line}")
        if match["heredoc"]:
            return self._heredoc(match)
        if match[0] == '"':
            return self._quoted(start)
        return self._token(match[0] if match["sign"] else str(match.lastgroup), match[0], start, match.end())

    def _token(self, kind: str, value: str, start: int, end: int) -> Token:
        token = Token(kind, value, self._line, start, end)
        self._pass(end)
        return token

    def _pass(self, end: int) -> int:
        self._line += self.text.count("\n", self._at, end)
        self._at = end
        return end

    def _heredoc(self, match: re.Match[str]) -> Token:
        name, at = match[0].lstrip("<-~").strip(), match.end()
        while at < len(self.text):
            end = self.text.find("\n", at)
            end = len(self.text) if end < 0 else end
            if self.text[at:end].strip() == name:
                return self._token("text", self.text[match.end() : at], match.start(), end)
            at = end + 1
        raise Unreadable(f"is not HCL: no end of the text {name[:20]} that begins at line {self._line}")

    def _quoted(self, start: int) -> Token:
        """Take a text in quotes, in which `${` begins code, in which there may be texts in quotes."""
        nested, at = ['"'], start + 1
        while nested:
            match = (_IN_TEXT if nested[-1] == '"' else _IN_CODE).match(self.text, at)
            if not match or (match[0] == "\n" and nested[-1] == '"'):
                raise Unreadable(f"is not HCL: no end of the text that begins at line {self._line}")
            at = match.end()
            _nest(nested, match[0])
        return self._token("text", _plain(self.text[start + 1 : at - 1]), start, at)


def _nest(nested: list[str], part: str) -> None:
    """Keep what is open within a text: the quote or the brace that began it."""
    in_text = nested[-1] == '"'
    if part == ('"' if in_text else "}"):
        nested.pop()
    elif part in (("${", "%{") if in_text else ('"', "{")):
        nested.append(part[-1])
    if len(nested) > MAX_DEPTH:
        raise Unreadable(TOO_DEEP)


_ESCAPE = re.compile(r"\\(u[0-9A-Fa-f]{4}|U000[0-9A-Fa-f]{5}|[nrt\"\\])")
_MEANING = {"n": "\n", "r": "\r", "t": "\t"}


def _plain(text: str) -> str:
    return _ESCAPE.sub(lambda match: _character(match[1]), text) if "\\" in text else text


def _character(escape: str) -> str:
    return chr(int(escape[1:], 16)) if len(escape) > 1 else _MEANING.get(escape, escape)
