"""A bad portfolio is refused with all its problems, each with its place and how to fix it."""

from pathlib import Path

import pytest

from tests.cli.vger_process import Vger
from tests.conftest import EXAMPLES

pytestmark = pytest.mark.slow

BAD = sorted((EXAMPLES / "portfolio" / "bad").glob("*.yml"))


@pytest.mark.parametrize("example", BAD, ids=lambda path: path.stem)
def test_a_bad_portfolio_is_refused_with_all_its_problems(example: Path, vger: Vger, tmp_path: Path) -> None:
    (tmp_path / "portfolio.yml").write_bytes(example.read_bytes())
    (tmp_path / "many.txt").write_text(
        "# ours\nhttps://ada:hunter2@git.example/a.git\nftp://git.example/b\nhttps://[::1/c\n"
    )
    (tmp_path / "cells.csv").write_text("repository,team\nshop,Retail\n")
    (tmp_path / "long.csv").write_text("x" * 200_000)
    said = vger.refused("portfolio", "run", "portfolio.yml")
    assert said == example.with_suffix(".txt").read_text(encoding="utf-8")
    assert "hunter2" not in said
    assert not (tmp_path / "portfolio-results").exists()
