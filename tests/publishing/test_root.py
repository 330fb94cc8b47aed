"""What is published as files: addresses that exist, in every version and at the root."""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit
from xml.etree import ElementTree as ET

import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.publishing.conftest import checked_out
from tests.publishing.scratch import BASE, FEATURE
from vger_guide.output.html import source_hash

LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"


@pytest.fixture(scope="session")
def pages(published: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with all that is published."""
    return checked_out(published / "remote.git", tmp_path_factory.mktemp("pages"))


def _file(pages: Path, address: str) -> Path:
    path = pages / unquote(urlsplit(address).path).removeprefix("/repo/")
    return path / "index.html" if address.partition("#")[0].partition("?")[0].endswith("/") else path


def _sitemap(path: Path) -> list[str]:
    return [entry.text or "" for entry in ET.fromstring(path.read_bytes()).iter(LOC)]  # noqa: S314 - our own


def _parsed(pages: Path) -> Iterator[tuple[Path, LexborHTMLParser]]:
    for path in sorted(pages.rglob("*.html")):
        yield path, LexborHTMLParser(path.read_text(encoding="utf-8"))


def test_every_address_of_every_sitemap_is_there_and_previews_are_not_among_them(pages: Path) -> None:
    indexed = _sitemap(pages / "sitemap.xml")
    assert indexed == [f"{BASE}{each}/sitemap.xml" for each in ("next", "2024.06", "2023.09")]
    addresses = [each for address in indexed for each in _sitemap(_file(pages, address))]
    assert len(addresses) > 3 * 10
    assert [each for each in addresses if not each.startswith(BASE) or not _file(pages, each).is_file()] == []
    assert (pages / "robots.txt").read_text(encoding="utf-8").splitlines() == [
        "User-agent: *",
        "Disallow: /repo/preview-",
        f"Sitemap: {BASE}sitemap.xml",
    ]


def test_the_root_leads_to_the_latest_edition_under_a_policy_that_lets_in_its_script_alone(pages: Path) -> None:
    text = (pages / "index.html").read_text(encoding="utf-8")
    page = LexborHTMLParser(text)
    assert [link.attributes["href"] for link in page.css("a")] == ["latest/"]
    policy = page.css_first("meta[http-equiv=Content-Security-Policy]")
    [script] = page.css("script")
    assert policy
    assert f"default-src 'none'; script-src 'sha256-{source_hash(script.text())}';" in (
        policy.attributes["content"] or ""
    )


def test_every_canonical_address_is_there(pages: Path) -> None:
    for path, page in _parsed(pages):
        link = page.css_first("link[rel=canonical]")
        if path.name == "index.html" and path.parent != pages and link:
            address = link.attributes["href"] or ""
            assert _file(pages, address).is_file(), f"{path}: {address}"
            assert _file(pages, address).read_bytes() == path.read_bytes(), f"{path}: {address}"


def test_no_link_of_any_version_is_dead(pages: Path) -> None:
    count, dead = 0, []
    for path, page in _parsed(pages):
        here = f"{BASE}{path.relative_to(pages).as_posix()}".removesuffix("index.html")
        for node in page.css("[href], [src]"):
            address = urljoin(here, node.attributes.get("href") or node.attributes.get("src") or "")
            if address.startswith(BASE):
                count += 1
                if not _file(pages, address).exists():
                    dead.append(f"{here}: {address}")
    print(f"{count} links checked")
    assert count > 1_000
    assert dead == []


def test_every_version_offers_its_data(pages: Path) -> None:
    for version in ("next", "latest", "2024.06", "2023.09"):
        for name in ("catalog.json", "llms.txt", "engine/manifest.json", "schema/review-1.schema.json", "pages.json"):
            assert (pages / version / name).is_file(), f"{version}/{name}"
    data = json.loads((pages / "2023.09" / "catalog.json").read_text(encoding="utf-8"))
    assert data["site"] == f"{BASE}2023.09/"


def test_versions_are_named_with_their_branches(pages: Path) -> None:
    found = json.loads((pages / "versions.json").read_text(encoding="utf-8"))
    assert [(each["version"], each["title"], each["aliases"], each["properties"]["branch"]) for each in found] == [
        ("next", "Next edition, not released", [], "main"),
        ("preview-feature-new-idea", "Preview feature-new-idea", [], FEATURE),
        ("2024.06", "Edition 2024.06", ["latest"], "edition/2024.06"),
        ("2023.09", "Edition 2023.09", [], "edition/2023.09"),
    ]


def test_the_pencil_of_a_page_leads_to_its_branch(pages: Path) -> None:
    page = LexborHTMLParser((pages / "2023.09/introduction/index.html").read_text(encoding="utf-8"))
    link = page.css_first("a.md-content__button")
    assert link
    assert link.attributes["href"] == "https://forge.example/someone/guide/edit/edition/2023.09/docs/introduction.md"


def test_the_history_of_the_published_branch_is_whole(published: Path) -> None:
    command = ["git", "fsck", "--full", "--strict"]
    done = subprocess.run(command, cwd=published / "remote.git", capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
