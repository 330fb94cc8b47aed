"""The annotations, read by the rules of the runner (ActionCommand.cs of actions/runner)."""

import re
from collections import Counter
from dataclasses import replace
from typing import NamedTuple

import pytest

from tests.output.runs import runs
from vger_guide.checks.results import Run
from vger_guide.output.runs import load_format

OLD_FORM = "##["


class Command(NamedTuple):
    """A command as the runner takes it."""

    name: str
    properties: dict[str, str]
    message: str


def _undone(text: str, *signs: str) -> str:
    for sign in ("\r", "\n", *signs, "%"):
        text = text.replace(f"%{ord(sign):02X}", sign)
    return text


def _command(line: str) -> Command | None:
    found = re.fullmatch(r"\s*::([^: ]*) ?(.*?)::(.*)", line)
    if not found:
        return None
    pairs = [pair.split("=", 1) for pair in found[2].split(",") if pair]
    return Command(found[1], {name: _undone(text, ":", ",") for name, text in pairs}, _undone(found[3]))


def _lines(run: Run) -> list[str]:
    return load_format("annotations").write(run).split("\n")[:-1]


def _commands(run: Run) -> list[Command]:
    return [command for line in _lines(run) if (command := _command(line))]


def test_a_failure_is_annotated_where_it_is() -> None:
    wanted = {"file": "src/web app/settings.py", "line": "12", "col": "5", "title": f"SES004 {runs.RULE.title}"}
    command = next(command for command in _commands(runs.ORDINARY) if command.properties == wanted)
    assert command.name == "error"
    assert command.message.splitlines() == [runs.SETTINGS.message, runs.RULE.mend, runs.RULE.address]


def test_the_kinds_are_those_of_the_levels_and_a_preview_is_a_notice() -> None:
    kinds = {command.properties["title"][:6]: command.name for command in _commands(runs.ORDINARY)}
    assert {name: kinds[name] for name in ("SES004", "AAA003", "AAA001", "AAA005")} == {
        "SES004": "error",
        "AAA003": "warning",
        "AAA001": "notice",
        "AAA005": "notice",
    }


@pytest.mark.parametrize("text", runs.HOSTILE, ids=range(len(runs.HOSTILE)))
def test_no_text_becomes_a_command_or_a_property(text: str) -> None:
    for line in _lines(runs.hostile(text)):
        command = _command(line)
        if not command:
            assert OLD_FORM not in line
            assert line.startswith("vger: ")
            continue
        assert command.name in ("error", "warning", "notice")
        assert set(command.properties) <= {"file", "line", "col", "title"}


def test_a_place_is_kept_for_the_notice_that_has_the_counts() -> None:
    lenient = [replace(result, rule=replace(result.rule, level="may")) for result in runs.long(1, 30).results]
    commands = _commands(runs.run(*lenient))
    assert [command.name for command in commands] == ["notice"] * 10
    assert "21 more annotations left out" in commands[-1].message


def test_a_step_shows_all_of_them_and_the_last_says_how_many_are_left_out() -> None:
    commands = _commands(runs.long(3))
    assert Counter(command.name for command in commands) == {"error": 10, "notice": 1}
    assert "290 more annotations left out" in commands[-1].message
    assert all(count <= 10 for count in Counter(c.name for c in _commands(runs.ORDINARY)).values())
