"""The lock files name all that is installed, in one version, so that no release of tomorrow is in it."""

import re
import tomllib
from importlib.metadata import distributions
from typing import Any

import pytest
import yaml
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.conftest import ROOT
from tools.locks import environments, pins, walk, wanted, written

LOCKS = {
    "requirements.lock": ["dev"],
    "requirements.site.lock": ["build", "site"],
    "requirements.run.lock": ["build"],
}
# Where pip is run, each time with hashes, or without a look at an index.
PIPS = {"Makefile": 1, "action.sh": 2, "pip.py": 1, "vendored.py": 1, "checks.py": 1}
IGNORED = {".pyc", ".png", ".json", ".lock"}
ENVIRONMENTS = [
    pytest.param(each, id=f"{each['sys_platform']}-{each['platform_machine']}-{each['python_full_version']}")
    for each in environments()
]


@pytest.mark.parametrize("name", LOCKS)
@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_a_lock_file_names_all_that_what_it_names_asks_for(name: str, environment: dict[str, str]) -> None:
    found, lacking = walk(wanted(*LOCKS[name]), pins(ROOT / name), environment)
    assert lacking == [], f"{name} is not complete: run 'make lock'"
    assert found


def test_what_the_lock_files_are_complete_by_is_installed_as_it_is_locked() -> None:
    locked = {(pin.name, pin.version) for pin in pins(ROOT / "requirements.lock")}
    names = {name for name, _ in locked}
    installed = {(canonicalize_name(each.name), each.version) for each in distributions()}
    assert {each for each in installed if each[0] in names} <= locked, "run 'make setup'"
    here = {pin.name for pin in pins(ROOT / "requirements.lock") if not pin.marker or Marker(pin.marker).evaluate()}
    assert here <= {name for name, _ in installed}, "run 'make setup'"


def test_a_package_that_only_an_extra_of_another_asks_for_is_missed() -> None:
    locked = [pin for pin in pins(ROOT / "requirements.lock") if pin.name != "email-validator"]
    _, lacking = walk([Requirement("pydantic[email]")], locked, next(environments()))
    assert [each.partition(",")[0] for each in lacking] == ['email-validator>=2.0.0; extra == "email"']


def test_a_locked_version_that_is_not_the_one_asked_for_is_missed() -> None:
    _, lacking = walk([Requirement("click<8")], pins(ROOT / "requirements.lock"), next(environments()))
    assert [each.partition(",")[0] for each in lacking] == ["click<8"]


@pytest.mark.parametrize("name", list(LOCKS)[1:])
def test_the_smaller_lock_files_name_no_other_version(name: str) -> None:
    assert set(pins(ROOT / name)) <= set(pins(ROOT / "requirements.lock"))


@pytest.mark.parametrize("name", LOCKS)
def test_each_package_has_hashes_and_no_address(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    for block in re.split(r"^(?=\w)", text, flags=re.MULTILINE)[1:]:
        assert re.fullmatch(
            r"[\w.-]+==[\w.+!]+(?: ; [^\n]*?)? \\\n(?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+",
            re.sub(r"^ *#.*\n", "", block, flags=re.MULTILINE),
        ), block
    assert not re.search(r"https?://|file:", text)


def test_pip_and_pre_commit_are_given_the_versions_of_the_lock_file() -> None:
    for name, text in written().items():
        assert (ROOT / name).read_text(encoding="utf-8") == text, f"{name}: run 'make lock'"
    build = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["build-system"]["requires"]
    hooks: list[dict[str, Any]] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    for given in (build, *(hook["additional_dependencies"] for hook in hooks)):
        assert given
        assert all("==" in each for each in given)


def test_the_tested_pythons_are_those_that_are_declared_and_told() -> None:
    declared = sorted({each["python_version"] for each in environments()}, key=lambda each: int(each[2:]))
    workflow = yaml.safe_load((ROOT / ".github" / "workflows" / "test.yml").read_text(encoding="utf-8"))
    matrix = workflow["jobs"]["test"]["strategy"]["matrix"]
    tried = [*matrix["python"], *(each["python"] for each in matrix["include"])]
    assert declared == sorted(tried, key=lambda each: int(each[2:]))
    assert f"Python {declared[0]} to {declared[-1]}" in (ROOT / "README.md").read_text(encoding="utf-8")
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert all(f"python{each}" in makefile for each in declared)
    assert f"for below in {int(declared[-1][2:]) + 1} " in makefile


@pytest.mark.parametrize("place", ["Makefile", "action.yml", ".ci", ".github", "tools", ".pre-commit-config.yaml"])
def test_no_command_fetches_the_newest_of_anything(place: str) -> None:
    files = [
        path for path in [ROOT / place, *(ROOT / place).rglob("*")] if path.suffix not in IGNORED and path.is_file()
    ]
    assert files
    for path in files:
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"\b(npx|uvx|pipx|curl|wget|uv tool|uv run|--with-deps)\b", text), path
        assert len(re.findall(r"\bpip\W+(?:install|download)\b", text)) == PIPS.get(path.name, 0), path
