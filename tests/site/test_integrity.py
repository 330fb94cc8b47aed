"""Every link, anchor and asset of the built site leads somewhere, and every page can be told and described."""

from collections import Counter
from pathlib import Path

import pytest
from selectolax.lexbor import LexborNode

from tests.site.html import Page, pages
from tools.site_data import published_at

# The theme's 404 page is served at any depth, so its links are absolute from the root of the site's address.
LOST = "404.html"


def _broken(site: Path, page: Page) -> list[str]:
    found = []
    for link in page.links:
        place = page.resolve(link)
        if place is None:
            continue
        path, anchor = place
        file = site / path
        target = pages(site).get(path)
        if not (target or file.is_file()):
            found.append(f"{link}: no such page or file")
        elif anchor and anchor != "top" and (target is None or anchor not in target.ids):
            found.append(f"{link}: no such anchor")
    return found


def test_every_internal_link_anchor_and_asset_exists(site: Path) -> None:
    broken = {path: found for path, page in pages(site).items() if (found := _broken(site, page))}
    assert broken == {}


def test_no_link_knows_where_the_site_is(site: Path) -> None:
    """So that it leads to the same version wherever that is served; the repository is no part of the site."""
    home = published_at(site)
    rooted = {
        path: [node.html for node in page.tree.css("body [href], body [src]") if _knows(node, home)]
        for path, page in pages(site).items()
        if path != LOST
    }
    assert {path: links for path, links in rooted.items() if links} == {}


def _knows(node: LexborNode, home: str) -> bool:
    address = node.attributes.get("href") or node.attributes.get("src") or ""
    return address.startswith(("/", home)) and not address.startswith(f"{home}repository")


def test_no_id_is_given_twice(site: Path) -> None:
    repeated = {path: [i for i, n in Counter(page.ids).items() if n > 1] for path, page in pages(site).items()}
    assert {path: ids for path, ids in repeated.items() if ids} == {}


def test_every_picture_has_a_text_alternative(site: Path) -> None:
    for path, page in pages(site).items():
        for image in page.tree.css("img"):
            assert image.attributes.get("alt") is not None, f"{path}: {image.html}"
        for svg in page.tree.css("svg[role=img]"):
            names = (svg.attributes.get("aria-labelledby") or "").split()
            assert svg.attributes.get("aria-label") or (names and set(names) <= set(page.ids)), f"{path}: {svg.html}"


def test_every_page_has_one_h1_a_title_and_a_description_of_its_own(site: Path) -> None:
    for path, page in pages(site).items():
        assert len(page.tree.css("h1")) == 1, path
        assert page.texts("title")[0], path
    described = {
        path: page.tree.css_first("meta[name=description]") for path, page in pages(site).items() if path != LOST
    }
    texts = Counter((node.attributes["content"] or "") if node else "" for node in described.values())
    assert texts[""] == 0
    assert [text for text, n in texts.items() if n > 1] == []
    assert [text for text in texts if len(text) > 160] == []


@pytest.mark.parametrize(
    "name", ["property=og:title", "property=og:description", "property=og:image", "name=twitter:card"]
)
def test_every_page_says_what_a_shared_link_shows(site: Path, name: str) -> None:
    key, _, value = name.partition("=")
    missing = [path for path, page in pages(site).items() if not page.tree.css_first(f'meta[{key}="{value}"][content]')]
    assert missing == []


def test_the_social_card_is_a_picture_of_the_usual_size(site: Path) -> None:
    data = (site / "assets" / "images" / "social-card.png").read_bytes()
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    assert (int.from_bytes(data[16:20]), int.from_bytes(data[20:24])) == (1200, 630)


def test_nothing_is_loaded_from_another_host(site: Path) -> None:
    loaded = [
        (path, node.attributes[name])
        for path, page in pages(site).items()
        for tag, name in (
            ("script", "src"),
            ("img", "src"),
            ("link[rel=stylesheet]", "href"),
            ("link[rel=preconnect]", "href"),
            ("iframe", "src"),
        )
        for node in page.tree.css(f"{tag}")
        if node.attributes.get(name) and page.resolve(node.attributes[name] or "") is None
    ]
    assert loaded == []


def test_the_map_of_the_site_names_every_page(site: Path) -> None:
    text = (site / "sitemap.xml").read_text(encoding="utf-8")
    missing = [path for path in pages(site) if path != LOST and f"/{path}</loc>" not in text]
    assert missing == []
