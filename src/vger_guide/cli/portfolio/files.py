"""The file of a portfolio and the folder of its results, as the commands are given them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from vger_guide.catalog.lookup import resolve
from vger_guide.checks.rule_set import load_rule_set
from vger_guide.cli.options import catalog_folder
from vger_guide.errors import UserError
from vger_guide.portfolio.load import load_portfolio
from vger_guide.portfolio.organisations import OrganisationLists
from vger_guide.portfolio.overview import Overview
from vger_guide.portfolio.run import read_members
from vger_guide.portfolio.state import StateFolder

F = TypeVar("F", bound=Callable[..., Any])

# Beside the file of the portfolio.
RESULTS = "portfolio-results"


def file_argument(command: F) -> F:
    """Give a command the argument FILE."""
    return click.argument("file", metavar="FILE", type=click.Path(path_type=Path))(command)


def into_option(command: F) -> F:
    """Give a command the option --into."""
    option = click.option(
        "--into",
        metavar="FOLDER",
        type=click.Path(path_type=Path),
        show_default=f"{RESULTS} beside the file",
        help="The folder of the results.",
    )
    return option(command)


def results_folder(file: Path, into: Path | None) -> Path:
    """Return the folder of the results of a portfolio."""
    return into or file.parent / RESULTS


def read_overview(file: Path, into: Path | None) -> Overview:
    """Return what the last run of a portfolio found. Raises UserError where there was none, and CatalogError."""
    rule_set = load_rule_set(catalog_folder())
    folder = results_folder(file, into)
    portfolio = load_portfolio(file, rule_set.profiles, OrganisationLists(folder, ask=False))
    members = read_members(portfolio, StateFolder(folder))
    if not members:
        raise UserError(f"{folder} holds no results of {file}; run 'vger portfolio run {file}' first")
    return Overview(portfolio, members, rule_set, datetime.now(UTC).date())


def require_unit(overview: Overview, unit: str) -> str:
    """Return the name of a unit, whatever its case, or nothing for nothing. Raises UserError for an unknown one."""
    return resolve("unit", [unit], {each.name: each.name for each in overview.units})[0] if unit else ""


def unit_option(command: F) -> F:
    """Give a command the option --unit."""
    option = click.option(
        "--unit", default="", show_default=False, metavar="UNIT", help="Only the repositories of this unit."
    )
    return option(command)
