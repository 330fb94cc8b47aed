"""Looks at one repository as `vger check` does, in this process, and returns plain data whatever happens."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Self

from vger_guide.checks.rule_set import RuleSetSnapshot, load_rule_set
from vger_guide.checks.runner import RunRequest, matching_conditions, perform_run
from vger_guide.checks.settings import load_settings
from vger_guide.errors import UserError
from vger_guide.portfolio.record import record_run
from vger_guide.records.problems import CatalogError
from vger_guide.repo.clone import open_clone
from vger_guide.repo.open import RepositoryNotFoundError, open_tree
from vger_guide.repo.tree import RequirementMissingError, Tree
from vger_guide.text.temporary_folder import measure_all

CHECKED = "checked"
FAILED = "failed"
DENIED = "denied"
TIMED_OUT = "timed-out"
CRASHED = "crashed"

# What git and servers say to somebody who may not read a repository, in small letters.
_DENIALS = (
    *("authentication failed", "could not read username", "permission denied", "access denied", "returned error: 401"),
    *("returned error: 403", "terminal prompts disabled", "not authorized", "publickey"),
)


@dataclass(frozen=True)
class Job:
    """One repository to look at, and what it may take.

    `place` is an address, or an absolute path; `profile` is what the portfolio says; `catalog` is the folder of the
    rules; `disk` are the megabytes that its clone may take.
    """

    id: str
    name: str
    place: str
    is_remote: bool
    profile: str
    catalog: str
    seconds: int
    megabytes: int
    disk: int

    def plain(self) -> dict[str, Any]:
        """Return its fields."""
        return asdict(self)

    @classmethod
    def from_plain(cls, fields: dict[str, Any]) -> Self:
        """Return the job of such fields."""
        return cls(**fields)


def look(job: Job) -> dict[str, Any]:
    """Return the status of a look, with the reason where it is not CHECKED, and what is kept of the run where it is."""
    try:
        return {"status": CHECKED, "reason": "", **_check(job)}
    except RepositoryNotFoundError as error:
        return failed_look(DENIED if is_denial(str(error)) else FAILED, str(error))
    except UserError as error:
        return failed_look(FAILED, error.message)
    except (CatalogError, RequirementMissingError, OSError) as error:
        return failed_look(FAILED, str(error))
    except MemoryError:
        return failed_look(CRASHED, f"it needs more than {job.megabytes:,} MB of memory")


def require_room(job: Job) -> None:
    """Refuse a clone that takes more of the disk than it may. Raises UserError."""
    if measure_all() > job.disk * 1_000_000:
        share = f"{job.disk:,} MB, its share of 'limits: disk:'"
        raise UserError(f"its clone takes more than {share}; raise that, or check fewer at a time with --jobs")


def failed_look(status: str, reason: str) -> dict[str, Any]:
    """Return what is told of a repository that could not be checked."""
    return {"status": status, "reason": reason[:1000]}


def is_denial(message: str) -> bool:
    """Tell whether git failed because it may not read the repository."""
    return any(words in message.lower() for words in _DENIALS)


def _check(job: Job) -> dict[str, Any]:
    rule_set = load_rule_set(Path(job.catalog))
    with _open(job) as (tree, root):
        profile, proposed = _choose_profile(job, tree, root, rule_set)
        request = RunRequest(root=root, catalog=Path(job.catalog), profile=profile)
        run, settings = perform_run(tree, request, lambda *_: None)
    return {**record_run(run, settings, rule_set), "kind": settings.profile, "proposed": proposed}


@contextmanager
def _open(job: Job) -> Iterator[tuple[Tree, Path | None]]:
    if job.is_remote:
        with open_clone(job.place, lambda _: None) as tree:
            require_room(job)
            yield tree, None
    else:
        root = Path(job.place)
        yield open_tree(root, target=job.name), root


def _choose_profile(job: Job, tree: Tree, root: Path | None, rule_set: RuleSetSnapshot) -> tuple[str, bool]:
    """Return the profile that is asked for, and whether it was proposed: the repository's own comes before any."""
    own = load_settings(tree, root)
    if own.profile or own.only:
        return "", False
    if job.profile:
        return job.profile, False
    shown = next(iter(matching_conditions(rule_set.signs, tree)), "")
    return shown, bool(shown)
