"""What decides a check and cannot be seen is asked of a person: values from elsewhere, and what is not installed."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
BUCKET = """resource "aws_s3_bucket_acl" "logs" {
  acl = %s
}
"""
BLOCKED = """
import sys
sys.modules["ast_grep_py"] = None
import importlib.util
find = importlib.util.find_spec
importlib.util.find_spec = lambda name, *more: None if name == "ast_grep_py" else find(name, *more)
from vger_guide.cli import main
main()
"""


def check(folder: Path, rule: str, files: dict[str, str], code: str = "") -> dict[str, Any]:
    """Return the result of a rule in a repository of some files."""
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    for words in (["init", "-q"], ["add", "-A"]):
        subprocess.run(["git", "-C", str(folder), *words], check=True)
    begin = ["-c", code] if code else ["-m", "vger_guide.cli"]
    command = [sys.executable, *begin, "check", str(folder), "--no-settings", "--rule", rule, "--format", "json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60, env=os.environ)
    results = json.loads(done.stdout)["results"] if done.stdout else pytest.fail(done.stderr)
    [found] = [each for each in results if each["rule"]["id"] == rule]
    return dict(found)


@pytest.mark.parametrize(
    ("value", "outcome"),
    [
        ('"public-read"', "fail"),
        ("var.acl", "fail"),
        ("local.acl", "fail"),
        ("var.elsewhere", "manual"),
        ("module.storage.acl", "manual"),
    ],
)
def test_a_variable_of_the_folder_is_followed_and_one_from_elsewhere_is_asked(
    tmp_path: Path, value: str, outcome: str
) -> None:
    names = """variable "acl" {
  default = "public-read"
}
variable "elsewhere" {}
locals {
  acl = var.acl
}
"""
    found = check(tmp_path, "INF011", {"infra/main.tf": BUCKET % value, "infra/names.tf": names})
    assert found["outcome"] == outcome, found["reason"]


def test_a_variable_of_another_folder_is_not_taken_for_this_one(tmp_path: Path) -> None:
    names = 'variable "acl" {\n  default = "public-read"\n}\n'
    found = check(tmp_path, "INF011", {"infra/main.tf": BUCKET % "var.acl", "other/names.tf": names})
    assert found["outcome"] == "manual", found["reason"]


def test_a_store_of_sessions_that_the_environment_names_is_asked(tmp_path: Path) -> None:
    settings = 'INSTALLED_APPS = ["django.contrib.sessions"]\nSESSION_ENGINE = env("SESSION_ENGINE")\n'
    found = check(tmp_path, "SES004", {"requirements.txt": "django\n", "shop/settings.py": settings})
    assert found["outcome"] == "manual"
    assert "shop/settings.py" in found["reason"]
    assert 'env("SESSION_ENGINE")' in found["reason"]


@pytest.mark.parametrize(
    ("rule", "files"),
    [
        ("INF011", {"main.tf": BUCKET % '"public-read"'}),
        ("SES004", {"requirements.txt": "django\n", "a.py": 'INSTALLED_APPS = ["django.contrib.sessions"]\n'}),
    ],
)
def test_without_ast_grep_a_check_is_unavailable_and_says_what_to_install(
    tmp_path: Path, rule: str, files: dict[str, str]
) -> None:
    found = check(tmp_path, rule, files, BLOCKED)
    assert found["outcome"] == "unavailable"
    assert "pip install ast-grep-py" in found["reason"]


def test_storage_in_bicep_that_is_open_to_everybody_is_a_finding(tmp_path: Path) -> None:
    text = """resource logs 'Microsoft.Storage/storageAccounts@2023-01-01' = {
  name: 'logs'
  properties: {
    allowBlobPublicAccess: true
  }
}
"""
    found = check(tmp_path, "INF011", {"main.bicep": text})
    assert found["outcome"] == "fail", found["reason"]
    assert [(each["path"], each["line"]) for each in found["findings"]] == [("main.bicep", 4)]
