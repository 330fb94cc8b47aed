"""Structured files are read as other readers read them, and paths of keys lead to values and their lines."""

import configparser
import io
import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import dotenv
import hcl2
import javaproperties
import pytest
import yaml
from pydantic import TypeAdapter

from vger_guide.matchers import Evaluation, ProbeResult, value
from vger_guide.matchers.fields import Format
from vger_guide.matchers.findings import UnreadableFile
from vger_guide.matchers.formats import Document, read_document
from vger_guide.matchers.globs import is_alike
from vger_guide.matchers.jsonpath import find_values
from vger_guide.matchers.jsonpath.field import JsonPath
from vger_guide.matchers.probes import File, Hit
from vger_guide.repo.memory_tree import MemoryTree
from vger_guide.repo.tree import TreeEntry, UnreadableFileError

EXAMPLES = Path("tests/examples/checks/formats")
PATHS = [
    (example, lines[0], lines[1:])
    for example in sorted(EXAMPLES.glob("*/*.example"))
    for lines in (
        part.split("\n") for part in re.split(r"\n(?!\d+ )", example.with_suffix(".expected").read_text().strip())
    )
]
TREE = MemoryTree({})


def file(data: bytes, path: str = "a/file") -> File:
    return File(TreeEntry(path, len(data)), data)


def params(form: str, at: str, **others: Any) -> value.Parameters:
    return value.Parameters.from_plain({"which": ["*"], "expect": "present", "format": form, "at": [at], **others})


def look(data: bytes | str, form: str, at: str, **others: Any) -> list[str]:
    raw = data if isinstance(data, bytes) else data.encode()
    return list(map(shown, value.find_settings(file(raw), params(form, at, **others))))


def shown(hit: Hit | UnreadableFile) -> str:
    if isinstance(hit, UnreadableFile):
        return re.sub(r"^has (.*) in line ([0-9]+)( = .*)?, whose value cannot be seen here$", r"\2 ? \1\3", hit.reason)
    return f"{hit.line} {hit.value} = {hit.text}".rstrip()


@pytest.mark.parametrize(
    ("example", "at", "found"), PATHS, ids=[f"{example.parent.name}: {at}" for example, at, _ in PATHS]
)
def test_a_path_leads_to_values_and_their_lines(example: Path, at: str, found: list[str]) -> None:
    TypeAdapter(JsonPath).validate_python(at)

    assert look(example.read_bytes(), example.parent.name, at) == found


def test_every_format_of_the_catalogue_has_an_example() -> None:
    assert {example.parent.name for example in EXAMPLES.glob("*/*.example")} == {form.value for form in Format}


