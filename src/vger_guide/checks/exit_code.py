"""What the exit code of a run is."""

from vger_guide.checks.results import LEVELS, SEVERITIES, CheckOutcome, Result, Run, list_failures

PASSED = 0
FAILED = 1
BAD_SETTINGS = 2
BROKEN = 3

NEVER = "never"


def exit_code(run: Run, threshold: str) -> int:
    """Return 1 where a rule fails at or above a threshold, a level or a severity; 3 where a check itself failed."""
    if any(_fails_at(result, threshold) for result in list_failures(run)):
        return FAILED
    return BROKEN if any(result.outcome is CheckOutcome.ERROR for result in run.results) else PASSED


def _fails_at(result: Result, threshold: str) -> bool:
    if threshold == NEVER:
        return False
    if threshold in LEVELS:
        return LEVELS.index(result.rule.level) <= LEVELS.index(threshold)
    return SEVERITIES.index(result.rule.severity) <= SEVERITIES.index(threshold)
