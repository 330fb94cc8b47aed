"""Manifests and lock files name packages, each as its ecosystem does; rules ask for them."""

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from pydantic import TypeAdapter

from vger_guide.checks.scan import scan
from vger_guide.matchers import Evaluation, ProbeResult, dependency
from vger_guide.matchers.fields import PACKAGE, PackageName
from vger_guide.matchers.findings import Finding
from vger_guide.matchers.glob_set import GlobSet
from vger_guide.matchers.manifests import VENDORED, Manifest, globs, read_manifest
from vger_guide.matchers.probes import File
from vger_guide.repo.memory_tree import MemoryTree
from vger_guide.repo.tree import TreeEntry

EXAMPLES = Path("tests/examples/checks/manifests")
ALL = sorted(EXAMPLES.rglob("*.example"))


def path(example: Path) -> str:
    return "/".join(example.relative_to(EXAMPLES).parts[1:]).removesuffix(".example")


def ecosystem(example: Path) -> str:
    return example.relative_to(EXAMPLES).parts[0]


def read(example: Path) -> Manifest:
    data = example.read_bytes()
    return read_manifest(File(TreeEntry(path(example), len(data)), data), ecosystem(example))


def one(name: str) -> Path:
    (example,) = (each for each in ALL if str(each).endswith(f"{name}.example"))
    return example


def names(name: str) -> set[tuple[str, str]]:
    return {(package.name, package.version) for package in read(one(name)).packages}


@pytest.mark.parametrize("example", ALL, ids=lambda example: str(example.relative_to(EXAMPLES)))
def test_a_manifest_names_its_packages_with_their_lines(example: Path) -> None:
    found = read(example)
    lines = sorted(
        (found.line(each), f"{'direct' if each.direct else 'locked'} {each.name} {each.version}".rstrip())
        for each in found.packages
    )

    assert [f"{number} {rest}" for number, rest in lines] == example.with_suffix(".expected").read_text().splitlines()


def test_every_ecosystem_of_the_catalogue_has_examples() -> None:
    known = re.findall(r"[a-z]+", PACKAGE.partition(")")[0])

    assert {ecosystem(example) for example in ALL} == set(known)


@pytest.mark.parametrize("example", ALL, ids=lambda example: str(example.relative_to(EXAMPLES)))
def test_the_globs_of_an_ecosystem_select_its_files_anywhere_but_in_vendored_folders(example: Path) -> None:
    chosen, vendored = GlobSet(list(globs(ecosystem(example)))), GlobSet(list(VENDORED))

    for folder in ("", "a/", "a/b/"):
        assert chosen.selecting(folder + path(example))
        assert not vendored.selecting(folder + path(example))
        assert vendored.selecting(f"{folder}node_modules/x/{path(example)}")


@pytest.mark.parametrize("name", ["Cargo.lock", "poetry.lock", "uv.lock", "pdm.lock", "pylock.toml"])
def test_the_lines_of_a_lock_file_say_what_a_parser_of_toml_reads(name: str) -> None:
    data = tomllib.loads(one(name).read_text())
    packages = data.get("package") or data["packages"]
    theirs = {(each["name"], each["version"]) for each in packages if each["name"] != "shop"}

    assert names(name) == theirs


def test_the_lines_of_a_lock_file_of_yarn_say_what_a_parser_of_yaml_reads() -> None:
    data = yaml.load(one("berry/yarn.lock").read_text(), yaml.BaseLoader)  # noqa: S506 - texts only
    theirs = {
        (each["resolution"].rpartition("@")[0], each["version"])
        for each in data.values()
        if "@npm:" in each.get("resolution", "")
    }

    assert names("berry/yarn.lock") == theirs


def test_the_lines_of_a_lock_file_of_pnpm_say_what_a_parser_of_yaml_reads() -> None:
    packages = yaml.safe_load(one("v9/pnpm-lock.yaml").read_text())["packages"]

    assert {"@".join(pair) for pair in names("v9/pnpm-lock.yaml")} == set(packages)


def test_requirements_are_what_packaging_reads() -> None:
    lines = one("pypi/requirements.txt").read_text().replace("\\\n", "").split("\n")
    plain = [line.partition(" #")[0].partition(" --")[0] for line in lines if line[:1].isalpha()]
    theirs = {canonicalize_name(Requirement(line).name) for line in plain}

    assert {name for name, _ in names("pypi/requirements.txt")} == theirs | {"our-tools"}


