"""The outcomes of checks that stand in a review, as JUnit XML: suites of each target, a case for each rule.

The form is that of https://github.com/jenkinsci/xunit-plugin (junit-10.xsd). Names of suites begin with the target's
name, and those of classes with its id: GitLab takes cases of one class and name for one. People's answers are not in
it; what a review does not keep of an outcome is said in `runs` and in the first suite of each target.
"""

from collections.abc import Iterator
from xml.etree import ElementTree as ET

from vger_guide.checks.results import Run
from vger_guide.output.reviews.check_runs import to_runs
from vger_guide.output.runs.formats.junit import document, suites
from vger_guide.reviews.context import ReviewContext
from vger_guide.reviews.models import Target
from vger_guide.text.sanitize import escape_invisible

SUFFIX = ".junit.xml"


def write(context: ReviewContext) -> bytes:
    """Return the XML."""
    return document(suite for target, run in to_runs(context) for suite in _suites(target, run)).encode()


def _suites(target: Target, run: Run) -> Iterator[ET.Element]:
    for suite in suites(run):
        suite.set("name", f"{escape_invisible(target.name)}: {suite.get('name')}")
        for case in suite.iter("testcase"):
            case.set("classname", f"{target.id}.{case.get('classname')}")
        yield suite
