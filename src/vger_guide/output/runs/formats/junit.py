"""The run as JUnit XML, as Jenkins and GitLab read it: a suite for each chapter, a case for each rule.

The form is that of https://github.com/jenkinsci/xunit-plugin (junit-10.xsd) and
https://docs.gitlab.com/ci/testing/unit_test_reports/. Only a failure that counts is one; what is waived, a preview,
not applicable, unavailable or asked of a person is skipped, with its reason. The first suite tells of the run itself.
"""

from collections.abc import Iterable
from xml.etree import ElementTree as ET

from vger_guide.checks.results import CheckOutcome, Result, Run, count_decided, count_key
from vger_guide.matchers.findings import Finding
from vger_guide.output.runs.summary import (
    HEADINGS,
    acceptance_reason,
    format_counts,
    format_coverage,
    format_headline,
    format_place,
    format_remarks,
    split_chapters,
)
from vger_guide.text.sanitize import escape_invisible


def write(run: Run) -> str:
    """Return the run as XML, chapters and rules in reading order."""
    return document(suites(run))


def suites(run: Run) -> list[ET.Element]:
    """Return the suites of a run."""
    return [_itself(run), *(_suite(name, part) for name, part in split_chapters(run).items())]


def document(parts: Iterable[ET.Element]) -> str:
    """Return suites as XML."""
    root = ET.Element("testsuites", name="vger")
    root.extend(parts)
    _count(root)
    ET.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _itself(run: Run) -> ET.Element:
    """Return a suite of one case, which holds what concerns no single rule."""
    suite = ET.Element("testsuite", name="The run itself")
    case = ET.SubElement(suite, "testcase", classname="vger", name="The configuration holds, and rules were checked")
    problems = [notice.message for notice in run.notices if notice.error]
    if problems:
        _add(case, "error", f"{len(problems)} of the configuration", problems)
    elif not count_decided(run):
        _add(case, "skipped", format_headline(run), [])
    said = [
        f"{format_headline(run)}.",
        format_coverage(run),
        f"{format_counts(run)}.",
        *(notice.message for notice in run.notices),
    ]
    about = f"{run.tool}, edition {run.edition}, {run.profile}: {run.target} {run.commit}".strip()
    ET.SubElement(case, "system-out").text = _lines([about, *said])
    _count(suite)
    return suite


def _suite(chapter: str, part: Run) -> ET.Element:
    suite = ET.Element("testsuite", name=escape_invisible(chapter))
    suite.extend(map(_case, part.results))
    _count(suite)
    return suite


def _case(result: Result) -> ET.Element:
    rule = result.rule
    # Jenkins takes what stands before the last dot for a package: all rules are in one.
    case = ET.Element("testcase", classname=f"vger.{escape_invisible(rule.id)}", name=escape_invisible(rule.title))
    kind, lines = _kind(result), [*_evidence(result), *format_remarks(result)]
    if kind:
        heading = "" if kind == "failure" else f"{HEADINGS[count_key(result)]}: "
        _add(case, kind, f"{heading}{result.reason}", [*lines, rule.address])
    elif lines:
        ET.SubElement(case, "system-out").text = _lines(lines)
    return case


def _kind(result: Result) -> str:
    if result.outcome is CheckOutcome.PASS:
        return ""
    if result.preview or result.waived:
        return "skipped"
    return {CheckOutcome.FAIL: "failure", CheckOutcome.ERROR: "error"}.get(result.outcome, "skipped")


def _evidence(result: Result) -> list[str]:
    """Return the lines that show the outcome of a rule."""
    lines = [_finding(finding) for finding in result.findings]
    return [*lines, result.rule.mend] if result.outcome is CheckOutcome.FAIL else lines


def _finding(finding: Finding) -> str:
    reason = f" (accepted: {acceptance_reason(finding)})" if acceptance_reason(finding) else ""
    return f"{format_place(finding)}: {finding.message} {finding.text}".rstrip() + reason


def _add(case: ET.Element, kind: str, message: str, lines: list[str]) -> None:
    ET.SubElement(case, kind, message=escape_invisible(message)).text = _lines(lines)


def _lines(lines: list[str]) -> str:
    return "\n".join(escape_invisible(line) for line in lines if line)


def _count(element: ET.Element) -> None:
    """Write down how many cases an element holds, and how many of them have which kind of end."""
    element.set("tests", str(len(list(element.iter("testcase")))))
    for name, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        element.set(name, str(len(list(element.iter(tag)))))
