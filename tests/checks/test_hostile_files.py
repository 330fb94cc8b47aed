"""Whatever a structured file or a manifest holds, it gives hits or a reason why it cannot be read, and soon."""

import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.soak import often
from vger_guide.matchers import dependency, value
from vger_guide.matchers.fields import Format
from vger_guide.matchers.findings import UnreadableFile
from vger_guide.matchers.grammar.child import KILLED
from vger_guide.matchers.manifests import globs, read_manifest
from vger_guide.matchers.probes import File, Hit
from vger_guide.repo.tree import TreeEntry, UnreadableFileError

FORMS = [form.value for form in Format]
EXAMPLES = Path("tests/examples/checks")
OF_FORMATS = sorted(EXAMPLES.glob("formats/*/*.example"))
OF_MANIFESTS = sorted(EXAMPLES.glob("manifests/**/*.example"))
# Twice the two seconds that the worst may take, as other things run beside a test.
SECONDS = 4.0
LENGTH = 999_000

DEEP, MANY, LONG = "nested more than 100 deep", "holds more than", "is read up to"
# What takes a grammar long on a slow machine is given up there.
SLOW_OR_MANY, SLOW_OR_DEEP = f"{KILLED}|{MANY}", f"{KILLED}|{DEEP}"


def filled(part: str, length: int = LENGTH) -> str:
    return part * (length // len(part))


def numbered(form: str, count: int) -> str:
    return "".join(form.replace("#", str(number)) for number in range(count))


def doubling(count: int, form: str = "[local.a#, local.a#]") -> str:
    """Return locals of HCL each of which is the one before twice."""
    return 'a0 = "x"\n' + "".join(f"a{i} = {form.replace('#', str(i - 1))}\n" for i in range(1, count))


LAUGHS = "a0: &a0 [x, x]\n" + "".join(f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]\n" for i in range(1, 40))
MERGES = f"a: &a {{{numbered('k#: 1, ', 10_000)}}}\n" + numbered("b#: {<<: *a}\n", 20_000)
CHAIN = "a0: &a0 {x: 1}\n" + "".join(f"a{i}: &a{i} {{x: *a{i - 1}}}\n" for i in range(1, 25_000))
ENTITIES = '<!DOCTYPE a [<!ENTITY b "cc"><!ENTITY d "&b;&b;">]><a>&d;</a>'
ELSEWHERE = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'
DEFAULTS = '<!DOCTYPE a [<!ATTLIST a b CDATA "c">]><a/>'

# The format, what it is, the text, and what the reason holds; nothing where it can be read.
HOSTILE = [
    ("json", "brackets", "[" * 100_000, DEEP),
    ("json", "objects", '{"a":' * 100_000, DEEP),
    ("json", "lists", f"[{filled('[],', 2_999_000)}[]]", MANY),
    ("json", "quotes", filled('"', 2_999_000), "is not JSON"),
    ("json", "comments", filled("/*", 2_999_000), "is not JSON"),
    ("json", "commas", filled(",  ", 2_999_000), "is not JSON"),
    ("json", "digits", "1" * 2_999_000, ""),
    ("json", "one long line", "1," * 4_000_000, LONG),
    ("json", "lone surrogates", r'{"a": "\ud800\udfff\udfff"}', ""),
    ("json", "zeros", '{"a": "\0"}', ""),
    ("yaml", "brackets", "[" * 100_000, DEEP),
    ("yaml", "dashes", "- " * 100_000, DEEP),
    ("yaml", "questions", "? " * 100_000, DEEP),
    ("yaml", "laughs", LAUGHS, ""),
    ("yaml", "merges", MERGES, "merges more than"),
    ("yaml", "chain", CHAIN, ""),
    ("yaml", "circle", "&a [*a, {b: *a}]", ""),
    ("yaml", "circle of merges", "&a {<<: *a, b: *a}", ""),
    ("yaml", "list", f"[{filled('a: b, ')}]", MANY),
    ("yaml", "documents", filled("---\n"), ""),
    ("yaml", "objects", "!!python/object/apply:os.system [a]", ""),
    ("yaml", "zeros", "a: \0", "is not YAML"),
    ("toml", "brackets", "a=" + "[" * 100_000, DEEP),
    ("toml", "tables", "a=" + "{a=" * 50_000, DEEP),
    ("toml", "dots", "a" + ".a" * 400_000 + "=1", "has a key of more than"),
    ("toml", "dots in many keys", numbered("a." * 18 + "k#=1\n", 20_000), MANY),
    ("toml", "dots behind quotes", '"=".' * 200_000 + "a=1", "has a key of more than"),
    ("toml", "list", f"a=[{filled('1,')}]", MANY),
    ("toml", "escapes without an end", filled('\\"', 990_000), "is not TOML"),
    ("toml", "digits", "a=" + "1" * 900_000, "is not TOML"),
    ("xml", "elements", "<a>" * 100_000, DEEP),
    ("xml", "entities", ENTITIES, "declares entities"),
    ("xml", "entities from elsewhere", ELSEWHERE, "declares entities"),
    ("xml", "attributes from nowhere", DEFAULTS, "declares entities"),
    ("xml", "a document type from elsewhere", '<!DOCTYPE a SYSTEM "http://127.0.0.1:1/a.dtd"><a>&b;</a>', ""),
    ("xml", "repeated", f"<r>{filled('<a/>')}</r>", MANY),
    ("xml", "attributes", "<r " + numbered('a#="" ', 80_000) + "/>", ""),
    ("ini", "sections", numbered("[#]\n", 100_000), ""),
    ("ini", "brackets", "[" + "]" * 900_000, ""),
    ("ini", "spaces", "a" + " " * 900_000 + "=", ""),
    ("env", "quotes", filled('a="\\"\n'), ""),
    ("env", "quotes of all kinds", filled('a=`\nb=\'\nc="\\"\n'), ""),
    ("properties", "lines that go on", filled("\\\n"), ""),
    ("properties", "backslashes", filled("\\"), ""),
    ("hcl", "blocks", filled("a {\n"), DEEP),
    ("hcl", "lists", "a=" + filled("["), DEEP),
    ("hcl", "parentheses", "a=" + filled("("), DEEP),
    ("hcl", "texts in texts", 'a="' + filled('${"'), DEEP),
    ("hcl", "dollars", 'a="' + filled("$"), "has no end"),
    ("hcl", "escapes", 'a="' + filled("\\"), "is not HCL"),
    ("hcl", "labels", "a" + filled(' "b"') + "{}", MANY),
    ("hcl", "conditions", "a=" + filled("b?"), "is not HCL"),
    ("hcl", "attributes", filled("a=1\n"), SLOW_OR_MANY),
    ("hcl", "negations", "a=" + filled("!") + "b", SLOW_OR_DEEP),
    ("hcl", "accesses", "a=b" + filled(".c", 100_000), ""),
    ("hcl", "locals of locals", numbered("locals { a# = [local.a#] }\n", 5_000), ""),
    ("hcl", "locals that double", "locals {\n" + doubling(60) + "}\nb = local.a59\n", ""),
    (
        "hcl",
        "templates that double",
        "locals {\n" + doubling(60, '"${local.a#}${local.a#}"') + "}\nb = local.a59\n",
        "",
    ),
    ("hcl", "instances of instances", "x y {\n  for_each = {a = 1, b = 2}\n  v = each.key\n" * 90 + "}\n" * 90, MANY),
    ("hcl", "texts without an end", numbered("a=<<E#\n", 80_000), "has no end"),
    ("hcl", "comments", filled("/* "), "is not HCL"),
    ("hcl of a.tf.json", "blocks of one name", '{"resource": [' + filled('{"a":{}},', 500_000) + "{}]}", ""),
]

HOSTILE_MANIFESTS = [
    ("pypi", "requirements.txt", filled("a\n", 2_999_000), "names more than"),
    ("pypi", "requirements.txt", "a" * 2_999_000, ""),
    ("pypi", "requirements.txt", "a" + filled("- ", 2_999_000), ""),
    ("pypi", "requirements.txt", filled(" #", 2_999_000), ""),
    ("pypi", "setup.py", filled("install_requires=[", 2_999_000), ""),
    ("pypi", "setup.py", filled("require ", 2_999_000), ""),
    ("pypi", "setup.py", "require" + " " * 2_999_000, ""),
    ("pypi", "setup.py", filled("'''\"\"\"", 2_999_000), ""),
    ("pypi", "setup.py", "a = " + filled("-", 2_999_000), ""),
    ("pypi", "setup.py", filled("require", 2_999_000), ""),
    ("pypi", "setup.py", filled('\\"', 2_999_000), ""),
    ("pypi", "requirements.txt", filled("git+a://", 2_999_000), ""),
    ("pypi", "uv.lock", filled("[[package]]\n", 2_999_000), ""),
    ("npm", "package-lock.json", '{"dependencies":{"a":' * 100_000, DEEP),
    ("npm", "yarn.lock", filled('"@', 2_999_000) + ":", ""),
    ("npm", "pnpm-lock.yaml", "packages:\n" + filled("  /@", 2_900_000) + ":", ""),
    ("npm", "pnpm-lock.yaml", filled("a", 3_000_001), LONG),
    ("maven", "build.gradle", filled("/*", 2_999_000), ""),
    ("maven", "build.gradle", filled("'a:", 2_999_000), ""),
    ("maven", "build.gradle", filled("group ", 2_999_000), ""),
    ("maven", "build.gradle", "group" + " " * 2_999_000, ""),
    ("maven", "build.sbt", filled('"a" % ', 2_999_000), "names more than"),
    ("maven", "gradle.lockfile", filled("a:", 2_999_000), ""),
    ("go", "go.mod", filled("(", 2_999_000), ""),
    ("gem", "Gemfile", "gem" + filled(" ", 2_999_000), ""),
    ("gem", "shop.gemspec", filled("a.add_", 2_999_000), ""),
]


def params(form: str, at: str, **others: Any) -> value.Parameters:
    return value.Parameters.from_plain({"which": ["*"], "expect": "present", "format": form, "at": [at], **others})


def looked(form: str, data: bytes) -> Sequence[Hit | UnreadableFile]:
    # A path of no letters, so that a file is parsed whatever stands in it. Where its name matters, it is behind `of`.
    form, _, name = form.partition(" of ")
    return value.find_settings(File(TreeEntry(name or "a"), data), params(form, "$..*", like="b"))


def asked(ecosystem: str, path: str, data: bytes) -> Sequence[Hit]:
    return dependency.find_packages(File(TreeEntry(path), data), dependency.Request(ecosystem, ("*a*", "*"), True))


def reason_within(seconds: float, look: Any, *arguments: Any) -> str:
    """Return why something cannot be read, or nothing; it takes no longer than that on a processor."""
    began = time.process_time()
    try:
        look(*arguments)
        reason = ""
    except UnreadableFileError as error:
        reason = str(error)
    assert time.process_time() - began < seconds
    return reason


@pytest.mark.slow
@pytest.mark.parametrize(("form", "what", "text", "reason"), HOSTILE, ids=[f"{each[0]}: {each[1]}" for each in HOSTILE])
def test_a_hostile_file_is_read_or_refused_soon(form: str, what: str, text: str, reason: str) -> None:
    said = reason_within(SECONDS, looked, form, text.encode())

    assert any(each in said for each in reason.split("|")), what
    assert bool(reason) == bool(said), said
    assert "\n" not in said


@pytest.mark.slow
@pytest.mark.parametrize(
    ("ecosystem", "path", "text", "reason"),
    HOSTILE_MANIFESTS,
    ids=[f"{each[1]}: {each[2][:12]!r}" for each in HOSTILE_MANIFESTS],
)
def test_a_hostile_manifest_is_read_or_refused_soon(ecosystem: str, path: str, text: str, reason: str) -> None:
    said = reason_within(SECONDS, asked, ecosystem, path, text.encode())

    assert reason in said
    assert bool(reason) == bool(said), said


MEASURE = """
import sys
from tests.peak import peak
from vger_guide.matchers import value
from vger_guide.matchers.probes import File
from vger_guide.repo.tree import TreeEntry, UnreadableFileError

def params(form, at):
    return value.Parameters.from_plain({"which": ["*"], "expect": "present", "format": form, "at": [at]})

form, opening, part, closing, length = sys.argv[1:]
value.find_settings(File(TreeEntry("a"), b""), params("env", "$.a"))
file = File(TreeEntry("a"), (opening + part * (int(length) // len(part)) + closing).encode())
before = peak()
try:
    value.find_settings(file, params(form, "$..*"))
except UnreadableFileError:
    pass
print(peak() - before)
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    "words",
    [
        ("json", "[", "[],", "[]]", "2999000"),
        ("json", "[", '{"a":[{}]},', "1]", "590000"),
        ("hcl", "", "a{}\n", "", "999000"),
        ("yaml", "", "- {a: b}\n", "", "999000"),
        ("toml", "", "[[a]]\n", "", "999000"),
    ],
    ids=lambda words: f"{words[0]}: {words[2].strip()}",
)
def test_a_hostile_file_takes_bounded_memory(words: Sequence[str]) -> None:
    done = subprocess.run([sys.executable, "-c", MEASURE, *words], capture_output=True, text=True, check=True)

    assert int(done.stdout) < 120_000_000


@pytest.mark.parametrize("form", FORMS)
@settings(deadline=None)  # the first file that a grammar reads begins a process
@given(data=st.binary(max_size=300) | st.text(max_size=200).map(lambda text: text.encode("utf-16", "surrogatepass")))
def test_random_bytes_give_hits_or_a_reason(form: str, data: bytes) -> None:
    reason_within(SECONDS, looked, form, data)


def damaged(draw: st.DrawFn, data: bytes) -> bytes:
    """Return data with some bytes taken out, put in, or put in again elsewhere."""
    for _ in range(draw(st.integers(1, 4))):
        start, end, at = sorted(draw(st.lists(st.integers(0, len(data)), min_size=3, max_size=3)))
        part = draw(
            st.sampled_from(
                [b"", data[start:end], b"\0", b'"', b"[", b"{", b"\n", b"\xff\xfe", b"\xed\xa0\x80", b"*", b"<"]
            )
        )
        data = data[:start] + part + data[end:at] + part + data[at:]
    return data


@settings(max_examples=often(50, 3000), deadline=None)
@given(st.data())
def test_damaged_files_give_hits_or_a_reason(data: st.DataObject) -> None:
    example = data.draw(st.sampled_from(OF_FORMATS))
    broken = data.draw(st.composite(damaged)(example.read_bytes()))

    reason_within(SECONDS, looked, example.parent.name, broken)


@settings(max_examples=often(50, 3000))
@given(st.data())
def test_damaged_manifests_give_packages_or_a_reason(data: st.DataObject) -> None:
    example = data.draw(st.sampled_from(OF_MANIFESTS))
    ecosystem, *parts = example.relative_to(EXAMPLES / "manifests").parts
    broken = data.draw(st.composite(damaged)(example.read_bytes()))

    reason_within(SECONDS, asked, ecosystem, "/".join(parts).removesuffix(".example"), broken)


@pytest.mark.parametrize("ecosystem", ["pypi", "npm", "maven", "nuget", "go", "cargo", "gem", "composer"])
@given(data=st.binary(max_size=200))
def test_random_bytes_are_no_manifest_or_name_packages_in_texts(ecosystem: str, data: bytes) -> None:
    for glob in globs(ecosystem):
        path = glob.removeprefix("**/").replace("*", "x")
        try:
            named = read_manifest(File(TreeEntry(path), data), ecosystem).packages
        except UnreadableFileError:
            continue
        assert all(isinstance(each.name, str) and isinstance(each.version, str) for each in named)


SHAPES = [
    "[]",
    "null",
    "1",
    '"a"',
    '{"dependencies": []}',
    '{"packages": {"node_modules/a": []}}',
    '{"require": {"a": {}}}',
]


@pytest.mark.parametrize(
    "shape", [*SHAPES, '{"packages": [1, {"name": 2}]}', '{"dependencies": {"a": {"b": 1}}, "default": [{}]}']
)
@pytest.mark.parametrize(
    ("ecosystem", "path"),
    [
        *[("npm", "package.json"), ("npm", "package-lock.json"), ("nuget", "packages.lock.json")],
        *[("composer", "composer.json"), ("composer", "composer.lock"), ("pypi", "Pipfile.lock")],
    ],
)
def test_data_of_another_shape_name_nothing_that_is_no_text(ecosystem: str, path: str, shape: str) -> None:
    named = read_manifest(File(TreeEntry(path), shape.encode()), ecosystem).packages

    assert all(isinstance(each.name, str) and isinstance(each.version, str) for each in named)
