"""Writes all that a run gives: the site, the data, each as a folder that is replaced as a whole."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from vger_guide.checks.rule_set import RuleSetSnapshot
from vger_guide.portfolio.data import write_data
from vger_guide.portfolio.folder import replace_folders
from vger_guide.portfolio.load import LoadedPortfolio
from vger_guide.portfolio.overview import Overview
from vger_guide.portfolio.pages.site import write_pages
from vger_guide.portfolio.run import Member

SITE = "site"
DATA = "data"


def write_all(
    folder: Path, portfolio: LoadedPortfolio, members: Sequence[Member], rule_set: RuleSetSnapshot
) -> Overview:
    """Write pages and data below a folder, and return what they tell. Raises UserError and OSError."""
    overview = Overview(portfolio, members, rule_set, datetime.now(UTC).date())
    replace_folders({folder / DATA: write_data(overview), folder / SITE: write_pages(overview)})
    return overview
