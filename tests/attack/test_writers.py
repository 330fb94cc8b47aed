"""Several commands that write the same file at once: nothing that was said to be written is lost."""

import subprocess

import pytest
import yaml

from tests.cli.vger_process import SECONDS, Vger, environment
from tests.soak import often

pytestmark = pytest.mark.slow

AT_ONCE = 4
ROUNDS = often(1, 250)


def test_waivers_of_many_writers_are_all_there(vger: Vger) -> None:
    said = set()
    for number in range(ROUNDS):
        reasons = [f"Round {number}, writer {writer}" for writer in range(AT_ONCE)]
        words = ("--owner", "A", "--until", "2099-01-01", "--folder", str(vger.folder), "--reason")
        running = {
            reason: subprocess.Popen(
                vger.command("waive", "VER010", *words, reason),
                env=environment(vger.cache),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            for reason in reasons
        }
        said |= {reason for reason, process in running.items() if process.wait(SECONDS) == 0}
    settings = yaml.safe_load((vger.folder / ".vger.yml").read_text(encoding="utf-8"))
    assert {each["reason"] for each in settings["waivers"]} == said
    assert len(said) == AT_ONCE * ROUNDS