@pytest.mark.parametrize("ending", [b"\r\n", b"\n"], ids=["crlf", "lf"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("example", sorted(EXAMPLES.glob("*/*.example")), ids=lambda path: path.parent.name)
def test_ends_of_lines_and_encodings_make_no_difference(example: Path, encoding: str, ending: bytes) -> None:
    form, text = example.parent.name, example.read_text("utf-8")
    paths = [at for each, at, _ in PATHS if each == example]
    other = file(text.replace("\n", ending.decode()).encode(encoding))

    for at in paths:
        assert value.find_settings(other, params(form, at)) == value.find_settings(
            file(text.encode()), params(form, at)
        )


def leaves(data: Any, keys: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """Yield the scalars of data, the way there and themselves."""
    for key, child in data.items() if isinstance(data, dict) else enumerate(data):
        if isinstance(child, dict | list):
            yield from leaves(child, (*keys, key))
        else:
            yield (*keys, key), child


def parsed(form: str, name: str) -> Any:
    return read_document(file((EXAMPLES / form / f"{name}.example").read_bytes()), form).roots


def raw(form: str, name: str) -> str:
    return (EXAMPLES / form / f"{name}.example").read_text("utf-8")


def test_json_is_what_the_parser_of_python_reads() -> None:
    assert parsed("json", "plain")[0] == json.loads(raw("json", "plain"))


def test_toml_is_what_the_parser_of_python_reads_and_each_value_has_a_line() -> None:
    text = raw("toml", "project")
    read = read_document(file(text.encode()), "toml")

    assert read.roots[0] == tomllib.loads(text, parse_float=str)
    for keys, _ in leaves(read.roots[0]):
        line = text.split("\n")[read.line((0, *keys)) - 1]
        assert isinstance(keys[-1], int) or str(keys[-1]) in line


@pytest.mark.parametrize("name", ["compose", "stack"])
def test_yaml_is_what_pyyaml_reads_without_making_objects(name: str) -> None:
    class Texts(yaml.SafeLoader):
        """Reads every scalar as its text, with an application's tag before it."""

    Texts.yaml_implicit_resolvers = {"<": [("tag:yaml.org,2002:merge", re.compile("<<"))]}
    Texts.add_constructor("tag:yaml.org,2002:int", lambda _, node: node.value)
    Texts.add_multi_constructor(
        "!",
        lambda loader, tag, node: (
            f"!{tag} {node.value}" if isinstance(node, yaml.ScalarNode) else loader.construct_sequence(node)
        ),
    )
    text = raw("yaml", name).replace("? [a, b]\n", "'?'").replace("empty:\n", "empty: ~\n")
    theirs = list(yaml.load_all(text, Texts))

    ours = json.loads(json.dumps(parsed("yaml", name)).replace("null", '"~"'))
    assert ours == theirs


def test_xml_has_the_texts_that_another_parser_finds() -> None:
    theirs = [text for element in ET.fromstring(raw("xml", "web")).iter() if (text := (element.text or "").strip())]  # noqa: S314 - our own
    ours = [leaf for keys, leaf in leaves(parsed("xml", "web")[0]) if leaf and not str(keys[-1]).startswith("@")]

    assert ours == theirs


def test_ini_is_what_the_parser_of_python_reads() -> None:
    theirs = configparser.RawConfigParser()
    theirs.optionxform = str  # type: ignore[assignment,method-assign]
    theirs.read_string(raw("ini", "setup").replace("root = true", ""))
    ours = {key: part for key, part in parsed("ini", "setup")[0].items() if isinstance(part, dict)}

    assert ours == {name: dict(theirs[name]) for name in theirs.sections()}


def test_environment_files_are_what_another_parser_reads() -> None:
    theirs = dotenv.dotenv_values(stream=io.StringIO(raw("env", "service")), interpolate=False)

    assert parsed("env", "service")[0] == theirs


def test_properties_are_what_another_parser_reads() -> None:
    assert parsed("properties", "application")[0] == javaproperties.loads(raw("properties", "application"))


def test_hcl_has_the_values_that_another_parser_finds() -> None:
    def plain(found: Any) -> str:
        return re.sub(r"\s", "", str(found).lower())

    def unwrapped(found: Any) -> str:
        return plain(re.sub(r'^"(.*)"$|^\$\{(.*)\}$', r"\1\2", str(found), flags=re.DOTALL))

    # What is made of other things is made here, and there it is told as it is written; texts over lines end otherwise.
    made = ("policy", "dollars", "call", "count")
    text = re.sub(r"policy = .*?EOT\n.*?EOT", "", raw("hcl", "main"), flags=re.DOTALL)
    theirs = [(keys, leaf) for keys, leaf in leaves(hcl2.loads(text)) if not any(str(k).startswith("__") for k in keys)]
    known = [unwrapped(leaf) for keys, leaf in theirs if keys[-1] not in made]
    ours = [unwrapped(leaf) for keys, leaf in leaves(parsed("hcl", "main")[0]) if not set(keys) & set(made)]

    assert sorted(ours) == sorted(known)


@pytest.mark.parametrize(
    ("form", "text", "reason"),
    [
        ("json", '{"a": }', "is not JSON: expecting value at line 1"),
        ("json", '{"a":\n"b', "is not JSON: unterminated string at line 2"),
        ("yaml", "a: b\nc: [", "is not YAML: did not find expected node content at line 3"),
        ("yaml", "a: *b", "is not YAML: found undefined alias 'b' at line 1"),
        ("toml", "a = ", "is not TOML: Invalid value (at end of document)"),
        ("xml", "<a>\n<b></a>", "is not XML: mismatched tag at line 2"),
        ("ini", "[a\n", "is not INI: a section without its closing bracket at line 1"),
        ("env", "A=1\nnothing here\n", "is not an environment file: no KEY= at line 2"),
        ("hcl", 'a = 1\nb "c" = 2\n', "is not HCL: '\"c\"' was not expected at line 2"),
        ("hcl", "a {\n", "is not HCL: what begins in line 1 has no end"),
    ],
)
def test_a_broken_file_says_in_a_line_what_is_wrong(form: str, text: str, reason: str) -> None:
    with pytest.raises(UnreadableFileError) as refused:
        look(text, form, "$.a")

    assert str(refused.value) == reason


def test_a_file_is_parsed_once_and_a_broken_one_too(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[str] = []

    def parse(text: str) -> Document:
        calls.append(text)
        raise UnreadableFileError("is broken")

    monkeypatch.setattr("vger_guide.matchers.formats.json.parse", parse)
    broken = file(b"{")
    for _ in range(3):
        with pytest.raises(UnreadableFileError, match="is broken"):
            read_document(broken, "json")

    assert calls == ["{"]


def test_like_asks_for_a_form_of_the_text_and_tables_have_none() -> None:
    text = "a:\n  image: postgres:16\nb:\n  image: redis\nc:\n  image: {name: postgres}\n"

    assert look(text, "yaml", "$.*.image", like="^postgres") == ["2 a.image = postgres:16"]
    assert look(text, "yaml", "$.*.image") == ["2 a.image = postgres:16", "4 b.image = redis", "6 c.image ="]


def test_a_secret_is_not_shown_and_still_compared() -> None:
    assert look("KEY=hunter2\nOTHER=no\n", "env", "$.*", like="hunter", secret=True) == ["1 KEY = (not shown)"]


def test_a_long_value_is_cut_and_lone_surrogates_are_replaced() -> None:
    (hit,) = value.find_settings(file(json.dumps({"a": "\ud800" + "x" * 500}).encode()), params("json", "$.a"))

    assert isinstance(hit, Hit)
    assert hit.text.startswith("?xxx")
    assert len(hit.text) == 160


def test_a_key_of_an_object_in_hcl_may_be_an_expression() -> None:
    text = 'providers = {\n  aws.west = aws.west\n  ("${var.a}") = { b : "c" }\n}\n'

    assert look(text, "hcl", "$.providers['aws.west']") == ['2 providers."aws.west" = aws.west']
    assert look(text, "hcl", "$..b") == ['3 providers."var.a".b = c']


def test_a_merged_key_of_its_own_comes_before_and_the_first_table_merged_before_the_second() -> None:
    text = "x: &x {k: 1, l: 1}\ny: &y {l: 2, m: 2}\nz:\n  <<: [*x, *y]\n  k: 3\n"

    assert look(text, "yaml", "$.z.*") == ["5 z.k = 3", "1 z.l = 1", "2 z.m = 2"]


def judge(expect: str, *files: str) -> Evaluation:
    asked = params("yaml", "$.image", expect=expect, which=["*.yml"])
    (probe,) = value.probes(asked)
    found = [hit for text in files for hit in probe.look(file(text.encode(), "a.yml"), probe.params)]
    hits = [hit for hit in found if isinstance(hit, Hit)]
    return value.evaluate(asked, [ProbeResult(hits, len(files))], TREE)


def test_a_value_that_is_expected_is_found_in_one_of_the_files() -> None:
    verdict = judge("present", "a: 1", "image: redis")

    assert verdict.holds
    assert verdict.says == '`a.yml` has "redis" at image'


def test_a_value_that_is_not_there_is_said_of_the_repository() -> None:
    verdict = judge("present", "a: 1", "b: 1")

    assert not verdict.holds
    assert [(each.path, each.message) for each in verdict.evidence] == [("", "none of 2 files has a value at $.image")]


def test_a_value_that_should_not_be_there_is_a_finding_with_its_line() -> None:
    verdict = judge("absent", "a: 1\nimage: postgres")

    assert not verdict.holds
    (finding,) = verdict.evidence
    assert (finding.path, finding.line, finding.message) == ("a.yml", 2, 'has "postgres" at image')


def test_without_files_nothing_is_present() -> None:
    assert judge("absent").holds
    assert judge("present") == judge("absent")._replace(holds=False)


@pytest.mark.parametrize(
    ("form", "text", "answer"),
    [
        ("a", "a", True),
        ("a", "ab", False),
        ("*", "", True),
        ("a*", "ab", True),
        ("*b", "ab", True),
        ("a*b*c", "a-b-c", True),
        ("a*b*c", "a-c-b", False),
        ("a*a", "a", False),
        ("*ab*ab*", "ab-ab", True),
        ("*ab*ab*", "abab"[:3], False),
        ("." * 3, "abc", False),
    ],
)
def test_a_star_stands_for_anything_and_nothing_else_does(form: str, text: str, answer: bool) -> None:
    assert is_alike(form, text) is answer


def test_what_is_reached_by_many_aliases_is_found_once() -> None:
    layers = "".join(f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]\n" for i in range(1, 60))
    text = f"a0: &a0 {{x: 1}}\n{layers}"

    assert look(text, "yaml", "$..x") == ["1 a0.x = 1"]
    assert len(list(find_values(read_document(file(text.encode()), "yaml"), "$.a59"))) == 1
