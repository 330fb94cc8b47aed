"""The JUnit XML, read by the standard library and by junitparser."""

from xml.etree import ElementTree as ET

import junitparser
import pytest

from tests.output.runs import runs
from vger_guide.checks.results import Run
from vger_guide.output.runs import load_format

RUNS = [runs.ORDINARY, runs.NOTHING, *map(runs.hostile, runs.HOSTILE)]


def _read(run: Run) -> ET.Element:
    return ET.fromstring(load_format("junit").write(run).encode())  # noqa: S314 - it is our own


@pytest.mark.parametrize("run", RUNS, ids=range(len(RUNS)))
def test_the_numbers_are_those_of_the_cases(run: Run) -> None:
    for element in [_read(run), *_read(run).iter("testsuite")]:
        cases = list(element.iter("testcase"))
        assert element.get("tests") == str(len(cases))
        for name, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
            assert element.get(name) == str(sum(case.find(tag) is not None for case in cases))


def test_another_reader_finds_a_suite_for_each_chapter_and_a_case_for_each_rule() -> None:
    read = junitparser.JUnitXml.fromstring(load_format("junit").write(runs.ORDINARY).encode())
    assert [suite.name for suite in read] == ["The run itself", "2 Architecture", "3 Data"]
    assert (read.tests, read.failures, read.errors, read.skipped) == (13, 4, 2, 5)
    cases = [case for suite in read for case in suite]
    assert [case.classname for case in cases[1:]] == [f"vger.{result.rule.id}" for result in runs.RESULTS]


def test_only_failures_that_count_are_failures_and_every_other_outcome_has_its_reason() -> None:
    ends = {
        case.get("classname"): [(e.tag, e.get("message")) for e in case]
        for case in _read(runs.ORDINARY).iter("testcase")
    }
    assert ends["vger.SES004"] == [("failure", "It is kept in the database.")]
    assert ends["vger.AAA005"] == [("skipped", "Failed: It fails.")]
    assert ends["vger.BBB001"] == [("skipped", "Waived: All accepted.")]
    assert ends["vger.BBB002"] == [("error", "Error: The check broke: KeyError: 'x'.")]
    assert ends["vger.BBB003"] == [("skipped", "Unavailable: The history is not there.")]
    assert ends["vger.BBB004"] == [("skipped", "Needs a person: Only a person can see this.")]
    assert ends["vger.BBB006"] == []
    assert ends["vger.BBB007"] == [("skipped", "Not applicable: It holds no Terraform files.")]


def test_a_run_of_nothing_is_no_success() -> None:
    assert _read(runs.NOTHING).get("skipped") == _read(runs.NOTHING).get("tests") == "1"


def test_what_xml_cannot_hold_is_shown() -> None:
    [case, *_] = _read(runs.hostile("a\x1b\x00b\udce9]]>")).iterfind("testsuite/testcase[failure]")
    assert case.get("name") == r"a\x1b\x00b\xe9]]>"