def test_what_a_project_file_of_python_asks_for_is_what_packaging_reads() -> None:
    data = tomllib.loads(one("pypi/pyproject.toml").read_text())
    groups = [*data["project"]["optional-dependencies"].values(), *data["dependency-groups"].values()]
    asked = [
        *data["build-system"]["requires"],
        *data["project"]["dependencies"],
        *data["tool"]["uv"]["dev-dependencies"],
    ]
    asked += [each for group in groups for each in group if isinstance(each, str)]

    assert names("pypi/pyproject.toml") == {
        (canonicalize_name(each.name), str(each.specifier)) for each in map(Requirement, asked)
    }


def judge(
    packages: list[str], expect: str, files: dict[str, str], **others: Any
) -> tuple[Evaluation, list[ProbeResult]]:
    TypeAdapter(list[PackageName]).validate_python(packages)
    wanted = dependency.Parameters.from_plain({"packages": packages, "expect": expect, **others})
    tree = MemoryTree({name: text.encode() for name, text in files.items()})
    seen = scan(tree, dependency.probes(wanted)).seen
    return dependency.evaluate(wanted, seen, tree), seen


def said(findings: tuple[Finding, ...]) -> list[str]:
    return [f"{each.path}:{each.line} {each.message}" for each in findings]


PACKAGE_JSON = '{\n "dependencies": {\n  "connect-redis": "^7"\n }\n}\n'
LOCK = json.dumps({"packages": {"node_modules/connect-redis": {"version": "7.1.1"}}}, indent=1)


def test_a_package_that_should_not_be_there_is_a_finding_a_line_and_those_asked_for_come_first() -> None:
    files = {"a/package-lock.json": LOCK, "package.json": PACKAGE_JSON}
    assert said(judge(["npm:connect-*"], "absent", files)[0].evidence) == ["package.json:3 depends on connect-redis ^7"]
    verdict, _ = judge(["npm:connect-*"], "absent", files, indirect=True)

    assert not verdict.holds
    assert said(verdict.evidence) == [
        "package.json:3 depends on connect-redis ^7",
        "a/package-lock.json:3 locks connect-redis 7.1.1, perhaps for another package",
    ]


def test_one_of_several_packages_is_enough_where_one_is_expected() -> None:
    verdict, _ = judge(["pypi:Django_Redis", "npm:none"], "present", {"requirements-dev.txt": "django.redis==5\n"})

    assert verdict.holds
    assert verdict.says == "`requirements-dev.txt` depends on django-redis ==5"


def test_a_package_that_is_nowhere_is_said_with_the_number_of_manifests() -> None:
    verdict, _ = judge(["npm:express"], "present", {"package.json": PACKAGE_JSON, "setup.py": "express"})

    assert not verdict.holds
    assert said(verdict.evidence) == [":0 none of 1 manifests and lock files names npm:express"]


def test_manifests_in_vendored_folders_and_those_left_out_do_not_count() -> None:
    files = {f"{folder}/package.json": PACKAGE_JSON for folder in ("node_modules/x", "a/vendor/b", "examples")}
    verdict, seen = judge(["npm:connect-redis"], "absent", files, besides=["examples/**"])

    assert verdict.holds
    assert seen[0].files == 0


def test_a_broken_manifest_is_told_and_the_others_are_read() -> None:
    _, [seen] = judge(
        ["npm:connect-redis"], "absent", {"a/package.json": '{"connect-redis"', "package.json": PACKAGE_JSON}
    )

    assert [hit.path for hit in seen.hits] == ["package.json"]
    assert [(each.path, each.reason[:11]) for each in seen.unseen] == [("a/package.json", "is not JSON")]


def test_a_manifest_is_read_once_for_all_rules() -> None:
    file = File(TreeEntry("package.json"), PACKAGE_JSON.encode())
    dependency.find_packages(file, dependency.Request("npm", ("connect-redis",), False))
    kept = dict(file.kept)
    dependency.find_packages(file, dependency.Request("npm", ("express",), False))

    assert all(file.kept[name] is made for name, made in kept.items())
    assert len(file.kept) == len(kept) == 2


def test_a_star_stands_for_part_of_a_name_as_the_ecosystem_writes_it() -> None:
    wanted = "<dependency><groupId>org.A</groupId><artifactId>b</artifactId></dependency>"
    pom = f"<project><dependencies>{wanted}</dependencies></project>"

    assert judge(["maven:org.A:*"], "present", {"pom.xml": pom})[0].holds
    assert not judge(["maven:org.a:*"], "present", {"pom.xml": pom})[0].holds
    assert judge(
        ["nuget:NEWTONSOFT.*"], "present", {"packages.config": '<packages><package id="Newtonsoft.Json"/></packages>'}
    )[0].holds
