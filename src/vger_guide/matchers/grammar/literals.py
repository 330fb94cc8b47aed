"""Literals of a rule: words of which one stands in every text that it matches in, so that others are not parsed."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from vger_guide.text.lazy_pattern import lazy_pattern

# A shorter word stands in nearly every file.
SHORTEST = 3

_VARIABLE = lazy_pattern(r"\$+[A-Z_][A-Z0-9_]*|\$\$\$")
_WORD = lazy_pattern(r"[A-Za-z_][A-Za-z0-9_]*")
_GROUP = ("(", "(?:")
_PART = lazy_pattern(r"\\x\{[^}]*\}|\\x..|\\[pP]\{[^}]*\}|\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|.", re.DOTALL)
_REPEAT = lazy_pattern(r"[?*]\??|\+\??|\{[0-9]+(?:,[0-9]*)?\}\??")

Words = frozenset[str]
NONE: Words = frozenset()


def literals(rule: Any, utils: Mapping[str, Any] | None = None) -> Words:
    """Return words of which one stands in every text that a rule matches in; none where nothing follows."""
    if not isinstance(rule, Mapping):
        return NONE
    return _best(_of(key, value, utils or {}) for key, value in rule.items())


def _of(key: str, value: Any, utils: Mapping[str, Any]) -> Words:
    """Return the words that follow from one key of a rule."""
    if key == "pattern":
        return of_pattern(value)
    if key == "regex":
        return of_regex(value) if isinstance(value, str) else NONE
    if key == "all" and isinstance(value, list):
        return _best(literals(each, utils) for each in value)
    if key == "any" and isinstance(value, list):
        return _either([literals(each, utils) for each in value])
    if key in ("has", "inside", "follows", "precedes"):
        return literals(value, utils)
    if key == "matches":
        others = {name: rule for name, rule in utils.items() if name != value}
        return literals(utils.get(value), others)
    return NONE


def of_pattern(pattern: Any) -> Words:
    """Return the longest word of a pattern, which is code with `$VARIABLES`."""
    if isinstance(pattern, Mapping):
        is_whole = "selector" not in pattern and pattern.get("strictness") != "signature"
        return of_pattern(pattern.get("context")) if is_whole else NONE
    words = _WORD.findall(_VARIABLE.sub(" ", pattern)) if isinstance(pattern, str) else []
    return _long(max(words, key=len, default=""))


def of_regex(regex: str) -> Words:
    """Return words of which one stands in every text that a regular expression matches."""
    if re.match(r"\(\?[a-zA-Z-]*i", regex):
        return NONE
    parts = _unwrap(_PART.findall(regex))
    return _either([_long(_longest(each)) for each in _split(parts)])


def _unwrap(parts: Sequence[str]) -> list[str]:
    """Return the parts of an expression without the anchors and the group around all of it."""
    inner = list(parts)
    while inner and inner[0] in ("^", r"\b", r"\A"):
        inner.pop(0)
    while inner and inner[-1] in ("$", r"\b", r"\z"):
        inner.pop()
    if inner[:1] != ["("] or _end(inner, 0) != len(inner) - 1:
        return inner
    inner = inner[1:-1]
    return _unwrap(inner[2:] if inner[:2] == ["?", ":"] else inner)


def _end(parts: Sequence[str], start: int) -> int:
    """Return where the group that begins at a place ends."""
    depth = 0
    for i in range(start, len(parts)):
        depth += (parts[i] == "(") - (parts[i] == ")")
        if not depth:
            return i
    return len(parts)


def _split(parts: Sequence[str]) -> list[list[str]]:
    """Return the alternatives of an expression, groups left out: what is in them may be optional."""
    alternatives: list[list[str]] = [[]]
    depth = 0
    for part in parts:
        depth += part == "("
        if part == "|" and not depth:
            alternatives.append([])
        else:
            alternatives[-1].append("()" if depth else part)
        depth -= part == ")"
    return alternatives


def _longest(parts: Sequence[str]) -> str:
    """Return the longest run of characters that stand in a text as they are."""
    runs, at = [""], 0
    while at < len(parts):
        sign = _character(parts[at])
        repeat = _REPEAT.match("".join(parts[at + 1 : at + 8]))
        at += 1 + (len(repeat[0]) if repeat else 0)
        if repeat and not repeat[0].startswith("+"):
            sign = ""
        if sign:
            runs[-1] += sign
        if repeat or not sign:
            runs.append("")
    return max(runs, key=len)


def _character(part: str) -> str:
    """Return the character that a part of an expression stands for; nothing where it stands for several."""
    if part.startswith("\\"):
        return part[1:] if len(part) == 2 and not part[1].isalnum() else ""
    return "" if len(part) > 1 or part in ".^$()|" else part


def _long(word: str) -> Words:
    return frozenset([word]) if len(word) >= SHORTEST and word.isascii() else NONE


def _best(several: Iterable[Words]) -> Words:
    """Return the words that tell most of several that all have to be there: the shortest of them is the longest."""
    return max(several, key=lambda words: min(map(len, words), default=0), default=NONE)


def _either(several: Sequence[Words]) -> Words:
    """Return the words of several of which one has to be there; none where one of them says nothing."""
    return frozenset().union(*several) if several and all(several) else NONE
