"""What is fuzzed: each target takes any bytes, and either returns or refuses them by the errors it is known for.

A target is called with bytes that libFuzzer changes by what they reach, beginning with the seeds: files of the tests.
"""

import io
import json
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from tests.conftest import EXAMPLES, ROOT
from vger_guide.evidence.formats import forms
from vger_guide.evidence.locations import Locator, OutsideError
from vger_guide.evidence.mappings import Tools
from vger_guide.evidence.stream import BrokenJsonError, find_key
from vger_guide.matchers import formats, manifests
from vger_guide.matchers.fields import Format
from vger_guide.matchers.probes import File
from vger_guide.records.problems import CatalogError
from vger_guide.repo.tree import TreeEntry, UnreadableFileError

CHECKS = EXAMPLES / "checks"
# What the fuzzing once found, a folder a target.
KEPT = EXAMPLES / "attack" / "fuzz"
NOW = datetime(2026, 11, 1, tzinfo=UTC)

# What has no example of its own.
BICEP = b"""param a string = 'b'
resource r 'Microsoft.Web/sites@2023-01-01' = {
  name: '${a}x'
  tags: [ 1, true ]
}
"""

Read = Callable[[bytes], object]


class Target(NamedTuple):
    """A reader, the errors by which it refuses, and what the fuzzing begins with."""

    read: Read
    refusals: tuple[type[Exception], ...]
    seeds: Callable[[], list[bytes]]

    def try_(self, data: bytes) -> None:
        """Read some bytes. Raises what is no refusal."""
        try:
            self.read(data)
        except self.refusals:
            return


def _files(folder: Path, pattern: str) -> Callable[[], list[bytes]]:
    return lambda: [path.read_bytes() for path in sorted(folder.glob(pattern)) if path.stat().st_size < 20_000]


def _texts(*texts: str) -> Callable[[], list[bytes]]:
    return lambda: [text.encode() for text in texts]


def _structured(form: str) -> Target:
    # The templates of ARM are JSON, where they are not written in Bicep.
    file = {"arm": "main.json"}.get(form, f"main.{form}")
    examples = _files(CHECKS / "formats", f"{form}/*.example")

    def read(data: bytes) -> object:
        return formats.read_document(File(TreeEntry(file), data), "arm" if form == "bicep" else form)

    return Target(read, (UnreadableFileError,), (lambda: [BICEP]) if form == "bicep" else examples)


def _manifests(ecosystem: str) -> Target:
    """Return the target of an ecosystem: the first byte chooses the kind of file."""
    paths = [glob.removeprefix("**/").replace("*", "x") for glob in manifests.globs(ecosystem)]
    examples = sorted((CHECKS / "manifests" / ecosystem).rglob("*.example"))

    def read(data: bytes) -> object:
        path = paths[(data[0] if data else 0) % len(paths)]
        return manifests.read_manifest(File(TreeEntry(path), data[1:]), ecosystem)

    def seeds() -> list[bytes]:
        kept = [each.read_bytes() for each in examples if each.stat().st_size < 20_000]
        return [bytes([number]) + each for number in range(len(paths)) for each in kept]

    return Target(read, (UnreadableFileError,), seeds)


@cache
def _tools() -> Tools:
    folder = ROOT / "checklists"
    meanings = yaml.safe_load((folder / "meanings.yml").read_text("utf-8"))["meanings"]
    tools = [yaml.safe_load(path.read_text("utf-8")) for path in sorted((folder / "evidence").glob("*.yml"))]
    return Tools([each["tool"] if isinstance(each.get("tool"), dict) else each for each in tools], meanings)


def _read_report(data: bytes) -> None:
    known = forms()
    if key := find_key(io.BytesIO(data), known):
        for run in known[key].read(io.BytesIO(data), "a.json", _tools(), Locator(Path("/home/ann/shop"))):
            for sighting in run.sightings:
                assert not sighting.path.startswith(("/", "../"))


