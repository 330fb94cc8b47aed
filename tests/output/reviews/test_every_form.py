"""What holds for every form of a review: hostile text in every field stays text, and the same review is the same bytes.

What each form says besides is tested in a module of its own.
"""

import csv
import hashlib
import io
import json
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import docx
import pytest
from junitparser import JUnitXml
from selectolax.lexbor import LexborHTMLParser

from tests import plain_yaml
from tests.conftest import ROOT
from tests.output.reviews.markup import MENTIONS, tokens
from tests.reviews import fixtures_reviews
from vger_guide.catalog.catalog import Catalog
from vger_guide.output.reviews.formats import format_names, load_format
from vger_guide.reviews.context import ReviewContext
from vger_guide.reviews.models import Review

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")
# The name of a text in the output of pytest.
IDS = [f"{n}-{re.sub(r'[^a-zA-Z]+', '-', text)[:12]}" for n, text in enumerate(fixtures_reviews.HOSTILE)]


def _everywhere(catalog: Catalog, text: str) -> ReviewContext:
    """Return a review of two targets and a chapter, with a text in every field that takes one."""
    document = fixtures_reviews.several(catalog).model_dump(mode="json", by_alias=True)
    line = text[:400]
    document["selection"]["chapters"] = ["4"]
    document["targets"] = [{"id": id_, "name": line, "description": text, "repository": line} for id_ in ("a", "b")]
    document["people"] = [{"id": "ada", "name": line, "role": line}]
    answers = fixtures_reviews.full(catalog).model_dump(mode="json")["answers"]
    document["answers"] = {rule: {id_: _answer(by["shop"], text) for id_ in ("a", "b")} for rule, by in answers.items()}
    said = {
        "outcome": "fail",
        "reason": text,
        "places": [line],
        "commit": line,
        "tool": line,
        "at": "2026-03-02T09:30:00Z",
        "traces": [{"description": line, "path": line, "line": 3}],
    }
    document["outcomes"] = {rule: {"a": {**said, line: text}} for rule in answers}
    told: dict[str, Any] = dict.fromkeys(("title", "commit", "language", "content_hash"), line)
    told |= {"scope": text, "conditions": [text], "conclusion": "approved-with-conditions"}
    told["sign_offs"] = [_signature(text)] if text.strip() else []
    told["conflicts"] = [{"place": ["answers", "STO001", "a", "comment"], "ours": text, "theirs": line, line: text}]
    milestone = {**document["milestones"][0], "title": line, "answers": {}}
    move = {"from_edition": line, "to_edition": line, "at": "2026-03-02T09:30:00Z"}
    document |= {**told, "milestones": [milestone], "migrations": [move], f"x-{line}": {line: text}}
    return ReviewContext(catalog, Review.model_validate(document), fixtures_reviews.TODAY)


def _signature(text: str) -> dict[str, Any]:
    signed = {"action": "signed", "on": "2026-03-02", "at": "2026-03-02T09:30:00Z", "conclusion": "approved"}
    return {**signed, "by": f"x{text}"[:400], "reason": text, "conditions": [text]}


def _answer(answer: dict[str, Any], text: str) -> dict[str, Any]:
    line, reason = text[:400], answer["not_applicable"]
    evidence = {"description": text, "commit": line, "path": line, "address": f"https://evil.example/{line}"}
    plan = {**answer["disposition"], "owner": line, "approver": line, "ticket": line}
    said = {"comment": text, "evidence": [evidence], "by": line, "carried_from": line, line: text}
    return {**answer, "not_applicable": {**reason, "text": text} if reason else None, "disposition": plan, **said}


def _rows(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))


def _cells(data: bytes) -> Any:
    head, *rest = _rows(data)
    rows = [dict(zip(head, row, strict=True)) for row in rest]
    return [(row["target"], row["rule"], row["value"], row["until"]) for row in rows]


def _safe_cells(data: bytes) -> Any:
    rows = _rows(data)
    cells = [cell for row in rows for cell in row]
    assert [cell for cell in cells if cell.startswith(FORMULA)] == []
    assert [cell for cell in cells if not cell.replace("\n", "").replace("\u200b", "").isprintable()] == []
    return [len(row) for row in rows]


def _marks(data: bytes) -> Any:
    """Return how often each mark stands there that a text may not add."""
    read = tokens(data.decode())
    inline = [each for each in read if each.type == "html_inline"]
    assert [
        each.content
        for each in inline
        if not re.fullmatch(r"<!-- vger \w{6} r\d+( [ab])?(; was [a-z-]+)? -->", each.content)
    ] == []
    links = [str(each.attrs["href"]) for each in read if each.type == "link_open"]
    assert [link for link in links if not link.startswith(("https://", "http://"))] == []
    assert [each.content for each in read if each.type == "text" and MENTIONS.search(each.content)] == []
    free = {"text", "text_special", "softbreak", "hardbreak", "code_inline"}
    return Counter(each.type for each in read if each.type not in free)


