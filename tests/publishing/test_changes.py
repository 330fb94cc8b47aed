"""What is published changes by the commands of the workflows, and only where it should."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.publishing.scratch import BROKEN, FEATURE, KNOWN, clone, deploy, git, replace, versions
from tests.publishing.workflows import run


def _names(remote: Path) -> list[str]:
    return [each["version"] for each in json.loads(versions(remote))]


def _page(remote: Path, path: str) -> str:
    return git(remote, "show", f"gh-pages:{path}index.html")


def test_a_branch_that_goes_takes_its_preview_along_and_nothing_else(remote: Path, tmp_path: Path) -> None:
    before = git(remote, "rev-parse", "gh-pages:next", "gh-pages:2023.09", "gh-pages:latest")
    work = clone(remote, tmp_path / "work", "main")
    assert "every preview has its branch" in run(work, "previews", ["prune"], KNOWN).stdout
    git(work, "push", "--quiet", "origin", "--delete", FEATURE, "edition/2023.09")
    done = run(work, "previews", ["prune"], KNOWN)
    assert (done.returncode, done.stdout) == (0, "Removed: preview-feature-new-idea\n"), done.stderr
    assert _names(remote) == ["next", "2024.06", "2023.09"]
    assert "preview-" not in git(remote, "ls-tree", "--name-only", "gh-pages")
    assert git(remote, "rev-parse", "gh-pages:next", "gh-pages:2023.09", "gh-pages:latest") == before


def test_a_branch_that_breaks_is_not_published_and_what_is_there_stays(remote: Path, tmp_path: Path) -> None:
    before = git(remote, "rev-parse", "gh-pages")
    work = clone(remote, tmp_path / "work", BROKEN)
    for branch in (BROKEN, "main"):
        done = deploy(work, branch)
        assert done.returncode == 1
        assert "'nowhere.md'" in done.stderr
    assert git(remote, "rev-parse", "gh-pages") == before


def test_a_deploy_that_another_one_overtakes_is_done_again_on_top_of_it(
    published: Path, remote: Path, tmp_path: Path
) -> None:
    slow, quick = (clone(remote, tmp_path / name, "main") for name in ("slow", "quick"))
    for each in (slow, quick):
        shutil.copytree(published / "clone-0" / "site", each / "site")
    git(remote, "branch", "other", "main")
    _overtaken(slow, by=quick)
    done = run(slow, "site", ["publish"], {**KNOWN, "github.ref_name": "main"})
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "overtaken").read_text(encoding="utf-8").startswith("Published other")
    assert _names(remote) == ["next", "preview-other", "preview-feature-new-idea", "2024.06", "2023.09"]
    subjects = git(remote, "log", "--format=%s", "-4", "gh-pages").splitlines()
    assert subjects[0].startswith("next: main at")
    assert any(subject.startswith("preview-other: other at") for subject in subjects[1:])


def _overtaken(slow: Path, by: Path) -> None:
    """Let another clone deploy just before the first push of `slow`."""
    (by / ".venv").symlink_to(sys.prefix)
    hook = slow / ".git" / "hooks" / "pre-push"
    hook.write_text(
        f"""#!/bin/sh