def _reports() -> list[bytes]:
    cases = [yaml.safe_load(path.read_text("utf-8")) for path in sorted((EXAMPLES / "evidence/good").glob("*.yml"))]
    found = [each for case in cases for each in case.get("evidence", {}).values()]
    return [(each if isinstance(each, str) else json.dumps(each)).encode() for each in found]


def _read_place(data: bytes) -> None:
    uri, _, base = data.decode("utf-8", "surrogateescape").partition("\n")
    path = Locator(Path("/home/ann/shop")).uri_path(uri, "A", {"A": base})
    assert not path.startswith("/")
    assert ".." not in path.split("/")


def _read_record(data: bytes) -> None:
    from vger_guide.records.yaml_reader import parse

    parse(Path("a.yml"), data)


def _read_settings(data: bytes) -> None:
    from vger_guide.catalog.settings import read_pyproject, read_settings

    if data[:1] == b"#":
        read_pyproject(Path("pyproject.toml"), data)
    else:
        read_settings(Path(".vger.yml"), data)


def _review() -> Target:
    from vger_guide.reviews import store

    def read(data: bytes) -> None:
        # What is read once can be written, and is the same when it is read again.
        review = store.read(data)
        assert store.read(store.write(review).encode()) == review

    return Target(read, (store.InvalidReviewError,), lambda: [_context_file(), b"{}"])


@cache
def _context() -> Any:
    from tests.reviews import fixtures_reviews
    from vger_guide.catalog.loader import load

    return fixtures_reviews.filled(load(ROOT / "checklists"), "half")


def _context_file() -> bytes:
    from vger_guide.reviews import store

    return store.write(_context().review).encode()


@cache
def _workbook() -> dict[str, bytes]:
    from vger_guide.output.reviews.formats import xlsx

    with zipfile.ZipFile(io.BytesIO(xlsx.write(_context()))) as whole:
        return {part.filename: whole.read(part) for part in whole.infolist()}


# The part of a workbook that the first byte puts the others in the place of.
PARTS = ["xl/worksheets/sheet2.xml", "xl/sharedStrings.xml", "xl/workbook.xml", "xl/styles.xml", "[Content_Types].xml"]


def _import(form: str, data: bytes) -> None:
    from vger_guide.output.reviews.formats import read_format
    from vger_guide.output.reviews.import_result import Importer

    read_format(form, data, _context(), Importer("Ada", NOW))


def _read_workbook(data: bytes) -> None:
    part = PARTS[(data[0] if data else 0) % len(PARTS)]
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as new:
        for name, old in _workbook().items():
            new.writestr(name, data[1:] if name == part else old)
    _import("xlsx", file.getvalue())


def _imported(form: str, read: Read | None = None) -> Target:
    from vger_guide.output.reviews.import_result import ImportRejectedError
    from vger_guide.reviews.store import InvalidReviewError

    def seeds() -> list[bytes]:
        from vger_guide.output.reviews.formats import load_format

        if form == "xlsx":
            return [bytes([number]) + _workbook()[name][:40_000] for number, name in enumerate(PARTS)]
        return [load_format(form).write(_context())[:20_000]]

    return Target(read or (lambda data: _import(form, data)), (ImportRejectedError, InvalidReviewError), seeds)


def _find_by_path(data: bytes) -> None:
    """Look for a path that is proven as the catalogue proves it, in a small document."""
    from pydantic import TypeAdapter, ValidationError

    from vger_guide.matchers.jsonpath import find_heads, find_values
    from vger_guide.matchers.jsonpath.field import JsonPath
    from vger_guide.matchers.jsonpath.gate import find_gate

    text = data.decode(errors="replace")
    try:
        _ = TypeAdapter(JsonPath).validate_python(text)
    except ValidationError:
        return
    find_heads((text,))
    find_gate([text], "json")
    list(find_values(formats.Document([{"a": [{"b": 1, "c": "x"}, {"b": "y"}], "d": None}]), text))