def _tags(data: bytes) -> Any:
    """Return how often each element stands there that a text may not add."""
    page = LexborHTMLParser(data.decode())
    assert {name for node in page.css("*") for name in node.attributes if name.startswith("on")} == set()
    links = [str(node.attributes["href"]) for node in page.css("[href]")]
    assert [link for link in links if not link.startswith(("https://", "http://", "#"))] == []
    return Counter(str(node.tag) for node in page.css("*") if node.tag not in ("br", "code"))


def _labels(data: bytes) -> Any:
    form = plain_yaml.load(data)
    _marks(form["body"][0]["attributes"]["value"].encode())
    return [form["description"], form["name"].isprintable(), *form["body"][1:]]


def _review(data: bytes) -> Any:
    return {rule: list(by_target) for rule, by_target in json.loads(data)["answers"].items()}


def _object(data: bytes) -> Any:
    return list(json.loads(data))


def _parts(data: bytes) -> Any:
    """Return what a Word document is made of, and how often each mark stands there that a text may not add."""
    document = docx.Document(io.BytesIO(data))
    links = [part.target_ref for part in document.part.rels.values() if part.is_external]
    assert [link for link in links if not link.startswith(("https://", "http://"))] == []
    free = ("r", "t", "rPr", "rStyle", "br", "p", "pPr", "pStyle")
    tags = Counter(node.tag.rpartition("}")[2] for node in document.element.iter() if isinstance(node.tag, str))
    return {tag: count for tag, count in tags.items() if tag not in free}


def _suites(data: bytes) -> Any:
    return len(JUnitXml.fromstring(data))


# How a form is read: by its name, or by how its files end. What is returned may not depend on the texts.
READERS: dict[str, Callable[[bytes], Any]] = {
    "csv": _cells,
    ".csv": _safe_cells,
    ".md": _marks,
    ".html": _tags,
    ".yml": _labels,
    "json": _review,
    "template": _review,
    ".json": _object,
    ".sarif": _object,
    ".xml": _suites,
    ".docx": _parts,
}
# The workbook and the PDF have tests of their own, as each text would cost a second.
NAMES = [name for name in format_names() if name not in ("xlsx", "pdf")]


def _read(name: str, context: ReviewContext) -> Any:
    reader = READERS.get(name) or READERS[Path("x" + load_format(name).suffix).suffix]
    return reader(load_format(name).write(context))


@pytest.fixture(scope="module")
def expected(catalog: Catalog) -> Callable[[str], Any]:
    """Return what is read of a form by its name where nothing hostile stands in it."""
    plain = _everywhere(catalog, "plain")
    return cache(lambda name: _read(name, plain))


# Where others work on, two texts do: one that is markup, and one of many lines.
OFTEN = ("<script>", "one\ntwo")
TYPED = [
    pytest.param(text, id=id_, marks=() if text.startswith(OFTEN) else pytest.mark.slow)
    for text, id_ in zip(fixtures_reviews.HOSTILE, IDS, strict=True)
]


@pytest.fixture(scope="module", params=TYPED)
def typed(catalog: Catalog, request: pytest.FixtureRequest) -> tuple[str, ReviewContext]:
    """Return a hostile text, and a review with it in every field."""
    return request.param, _everywhere(catalog, request.param)


@pytest.mark.parametrize("name", NAMES)
def test_a_text_in_every_field_is_nothing_but_text(
    typed: tuple[str, ReviewContext], expected: Callable[[str], Any], name: str
) -> None:
    text, context = typed
    read = _read(name, context)
    # What holds nothing that can be seen stands nowhere, so there is less to be read.
    assert read == expected(name) or not text.strip()


def test_what_was_typed_is_in_the_raw_forms_letter_by_letter(typed: tuple[str, ReviewContext]) -> None:
    text, context = typed
    rows = _rows(load_format("csv").write(context))
    assert {row[rows[0].index("comment")] for row in rows[1:]} == {text}
    assert json.loads(load_format("json").write(context))["answers"]["STO001"]["a"]["comment"] == text


def _hashes(catalog: Catalog) -> list[str]:
    """Return the hash of each form of two reviews."""
    found = []
    for review in ("several", "hostile"):
        context = fixtures_reviews.filled(catalog, review)
        # The longest texts are set as a PDF in seconds, and it is no other PDF than that of the first review.
        names = [name for name in format_names() if (review, name) != ("hostile", "pdf")]
        found += [f"{review} {name} {hashlib.sha256(load_format(name).write(context)).hexdigest()}" for name in names]
    return found


# Where the hash seed is another one than that of the tests.
WRITE = """
import sys
from pathlib import Path
from tests.output.reviews.test_every_form import _hashes
from vger_guide.catalog.loader import load

print(*_hashes(load(Path(sys.argv[1]))), sep="\\n")
"""


@pytest.mark.slow
def test_two_runs_write_the_same_bytes_in_every_form(catalog: Catalog) -> None:
    seed = "2" if os.environ.get("PYTHONHASHSEED") == "1" else "1"
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", WRITE, str(ROOT / "checklists")]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    assert len(done.stdout.splitlines()) == 2 * len(format_names()) - 1
    assert _hashes(catalog) == done.stdout.splitlines()