set -e
[ -e ../overtaken ] && exit 0
cd "{by}"
unset GIT_DIR
export PYTHONPATH="{by / "src"}:{by}"
.venv/bin/python -m tools.publish put site --branch other > ../overtaken
""",
        encoding="utf-8",
    )
    hook.chmod(0o755)


def test_a_commit_that_its_branch_has_moved_on_from_is_not_published(
    published: Path, remote: Path, tmp_path: Path
) -> None:
    before = git(remote, "rev-parse", "gh-pages")
    late, quick = (clone(remote, tmp_path / name, "main") for name in ("late", "quick"))
    shutil.copytree(published / "clone-0" / "site", late / "site")
    git(quick, "commit", "--quiet", "--allow-empty", "--message", "Newer")
    git(quick, "push", "--quiet", "origin", "main")
    done = run(late, "site", ["publish"], {**KNOWN, "github.ref_name": "main"})
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("Not published: main has moved on from ")
    assert git(remote, "rev-parse", "gh-pages") == before


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda work: (work / "checklists/editions/2023.09.json").unlink(), "editions/2023.09.json is missing; "),
        (
            lambda work: replace(work / "checklists/tables/tools.yml", "name: Saw", "name: Sow"),
            "editions/2023.09.json says something else than the records: saw;",
        ),
    ],
    ids=["not frozen", "changed"],
)
def test_a_branch_named_like_an_edition_is_not_built_unless_it_is_what_was_frozen(
    remote: Path, tmp_path: Path, change: Callable[[Path], None], message: str
) -> None:
    work = clone(remote, tmp_path / "work", "edition/2023.09")
    change(work)
    done = run(work, "site", ["build"], {**KNOWN, "github.ref_name": "edition/2023.09"})
    assert done.returncode == 1
    assert done.stderr.startswith(f"checklists/{message}")
    assert not (work / "site").exists()


@pytest.mark.slow
@pytest.mark.parametrize("words", [["put", "site", "--branch", "main"], ["prune"], ["rebuild"]])
def test_nothing_is_published_below_an_address_that_nobody_gave(words: list[str]) -> None:
    env = {name: value for name, value in os.environ.items() if name != "SITE_URL"}
    command = [sys.executable, "-m", "tools.publish", *words]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True)
    assert (done.returncode, done.stderr.startswith("SITE_URL is not set; it is the address above")) == (2, True)


def test_two_branches_that_would_share_a_version_are_told_apart(published: Path, remote: Path, tmp_path: Path) -> None:
    work = clone(remote, tmp_path / "work", "main")
    shutil.copytree(published / "clone-0" / "site", work / "site")
    git(remote, "branch", "feature-new-idea", "main")
    done = run(work, "site", ["publish"], {**KNOWN, "github.ref_name": "feature-new-idea"})
    assert done.returncode == 2
    assert done.stderr == (
        f"preview-feature-new-idea is the branch '{FEATURE}' already; give 'feature-new-idea' another name\n"
    )


def test_an_edition_is_built_anew_with_the_look_of_today_and_the_words_of_then(remote: Path, tmp_path: Path) -> None:
    work = clone(remote, tmp_path / "work", "main")
    replace(
        work / "overrides/main.html",
        '<meta property="og:type"',
        '<meta name="look" content="today">\n  <meta property="og:type"',
    )
    replace(work / "docs/introduction.md", "# 1 Introduction", "# 1 Introduction of today")
    latest = git(remote, "rev-parse", "gh-pages:2024.06")
    _age(remote, tmp_path / "old", "edition/2023.09")
    done = run(work, "rebuild", ["rebuild"], {**KNOWN, "inputs.editions": "2023.09"})
    assert done.returncode == 0, done.stderr
    page = _page(remote, "2023.09/introduction/")
    assert 'content="today"' in page
    assert "Introduction of today" not in page
    assert "Only in the old edition" in _page(remote, "2023.09/only-old/")
    assert 'content="today"' not in _page(remote, "2024.06/introduction/")
    assert git(remote, "rev-parse", "gh-pages:2024.06", "gh-pages:latest").split() == [latest, latest]
    found = {each["version"]: each["properties"]["commit"] for each in json.loads(versions(remote))}
    assert found["2023.09"] == git(remote, "rev-parse", "edition/2023.09")
    assert git(work, "worktree", "list").count("\n") == 0


def _age(remote: Path, folder: Path, branch: str) -> None:
    """Take away from a branch what older branches have not: the code of today needs it, and brings it along."""
    old = clone(remote, folder, branch)
    git(old, "rm", "--quiet", "package.json")
    git(old, "commit", "--quiet", "--message", "Before there was a package.json")
    git(old, "push", "--quiet", "origin", branch)


def test_an_edition_without_a_branch_is_not_built_anew(remote: Path, tmp_path: Path) -> None:
    work = clone(remote, tmp_path / "work", "main")
    done = run(work, "rebuild", ["rebuild"], {**KNOWN, "inputs.editions": "2023.09 1999.01"})
    assert done.returncode == 2
    assert done.stderr == "No branch edition/1999.01; there are: 2023.09, 2024.06\n"


def test_a_pull_request_is_built_and_says_what_its_preview_holds(remote: Path, tmp_path: Path) -> None:
    work = clone(remote, tmp_path / "work", FEATURE)
    name = "docs/assets/![@someone](x)<b>.txt"
    (work / name).write_text("Of a fork\n", encoding="utf-8")
    git(work, "add", "--all")
    git(work, "commit", "--quiet", "--message", "A file whose name is markup")
    done = run(work, "previews", ["preview"], {**KNOWN, "github.base_ref": "main"})
    assert done.returncode == 0, done.stderr
    text = (work / "summary.md").read_text(encoding="utf-8")
    assert "- `docs/idea.md`\n" in text
    assert f"- `{name}`\n" in text
    assert "only-next" not in text
    assert "versions.json" not in (work / "site" / "index.html").read_text(encoding="utf-8")


def test_an_edition_is_built_anew_only_in_a_clone_of_the_guide(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "checklists", tmp_path / "checklists")
    command = [sys.executable, "-m", "vger_guide.cli", "editions", "rebuild", "--catalog", "checklists"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 2
    assert f"{tmp_path} is not a clone of the guide's repository" in done.stderr