def _select(data: bytes) -> None:
    from vger_guide.matchers.fields import is_glob
    from vger_guide.matchers.glob_set import GlobSet

    glob, _, path = data.decode(errors="replace").partition("\n")
    if glob.isascii() and is_glob(glob):
        GlobSet([glob]).selecting(path)


def _search_credentials(data: bytes) -> None:
    from vger_guide.matchers.credentials.search import find_by_form, find_by_setting

    for each in [*find_by_form(data), *find_by_setting("a.py", data), *find_by_setting("a.yml", data)]:
        assert each


def _escape_markdown(data: bytes) -> None:
    """Escape a text in each of the ways, and look at what a reader of Markdown makes of it."""
    from markdown_it import MarkdownIt

    from vger_guide.text.markdown import escape_prose, escape_text, escape_title, fence_code, format_code

    text, reader = data.decode("utf-8", "surrogateescape"), MarkdownIt("commonmark").enable("table")
    for escaped in (escape_prose(text), escape_text(text), escape_title(text)):
        for token in _all_tokens(reader.parse(escaped)):
            assert token.type not in {"html_inline", "html_block", "link_open", "image"}, (escaped, token)
    [code] = reader.parse(fence_code(text, ""))
    assert code.type == "fence"
    assert "<" not in "".join(
        token.content for token in _all_tokens(reader.parse(format_code(text))) if "html" in token.type
    )


def _all_tokens(tokens: list[Any]) -> Iterator[Any]:
    for token in tokens:
        yield token
        yield from token.children or ()


def _escape_for_terminals(data: bytes) -> None:
    from vger_guide.text.sanitize import escape_commands, escape_controls, safe_link, single_line

    text = data.decode("utf-8", "surrogateescape")
    assert not set(single_line(text)) & set(map(chr, [*range(32), *range(127, 160), 0x202E, 0x2066]))
    assert "\x1b" not in escape_controls(text)
    escape_commands(text)
    assert not safe_link(text).lower().startswith(("javascript:", "data:", "vbscript:"))


def _targets() -> Iterator[tuple[str, Target]]:
    for form in [*Format, "bicep"]:
        yield str(form), _structured(form)
    for ecosystem in ("cargo", "composer", "gem", "go", "maven", "npm", "nuget", "pypi"):
        yield f"manifests-{ecosystem}", _manifests(ecosystem)
    yield "records", Target(_read_record, (CatalogError,), _files(ROOT / "checklists", "*.yml"))
    yield "settings", Target(_read_settings, (CatalogError,), _files(ROOT, "*.*ml"))
    yield "reports", Target(_read_report, (BrokenJsonError,), _reports)
    places = _texts("a%20b/c.tf\nfile:///home/ann/shop/", "file:///home/ann/shop/../x\n", "..%2f..%2fetc\nC:/x/")
    yield "places", Target(_read_place, (OutsideError,), places)
    yield "review", _review()
    yield "workbook", _imported("xlsx", _read_workbook)
    yield "checkboxes", _imported("markdown")
    yield (
        "jsonpath",
        Target(_find_by_path, (UnreadableFileError,), _texts("$.a[?@.b == 1].c", "$..b", "a.*.b", "$['a'][0:2]")),
    )
    yield "globs", Target(_select, (), _texts("**/{a,b}*.[ch]\nx/a.c", "*.py\na.py", "[!a-z]?/**\nb/c"))
    yield "credentials", Target(_search_credentials, (), _files(EXAMPLES / "credentials", "*.yml"))
    hostile = _texts("<b>a</b> [x](y) ![z](w) `c` *d* | e\n# f\n```\n", "@a #1 http://x.y/z\n- a\n1. b\n---\n")
    yield "markdown", Target(_escape_markdown, (), hostile)
    yield (
        "terminal",
        Target(_escape_for_terminals, (), _texts("\x1b[31m\u202e::stop-commands::x", "javascript:a", "https://a.b")),
    )


TARGETS = dict(_targets())
