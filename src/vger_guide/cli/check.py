"""`vger check`: the guide's rules on a repository."""

from collections.abc import Sequence
from pathlib import Path

import click
from click.shell_completion import CompletionItem

from vger_guide.checks.changed_files import find_root, to_relative
from vger_guide.checks.exit_code import BAD_SETTINGS, exit_code
from vger_guide.checks.results import Run
from vger_guide.checks.rule_set import load_rule_set
from vger_guide.checks.run_settings import RunSettings
from vger_guide.checks.runner import RunRequest, perform_run
from vger_guide.cli import console
from vger_guide.cli.evidence import split_evidence
from vger_guide.cli.options import catalog_folder, catalog_option, evidence_option
from vger_guide.cli.progress import Progress
from vger_guide.cli.target import open_target
from vger_guide.errors import UserError
from vger_guide.forge.settings import HostingSettings
from vger_guide.output.runs import format_names, load_format
from vger_guide.output.runs.terminal import render_lines
from vger_guide.repo.clone import is_address
from vger_guide.repo.tree import RequirementMissingError, Tree
from vger_guide.text.atomic_write import write_whole

EXAMPLES = """\b
Examples:
  vger check
  vger check --profile web-application ~/code/shop
  vger check --profile data-pipeline --stage growing --workload reporting
  vger check --ref v1.2 ~/code/shop
  vger check https://git.example/team/shop.git
  vger check --rule VER010 --rule SES004 --all
  vger check --format markdown > comment.md
  vger check --fail-on high --no-settings
  vger check --report sarif=vger.sarif --report html=vger.html
  vger check --changed settings.py package.json
  vger check --forge github:acme/shop
  vger check --evidence checkov.sarif --evidence reports/
  vger check --evidence github:acme/shop
  vger check --catalog ~/code/guide/checklists

\b
Exit codes:
  0    nothing failed at or above the threshold
  1    at least one rule failed
  2    bad input: an unknown name, settings with problems, an unused waiver, or nothing to check
  3    a check, or vger itself, failed
"""

THRESHOLDS = ["must", "should", "may", "critical", "high", "medium", "low", "never"]
TERMINAL = "terminal"


def _rules(context: click.Context, _: click.Parameter, begun: str) -> list[CompletionItem]:
    known = [rule["facts"] for rule in load_rule_set(catalog_folder(context)).rules if rule["check"]]
    return [CompletionItem(each["id"], help=each["title"]) for each in known if each["id"].startswith(begun.upper())]


@click.command("check", epilog=EXAMPLES)
@click.argument("targets", nargs=-1, metavar="[TARGET]")
@click.option("--ref", metavar="REF", help="Check this commit, branch or tag instead of the files on disk.")
@click.option(
    "--profile", default="", show_default=False, metavar="PROFILE", help="Check only the rules for this kind of system."
)
@click.option(
    "--stage",
    default="",
    show_default=False,
    metavar="STAGE",
    help="Of these, only the rules for this stage of its life.",
)
@click.option(
    "--workload",
    default="",
    show_default=False,
    metavar="WORKLOAD",
    help="Of these, only the rules for this use of its database.",
)
@click.option(
    "--rule",
    "rules",
    multiple=True,
    metavar="RULE",
    shell_complete=_rules,
    help="Check only this rule; can be repeated.",
)
@click.option(
    "--fail-on",
    type=click.Choice(THRESHOLDS),
    show_default="must",
    help="The lowest level or severity that fails the run.",
)
@click.option(
    "--format", "form", type=click.Choice([TERMINAL, *format_names()]), default=TERMINAL, help="The output format."
)
@click.option(
    "--report",
    "reports",
    multiple=True,
    metavar="FORMAT=FILE",
    help="Also write a report to this file; can be repeated.",
)
@click.option(
    "--all", "everything", is_flag=True, help="Also list the rules that passed, do not apply or need a person."
)
@click.option("--changed", is_flag=True, help="Check only the files named, for what they can break by themselves.")
@click.option("--no-settings", is_flag=True, help="Ignore the repository's .vger.yml and baseline.")
@click.option(
    "--forge",
    metavar="FORGE",
    help="Also check the settings of the hosting service: github, github:OWNER/NAME or a JSON file.",
)
@evidence_option
@catalog_option
@click.pass_context
def command(
    context: click.Context,
    targets: tuple[str, ...],
    ref: str | None,
    profile: str,
    stage: str,
    workload: str,
    rules: tuple[str, ...],
    fail_on: str | None,
    form: str,
    reports: tuple[str, ...],
    everything: bool,
    changed: bool,
    no_settings: bool,
    forge: str | None,
    evidence: tuple[str, ...],
) -> None:
    """Check a repository against the guide, rule by rule.

    TARGET is a folder or the address of a git repository. By default it is the current folder. In a checkout, the
    tracked files are read as they are on disk. Nothing from the repository is run, and nothing is written to it.
    """
    wanted = _parse_reports(reports)
    root = find_root(targets) if changed and not ref else Path()
    target = str(root) if changed or not targets else targets[0]
    if not changed and len(targets) > 1:
        raise UserError("name only one TARGET; several files need --changed")
    files, alerts = split_evidence(evidence)
    request = RunRequest(
        root=None if ref or is_address(target) else Path(target),
        catalog=catalog_folder(),
        profile=profile,
        stage=stage,
        workload=workload,
        rules=rules,
        fail_on=fail_on or "",
        changed=to_relative(targets, root.resolve()) if changed else None,
        settings=not no_settings,
        forge=_settings(forge) if forge else None,
        evidence=files,
        alerts=alerts,
    )
    with Progress() as progress, open_target(target, ref, progress.says) as tree:
        run, chosen = _run(tree, request, progress)
    _write(run, form, wanted, everything)
    if any(notice.error for notice in run.notices):
        context.exit(BAD_SETTINGS)
    context.exit(exit_code(run, chosen.fail_on))


def _parse_reports(reports: Sequence[str]) -> list[tuple[str, Path]]:
    """Return the format and the file of each --report."""
    wanted = []
    for each in reports:
        form, equals, path = each.partition("=")
        if form not in format_names() or not equals or not path:
            raise UserError(
                f"--report {each}: write FORMAT=FILE, with one of these formats: {', '.join(format_names())}"
            )
        wanted.append((form, Path(path)))
    return wanted


def _settings(forge: str) -> HostingSettings:
    from vger_guide.forge.load import load_hosting_settings  # noqa: PLC0415 - it imports what asks servers

    return load_hosting_settings(forge)


def _run(tree: Tree, request: RunRequest, progress: Progress) -> tuple[Run, RunSettings]:
    try:
        return perform_run(tree, request, progress.read)
    except RequirementMissingError as why:
        raise UserError(f"{tree.target} cannot be checked: {why}") from None


def _write(run: Run, form: str, wanted: list[tuple[str, Path]], everything: bool) -> None:
    for name, path in wanted:
        write_whole(path, load_format(name).write(run).encode())
    if form == TERMINAL:
        console.write("\n".join(render_lines(console, run, everything)))
    else:
        console.write_document(load_format(form).write(run))
