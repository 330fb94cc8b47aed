"""Paths of keys, as records had them before JSONPath, lead where they led."""

import re

import pytest

from vger_guide.matchers.formats import Document
from vger_guide.matchers.jsonpath import find_values
from vger_guide.matchers.jsonpath.key_paths import is_key_path, literal_part, parse_path
from vger_guide.matchers.jsonpath.nodes import format_keys

DATA = {"jobs": [{"name": "a", "env": {"A": 1}}, {"name": "b"}], "aws_s3": {"x.y": 2}, "list": [1, [2]]}


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("jobs.name", ["jobs[0].name", "jobs[1].name"]),
        ("jobs[1].name", ["jobs[1].name"]),
        ("**.A", ["jobs[0].env.A"]),
        ("aws_*.*", ['aws_s3."x.y"']),
        ("aws_s3.'x.y'", ['aws_s3."x.y"']),
        ("aws_s3[0].'x.y'", ['aws_s3."x.y"']),
        ("list", ["list[0]", "list[1][0]"]),
        ("missing.key", []),
    ],
)
def test_a_path_leads_through_lists_by_itself(path: str, found: list[str]) -> None:
    assert [format_keys(each.keys) for each in find_values(Document([DATA]), path)] == found


def test_a_circle_is_followed_once() -> None:
    data: dict[str, object] = {"x": 1}
    data["again"] = data

    assert [format_keys(each.keys) for each in find_values(Document([data]), "**.x")] == ["x"]


def test_the_longest_part_stands_in_what_is_found() -> None:
    assert literal_part("services.*.image_*") == "services"


@pytest.mark.parametrize(
    "path",
    [
        *(
            "",
            ".",
            "a.",
            ".a",
            "a..b",
            "a b",
            "**",
            "a.**",
            "**.*",
            "**.**.a",
            "**[0].a",
            "a[",
            "a[x]",
            "a[-1]",
            '"a',
            "a'b",
        ),
        *('""', "a[0]b", "[0]a", "x" * 201, ".".join("a" * 21)),
    ],
)
def test_what_is_no_path_of_keys_is_refused_in_the_record(path: str) -> None:
    assert not is_key_path(path)


@pytest.mark.parametrize(
    "path",
    ["a", "a.*", "**.a", "a.**.b.**.c", "[0]", "[*][1].a", "'a.b'[2].c", '"**"', "a_*", "@x", ".".join("a" * 20)],
)
def test_what_is_a_path_of_keys_is_taken_whole(path: str) -> None:
    assert is_key_path(path)
    assert sum(len("".join(step)) for step in parse_path(path)) == len(
        re.sub(r"""[\["'\]]|(?<!^)\.(?![^'"]*['"]\[)""", "", path)
    )
