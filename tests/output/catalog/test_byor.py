"""The file for Build Your Own Radar, read by the rules of its reader (contentValidator, inputSanitizer, factory)."""

import csv
from dataclasses import replace
from datetime import date

import pytest
from selectolax.lexbor import LexborHTMLParser

from vger_guide.catalog.catalog import Catalog
from vger_guide.catalog.tables import Judgement, Option, Site, Table, Verdict
from vger_guide.output.catalog.byor import write

# What the public service accepts; a row with another name vanishes.
RINGS = ["Adopt", "Trial", "Assess", "Hold"]
QUADRANTS = ["Techniques", "Platforms", "Tools", "Languages & Frameworks"]
# What the reader's sanitizer lets through in a description.
TAGS = {"b", "i", "em", "strong", "a", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "br", "p", "u"}


def _rows(catalog: Catalog) -> list[dict[str, str]]:
    header, *rows = csv.reader(write(catalog).splitlines(keepends=True), strict=True)
    assert header == ["name", "ring", "quadrant", "isNew", "description"]
    assert {len(row) for row in rows} <= {len(header)}
    return [dict(zip(header, row, strict=True)) for row in rows]


def _option(name: str, *verdicts: tuple[str, Verdict | None], reason: str | None = None) -> Option:
    return Option(
        id="an-option",
        name=name,
        verdicts=[Judgement(since=since, verdict=verdict, reason=reason) for since, verdict in verdicts],
        sites=[Site(label="Its site", address="https://option.example/?a=1&b=2")],
        reviewed=date(2023, 9, 30),
    )


def _catalog(catalog: Catalog, option: Option, title: str = "A table") -> Catalog:
    table = Table(id="a-table", title=title, section="2.3.1", noun="Option", rows=[option])
    return replace(catalog, tables={"a-table": table})


def _row(catalog: Catalog, option: Option, title: str = "A table") -> dict[str, str]:
    [row] = _rows(_catalog(catalog, option, title))
    return row


def test_every_option_with_a_verdict_is_a_row_and_no_other(catalog: Catalog) -> None:
    judged = [option.name for _, option in catalog.options.values() if option.verdict]
    assert sorted(row["name"] for row in _rows(catalog)) == sorted(judged)


def test_every_ring_and_quadrant_has_a_name_that_the_service_knows(catalog: Catalog) -> None:
    for row in _rows(catalog):
        assert row["ring"] in RINGS
        assert row["quadrant"] in QUADRANTS
        assert row["isNew"] in ("TRUE", "FALSE")


def test_the_rows_come_ring_by_ring_from_the_middle(catalog: Catalog) -> None:
    rings = [RINGS.index(row["ring"]) for row in _rows(catalog)]
    assert rings == sorted(rings)


@pytest.mark.parametrize(
    ("verdict", "ring"),
    [
        ("use", 0),
        ("recommended", 0),
        ("start-using", 1),
        ("with-reservations", 2),
        ("watch", 2),
        ("investigate", 2),
        ("avoid", 3),
    ],
)
def test_a_verdict_has_its_ring_and_keeps_its_own_word(catalog: Catalog, verdict: str, ring: int) -> None:
    row = _row(catalog, _option("Product", ("2023-09", Verdict(verdict))))
    assert row["ring"] == RINGS[ring]
    assert row["description"].startswith(f"<p><strong>{Verdict(verdict).word}</strong>.")


@pytest.mark.parametrize(
    ("title", "quadrant"),
    [
        ("Infrastructure orchestration platforms", "Platforms"),
        ("Session frameworks", "Languages & Frameworks"),
        ("Languages", "Languages & Frameworks"),
        ("Review practices", "Techniques"),
        ("Code analysis tools", "Tools"),
        ("Data and model version control", "Tools"),
    ],
)
def test_the_title_of_a_table_says_its_quadrant(catalog: Catalog, title: str, quadrant: str) -> None:
    assert _row(catalog, _option("Product", ("2023-09", Verdict.USE)), title)["quadrant"] == quadrant


@pytest.mark.parametrize(
    ("verdicts", "new", "move"),
    [
        ([("2023-09", "use")], "FALSE", ""),
        ([("2023-09", "watch"), ("2024-02", "avoid")], "FALSE", ", moved out since 2023.09"),
        ([("2023-09", "watch"), ("2024-02", "use")], "FALSE", ", moved in since 2023.09"),
        ([("2023-09", None), ("2024-02", "use")], "TRUE", ", moved in since 2023.09"),
        ([("2024-02", "use")], "TRUE", ", new since 2023.09"),
    ],
)
def test_a_row_is_new_that_an_earlier_radar_would_not_have_shown(
    catalog: Catalog, verdicts: list[tuple[str, str | None]], new: str, move: str
) -> None:
    history = [(since, Verdict(verdict) if verdict else None) for since, verdict in verdicts]
    row = _row(catalog, _option("Product", *history))
    assert row["isNew"] == new
    assert row["description"].startswith(f"<p><strong>{history[-1][1].word}</strong>{move}.")  # type: ignore[union-attr]


def test_the_description_is_html_that_the_reader_lets_through(catalog: Catalog) -> None:
    options = {option.name: option for _, option in catalog.options.values()}
    for row in _rows(catalog):
        body = LexborHTMLParser(row["description"]).body
        assert body
        assert {node.tag for node in body.css("*")} - {"body"} <= TAGS
        assert [a.attributes for a in body.css("a")] == [{"href": s.address} for s in options[row["name"]].sites]
        assert (options[row["name"]].reason or "") in body.text()


@pytest.mark.parametrize("text", ['1 < 2 & "so" on', "it's &lt;b&gt;", "a, b; c", "=SUM(1)", "+1", "-1", "@all"])
def test_text_from_data_stays_itself(catalog: Catalog, text: str) -> None:
    row = _row(catalog, _option(text, ("2023-09", Verdict.USE), reason=text), title=text)
    assert row["name"] == text
    first, second = LexborHTMLParser(row["description"]).css("p")
    assert first.text() == f"Use. {text}"
    assert second.text() == f"{text}: Its site"


def test_lines_end_as_in_rfc_4180_and_the_file_is_the_same_each_time(catalog: Catalog) -> None:
    text = write(catalog)
    assert text.endswith("\r\n")
    assert "\n" not in text.replace("\r\n", "")
    assert text == write(catalog)
    assert text.encode("utf-8")[:4] == b"name"
