"""JSONPath leads where another implementation of RFC 9535 is led, and what nobody knows is told."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonpath import JSONPathEnvironment
from pydantic import TypeAdapter, ValidationError

from vger_guide.matchers.formats import Document
from vger_guide.matchers.formats.scalars import Plain, Unknown
from vger_guide.matchers.jsonpath import compile_path, find_values
from vger_guide.matchers.jsonpath.field import JsonPath
from vger_guide.matchers.jsonpath.nodes import format_keys
from vger_guide.matchers.jsonpath.plain import PlainPath, parse_segments
from vger_guide.repo.tree import UnreadableFileError

OTHER = JSONPathEnvironment(strict=True)
NAMES = ["a", "b", "c d", "e.f", "0"]
DATA = st.recursive(
    st.none() | st.booleans() | st.sampled_from(["x", "y"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=4),
    max_leaves=20,
)
STEPS = st.sampled_from(
    [
        ".a",
        "..a",
        ".*",
        "..*",
        "[*]",
        "[0]",
        "[-1]",
        "['c d']",
        '["e.f"]',
        "['a','b']",
        "..['b', 0]",
        "[ 'a' , * ]",
        " .b",
    ]
)


def met(data: Any, path: str) -> list[str]:
    return [format_keys(each.keys) + ("?" if each.is_uncertain else "") for each in find_values(Document([data]), path)]


@given(data=DATA, steps=st.lists(STEPS, max_size=4))
def test_plain_paths_lead_where_another_implementation_leads(data: Any, steps: list[str]) -> None:
    path = "$" + "".join(steps)
    segments = parse_segments(path)
    assert segments is not None
    data = {"root": data}
    theirs = {match.parts: json.dumps(match.obj) for match in OTHER.finditer(path, data)}
    ours = {each.keys: json.dumps(each.value) for each in PlainPath(segments).follow(data)}

    # Nothing is looked at twice, so that a value that is reached in two ways is met once.
    assert ours == theirs


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("$.servers[?@.port > 80].name", ["servers[1].name"]),
        ("$.servers[?@.port == 80 && @.open == true].name", ["servers[0].name"]),
        ("$.servers[?match(@.name, 'w.b')]", ["servers[0]"]),
        ("$.servers[?search(@.name, 'b$') && @.version == 1.1].name", ["servers[0].name"]),
        ("$.servers[1:].name", ["servers[1].name"]),
        ("$..[?@.open]", ["servers[0]"]),
    ],
)
def test_filters_compare_numbers_truth_and_texts(path: str, found: list[str]) -> None:
    web = {"name": "web", "port": Plain("80"), "open": Plain("true"), "version": Plain("1.10")}

    assert met({"servers": [web, {"name": "db", "port": Plain("5432")}]}, path) == found


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("$.db[?@.public == true].name", ["db[0].name?"]),
        ("$.db[?@.public == true && @.name == 'other'].name", []),
        ("$.db[?!(@.public == true)].name", ["db[0].name?", "db[1].name"]),
        ("$.db[?match(@.public, 'x')]", ["db[0]?"]),
        ("$.settings.network.public", ["settings?"]),
        ("$.settings[*]", ["settings?"]),
        ("$.*.public", []),
        ("$.settings", ["settings"]),
    ],
)
def test_what_a_value_that_nobody_knows_decides_is_a_doubt(path: str, found: list[str]) -> None:
    unknown = {"name": "a", "public": Unknown("var.public")}

    assert met({"db": [unknown, {"name": "b", "public": False}], "settings": Unknown("var.s")}, path) == found


def test_patterns_of_filters_are_linear() -> None:
    assert met({"a": ["x" * 20_000 + "y"]}, "$.a[?match(@, '(x+x+)+z')]") == []


def test_parts_that_are_repeated_without_end_are_refused_by_filters_and_met_once_by_plain_paths() -> None:
    data: Any = {"x": 1}
    for _ in range(60):
        data = [data] * 9

    assert met(data, "$..x") == ["[0]" * 60 + ".x"]
    with pytest.raises(UnreadableFileError, match="repeats its parts"):
        met(data, "$..[?@.x == 1]")


def test_a_circle_is_refused_by_filters_and_followed_once_by_plain_paths() -> None:
    data: dict[str, Any] = {"x": 1}
    data["again"] = data

    assert met(data, "$..x") == ["x"]
    with pytest.raises(UnreadableFileError):
        met(data, "$..[?@.x == 1]")


@pytest.mark.parametrize("path", ["$", "$.a", "$..a", "$['a b'][0][*]", "$.a[?@.b == 'c'].d", "$.a[1:3]"])
def test_a_json_path_is_taken(path: str) -> None:
    assert TypeAdapter(JsonPath).validate_python(path) == path
    compile_path(path)


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("a..b", "it begins with $, as in '$.services[*].image'"),
        ("$.a[", "unexpected end of query"),
        ("$.a[?@.b ==]", "at character 12"),
        ("$.a[?nothing(@)]", "function 'nothing' is not defined"),
        ("$.", "shorthand selector"),
        ("", "at least 1 character"),
        ("$" + "." * 400, "at most 400 characters"),
    ],
)
def test_what_is_no_json_path_is_refused_with_the_way_to_mend_it(path: str, says: str) -> None:
    with pytest.raises(ValidationError) as refused:
        TypeAdapter(JsonPath).validate_python(path)

    assert says in str(refused.value)
