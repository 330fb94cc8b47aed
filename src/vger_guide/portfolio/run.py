"""A run: which repositories have changed, a look at each of these, and what is known of all of them then."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from vger_guide.checks.rule_set import RuleSetSnapshot
from vger_guide.errors import UserError
from vger_guide.portfolio.engine import Engine
from vger_guide.portfolio.key import digest_guide, digest_key, digest_state
from vger_guide.portfolio.load import LoadedPortfolio
from vger_guide.portfolio.look import Job
from vger_guide.portfolio.repositories import Repository
from vger_guide.portfolio.state import Kept, StateFolder, is_up_to_date
from vger_guide.records.problems import CatalogError
from vger_guide.repo.open import RepositoryNotFoundError
from vger_guide.repo.tree import RequirementMissingError

# Repositories that are asked at a time whether they have changed: few, as servers are asked too.
ASKED_AT_ONCE = 4

# Told how many repositories are done, of how many, and what is under way.
Progress = Callable[[int, int, Sequence[str]], None]


@dataclass(frozen=True)
class Member:
    """A repository of a portfolio with what is kept of it."""

    repository: Repository
    kept: Kept


@dataclass(frozen=True)
class RunPlan:
    """The jobs of a run with their keys by id, and the repositories that have not changed."""

    jobs: list[Job]
    keys: dict[str, str]
    unchanged: dict[str, Kept]


def plan_run(
    portfolio: LoadedPortfolio,
    state: StateFolder,
    rule_set: RuleSetSnapshot,
    catalog: Path,
    *,
    again: bool,
    progress: Progress,
) -> RunPlan:
    """Return what there is to do; `again` looks at everything anew."""
    guide = digest_guide(rule_set)
    plan = RunPlan([], {}, {})
    with ThreadPoolExecutor(ASKED_AT_ONCE) as pool:
        keys = pool.map(lambda each: _find_key(guide, each, portfolio.folder), portfolio.repositories)
        for done, (repository, key) in enumerate(zip(portfolio.repositories, keys, strict=True)):
            progress(done, len(portfolio.repositories), ["looking for changes"])
            kept = None if again else state.read(repository)
            if kept is not None and is_up_to_date(kept, key):
                plan.unchanged[repository.id] = kept
            else:
                plan.keys[repository.id] = key
                plan.jobs.append(_make_job(repository, portfolio, catalog))
    return plan


def _find_key(guide: str, repository: Repository, folder: Path) -> str:
    """Return the key of a repository, or nothing where it cannot be known: the look will say why."""
    try:
        return digest_key(guide, repository, digest_state(repository, folder))
    except (RepositoryNotFoundError, RequirementMissingError, UserError, CatalogError, OSError):
        return ""


def _make_job(repository: Repository, portfolio: LoadedPortfolio, catalog: Path) -> Job:
    place = repository.place if repository.is_remote else str((portfolio.folder / repository.place).resolve())
    return Job(
        id=repository.id,
        name=repository.name,
        place=place,
        is_remote=repository.is_remote,
        profile=repository.profile,
        catalog=str(catalog.resolve()),
        seconds=portfolio.limits.seconds,
        megabytes=portfolio.limits.megabytes,
        disk=portfolio.limits.disk,
    )


def perform_plan(
    plan: RunPlan, portfolio: LoadedPortfolio, state: StateFolder, engine: Engine, progress: Progress
) -> list[Member]:
    """Return all members of a portfolio; each result is kept as soon as it is there, so that a killed run goes on.

    Raises OSError where it cannot be kept.
    """
    by_id = {each.id: each for each in portfolio.repositories}
    fresh: dict[str, Kept] = {}

    def report(under_way: Sequence[str]) -> None:
        progress(len(fresh), len(plan.jobs), under_way)

    for job, found in engine.run(plan.jobs, report):
        fresh[job.id] = state.write(by_id[job.id], plan.keys[job.id], found)
    kept = plan.unchanged | fresh
    return [Member(each, kept[each.id]) for each in portfolio.repositories]


def read_members(portfolio: LoadedPortfolio, state: StateFolder) -> list[Member]:
    """Return those members of which something is kept, without a look at any."""
    found = ((each, state.read(each)) for each in portfolio.repositories)
    return [Member(each, kept) for each, kept in found if kept is not None]
