"""Tokens that their form gives away: the patterns of their formats, and where in some bytes one of them stands."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from vger_guide.matchers.credentials.findings import Credential
from vger_guide.matchers.credentials.placeholders import is_made_up
from vger_guide.matchers.credentials.token_formats import TOKEN_FORMATS, Part, TokenFormat
from vger_guide.matchers.patterns import PatternSet

# Letters by the name that a record gives them.
ALPHABETS = {
    "digits": "0-9",
    "hex": "0-9A-Fa-f",
    "lower": "a-z0-9",
    "upper": "A-Z0-9",
    "dashed": "A-Z0-9-",
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
# Letters of a token that the gate asks for.
GATE_LETTERS = 16


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
def gate() -> tuple[str, ...]:
    """Return patterns, for RE2, of which one holds wherever a file may have a token.

    Each is what a format begins with, up to GATE_LETTERS letters, so that it stays small.
    """
    return tuple(_beginning(each) for each in TOKEN_FORMATS)


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
    return PatternSet(gate())


@cache
def _compile(index: int) -> re.Pattern[bytes]:
    return re.compile(pattern_of(TOKEN_FORMATS[index]).encode())


def find_tokens(data: bytes) -> Iterator[Credential]:
    """Yield the tokens in some bytes. Placeholders are none."""
    lowered = data.lower()
    for index in sorted(_beginnings().within(data)):
        record = TOKEN_FORMATS[index]
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
