"""Rules of ast-grep are proven when records are loaded, and words are found that gate the files."""

from typing import Any

import pytest

from vger_guide.matchers.grammar.literals import literals, of_regex
from vger_guide.matchers.grammar.rule import problem


@pytest.mark.parametrize(
    ("config", "keys", "says"),
    [
        ({"rule": {"kind": "nope"}}, ("rule",), "Kind `nope` is invalid"),
        ({"rule": {"any": [{"kind": "call"}, {"has": {"regex": "("}}]}}, ("rule", "any", 1, "has"), "unclosed group"),
        ({"rule": {"knd": "call"}}, ("rule",), "unknown field `knd`"),
        ({"rule": {"has": {"field": "zz", "kind": "call"}}}, ("rule",), "invalid field zz"),
        ({"rule": {"matches": "other"}}, ("rule",), "Rule `other` is not defined"),
        ({"rule": {"pattern": "$A"}, "constraints": {"A": {"kind": "q"}}}, ("constraints", "A"), "Kind `q` is invalid"),
        ({"rule": {"matches": "u"}, "utils": {"u": {"not": {"kind": "q"}}}}, ("utils", "u", "not"), "Kind `q`"),
        ({"rule": {"any": [{"kind": 3}]}}, ("rule", "any", 0), "'int' object"),
        ({"rule": {"pattern": ""}}, ("rule",), "No AST root is detected"),
    ],
)
def test_a_wrong_rule_is_told_with_its_place(config: Any, keys: tuple[str | int, ...], says: str) -> None:
    found = problem(config, "python")

    assert found is not None
    assert found[0] == keys
    assert says in found[1]
    assert "\n" not in found[1]


def test_a_right_rule_is_no_problem() -> None:
    right = {"rule": {"pattern": "$A = $B", "has": {"field": "left", "stopBy": "end", "matches": "u"}}}

    assert problem({**right, "utils": {"u": {"kind": "identifier"}}}, "python") is None


@pytest.mark.parametrize(
    ("regex", "words"),
    [
        ("^jdbc$", {"jdbc"}),
        ("^(?:memory|file)$", {"memory", "file"}),
        ("memory|db", set()),
        ("(?i)memory", set()),
        (r"[\"']django\.contrib[\"']", {"django.contrib"}),
        ("a[bc]defg|xyz", {"defg", "xyz"}),
        ("colou?r", {"colo"}),
        ("foo(bar|baz)?quux", {"quux"}),
        ("x{2,3}long", {"long"}),
        (r"\bsession\b", {"session"}),
        (r"a\d+bcd", {"bcd"}),
        ("naïveté", set()),
        ("(", set()),
    ],
)
def test_words_of_a_regular_expression_stand_in_all_that_it_matches(regex: str, words: set[str]) -> None:
    assert of_regex(regex) == words


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ({"pattern": 'app.config["SESSION_TYPE"] = $VALUE'}, {"SESSION_TYPE"}),
        ({"any": [{"pattern": "session_store($A)"}, {"regex": "^jdbc$"}]}, {"session_store", "jdbc"}),
        ({"any": [{"pattern": "session_store($A)"}, {"kind": "call"}]}, set()),
        ({"all": [{"kind": "call"}, {"has": {"pattern": "session"}}]}, {"session"}),
        ({"kind": "call", "not": {"pattern": "session"}}, set()),
        ({"matches": "u"}, {"session"}),
        ({"matches": "loop"}, set()),
        ({"pattern": {"context": "class A { session() }", "selector": "method_definition"}}, set()),
        ({"pattern": "$$$ARGS"}, set()),
    ],
)
def test_words_of_a_rule_stand_in_every_file_that_it_matches_in(rule: Any, words: set[str]) -> None:
    assert literals(rule, {"u": {"pattern": "session"}, "loop": {"matches": "loop"}}) == words
