"""A small organisation to look at: a shop with faults, an interface with a waiver, and something that is not there."""

import subprocess
from pathlib import Path

import pytest

from tests.checks.repositories import Scratch
from tests.cli.conftest import cache, vger  # noqa: F401 - fixtures
from tests.cli.vger_process import Started, Vger, environment

PORTFOLIO = """\
title: Northwind & sons
unit: Platform
limits: {seconds: 60}
repositories:
  - path: code/gone
    owner: Cy
  - list: more.csv
"""
WAIVED = """\
profile: api
waivers:
  - rule: VER006
    owner: Grace
    reason: "The vendor asks for it, for now."
    until: "2099-12-31"
"""


@pytest.fixture
def organisation(tmp_path: Path) -> Path:
    """Return the folder of a portfolio with three repositories, one of which is not there."""
    return make_organisation(tmp_path)


@pytest.fixture(scope="session")
def looked_at(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> Vger:  # noqa: F811 - a fixture
    """Return the command in such a folder after a run, for tests that only read what it wrote."""
    folder = make_organisation(tmp_path_factory.mktemp("organisation"))
    vger = Vger(folder, cache)  # noqa: F811 - not the fixture
    assert vger("portfolio", "run", "portfolio.yml", "--jobs", "1").returncode == 1
    return vger


def make_organisation(tmp_path: Path) -> Path:
    """Make the repositories and the portfolio in a folder, and return it."""
    shop = Scratch(tmp_path / "code" / "shop")
    shop.write("node_modules/left-pad/package.json", "{}\n")
    shop.write("package.json", '{"dependencies": {"express": "^5"}}\n')
    shop.commit("Sell things")
    interface = Scratch(tmp_path / "code" / "interface")
    interface.write(".vger.yml", WAIVED)
    interface.write("node_modules/left-pad/package.json", "{}\n")
    interface.commit("Answer")
    (tmp_path / "portfolio.yml").write_text(PORTFOLIO, encoding="utf-8")
    address = f"file://{tmp_path}/code/interface"
    shop_line = "code/shop,shop <script>alert(1)</script>,Ada,Retail <b>,web-application"
    lines = ["repository,name,owner,unit,profile", shop_line, f"{address},=interface,Grace,,"]
    (tmp_path / "more.csv").write_text("\n".join(lines), encoding="utf-8")
    return tmp_path


def begin(known: Vger, folder: Path, *arguments: str) -> "subprocess.Popen[str]":
    """Start the command in a folder. What it warns of does not end it: killed workers leave what nobody waited for."""
    command = [part for part in Started(folder, known.cache).command(*arguments) if part not in ("-W", "error")]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, cwd=folder, env=environment(known.cache), stdout=pipe, stderr=pipe, text=True)
