"""The page on the architecture tells the house that stands: its floors by the contracts, and modules that exist."""

import re
import tomllib
from pathlib import Path

import pytest

from macros.floor_plan import floors
from tests.conftest import ROOT
from tests.site.html import pages

PAGE = ROOT / "docs" / "about" / "architecture.md"
ENGINE = ROOT / "src" / "vger_guide"
MODULE = re.compile(r"`([\w/.-]+/)?([a-z_-]+\.(?:py|js))`")
FOLDER = re.compile(r"`([\w./-]+/)`")


def test_the_floor_plan_shows_the_layers_of_the_contract_from_the_top_down(site: Path) -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    [layers] = [each["layers"] for each in settings["contracts"] if each["type"] == "layers"]
    shown = [
        [room.attributes["id"] for room in floor.css(".room")]
        for floor in pages(site)["about/architecture/"].tree.css(".floors > .floor")
    ]
    assert shown == [[f"room-{name.strip()}" for name in layer.split("|")] for layer in layers]


def test_each_room_of_the_engine_is_in_the_floor_plan_with_its_purpose(site: Path) -> None:
    rooms = {path.parent.name for path in ENGINE.glob("*/__init__.py")} | {
        path.stem for path in ENGINE.glob("*.py") if path.stem != "__init__"
    }
    shown = pages(site)["about/architecture/"].tree.css(".room")
    assert {(room.attributes["id"] or "").removeprefix("room-") for room in shown} == rooms
    assert all(span and len(span.text()) > 20 for span in (room.css_first("span") for room in shown))


def test_a_contract_that_names_no_room_stops_the_build(tmp_path: Path) -> None:
    settings = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text(settings.replace('"cli | worker"', '"cellar"'), encoding="utf-8")
    with pytest.raises(LookupError, match="a layer 'cellar'"):
        floors(tmp_path)


def test_each_module_and_folder_that_the_page_names_is_there() -> None:
    text = PAGE.read_text(encoding="utf-8")
    named = {(folder or "") + name for folder, name in MODULE.findall(text)} | set(FOLDER.findall(text))
    assert len(named) > 40
    missing = [name for name in named if not (ENGINE / name).exists() and not (ROOT / name).exists()]
    assert sorted(missing) == []


def test_the_decisions_are_dated() -> None:
    records = re.split(r"^### ", PAGE.read_text(encoding="utf-8").partition("## Decisions")[2], flags=re.MULTILINE)[1:]
    assert len(records) > 10
    for record in records:
        assert re.search(r"^\*\d{1,2} [A-Z][a-z]+ \d{4}", record, re.MULTILINE), record.splitlines()[0]
