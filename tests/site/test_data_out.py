"""What the site offers to programs, opened by independent readers: whole, linked, safe, and the same each time."""

import csv
import json
import os
import re
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import jsonschema
import pytest
from markdown_it import MarkdownIt
from selectolax.lexbor import LexborHTMLParser, LexborNode

from tests import plain_yaml
from tests.conftest import ROOT
from tests.site.html import Page, pages
from tools import site_data
from vger_guide.catalog.catalog import Catalog

pytestmark = pytest.mark.slow

READER = MarkdownIt("commonmark").enable("table")
LINE = re.compile(r"- \[(?P<title>.+)\]\((?P<address>[^)]+)\): (?P<text>.+)")
LOST = "404.html"
# The home page is parsed for it once, and not for each link.
published_at = cache(site_data.published_at)
# What makes a part more than one text: blocks within it, and what is for screen readers only.
INNER = "p, li, .sr-only, button"


def _paged(site: Path) -> dict[str, Page]:
    return {path: page for path, page in pages(site).items() if path != LOST}


@cache
def _copy(site: Path, path: str) -> tuple[dict[str, str], str]:
    """Return the front matter and the body of a page's Markdown copy."""
    _, head, body = (site / path / "index.md").read_text(encoding="utf-8").split("---\n", 2)
    return plain_yaml.load(head), body


@cache
def _rendered(site: Path, path: str) -> LexborHTMLParser:
    return LexborHTMLParser(READER.render(_copy(site, path)[1]))


def _words(text: str) -> str:
    """Return the words of a text with a space around each, so that only whole words are found in it."""
    return " " + " ".join(re.findall(r"[^\W_]+", text)) + " "


def _is_one_text(part: LexborNode) -> bool:
    """Return whether a part of a page is read in one go, and is no control: a match may be the part itself."""
    inner = [node for node in part.css(INNER) if node.mem_id != part.mem_id]
    return not inner and "hidden" not in part.attributes and part.attributes.get("role") != "status"


def _is_here(site: Path, address: str) -> bool:
    """Return whether an address of the site leads to a file or a page, and to an anchor where it names one."""
    path, _, anchor = address.removeprefix(published_at(site)).partition("#")
    path = unquote(path.partition("?")[0])
    page = pages(site).get(path)
    return (site / path).is_file() if page is None else not anchor or anchor in page.ids


def test_every_page_has_a_copy_with_its_title_description_and_address(site: Path) -> None:
    for path, page in _paged(site).items():
        head, body = _copy(site, path)
        description = page.tree.css_first("meta[name=description]")
        canonical = page.tree.css_first("link[rel=canonical]")
        assert description
        assert canonical
        title = page.texts("h1")[0].removesuffix("¶")
        expected = (title, description.attributes["content"], canonical.attributes["href"])
        assert (head["title"], head["description"], head["canonical"]) == expected
        assert body.startswith("\n# ")
    assert len(list(site.rglob("index.md"))) == len(_paged(site))


def test_a_copy_has_the_headings_of_its_page(site: Path) -> None:
    for path, page in _paged(site).items():
        headings = [text.removesuffix("¶") for text in page.texts("article :is(h1, h2, h3)")]
        shown = [" ".join(node.text().split()) for node in _rendered(site, path).css("h1, h2, h3")]
        assert shown == headings, path


def test_a_copy_says_what_its_page_says(site: Path) -> None:
    for path, page in _paged(site).items():
        said = _words(_rendered(site, path).text(separator=" "))
        parts = page.tree.css("article :is(p:not([aria-hidden]), li, dd, caption, desc, code, td, .checks label)")
        texts = [_words(part.text(separator=" ")) for part in parts if _is_one_text(part)]
        assert [text for text in texts if text.strip() and text not in said] == [], path


def test_a_copy_is_markdown_and_nothing_else(site: Path) -> None:
    for path in _paged(site):
        body = _copy(site, path)[1]
        tokens = [each for token in READER.parse(body) for each in (token, *(token.children or []))]
        assert [token.content for token in tokens if token.type.startswith("html")] == [], path
        # Of the macros; an expression of a workflow, in a sample, begins with a dollar.
        assert not re.search(r"(?<!\$)\{\{", body), path
        assert "¶" not in body, path


def test_every_link_of_a_copy_is_whole_and_leads_somewhere(site: Path) -> None:
    for path in _paged(site):
        links = [node.attributes["href"] or "" for node in _rendered(site, path).css("a")]
        assert [link for link in links if not link.startswith("https://")] == [], path
        ours = [link for link in links if link.startswith(published_at(site))]
        assert [link for link in ours if not _is_here(site, link)] == [], path


def test_the_table_of_contents_for_language_models_has_their_form(site: Path) -> None:
    text = (site / "llms.txt").read_text(encoding="utf-8")
    first, second, *_ = text.split("\n\n")
    assert first == "# VGER Architecture Guide"
    assert re.fullmatch(r"> [^\n]+", second)
    for part in text.split("\n## ")[1:]:
        title, _, lines = part.strip().partition("\n\n")
        assert title
        assert [line for line in lines.splitlines() if not LINE.fullmatch(line)] == [], title
    assert len(text.encode()) < 20_000


