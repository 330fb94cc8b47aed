"""The settings of a run, wherever they come from."""

from dataclasses import dataclass

from vger_guide.checks.suppressions import AcceptedFailure


@dataclass(frozen=True)
class RunSettings:
    """What is asked, of what kind of system, what is accepted, and when the run fails. Empty: not chosen."""

    profile: str = ""
    stage: str = ""
    workload: str = ""
    extends: str = ""
    fail_on: str = "must"
    only: tuple[str, ...] = ()
    skip: tuple[tuple[str, str], ...] = ()
    waivers: tuple[AcceptedFailure, ...] = ()
    file: str = ""
