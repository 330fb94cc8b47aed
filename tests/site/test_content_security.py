"""What a browser may do in a page is written into its head, and holds for all scripts of the page."""

import re
from pathlib import Path

from tests.site.html import pages
from tools.content_security import write
from vger_guide.output.html import source_hash

HASH = re.compile("'sha256-(.+?)'")
POLICY = "meta[http-equiv=Content-Security-Policy]"
PAGE = '<head><meta charset="utf-8"></head><script>{}</script>'


def test_every_page_has_a_policy_before_all_else_that_lets_in_what_the_theme_writes_into_it(site: Path) -> None:
    for path, page in pages(site).items():
        [policy] = page.tree.css(f"head > meta[charset]:first-child + {POLICY}")
        allowed = policy.attributes["content"] or ""
        written = [node.text() for node in page.tree.css("script:not([src], [type]), style")]
        assert sorted(HASH.findall(allowed)) == sorted(map(source_hash, written)), path
        assert "script-src 'self' 'sha256-" in allowed, path


def test_a_script_that_is_not_the_themes_is_not_let_in(site: Path, tmp_path: Path) -> None:
    [theirs, *_] = [node.text() for node in pages(site)[""].tree.css("script:not([src], [type])")]
    for script in (theirs, theirs + ";", f"alert(1);{theirs}", theirs.replace('"."', '"."+alert(1)+"."'), "alert(1)"):
        (tmp_path / "index.html").write_text(PAGE.format(script), encoding="utf-8")
        write(tmp_path)
        page = (tmp_path / "index.html").read_text(encoding="utf-8")
        assert ("sha256-" in page) == (script == theirs), script


def test_no_page_has_what_the_theme_asks_github_about(site: Path) -> None:
    """The theme's script asks it for stars and forks wherever the repository lies there."""
    assert [path for path, page in pages(site).items() if page.tree.css("[data-md-component=source]")] == []
