"""Where a text is no JSON (RFC 8259), in words that the page of reviews says too (core/json-fault.js).

What the parsers of Python and of each browser say differs by their version. So this looks a second time, and only at a
text that was refused.
"""

import re

from vger_guide.text.sanitize import escape_invisible

TOO_DEEP = "is nested too deep to be a review"

_SPACE = re.compile(r"[ \t\n\r]*")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_WORD = re.compile("true|false|null")
_ENDLESS = re.compile("NaN|-?Infinity")
# What a text is made of, some of it at a time, as a repetition without end would keep each turn.
_TEXT = re.compile(r'(?:[^"\\\x00-\x1f]+|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})){1,1000}')

_ESCAPE = "a backslash stands before what JSON cannot escape"
_CONTROL = r"a text holds a line end or another control character; write it as \n or \u0000"
CLOSING = {"{": "}", "[": "]"}
NAMES = {"}": "object", "]": "list"}


class _FaultError(Exception):
    """The text breaks off here; `words` say what is expected."""

    def __init__(self, place: int, words: str) -> None:
        self.place = place
        self.words = words


def describe_fault(text: str, most_levels: int) -> str:
    """Return what is wrong with a text that is no JSON, or is nested deeper than so many levels before it breaks."""
    try:
        _Scan(text, most_levels).run()
    except _FaultError as fault:
        return f"is not JSON: {_describe_place(text, fault.place)}: {fault.words}"
    except RecursionError:
        return TOO_DEEP
    return "is not JSON"


def not_a_number(text: str) -> str:
    """Return what is said of a number that JSON cannot hold."""
    return f"{text[:60]} is not a number that JSON can hold"


def given_twice(key: str) -> str:
    """Return what is said of a key that an object has twice."""
    return f"the key '{escape_invisible(key[:60])}' is given twice"


def _describe_place(text: str, place: int) -> str:
    line = text.count("\n", 0, place) + 1
    return f"line {line:,}, column {place - text.rfind(chr(10), 0, place):,}"


class _Scan:
    """Goes along a text; `expected` is what may stand next, and `open` has the ends of what is not closed yet."""

    def __init__(self, text: str, most_levels: int) -> None:
        self.text, self.most = text, most_levels
        self.at = 0
        self.open: list[str] = []
        self.expected = "value"

    def run(self) -> None:
        """Raise _FaultError where the text breaks, and RecursionError where it is too deep."""
        steps = {"value": self._value, "key": self._key, "colon": self._colon, "rest": self._rest}
        self._skip(_SPACE)
        while self.at < len(self.text):
            steps[self.expected](self.text[self.at])
            self._skip(_SPACE)
        if not self.text.strip(" \t\n\r"):
            raise _FaultError(self.at, "there is nothing in it")
        if self.open or self.expected != "rest":
            raise _FaultError(self.at, "it ends too early, as if it were cut off")

    def _skip(self, pattern: re.Pattern[str]) -> bool:
        found = pattern.match(self.text, self.at)
        if found:
            self.at = found.end()
        return bool(found)

    def _value(self, sign: str) -> None:
        if sign in CLOSING:
            self._begin(sign)
        elif sign == '"':
            self._string()
            self.expected = "rest"
        elif endless := _ENDLESS.match(self.text, self.at):
            raise _FaultError(self.at, not_a_number(endless[0]))
        elif self._skip(_NUMBER) or self._skip(_WORD):
            self.expected = "rest"
        else:
            self._close_or(sign, "]", "a value is expected")

    def _key(self, sign: str) -> None:
        if sign == '"':
            self._string()
            self.expected = "colon"
        else:
            self._close_or(sign, "}", "a key in double quotes is expected")

    def _colon(self, sign: str) -> None:
        if sign != ":":
            raise _FaultError(self.at, "a colon is expected behind the key")
        self.at += 1
        self.expected = "value"

    def _rest(self, sign: str) -> None:
        if not self.open:
            raise _FaultError(self.at, "something stands behind its end")
        if sign == ",":
            self.at += 1
            self.expected = "key" if self.open[-1] == "}" else "value"
        elif sign == self.open[-1]:
            self._end()
        else:
            end = self.open[-1]
            raise _FaultError(self.at, f"a comma or the end of the {NAMES[end]}, {end}, is expected")

    def _begin(self, sign: str) -> None:
        self.open.append(CLOSING[sign])
        if len(self.open) > self.most:
            raise RecursionError
        self.at += 1
        self._skip(_SPACE)
        if self.text[self.at : self.at + 1] == self.open[-1]:
            self._end()
        else:
            self.expected = "key" if sign == "{" else "value"

    def _end(self) -> None:
        self.open.pop()
        self.at += 1
        self.expected = "rest"

    def _close_or(self, sign: str, end: str, otherwise: str) -> None:
        is_end = sign == end and self.open[-1:] == [end]
        raise _FaultError(self.at, f"a comma stands before the end of the {NAMES[end]}" if is_end else otherwise)

    def _string(self) -> None:
        begun = self.at
        self.at += 1
        while self._skip(_TEXT):
            pass
        end = self.text[self.at : self.at + 1]
        if not end:
            raise _FaultError(begun, "the text that begins here has no end")
        if end != '"':
            raise _FaultError(self.at, _ESCAPE if end == "\\" else _CONTROL)
        self.at += 1
