"""Where vger runs beside a terminal: as an action of a workflow, and as hooks of pre-commit."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.checks.repositories import Scratch
from tests.cli.vger_process import environment
from tests.conftest import ROOT

pytestmark = pytest.mark.slow

KEY = "AKIA" + "Z3MWDVBNGT4KQJH2"


@pytest.fixture
def shop(tmp_path: Path) -> Scratch:
    """Return a repository with a key in it."""
    shop = Scratch(tmp_path / "shop")
    shop.write("README.md", "# Shop\n")
    shop.write("settings.js", f'const key = "{KEY}";\n')
    shop.commit("Sell things (#1)")
    return shop


def test_the_action_annotates_summarises_and_fails_as_the_check_does(shop: Scratch, tmp_path: Path) -> None:
    # What the working folder of a step, the checkout, must not get run.
    for name in ("pip", "venv", "ensurepip", "hatchling"):
        shop.write(f"{name}.py", f"raise SystemExit('{name}.py of the repository under check was run')\n")
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    step = next(step for step in action["runs"]["steps"] if step.get("id") == "check")
    given = {"VGER_ACTION": str(ROOT), "VGER_PATH": str(shop.root), "VGER_PROFILE": "library"}
    given |= {"VGER_FAIL_ON": "", "VGER_FORGE": "", "VGER_EVIDENCE": "github:acme/shop\nk.sarif\n", "VGER_TOKEN": ""}
    (shop.root / "k.sarif").write_text(
        '{"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "Kept"}}}]}', "utf-8"
    )
    assert set(step["env"]) <= set(given), "the step sets what the script reads"
    files = {"GITHUB_OUTPUT": tmp_path / "output", "GITHUB_STEP_SUMMARY": tmp_path / "summary.md"}
    runner = {"RUNNER_TEMP": str(tmp_path / "temp"), **{name: str(path) for name, path in files.items()}}
    (tmp_path / "temp").mkdir()
    done = subprocess.run(
        ["bash", "-c", step["run"]],
        cwd=shop.root,
        env={**os.environ, **given, **runner},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 1, done.stderr
    assert "::error file=settings.js,line=1,col=14" in done.stdout
    assert KEY not in done.stdout
    summary = files["GITHUB_STEP_SUMMARY"].read_text(encoding="utf-8")
    assert all(
        words in summary for words in ("VER010", "acme/shop is unavailable: it needs a token", "of Kept in k.sarif")
    )
    sarif = files["GITHUB_OUTPUT"].read_text(encoding="utf-8").strip().removeprefix("sarif=")
    [run] = json.loads(Path(sarif).read_text(encoding="utf-8"))["runs"]
    assert run["results"][0]["ruleId"] == "VER010"


def test_the_hooks_run_as_pre_commit_runs_them(shop: Scratch, tmp_path: Path) -> None:
    """The entry of a hook, behind it the names of the files that a commit changes."""
    hooks = {hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))}
    shop.write("other.js", "const key = secrets.get();\n")
    shop.git("add", "--all")

    def run(hook: str, *names: str) -> subprocess.CompletedProcess[str]:
        [program, *arguments] = hooks[hook]["entry"].split()
        assert program == "vger"
        command = [sys.executable, "-m", "vger_guide.cli", *arguments, *names]
        return subprocess.run(
            command, cwd=shop.root, env=environment(tmp_path / "cache"), capture_output=True, text=True, timeout=60
        )

    assert run("vger", "other.js", "README.md").returncode == 0
    changed = run("vger", "settings.js", "other.js")
    assert ("FAIL VER010" in changed.stdout, changed.returncode) == (True, 1)
    assert run("vger-all").returncode == 1
    assert hooks["vger-all"]["pass_filenames"] is False


def test_every_program_that_the_action_needs_is_pinned_with_a_hash() -> None:
    lock = (ROOT / "requirements.run.lock").read_text(encoding="utf-8")
    names = [line.partition("==")[0] for line in lock.splitlines() if "==" in line]
    assert {"click", "pydantic", "pyyaml", "google-re2", "rich", "hatchling"} <= set(names)
    assert lock.count("--hash=sha256:") >= len(names)
    assert "http" not in lock
