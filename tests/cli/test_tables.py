"""`vger tables` lists the rows of the recommendation tables."""

import csv
import io

import pytest

from tests.cli.vger_process import Vger
from vger_guide.catalog.catalog import Catalog
from vger_guide.catalog.tables import Option

pytestmark = pytest.mark.slow


def test_every_row_is_a_line(vger: Vger, catalog: Catalog) -> None:
    expected = [[table.id, option.id] for table, option in catalog.options.values()]
    assert [line.split()[:2] for line in vger.lines("tables")] == expected


def test_one_table_is_named_by_its_id(vger: Vger, catalog: Catalog) -> None:
    [table] = vger.json("tables", "Session-Frameworks")
    assert table["id"] == "session-frameworks"
    assert [row["id"] for row in table["rows"]] == [row.id for row in catalog.tables["session-frameworks"].rows]


def _word(option: Option) -> str:
    return option.verdict.value if option.verdict else "none"


@pytest.mark.parametrize(
    "verdicts", [["avoid"], ["recommended"], ["use", "with-reservations"], ["AVOID", "Recommended"]], ids=" ".join
)
def test_the_verdict_that_stands_is_a_filter(verdicts: list[str], vger: Vger, catalog: Catalog) -> None:
    options = [option for _, option in catalog.options.values()]
    wanted = [option.id for option in options if _word(option) in map(str.lower, verdicts)]
    assert wanted
    arguments = [word for verdict in verdicts for word in ("--verdict", verdict)]
    assert [row["id"] for table in vger.json("tables", *arguments) for row in table["rows"]] == wanted


def test_csv_is_read_by_an_independent_reader(vger: Vger, catalog: Catalog) -> None:
    done = vger("tables", "code-analysis", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(done.stdout, newline=""), strict=True))
    assert [row["name"] for row in rows] == [option.name for option in catalog.tables["code-analysis"].rows]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["session-framework"], "there is no table 'session-framework'; did you mean session-frameworks?"),
        (["--verdict", "adopt"], "'adopt' is not one of"),
        (["--format", "yaml"], "'yaml' is not one of"),
    ],
)
def test_an_unknown_value_is_refused_with_what_is_allowed(arguments: list[str], message: str, vger: Vger) -> None:
    assert message in vger.refused("tables", *arguments)
