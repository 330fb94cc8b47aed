"""`vger review check`: what the checks say, beside the answers."""

from collections.abc import Iterable
from pathlib import Path

import click

from vger_guide.checks.results import Run
from vger_guide.checks.runner import RunRequest, perform_run
from vger_guide.cli import console
from vger_guide.cli.evidence import split_evidence
from vger_guide.cli.options import catalog_folder, catalog_option, evidence_option
from vger_guide.cli.progress import Progress
from vger_guide.cli.review.completion import complete_targets
from vger_guide.cli.review.files import (
    TEXT,
    ReviewFile,
    load_context,
    load_review,
    now,
    require_current_edition,
    require_unsigned,
    resolve_target,
    save,
)
from vger_guide.cli.target import open_target
from vger_guide.errors import UserError
from vger_guide.forge.alerts import Alerts
from vger_guide.output.runs.summary import format_counts
from vger_guide.repo.clone import is_address
from vger_guide.repo.tree import RequirementMissingError
from vger_guide.reviews.context import ReviewContext
from vger_guide.reviews.models import Target
from vger_guide.reviews.outcomes import record_outcomes
from vger_guide.reviews.status import find_disagreements
from vger_guide.text.sanitize import single_line

FOUND = 1

EXAMPLES = """\b
Examples:
  vger review check review.json
  vger review check review.json --target shop=../shop --target till=https://git.example/team/till.git
  vger review check review.json --target shop=../shop --evidence checkov.sarif
  vger review check review.json --catalog checklists --target shop=.
"""


@click.command("check", epilog=EXAMPLES)
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--target",
    "paths",
    type=TEXT,
    multiple=True,
    metavar="ID=PATH",
    shell_complete=complete_targets,
    help="Use this repository for this system.",
)
@evidence_option
@catalog_option
@click.pass_context
def command(context: click.Context, file: Path, paths: tuple[str, ...], evidence: tuple[str, ...]) -> None:
    """Run the checks on the repositories, and record the outcomes.

    Answers are not changed. Without --target, the command checks all systems whose repository is in the review; paths
    there are relative to FILE. The exit code is 1 if a check and an answer disagree.
    """
    complete = load_context((source := load_review(file)).review)
    require_unsigned(source)
    require_current_edition(source, complete.catalog)
    places = _places(source, paths)
    evidence, alerts = split_evidence(evidence)
    if alerts and len(places) > 1:
        raise UserError("the alerts at the forge are of one repository; name it with one --target ID=PATH")
    runs = [(target, _run(complete, path, evidence, alerts)) for target, path in places]
    # Somebody may have answered while the checks ran.
    source = load_review(file)
    require_unsigned(source)
    require_current_edition(source, complete.catalog)
    review = source.review
    for target, run in runs:
        review = record_outcomes(review, target.id, run, now())
        console.say(single_line(f"{target.name}: {format_counts(run)}"))
    save(source, review)
    found = find_disagreements(ReviewContext(complete.catalog, review, complete.today))
    for line in found:
        console.say(single_line(f"Disagreement: {line}"))
    context.exit(FOUND if found else 0)


def _places(source: ReviewFile, paths: Iterable[str]) -> list[tuple[Target, str]]:
    """Return the targets that are to be looked at, each with its folder or address."""
    places = [_find_target(source, each) for each in paths]
    if not places:
        named = [target for target in source.review.targets if target.repository]
        places = [(target, _resolve_repository(source.path, target.repository)) for target in named]
    if not places:
        raise UserError("this review has no repositories; add one with --target ID=PATH")
    return places


def _find_target(source: ReviewFile, text: str) -> tuple[Target, str]:
    name, equals, path = text.partition("=")
    if not equals or not path:
        raise UserError(f"--target {text[:60]}: write ID=PATH")
    return resolve_target(source.review, name), path


def _resolve_repository(file: Path, repository: str) -> str:
    return repository if is_address(repository) else str(file.resolve().parent / repository)


def _run(complete: ReviewContext, path: str, evidence: tuple[str, ...], alerts: tuple[Alerts, ...]) -> Run:
    wanted = complete.review.selection
    request = RunRequest(
        root=None if is_address(path) else Path(path),
        catalog=catalog_folder(),
        profile=wanted.profile,
        stage=wanted.stage,
        workload=wanted.workload,
        rules=tuple(rule.id for rule in complete.rules),
        evidence=evidence,
        alerts=alerts,
    )
    with Progress() as progress, open_target(path, None, progress.says) as tree:
        try:
            run, _ = perform_run(tree, request, progress.read)
        except RequirementMissingError as why:
            raise UserError(f"{tree.target} cannot be checked: {why}") from None
    return run
