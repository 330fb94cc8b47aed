"""`vger portfolio issue`: one issue for each unit at the forge, opened once and kept up to date."""

from pathlib import Path

import click

from vger_guide.cli import console
from vger_guide.cli.options import catalog_option
from vger_guide.cli.portfolio.files import (
    file_argument,
    into_option,
    read_overview,
    require_unit,
    results_folder,
    unit_option,
)
from vger_guide.errors import UserError
from vger_guide.forge.github import find_name, find_token
from vger_guide.forge.issues import Issue, IssueTracker
from vger_guide.portfolio.issues import Draft, draft_issues, write_issues
from vger_guide.text.file_lock import locked

EXAMPLES = """\b
Examples:
  vger portfolio issue portfolio.yml --forge github:acme/architecture --dry-run
  vger portfolio issue portfolio.yml --forge github:acme/architecture --unit Retail
  vger portfolio issue portfolio.yml --forge github:acme/architecture --into ~/results
  vger portfolio issue portfolio.yml --forge github:acme/architecture --catalog ~/code/guide/checklists

\b
Exit codes:
  0    done, or nothing to do
  2    bad input: an unknown unit, no results yet, no token, or a repository that is public or cannot be written to
"""

HOST = "github"
DONE = {"open": "opened", "update": "updated", "unchanged": "unchanged"}
NOTHING = "nothing fails and there is no issue"


@click.command("issue", epilog=EXAMPLES)
@file_argument
@into_option
@unit_option
@click.option(
    "--forge",
    metavar="github[:OWNER/NAME]",
    default=HOST,
    show_default="the repository in GITHUB_REPOSITORY",
    help="The private repository at GitHub that has the issues.",
)
@click.option("--dry-run", is_flag=True, help="Show what would be written, and write nothing.")
@catalog_option
def command(file: Path, into: Path | None, unit: str, forge: str, dry_run: bool) -> None:
    """Open an issue for each unit of a portfolio, or bring it up to date, as the last run saw it.

    An issue is found again by a mark in its text that readers do not see. Nothing is written where nothing has changed.
    GH_TOKEN or GITHUB_TOKEN holds the token.
    """
    host, _, name = forge.partition(":")
    if host != HOST:
        raise UserError(f"--forge {forge} is no repository at GitHub; write it as in github:OWNER/NAME")
    name = find_name(name)
    overview = read_overview(file, into)
    wanted = require_unit(overview, unit)
    if dry_run and not find_token():
        console.say(f"Without a token {name} was not asked: an issue that is there would be updated.")
        for draft in draft_issues(overview, wanted, {}):
            console.say(_describe_plan(draft, name))
        return
    with locked(results_folder(file, into) / "state"):  # two at a time would open two issues
        tracker = IssueTracker(name)
        drafts = list(draft_issues(overview, wanted, tracker.find_marked()))
        if dry_run:
            console.say("\n".join(_describe_plan(draft, tracker.name) for draft in drafts))
            return
        for draft, issue in write_issues(tracker, drafts):
            console.say(_describe(draft, issue))


def _describe(draft: Draft, issue: Issue | None) -> str:
    if issue is None:
        return f"{draft.unit}: {NOTHING}"
    closed = "" if issue.is_open else ", closed"
    return f"{draft.unit}: {DONE[draft.action]} #{issue.number}{closed} {issue.address}".rstrip()


def _describe_plan(draft: Draft, name: str) -> str:
    """Return what would be done, with the text where it would be written."""
    if draft.action not in ("open", "update"):
        return _describe(draft, draft.issue)
    what = f"update #{draft.issue.number} in {name}" if draft.issue else f"open '{draft.title}' in {name}"
    return f"{draft.unit}: would {what}:\n\n{draft.body}"
