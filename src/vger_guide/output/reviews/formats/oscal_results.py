"""A review as assessment results of OSCAL 1.2: a result of each target.

The form is that of https://pages.nist.gov/OSCAL-Reference/models/v1.2.1/assessment-results/json-reference/. Each answer
is an observation, found out by EXAMINE where it has evidence and by INTERVIEW where it has none (UNKNOWN: nobody has
answered), and each outcome of a check one of the method TEST. Only what is met, met in part or not met is a finding;
what does not apply or is unanswered is none. A plan or an accepted risk of a rule that is not met is a risk with its
deadline. There is no assessment plan: `import-ap`, which must be there, leads to a resource that says so. Milestones,
and answers to rules that are not asked, are not in it.
"""

from vger_guide.output.reviews.oscal.metadata import metadata
from vger_guide.output.reviews.oscal.parts import Object, document, of_review
from vger_guide.output.reviews.oscal.results import result
from vger_guide.reviews.context import ReviewContext

SUFFIX = ".oscal-results.json"


def write(context: ReviewContext) -> bytes:
    """Return the assessment results."""
    plan = _plan(context)
    body = {
        "metadata": metadata(context),
        "import-ap": {"href": f"#{plan['uuid']}", "remarks": plan["description"]},
        "results": [result(context, target) for target in context.review.targets],
        "back-matter": {"resources": [plan]},
    }
    return document("assessment-results", context.site, body)


def _plan(context: ReviewContext) -> Object:
    return {
        "uuid": of_review(context.site, context.review, "plan"),
        "title": "The checklist of the review",
        "description": "There is no assessment plan: the rules of a checklist were asked. The guide tells about them.",
        "rlinks": [{"href": context.site}],
    }
