"""What all reports share: the order of failures, and the counts of a run in words."""

from collections import Counter
from dataclasses import replace

from vger_guide.checks.results import CheckOutcome, Notice, Result, Run, count_decided, list_failures
from vger_guide.matchers.findings import Finding, FindingStatus
from vger_guide.text.plural import pluralise

# The heading of each count; the keys and their order are those of `Run.counts`.
HEADINGS = {
    "fail": "Failed",
    "waived": "Waived",
    "error": "Error",
    "unavailable": "Unavailable",
    "manual": "Needs a person",
    "pass": "Passed",
    "not-applicable": "Not applicable",
}


# Files that could not be looked into and are named in the summary.
UNREAD = 5

NEXT_STEP = (
    "Answer the rules that need a person in a review: 'vger review new' creates one, and 'vger review check' records "
    "these outcomes in it."
)

_LEFT_OUT = {"vendored": "vendored", "generated": "generated", "tests": "of tests", "samples": "of samples"}

_PLURALS = {"error": "errors", "manual": "need a person"}


BASELINE = "It existed when the tool was adopted."


def split_chapters(run: Run) -> dict[str, Run]:
    """Return the results of each chapter, in reading order, as runs of their own."""
    names = dict.fromkeys(result.rule.chapter for result in run.results)
    return {name: replace(run, results=tuple(r for r in run.results if r.rule.chapter == name)) for name in names}


def format_counts(run: Run) -> str:
    """Return all the counts, such as `3 failed, 1 waived, 0 errors, ...`."""
    return ", ".join(f"{count:,} {_name_count(name, count)}" for name, count in run.counts.items())


def _name_count(name: str, count: int) -> str:
    return HEADINGS[name].lower() if count == 1 else _PLURALS.get(name, HEADINGS[name].lower())


def format_headline(run: Run) -> str:
    """Return how the run went in a line, which never says more than was seen; failures are counted as in the counts."""
    if not count_decided(run):
        if run.traced:
            return "No rule could be decided: what was found only helps a person to answer"
        return "No rule could be checked: this run says nothing about the repository"
    failed, rules = run.counts["fail"], pluralise(len(run.results), "rule")
    if failed:
        return f"{failed:,} of {rules} failed{_format_previews(failed, failed - len(list_failures(run)))}"
    return f"Nothing failed among the {count_decided(run):,} of {rules} that could be decided"


def _format_previews(failed: int, previews: int) -> str:
    """Return how many of the failures fail no run, behind a comma."""
    if failed == previews == 1:
        return ", as a preview, which fails no run"
    return f", {previews:,} of them {'a preview' if previews == 1 else 'previews'}" if previews else ""


def format_scope(run: Run) -> list[str]:
    """Return what the run did not look at, what it would propose, and what is to be done next, as sentences."""
    return [
        *format_unread(run),
        *_format_left_out(run),
        *_format_traces(run),
        *_format_proposal(run),
        *_format_next_step(run),
    ]


def format_unread(run: Run) -> list[str]:
    """Return how many files could not be looked into, and some of them with the reason; paths are as they came."""
    if not run.unread:
        return []
    more = len(run.unread) - UNREAD
    shown = "; ".join(f"{path}: {reason}" for path, reason in list(run.unread.items())[:UNREAD])
    rest = f"; and {more:,} more" if more > 0 else ""
    them = "it" if len(run.unread) == 1 else "them"
    return [f"{pluralise(len(run.unread), 'file')} could not be read, and no pass is based on {them}: {shown}{rest}"]


def _format_left_out(run: Run) -> list[str]:
    if not run.left_out:
        return []
    kinds = (f"{count:,} {_LEFT_OUT.get(kind, kind)}" for kind, count in run.left_out)
    return [f"Some checks skip files because of their paths: {', '.join(kinds)}."]


def _format_traces(run: Run) -> list[str]:
    """Return for how many rules something was found that helps a person; a failure it never is."""
    if not run.traced:
        return []
    return [f"Traces were found that help to answer {run.traced:,} of the rules that need a person."]


def _format_proposal(run: Run) -> list[str]:
    if not run.proposal:
        return []
    profile, title = run.proposal
    chosen = f"'vger init' would propose {profile} ({title})"
    return [f"No profile was chosen. {chosen}; '--profile {profile}' checks only the rules for it."]


def _format_next_step(run: Run) -> list[str]:
    return [NEXT_STEP] if run.counts["manual"] else []


def format_coverage(run: Run) -> str:
    """Return how many of the rules a machine looks at, as a sentence."""
    total = len(run.results)
    if run.automated == total:
        says = "A check looks at this rule." if total == 1 else f"Checks look at all {total:,} rules."
        return says if total else "No rule was selected."
    return f"Checks look at {run.automated:,} of {pluralise(total, 'rule')}; the others need a person."


def sort_notices(run: Run) -> list[Notice]:
    """Return the notices, those that make the run fail first."""
    return sorted(run.notices, key=lambda notice: not notice.error)


def format_place(finding: Finding) -> str:
    """Return where a finding is, such as `src/app.py:12:5`; the path is as it came."""
    numbers = [str(n) for n in (finding.line, finding.column if finding.line else 0) if n]
    return ":".join([finding.path, *numbers]) if finding.path else "the repository as a whole"


def acceptance_reason(finding: Finding) -> str:
    """Return why a finding does not count, or nothing where it does."""
    if finding.standing is FindingStatus.WAIVED:
        return finding.reason or "It was accepted without a reason."
    return (finding.reason or BASELINE) if finding.standing is FindingStatus.BASELINE else ""


def format_reason(result: Result) -> str:
    """Return the reason of a result for a report that lists its findings: those of a trace are not told twice."""
    return result.rule.ask if result.is_trace and not result.undecided else result.reason


def list_open_findings(result: Result) -> list[Finding]:
    """Return the findings that count of a rule that fails: where there are none at all, its reason as one."""
    return [each for each in result.findings or [Finding("", result.reason)] if each.standing is FindingStatus.OPEN]


def format_acceptances(result: Result) -> list[str]:
    """Return how many findings do not count, reason by reason, such as `3 findings accepted: It is a sample.`."""
    reasons = Counter(filter(None, map(acceptance_reason, result.findings)))
    return [f"{pluralise(count, 'finding')} accepted: {reason}" for reason, count in reasons.items()]


def format_remarks(result: Result) -> list[str]:
    """Return the remarks on a result apart from its findings, as sentences; paths are as they came."""
    texts = ["This check is a preview: it is shown, and never fails a run."] if result.preview else []
    if result.outcome is CheckOutcome.PASS and result.strength == "indication":
        texts.append("This is an indication, which a person has to confirm.")
    if result.omitted:
        what = "place" if result.is_trace else "finding"
        texts.append(f"{pluralise(result.omitted, f'more {what}')} left out: there are too many.")
    texts += [f"Not read: {unseen.path}: {unseen.reason}" for unseen in result.unseen]
    return texts
