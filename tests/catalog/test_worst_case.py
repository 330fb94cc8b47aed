"""The worst folders that a loader can be given end soon, and take no more memory than a small machine has."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from vger_guide.records.yaml_reader import MAX_BYTES

pytestmark = pytest.mark.slow

MEGABYTES = 500  # of memory, Python and its modules included
SECONDS = 30

LOADING = """
import sys
from pathlib import Path
from tests.peak import peak
from vger_guide.catalog.loader import load
from vger_guide.records.problems import CatalogError
try:
    print(len(load(Path(sys.argv[1])).rules), "rules")
except CatalogError as error:
    print(error)
print(peak())
"""


def _loaded(folder: Path) -> str:
    """Return what loading a folder comes to, when it kept within time and memory."""
    command = [sys.executable, "-c", LOADING, str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=True)
    said, _, peak = done.stdout.rstrip().rpartition("\n")
    assert int(peak) < MEGABYTES * 1_000_000
    return said


def _filled(head: str, item: str, tail: str = "") -> str:
    """Return a text of as many items as a file may have bytes for."""
    return head + item * ((MAX_BYTES - len(head) - len(tail)) // len(item)) + tail


def _rows(item: Callable[[int], str], count: int) -> str:
    return "".join(f"- {item(i)}\n" for i in range(count))


BAD = {
    "long-text": _filled('id: "', "a", '"\n'),
    "long-key": _filled("? ", "a", "\n: 1\n"),
    "long-texts": _filled("rows:\n", f'- "{"b" * 900}"\n'),
    "long-list": _filled("rows: [", "0,", "]"),
    "empty-records": _filled("rows: [", "{},", "]"),
    "as-deep-as-allowed": _filled("x: " + "[" * 18, "0,", "]" * 18),
    "too-deep": _filled("", "[ "),
    "anchors": _filled("rows: [", "&a 0,", "]"),
    "aliases": _filled("rows: [", "*a ,", "]"),
    "tags": _filled("rows:\n", "- !!x 0\n"),
    "escapes": _filled('id: "', r"\x00", '"\n'),
    "keys": "".join(f"k{i}: 0\n" for i in range(90_000)),
    "many-problems": "rows:\n" + "- {}\n" * 8_000,
    "many-unknown-keys": "rows:\n- facts: {}\n" + "".join(f"  k{i}: 0\n" for i in range(12_000)),
}


def test_files_of_every_bad_shape_are_refused(small_catalog: Path) -> None:
    for name, text in BAD.items():
        for copy in range(3):
            (small_catalog / "tables" / f"{name}-{copy}.yml").write_text(text, encoding="utf-8")
    said = _loaded(small_catalog)
    assert {name for name in BAD if f"/{name}-2.yml:" not in said} == set()


@pytest.fixture
def largest(tmp_path: Path) -> Path:
    """Return a folder with about as much as one may hold, every record naming others from the end of their lists."""
    sections = _rows(lambda i: f'{{number: "{i + 1}", title: T, page: p{i}.md}}', 2_500)
    head = 'title: T\nsource_edition: "2000.01"\nwritten: now\nsite: https://g.example/\nsections:\n'
    (tmp_path / "guide.yml").write_text(head + sections, encoding="utf-8")
    profiles = _rows(lambda i: f"{{id: p{i}, title: T, description: D}}", 3_000)
    (tmp_path / "profiles.yml").write_text(f"profiles:\n{profiles}", encoding="utf-8")
    for kind, text in (("sources", _source), ("rules", _rules)):
        (tmp_path / kind).mkdir()
        for number in range(8):
            (tmp_path / kind / f"{2000 + number}.01.yml").write_text(text(number), encoding="utf-8")
    return tmp_path


def _source(number: int) -> str:
    rest = "kind: rule, text: T, at: p2499.md#a"
    claims = _rows(lambda i: f'{{id: C{i * 8 + number + 1}-01, section: "{i + 1}", {rest}}}', 2_000)
    return f'edition: "{2000 + number}.01"\nclaims:\n{claims}'


def _rules(number: int) -> str:
    prefix = "ABCDEFGH"[number] * 3
    rest = (
        "title: T, level: must, severity: high, severity_reason: R, statement: S, why: W, how: [H], ask: A, "
        "evidence: [E], exceptions: [], applies_to: [p2999], sources: [C16000-01], place: p2499.md#a, "
        f'related: [{prefix}429], since: "2023.09", revision: 1, reviewed: "2024-01-01", automation: none'
    )
    rules = _rows(lambda i: f"{{id: {prefix}{i:03}, slug: r{number}-{i}, {rest}}}", 429)
    last = f"- {{id: {prefix}429, slug: r{number}-429, {rest.replace(f'[{prefix}429]', '[]')}}}\n"
    return f'section: "{number + 1}"\nprefix: {prefix}\nrules:\n{rules}{last}'


def test_the_largest_good_folder_loads(largest: Path) -> None:
    assert _loaded(largest) == f"{8 * 430} rules"


def test_more_than_the_largest_is_refused(largest: Path) -> None:
    for i in range(30):
        (largest / "sources" / f"{1900 + i}.01.yml").write_text(_source(0), encoding="utf-8")
    assert "2007.01.yml: is not read: the files before it have more than 250,000 keys and values" in _loaded(largest)
