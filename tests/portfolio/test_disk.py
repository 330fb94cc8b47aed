"""A run that does not fit on the disk ends in words, keeps what was checked, and the next one goes on."""

from pathlib import Path

import pytest

from tests.cli.vger_process import Vger

pytestmark = pytest.mark.slow

RUN = ("portfolio", "run", "portfolio.yml", "--jobs", "1", "--into")


def test_a_run_without_room_keeps_its_results_and_the_next_one_goes_on(organisation: Path, vger: Vger) -> None:
    vger(*RUN, "undisturbed")
    # No file may be longer than that, as by a quota: a result fits, and a page does not.
    done = vger.line(f"ulimit -f 12; vger {' '.join(RUN)} results", organisation)
    assert done.returncode == 2
    assert done.stderr.startswith("Error: results cannot be written: File too large; free some space and repeat the")
    assert done.stderr.count("\n") == 1
    assert sorted(path.name for path in (organisation / "results").iterdir()) == [".gitignore", "state"]
    said = vger(*RUN, "results").stdout.splitlines()
    assert said[1] == "3 repositories: 0 checked now, 2 unchanged, 1 not checked."
    for name in ("outcomes.csv", "findings.csv", "rules.csv"):
        written, expected = (organisation / into / "data" / name for into in ("results", "undisturbed"))
        assert written.read_bytes() == expected.read_bytes()
