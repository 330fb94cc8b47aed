"""The examples of rules do what the rules say: they are run, by the program that they are for where it is here."""

import io
import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from importlib import metadata
from pathlib import Path
from typing import Any, TextIO

import hcl2
import jsonschema
import pytest

from tests import plain_yaml
from tests.conftest import EXAMPLES
from vger_guide.catalog.catalog import Catalog

READERS: dict[str, Callable[[TextIO], object]] = {
    ".tf": hcl2.load,
    ".json": json.load,
    ".yml": plain_yaml.load,
    ".yaml": plain_yaml.load,
}


def _code(catalog: Catalog, rule_id: str) -> str:
    example = catalog.rules[rule_id].example
    assert example
    return example.code


def _run(folder: Path, *command: str, path: str = "") -> subprocess.CompletedProcess[str]:
    env = {
        **os.environ,
        "PATH": f"{path}:{os.environ['PATH']}" if path else os.environ["PATH"],
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        **{f"GIT_{who}_{what}": "a@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
    }
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)


def _is_ignored(folder: Path, path: str) -> bool:
    done = _run(folder, "git", "check-ignore", "--quiet", "--no-index", path)
    assert done.returncode in (0, 1), done.stderr
    return done.returncode == 0


@pytest.mark.parametrize(
    ("rule_id", "path", "ignored"),
    [
        ("KEY003", ".aws/credentials", True),
        ("KEY003", ".git-credentials", True),
        ("KEY003", "env", True),
        ("KEY003", ".env", True),
        ("KEY003", "web/.env.local", True),
        ("KEY003", "settings", True),
        ("KEY003", ".env.example", False),
        ("KEY003", "shop/settings/base.py", False),
        ("KEY003", "shop/settings.py", False),
        ("VER006", "node_modules/express/package.json", True),
        ("VER006", ".venv/bin/python", True),
        ("VER006", "src/app.py", False),
    ],
)
def test_an_ignore_file_keeps_out_what_the_rule_names_and_nothing_else(
    catalog: Catalog, tmp_path: Path, rule_id: str, path: str, ignored: bool
) -> None:
    _run(tmp_path, "git", "init", "-q")
    (tmp_path / ".gitignore").write_text(_code(catalog, rule_id), encoding="utf-8")
    assert _is_ignored(tmp_path, path) is ignored


def test_the_images_of_a_website_go_to_git_lfs(catalog: Catalog, tmp_path: Path) -> None:
    _run(tmp_path, "git", "init", "-q")
    (tmp_path / ".gitattributes").write_text(_code(catalog, "VER005"), encoding="utf-8")
    done = _run(tmp_path, "git", "check-attr", "filter", "logo.png", "app.js")
    assert done.stdout.splitlines() == ["logo.png: filter: lfs", "app.js: filter: unspecified"]


def test_the_ruleset_can_be_imported_and_asks_for_the_review_by_code_owners(catalog: Catalog) -> None:
    schema = json.loads((EXAMPLES / "samples" / "ruleset.schema.json").read_text(encoding="utf-8"))
    ruleset = json.loads(_code(catalog, "REL001"))
    jsonschema.validate(ruleset, schema)
    [asked] = [rule["parameters"] for rule in ruleset["rules"] if rule["type"] == "pull_request"]
    assert asked["require_code_owner_review"], "ALW001 says that this ruleset asks for it"
    assert asked["required_approving_review_count"] == 0, "not every line of code needs a review"


def test_a_person_can_have_accounts_at_several_companies_and_each_names_its_tenant(catalog: Catalog) -> None:
    database = sqlite3.connect(":memory:")
    database.executescript(_code(catalog, "EXT007"))
    database.execute("insert into person values (1, 'Ada')")
    accounts = [(1, "personal", None), (2, "work", 7), (3, "work", 8)]
    database.executemany("insert into account values (?, ?, ?, 'ada@example.org')", accounts)
    database.executemany("insert into person_account values (1, ?, '2023-09-01', null)", [(1,), (2,), (3,)])
    assert database.execute("select count(*) from person_account where person_id = 1").fetchone() == (3,)
    with pytest.raises(sqlite3.IntegrityError):
        database.execute("insert into account values (4, 'work', null, 'ada@example.org')")
    database.close()


def test_the_four_settings_that_block_public_access_are_all_on(catalog: Catalog) -> None:
    names = ("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets")
    assert json.loads(_code(catalog, "INF011")) == dict.fromkeys(names, True)


def test_the_compose_file_is_valid_and_builds_nothing(catalog: Catalog, tmp_path: Path) -> None:
    (tmp_path / "compose.yaml").write_text(_code(catalog, "INF015"), encoding="utf-8")
    command = ["-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec", "compose.yaml"]
    done = _run(tmp_path, sys.executable, *command)
    assert done.returncode == 0, done.stdout
    services = plain_yaml.load(_code(catalog, "INF015"))["services"]
    assert all("image" in service and "build" not in service for service in services.values())


def test_one_tag_holds_the_code_and_the_pointer_to_the_data(catalog: Catalog, tmp_path: Path) -> None:
    work, origin, tools = (tmp_path / name for name in ("work", "origin", "tools"))
    for folder in (work, origin, tools):
        folder.mkdir()
    # DVC is not installed here: this one writes what DVC writes, for the lines of git to be run on.
    script = '[ "$1" = push ] || { echo outs >$2.dvc; echo people.csv >data/.gitignore; }'
    (tools / "dvc").write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    (tools / "dvc").chmod(0o755)
    _run(origin, "git", "init", "-q", "--bare")
    for command in ("git init -q -b main", f"git remote add origin {origin}", "git config push.autoSetupRemote true"):
        _run(work, *command.split())
    (work / "data").mkdir()
    (work / "data" / "people.csv").write_text("name\nAda\n", encoding="utf-8")
    done = _run(work, "bash", "-euo", "pipefail", "-c", _code(catalog, "DVR001"), path=str(tools))
    assert done.returncode == 0, done.stderr
    files = _run(origin, "git", "ls-tree", "-r", "--name-only", "model-3.0.0").stdout.splitlines()
    assert files == ["data/.gitignore", "data/people.csv.dvc"]


def test_a_split_has_the_share_that_was_asked_and_is_the_same_on_every_run(catalog: Catalog) -> None:
    names: dict[str, Any] = {}
    exec(_code(catalog, "REP001"), names)  # noqa: S102 - the guide's own sample
    rows = list(range(100))
    train, test = names["split"](rows, 0.2, 2023)
    assert (len(train), len(test), sorted(train + test)) == (80, 20, rows)
    assert names["split"](rows[::-1], 0.2, 2023) == (train, test)
    assert names["split"](rows, 0.2, 2024) != (train, test)


def test_an_sdk_tells_the_version_of_its_package(catalog: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(metadata, "version", lambda name: {"people-client": "2.4.1"}[name])
    names: dict[str, Any] = {}
    exec(_code(catalog, "API002"), names)  # noqa: S102 - the guide's own sample
    assert names["Client"]().version == "2.4.1"


@pytest.mark.slow
def test_every_file_of_a_sample_is_read_by_a_reader_of_its_form(catalog: Catalog) -> None:
    read = 0
    for rule in catalog.rules.values():
        samples = rule.check.samples if rule.check else None
        for sample in [*samples.passing, *samples.failing, *samples.not_applicable] if samples else []:
            for path, text in sample.files.items():
                if reader := READERS.get(Path(path).suffix):
                    assert reader(io.StringIO(text)), f"{rule.id}, {sample.title}: {path}"
                    read += Path(path).suffix == ".tf"
    assert read, "no sample in Terraform was read"
