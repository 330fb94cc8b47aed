"""Building, as the command does it: all or nothing, in words."""

import os
import re
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.site.html import pages
from tools.site import counted
from vger_guide.catalog.catalog import Catalog
from vger_guide.catalog.review_dates import list_due

pytestmark = pytest.mark.slow


def _build(project: Path, **env: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tools.site", "site"]
    return subprocess.run(command, cwd=project, env={**os.environ, **env}, capture_output=True, text=True, timeout=120)


def _replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_build_with_bad_data_says_all_of_it_and_leaves_the_site_as_it_was(small_guide: Path) -> None:
    project = small_guide
    (project / "site").mkdir()
    (project / "site" / "index.html").write_text("the old site", encoding="utf-8")
    _replace(project / "checklists/tables/tools.yml", "verdict: use", "verdict: adopt")
    _replace(project / "checklists/guide.yml", "page: introduction.md", "page: ../introduction.md")
    done = _build(project)
    assert done.returncode != 0
    assert re.search(
        r"^checklists/guide\.yml:6: 1\.page: '\.\./introduction\.md' is not a page below docs/",
        done.stderr,
        re.MULTILINE,
    )
    assert re.search(
        r"^checklists/tables/tools\.yml:\d+: saw\.verdicts\.0\.verdict: is 'adopt'; allowed: 'use', ",
        done.stderr,
        re.MULTILINE,
    )
    assert "Traceback" not in done.stderr + done.stdout
    assert [path.name for path in (project / "site").iterdir()] == ["index.html"]
    assert not (project / "site.new").exists()


def _size(catalog: Catalog) -> str:
    return f"{len(catalog.rules)} rules, {len(catalog.options)} rows of tables"


def test_a_build_counts_the_reviews_that_are_due(catalog: Catalog) -> None:
    days = sorted(item.due for item in list_due(catalog, date.min))
    assert counted(catalog, days[0] - timedelta(days=1)) == f"{_size(catalog)}, no review due"
    overdue = sum(item.overdue <= days[-1] for item in list_due(catalog, date.min))
    late = counted(catalog, days[-1])
    assert late == f"{_size(catalog)}; reviews: {overdue} overdue, {len(days) - overdue} due (see `vger due`)"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "(principles.md#s2-1)",
            "(principles.md#s9-9)",
            "'principles.md#s9-9', but the doc 'principles.md' does not contain an anchor",
        ),
        (
            "(principles.md#s2-1)",
            "(nowhere.md)",
            "contains a link 'nowhere.md', but the target is not found",
        ),
        (
            "# 1 Introduction",
            "{{ table('toys') }}\n\n# 1 Introduction",
            "there is no table 'toys'; allowed: tools",
        ),
        ("# 1 Introduction", "{{ chart('x') }}\n\n# 1 Introduction", "'chart' is undefined"),
    ],
    ids=["anchor", "page", "table", "macro"],
)
def test_a_build_with_a_bad_page_is_refused_in_words(small_guide: Path, old: str, new: str, message: str) -> None:
    _replace(small_guide / "docs/introduction.md", old, new)
    done = _build(small_guide)
    assert done.returncode != 0
    assert message in done.stderr
    assert "introduction.md" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (small_guide / "site").exists()


def test_a_fork_is_published_under_its_own_addresses(small_guide: Path) -> None:
    done = _build(small_guide, SITE_URL="https://fork.example/guide/", REPO_URL="https://forge.example/fork/guide")
    assert done.returncode == 0, done.stderr
    page = pages(small_guide / "site")["introduction/"]
    assert 'href="https://fork.example/guide/introduction/"' in page.text
    assert 'content="https://fork.example/guide/assets/images/social-card.png"' in page.text
    assert 'href="https://forge.example/fork/guide/edit/main/docs/introduction.md"' in page.text
    assert 'src="/guide/assets/' in (small_guide / "site/404.html").read_text(encoding="utf-8")
    assert all("vger-guide.example" not in other.text for other in pages(small_guide / "site").values())


def test_a_site_without_an_address_is_refused_in_words(small_guide: Path) -> None:
    done = _build(small_guide, SITE_URL="")
    assert done.returncode == 1
    assert "The site has no address; set site_url in mkdocs.yml, or SITE_URL\n" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (small_guide / "site").exists()


def test_a_page_shows_the_date_of_its_last_commit(small_guide: Path) -> None:
    project = small_guide
    git = ["git", "-c", "user.name=A Person", "-c", "user.email=person@example.org"]
    for command, day in (
        (["init", "-q"], ""),
        (["add", "."], ""),
        (["commit", "-qm", "All"], "2024-05-06"),
        (["commit", "-qam", "Keys"], "2025-01-02"),
    ):
        if day == "2025-01-02":
            _replace(project / "docs/introduction.md", "# 1 Introduction {", "# 1 Introduction  {")
        dated = {"GIT_AUTHOR_DATE": f"{day}T12:00:00Z", "GIT_COMMITTER_DATE": f"{day}T12:00:00Z"} if day else {}
        subprocess.run([*git, *command], cwd=project, env={**os.environ, **dated}, check=True)
    assert _build(project).returncode == 0
    shown = {path: page.texts("article time") for path, page in pages(project / "site").items()}
    assert shown["introduction/"] == ["2025-01-02"]
    assert shown["principles/"] == ["2024-05-06"]
