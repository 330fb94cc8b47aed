"""Tokens that their form gives away: the records of tokens.yml, and where in some bytes one of them stands."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from vger_guide.matchers.credentials.findings import Credential
from vger_guide.matchers.credentials.placeholders import is_made_up
from vger_guide.matchers.patterns import PatternSet

# Letters by the name that a record gives them.
ALPHABETS = {
    "digits": "0-9",
    "hex": "0-9A-Fa-f",
    "lower": "a-z0-9",
    "upper": "A-Z0-9",
    "alnum": "A-Za-z0-9",
    "word": "A-Za-z0-9_",
    "token": "A-Za-z0-9_.-",
    "dotted": "A-Za-z0-9_.-",
    "base32": "A-Z2-7",
    "base32lower": "a-z2-7",
    "base64": "A-Za-z0-9+/",
    "base64url": "A-Za-z0-9_-",
    "padding": "=",
    "path": "A-Za-z0-9/+_-",
    "percent": "A-Za-z0-9%+/=",
    "atlassian": "A-Za-z0-9_=.-",
    "azure": "A-Za-z0-9_.~-",
    "teams": "A-Za-z0-9@/-",
    "printable": "!#-&(-~",
}
# Between a word that announces a token and the token: the rest of a name, an equals sign, quotes.
_BETWEEN = r"[\w.-]{0,30}[\"'`]?\s{0,4}(?:=>|:=|[=:,(]|\s)\s{0,4}[\"'`]?"
_BETWEEN_MOST = 60
# Letters of a token that the gate asks for.
GATE_LETTERS = 16

Part = str | tuple[str, ...] | dict[str, tuple[int, int]]


@dataclass(frozen=True)
class TokenFormat:
    """A kind of token, as tokens.yml has it; that its records are of this form is proven by a test."""

    id: str
    what: str
    form: tuple[Part, ...]
    documented: str
    near: tuple[str, ...] = ()

    @property
    def keywords(self) -> tuple[bytes, ...]:
        """Strings one of which stands wherever such a token does, in small letters where it is announced by a word."""
        if self.near:
            return tuple(each.lower().encode() for each in self.near)
        literals = [[part] if isinstance(part, str) else part for part in self.form if not isinstance(part, dict)]
        return tuple(each.encode() for each in max(literals, key=lambda choices: min(map(len, choices))))

    @property
    def reach(self) -> int:
        """How many bytes a token and what announces it take at most."""
        return _BETWEEN_MOST + max(map(len, self.near), default=0) + sum(map(_most, self.form))


def _most(part: Part) -> int:
    if isinstance(part, dict):
        return sum(most for _, most in part.values())
    return max(map(len, [part] if isinstance(part, str) else part))


@cache
def token_formats() -> tuple[TokenFormat, ...]:
    """Return the formats of tokens.yml."""
    return tuple(_format(**record) for record in read_records())


def read_records() -> list[dict[str, Any]]:
    """Return the records of tokens.yml as they are written."""
    text = files(__package__).joinpath("tokens.yml").read_bytes()
    records: list[dict[str, Any]] = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506
    return records


def _format(form: Sequence[Any], near: Sequence[str] = (), **said: str) -> TokenFormat:
    return TokenFormat(form=tuple(map(_part, form)), near=tuple(near), **said)


def _part(part: Any) -> Part:
    if isinstance(part, dict):
        return {name: (least, most) for name, (least, most) in part.items()}
    return part if isinstance(part, str) else tuple(part)


def pattern_of(record: TokenFormat) -> str:
    """Return the regular expression of a format; its group `token` is the token itself."""
    last = record.form[-1]
    after = f"(?![{_letters(last)}])" if isinstance(last, dict) else r"(?![A-Za-z0-9])"
    token = f"{_behind(record.form[0])}(?P<token>{''.join(map(_part_pattern, record.form))}){after}"
    return f"(?i:{_choice(record.near)}){_BETWEEN}{token}" if record.near else token


def _behind(part: Part) -> str:
    """Return what must not stand before a token, so that it is none that begins amid another word."""
    letters = _letters(part) if isinstance(part, dict) else "A-Za-z0-9" if part[0][0].isalnum() else ""
    return f"(?<![{letters}])" if letters else ""


def _letters(part: dict[str, tuple[int, int]]) -> str:
    return ALPHABETS[next(iter(part))]


def _choice(words: Sequence[str]) -> str:
    return f"(?:{'|'.join(map(re.escape, words))})"


def _part_pattern(part: Part) -> str:
    if isinstance(part, dict):
        return "".join(f"[{ALPHABETS[name]}]{{{least},{most}}}" for name, (least, most) in part.items())
    return _choice([part] if isinstance(part, str) else part)


@cache
def gate() -> str:
    """Return a pattern, for RE2, that holds wherever a file may have a token.

    It is the alternation of what every format begins with, up to GATE_LETTERS letters, so that it stays small.
    """
    return "|".join(_beginning(each) for each in token_formats())


def _beginning(record: TokenFormat) -> str:
    if record.near:
        return f"(?i:{_choice(record.near)})"
    begun, letters = "", 0
    for part in record.form:
        if not isinstance(part, dict):
            begun += _choice([part] if isinstance(part, str) else part)
            continue
        for name, (least, _) in part.items():
            begun += f"[{ALPHABETS[name]}]{{{min(least, GATE_LETTERS - letters)},}}"
            letters += min(least, GATE_LETTERS - letters)
        if letters >= GATE_LETTERS and _has_literal(begun):
            break
    return begun


def _has_literal(pattern: str) -> bool:
    return "(?:" in pattern


@cache
def _beginnings() -> PatternSet:
    """Return what tells in one go which formats a file may have."""
    return PatternSet([_beginning(each) for each in token_formats()])


@cache
def _compile(index: int) -> re.Pattern[bytes]:
    return re.compile(pattern_of(token_formats()[index]).encode())


def find_tokens(data: bytes) -> Iterator[Credential]:
    """Yield the tokens in some bytes. Placeholders are none."""
    lowered = data.lower()
    for index in sorted(_beginnings().within(data)):
        record = token_formats()[index]
        for start, end in _windows(lowered if record.near else data, record.keywords, record.reach):
            for match in _compile(index).finditer(data, start, end):
                token = match["token"]
                if not is_made_up(token):
                    yield Credential(match.start("token"), match.end("token"), record.what, token)


def _windows(data: bytes, keywords: Sequence[bytes], reach: int) -> Iterator[tuple[int, int]]:
    """Yield the places around keywords, apart from each other: only there the search for a format is worth it."""
    spans = sorted(span for keyword in keywords for span in _around(data, keyword, reach))
    start, end = 0, -1
    for left, right in spans:
        if left > end:
            if end > 0:
                yield start, end
            start = left
        end = max(end, right)
    if end > 0:
        yield start, end


def _around(data: bytes, keyword: bytes, reach: int) -> Iterator[tuple[int, int]]:
    """Yield what lies within reach of each place of a keyword; one span may be for several places."""
    at = data.find(keyword)
    while at >= 0:
        yield max(0, at - reach), min(len(data), at + 2 * reach + len(keyword) + 1)
        at = data.find(keyword, at + reach)
