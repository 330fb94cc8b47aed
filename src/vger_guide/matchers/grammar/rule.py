"""Rules of ast-grep, as its users know them: `rule`, `constraints`, `utils`.

https://ast-grep.github.io/reference/rule.html

A rule with a wrong kind, field, reference or regular expression is refused by ast-grep. A `pattern` that is not code of
the language is not: it matches nothing, so that only a sample shows it.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from vger_guide.matchers.grammar import syntax
from vger_guide.text.lazy_pattern import lazy_pattern

Config = Mapping[str, Any]
Keys = tuple[str | int, ...]

# Keys whose value is a rule, and those whose value is a list of them.
_RULE = ("not", "has", "inside", "follows", "precedes", "ofRule")
_RULES = ("all", "any")
# What stands beside the rule that a relation asks for.
_OF_RELATIONS = ("field", "stopBy")
_CAUSE = lazy_pattern(r"^\s*[0-9]+: ", re.MULTILINE)


def problem(config: Config, language: str) -> tuple[Keys, str] | None:
    """Return where a rule is wrong, as keys from `config` on, and how; None where it is right.

    Where ast-grep is not installed, nothing is said.
    """
    if not syntax.is_installed():
        return None
    if not (message := _refusal(config, language)):
        return None
    utils = config.get("utils") or {}
    several = [(name, config.get(name) or {}) for name in ("utils", "constraints")]  # rules refer to utilities
    parts: list[tuple[Keys, Any]] = [((name, key), rule) for name, rules in several for key, rule in rules.items()]
    parts.append((("rule",), config.get("rule")))
    for keys, rule in parts:
        if isinstance(rule, Mapping) and (found := _within(rule, utils, language)):
            return (*keys, *found[0]), found[1]
    return (), message


def _within(rule: Config, utils: Config, language: str) -> tuple[Keys, str] | None:
    """Return the innermost rule that is wrong by itself."""
    message = _refusal({"rule": rule, "utils": utils}, language)
    if not message:
        return None
    for keys, inner in _inner(rule):
        if found := _within(inner, utils, language):
            return (*keys, *found[0]), found[1]
    return (), message


def _inner(rule: Config) -> Iterator[tuple[Keys, Config]]:
    """Yield the rules that a rule is made of, and the keys that lead to them."""
    for key in _RULE:
        if isinstance(rule.get(key), Mapping):
            yield (key,), {name: value for name, value in rule[key].items() if name not in _OF_RELATIONS}
    for key in _RULES:
        if isinstance(rule.get(key), list):
            yield from (((key, i), each) for i, each in enumerate(rule[key]) if isinstance(each, Mapping))
    if isinstance(nth := rule.get("nthChild"), Mapping):
        yield from ((("nthChild", *keys), each) for keys, each in _inner(nth))


def _refusal(config: Config, language: str) -> str:
    """Return what ast-grep says of a rule that it refuses, in a line; nothing where it takes it."""
    try:
        syntax.parse("", language).find(config)
    except Exception as error:  # noqa: BLE001 - it raises a kind of its own for each thing that can be wrong
        return _error_message(str(error))
    return ""


def _error_message(text: str) -> str:
    """Return the message of an error of ast-grep without the way there."""
    told = text.partition("\n\nStack backtrace")[0].partition("Caused by:")
    causes = [" ".join(cause.split()) for cause in _CAUSE.split(told[2]) if cause.strip()]
    telling = causes[-1] if causes else " ".join(told[0].split())
    return telling.rpartition("error: ")[2].rstrip(".")


def is_found(config: Config, language: str, text: str) -> bool:
    """Return whether a rule matches something in a text, which is our own. Raises UnreadableFileError."""
    return syntax.parse(text, language).find(config) is not None
