"""What holds of every report, whatever its format."""

import os
import subprocess
import sys
from dataclasses import replace
from html import unescape

import pytest

from tests.conftest import ROOT
from tests.output.runs import runs
from vger_guide.checks.results import CheckOutcome, Run, select_results, sort_worst_first
from vger_guide.cli import console
from vger_guide.matchers.findings import UnreadableFile
from vger_guide.output.runs import VARIANTS, format_names, load_format, summary, terminal

WRITTEN = """
import sys
from tests.output.runs import runs
from vger_guide.output.runs import format_names, load_format
for name in format_names():
    for text in runs.HOSTILE:
        sys.stdout.write(load_format(name).write(runs.hostile(text)))
    sys.stdout.write(load_format(name).write(runs.ORDINARY))
"""


@pytest.fixture(params=format_names())
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def _all(seed: str) -> bytes:
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONUTF8": "1"}
    command = [sys.executable, "-c", WRITTEN]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=True).stdout


@pytest.mark.slow
def test_two_processes_write_the_same_bytes() -> None:
    assert _all("1") == _all("2")


def test_a_format_is_found_by_the_name_of_its_module() -> None:
    modules = {path.stem for path in (ROOT / "src/vger_guide/output/runs/formats").glob("[a-z]*.py")}
    assert {name.replace("-", "_") for name in format_names() if name not in VARIANTS} == modules


@pytest.mark.parametrize("text", runs.HOSTILE, ids=range(len(runs.HOSTILE)))
def test_no_text_brings_out_what_is_no_utf_8_or_steers_a_terminal(name: str, text: str) -> None:
    written = load_format(name).write(runs.hostile(text))
    written.encode()
    assert [c for c in written if not c.isprintable() and c != "\n"] == []


@pytest.mark.parametrize("run", [runs.NOTHING, runs.UNDECIDED], ids=["nothing", "undecided"])
def test_a_run_that_decided_nothing_says_so(name: str, run: Run) -> None:
    if name != "json":  # which has numbers only
        written = load_format(name).write(run).lower()
        assert "no rule could be checked" in written or "nothing checked" in written
        assert "passing" not in written


def test_the_order_of_failures_is_level_then_severity_then_reading_order() -> None:
    assert [result.rule.id for result in select_results(runs.ORDINARY, "fail")] == runs.WORST_FIRST


@pytest.mark.parametrize("name", ["annotations", "code-scanning", "html", "junit", "markdown", "sarif"])
def test_what_is_left_out_accepted_or_unseen_is_told(name: str) -> None:
    written = load_format(name).write(runs.ORDINARY)
    for told in ("7 more findings", "It is a sample.", summary.BASELINE, "has expired", "There is no rule XYZ999"):
        assert told in written
    assert "could not be read" in written if name == "code-scanning" else "too long" in written


@pytest.mark.parametrize("name", ["annotations", "code-scanning", "html", "junit", "sarif"])
def test_all_counts_and_the_coverage_are_told_in_words(name: str) -> None:
    written = load_format(name).write(runs.ORDINARY)
    assert "5 failed, 1 waived, 1 error, 1 unavailable, 1 needs a person, 2 passed, 1 not applicable" in written
    assert "Checks look at 11 of 12 rules" in written


def test_failures_and_previews_are_one_number_in_every_line() -> None:
    preview = next(result for result in runs.RESULTS if result.preview)
    fails = next(result for result in runs.RESULTS if result.outcome is CheckOutcome.FAIL and not result.preview)
    told = {
        (preview,): "1 of 1 rule failed, as a preview, which fails no run",
        (preview, fails): "2 of 2 rules failed, 1 of them a preview",
        (preview, preview, fails): "3 of 3 rules failed, 2 of them previews",
        (fails,): "1 of 1 rule failed",
    }
    for results, headline in told.items():
        assert summary.format_headline(runs.run(*results)) == headline
        assert summary.format_counts(runs.run(*results)).startswith(f"{len(results)} failed, ")


SCOPE = {
    "what could not be read": ("1 file could not be read", "big.sql", "too long"),
    "what was left out": ("3 vendored", "12 of tests"),
    "the profile that it looks like": ("web-application",),
    "what is to be done next": ("vger review new", "vger review check"),
}


@pytest.mark.parametrize("form", ["terminal", "markdown", "html"])
@pytest.mark.parametrize("said", SCOPE)
def test_a_report_for_people_says(form: str, said: str) -> None:
    """Without any option: on a terminal what is long is folded."""
    on_terminal = form == "terminal"
    lines = (
        terminal.render_lines(console, runs.ORDINARY, everything=False)
        if on_terminal
        else [load_format(form).write(runs.ORDINARY)]
    )
    text = "\n".join(lines)
    plain = " ".join(unescape(text.replace("\\", "")).split())
    assert all(part in plain for part in SCOPE[said])


def test_what_was_read_and_left_open_is_not_told_as_unread() -> None:
    doubt = UnreadableFile("main.tf", "has a value that cannot be seen here", is_doubt=True)
    assert not runs.run(replace(runs.RESULTS[2], unseen=(doubt,))).unread


def test_a_failure_without_findings_is_not_taken_for_a_waived_one() -> None:
    bare = replace(runs.RESULTS[0], findings=())
    assert runs.run(bare).counts["fail"] == 1
    for name in format_names():
        assert load_format(name).write(runs.run(bare))


def test_unknown_words_for_a_level_come_last() -> None:
    odd = replace(runs.RESULTS[0], rule=replace(runs.RULE, level="could"), outcome=CheckOutcome.FAIL)
    assert sort_worst_first([odd, *runs.RESULTS])[-1] is odd
