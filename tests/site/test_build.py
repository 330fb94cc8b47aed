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
from vger_guide.catalog import Catalog
from vger_guide.catalog.due import reviews

pytestmark = pytest.mark.slow


def _build(project: Path, **env: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tools.site", "site"]
    return subprocess.run(command, cwd=project, env={**os.environ, **env}, capture_output=True, text=True, timeout=120)


def _replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_build_with_bad_data_says_all_of_it_and_leaves_the_site_as_it_was(project: Path) -> None:
    (project / "site").mkdir()
    (project / "site" / "index.html").write_text("the old site", encoding="utf-8")
    _replace(project / "checklists/tables/code-analysis.yml", "verdict: use", "verdict: adopt")
    _replace(project / "checklists/guide.yml", "page: introduction.md", "page: ../introduction.md")
    done = _build(project)
    assert done.returncode != 0
    assert re.search(
        r"^checklists/guide\.yml:9: 1\.page: '\.\./introduction\.md' is not a page below docs/",
        done.stderr,
        re.MULTILINE,
    )
    assert re.search(
        r"^checklists/tables/code-analysis\.yml:\d+: sonarqube\.verdicts\.0\.verdict: is 'adopt'; allowed: 'use', ",
        done.stderr,
        re.MULTILINE,
    )
    assert "Traceback" not in done.stderr + done.stdout
    assert [path.name for path in (project / "site").iterdir()] == ["index.html"]
    assert not (project / "site.new").exists()


def _size(catalog: Catalog) -> str:
    return f"{len(catalog.rules)} rules, {len(catalog.options)} rows of tables"


def test_a_build_counts_the_reviews_that_are_due(catalog: Catalog) -> None:
    days = sorted(item.due for item in reviews(catalog, date.min))
    assert counted(catalog, days[0] - timedelta(days=1)) == f"{_size(catalog)}, no review due"
    late = counted(catalog, days[-1])
    assert late == f"{_size(catalog)}; reviews: 0 overdue, {len(days)} due (see `vger due`)"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "(databases.md#s2-3-3)",
            "(databases.md#s9-9)",
            "'databases.md#s9-9', but the doc 'principles/scalability/databases.md' does not contain an anchor",
        ),
        (
            "(databases.md#s2-3-3)",
            "(nowhere.md)",
            "contains a link 'nowhere.md', but the target 'principles/scalability/nowhere.md' is not found",
        ),
        (
            "# 2.3 Scalability",
            "{{ table('toys') }}\n\n# 2.3 Scalability",
            "there is no table 'toys'; allowed: session-frameworks,",
        ),
        ("# 2.3 Scalability", "{{ chart('x') }}\n\n# 2.3 Scalability", "'chart' is undefined"),
    ],
    ids=["anchor", "page", "table", "macro"],
)
def test_a_build_with_a_bad_page_is_refused_in_words(project: Path, old: str, new: str, message: str) -> None:
    _replace(project / "docs/principles/scalability/index.md", old, new)
    done = _build(project)
    assert done.returncode != 0
    assert message in done.stderr
    assert "scalability/index.md" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (project / "site").exists()


def test_a_fork_is_published_under_its_own_addresses(project: Path) -> None:
    done = _build(project, SITE_URL="https://fork.example/guide/", REPO_URL="https://forge.example/fork/guide")
    assert done.returncode == 0, done.stderr
    page = pages(project / "site")["security/keys/"]
    assert 'href="https://fork.example/guide/security/keys/"' in page.text
    assert 'content="https://fork.example/guide/assets/images/social-card.png"' in page.text
    assert 'href="https://forge.example/fork/guide/edit/main/docs/security/keys.md"' in page.text
    assert 'src="/guide/assets/' in (project / "site/404.html").read_text(encoding="utf-8")
    assert all("vger-guide.example" not in other.text for other in pages(project / "site").values())


def test_a_site_without_an_address_is_refused_in_words(project: Path) -> None:
    done = _build(project, SITE_URL="")
    assert done.returncode == 1
    assert (
        "The site has no address, which its pages and data name; set site_url in mkdocs.yml, or SITE_URL\n"
        in done.stderr
    )
    assert "Traceback" not in done.stderr
    assert not (project / "site").exists()


def test_a_page_shows_the_date_of_its_last_commit(project: Path) -> None:
    git = ["git", "-c", "user.name=A Person", "-c", "user.email=person@example.org"]
    for command, day in (
        (["init", "-q"], ""),
        (["add", "."], ""),
        (["commit", "-qm", "All"], "2024-05-06"),
        (["commit", "-qam", "Keys"], "2025-01-02"),
    ):
        if day == "2025-01-02":
            _replace(project / "docs/security/keys.md", "2.4.4 Keys {", "2.4.4 Keys  {")
        dated = {"GIT_AUTHOR_DATE": f"{day}T12:00:00Z", "GIT_COMMITTER_DATE": f"{day}T12:00:00Z"} if day else {}
        subprocess.run([*git, *command], cwd=project, env={**os.environ, **dated}, check=True)
    assert _build(project).returncode == 0
    shown = {path: page.texts("article time") for path, page in pages(project / "site").items()}
    assert shown["security/keys/"] == ["2025-01-02"]
    assert shown["security/"] == ["2024-05-06"]
