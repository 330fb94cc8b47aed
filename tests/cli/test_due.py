"""What was reviewed long ago is due, then overdue, and `vger due` says so."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from tests.cli.vger_process import Vger
from tests.conftest import EXAMPLES
from vger_guide.catalog.catalog import Catalog
from vger_guide.catalog.loader import load
from vger_guide.catalog.review_dates import DueState, list_due

SMALL = EXAMPLES / "catalog" / "good"


@pytest.mark.parametrize(
    ("on", "state"),
    [
        (date(2025, 11, 5), DueState.CURRENT),
        (date(2025, 11, 6), DueState.DUE),
        (date(2026, 5, 5), DueState.DUE),
        (date(2026, 5, 6), DueState.OVERDUE),
    ],
)
def test_a_rule_is_due_18_months_after_its_review_and_overdue_after_24(on: date, state: DueState) -> None:
    [item] = [item for item in list_due(load(SMALL), on) if item.id == "TOO001"]
    assert item.reviewed == date(2024, 5, 6)
    assert item.state == state


@pytest.mark.parametrize(
    ("reviewed", "due", "overdue"),
    [
        ("2024-08-31", date(2026, 2, 28), date(2026, 8, 31)),
        ("2024-02-29", date(2025, 8, 29), date(2026, 2, 28)),
        ("2022-08-31", date(2024, 2, 29), date(2024, 8, 31)),
        ("2024-12-01", date(2026, 6, 1), date(2026, 12, 1)),
    ],
)
def test_a_month_without_the_day_counts_to_its_end(
    reviewed: str, due: date, overdue: date, small_catalog: Path
) -> None:
    path = small_catalog / "rules" / "tools.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("2024-05-06", reviewed), encoding="utf-8")
    [item] = [item for item in list_due(load(small_catalog), due) if item.id == "TOO001"]
    assert (item.due, item.overdue, item.state) == (due, overdue, DueState.DUE)


def test_every_rule_and_row_is_dated_the_oldest_review_first(catalog: Catalog) -> None:
    items = list_due(catalog, date(2026, 11, 23))
    assert {item.id for item in items} == {*catalog.rules, *catalog.options}
    assert [item.reviewed for item in items] == sorted(item.reviewed for item in items)
    assert all(item.due < item.overdue for item in items)


@pytest.mark.slow
def test_nothing_due_is_said_beside_the_output(vger: Vger, catalog: Catalog) -> None:
    first = list_due(catalog, date(2026, 11, 23))[0]
    done = vger("due", "--on", str(first.due - timedelta(days=1)))
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == f"Nothing is due. The next review is due on {first.due}.\n"


@pytest.mark.slow
def test_what_is_due_is_a_finding(vger: Vger) -> None:
    done = vger("due", "--on", "2026-05-06", "--catalog", str(SMALL))
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.splitlines() == [
        "overdue  2024-05-06  rule  TOO001  Use the saw",
        "overdue  2024-05-06  rule  TOO002  Keep the hammer dry",
    ]


@pytest.mark.slow
def test_json_says_why_and_where(vger: Vger) -> None:
    done = vger("due", "--on", "2028-06-01", "--catalog", str(SMALL), "--format", "json")
    items = json.loads(done.stdout)
    assert done.returncode == 1
    assert items[-1] == {
        "kind": "row",
        "id": "hammer",
        "title": "Hammer",
        "within": "Tools",
        "place": "recommendations.md#hammer",
        "reviewed": "2026-11-23",
        "due": "2028-05-23",
        "overdue": "2028-11-23",
        "state": "due",
    }


@pytest.mark.slow
def test_markdown_is_a_list_to_tick_off_the_most_urgent_first(vger: Vger) -> None:
    done = vger("due", "--on", "2028-06-01", "--catalog", str(SMALL), "--format", "markdown")
    tokens = MarkdownIt("commonmark").parse(done.stdout)
    said = [token.content for token in tokens if token.type == "inline"]
    assert said[0] == "On 2028-06-01, 4 of 4 rules and rows of tables are due for review."
    assert [line for line in said if not line.startswith("[ ]")][1:] == ["Overdue", "Due"]
    assert [line.split()[2] for line in said if line.startswith("[ ]")] == ["TOO001", "TOO002", "saw", "hammer"]


@pytest.mark.slow
def test_an_issue_of_what_is_due_mentions_nobody(vger: Vger, small_catalog: Path) -> None:
    path = small_catalog / "rules" / "tools.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("title: Use the saw", 'title: "Use @saws of #1"'), encoding="utf-8")
    said = vger("due", "--on", "2026-05-06", "--catalog", str(small_catalog), "--format", "markdown").stdout
    assert "Use @&#8203;saws of \\#&#8203;1" in said


@pytest.mark.slow
@pytest.mark.parametrize("day", ["2028-13-01", "tomorrow", "23.11.2028", ""])
def test_what_is_no_day_is_refused(day: str, vger: Vger) -> None:
    assert "Invalid value for '--on'" in vger.refused("due", "--on", day)