def test_the_table_of_contents_leads_to_every_page_but_the_rules_own(site: Path, catalog: Catalog) -> None:
    text = (site / "llms.txt").read_text(encoding="utf-8")
    linked = [match["address"] for match in LINE.finditer(text)]
    assert [address for address in linked if not _is_here(site, address)] == []
    assert len(linked) == len(set(linked))
    rules = {f"rules/{rule.slug}/" for rule in catalog.known_rules}
    copies = {published_at(site) + path + "index.md" for path in _paged(site) if path not in rules}
    assert copies <= set(linked)
    data = {path.name for path in site.iterdir() if path.suffix in (".json", ".csv", ".atom")}
    assert {published_at(site) + name for name in data} <= set(linked)
    assert f"{published_at(site)}rules/SLUG/index.md" in text


def _document(site: Path) -> dict[str, Any]:
    document: dict[str, Any] = json.loads((site / "catalog.json").read_text(encoding="utf-8"))
    return document


def test_the_catalogue_fits_the_schema_that_it_names(site: Path) -> None:
    document = _document(site)
    path = document["$schema"].removeprefix(published_at(site))
    schema = json.loads((site / path).read_text(encoding="utf-8"))
    assert schema["$id"] == document["$schema"]
    jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker()).validate(document)


def test_every_address_of_the_catalogue_is_a_place_of_the_site(site: Path, catalog: Catalog) -> None:
    document = _document(site)
    rows = [row for table in document["tables"] for row in table["rows"]]
    located = [*document["sections"], *document["rules"], *document["retired"], *rows]
    assert [each["address"] for each in located if not _is_here(site, each["address"])] == []
    assert len(located) == len(catalog.guide.sections) + len(catalog.known_rules) + len(catalog.options)


@pytest.mark.parametrize("name", ["rules.csv", "tables.csv"])
def test_every_line_of_a_spreadsheet_leads_to_a_place_of_the_site(site: Path, catalog: Catalog, name: str) -> None:
    with (site / name).open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file, strict=True))
    assert [line["id"] for line in lines] == list(catalog.rules if name == "rules.csv" else catalog.options)
    assert [line["address"] for line in lines if not _is_here(site, line["address"])] == []


def test_the_schemas_of_the_data_files_are_published(site: Path) -> None:
    for path in (ROOT / "checklists" / "schema").glob("*.json"):
        assert (site / "schema" / path.name).read_bytes() == path.read_bytes()


def test_the_schema_of_a_run_is_published_and_knows_its_address(site: Path) -> None:
    name = "schema/run-1.schema.json"
    schema = json.loads((site / name).read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["$id"] == published_at(site) + name


def test_the_sample_of_the_page_prints_what_an_api_must_meet(site: Path, catalog: Catalog, address: str) -> None:
    code = pages(site)["data/"].tree.css_first(".language-python code")
    assert code
    sample = code.text().replace(published_at(site), address)
    assert sample != code.text()
    done = subprocess.run([sys.executable, "-c", sample], capture_output=True, text=True, check=True)
    expected = [rule.id for rule in catalog.rules_for("api") if rule.level == "must"]
    assert [line.partition(" ")[0] for line in done.stdout.splitlines()] == expected


def _written(site: Path, target: Path, seed: str, site_url: str) -> dict[str, bytes]:
    """Return the files that the step writes beside a copy of the site's pages, in a process of its own."""
    for page in site.rglob("*.html"):
        (target / page.relative_to(site)).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(page, target / page.relative_to(site))
    code = (
        "import sys, pathlib; from tools.site_data import write; from vger_guide.catalog.loader import load;"
        "write(pathlib.Path(sys.argv[1]), load(pathlib.Path('checklists')), sys.argv[2])"
    )
    env = {**os.environ, "PYTHONHASHSEED": seed}
    subprocess.run([sys.executable, "-c", code, str(target), site_url], cwd=ROOT, env=env, check=True)
    new = (path for path in target.rglob("*.*") if path.is_file() and path.suffix != ".html")
    return {path.relative_to(target).as_posix(): path.read_bytes() for path in new}


def test_every_run_writes_the_same_bytes(site: Path, tmp_path: Path) -> None:
    one, two = (_written(site, tmp_path / seed, seed, published_at(site)) for seed in ("1", "2"))
    assert one == two
    assert one == {name: (site / name).read_bytes() for name in one}
    named = {"catalog.json", "rules.csv", "tables.csv", "radar.csv", "llms.txt", "schema/catalog-1.schema.json"}
    assert named | {"index.md"} <= set(one)


def test_a_fork_s_files_name_its_own_address(site: Path, tmp_path: Path) -> None:
    files = _written(site, tmp_path / "fork", "1", "https://fork.example/guide/")
    for name in ("catalog.json", "rules.csv", "tables.csv", "llms.txt", "security/keys/index.md"):
        assert b"https://fork.example/guide/" in files[name], name
        assert published_at(site).encode() not in files[name], name
    document = json.loads(files["catalog.json"])
    assert document["$schema"] == "https://fork.example/guide/schema/catalog-1.schema.json"


def test_a_site_without_an_address_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<title>t</title>", encoding="utf-8")
    with pytest.raises(ValueError, match=r"set site_url in mkdocs\.yml, or SITE_URL"):
        published_at(tmp_path)
