"""Names of files that mean something to a terminal or to a workflow's log are shown, and do nothing."""

import os
import re

from tests.cli.vger_process import Vger

KEY = "-----BEGIN " + "RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA04up8hoqzS1{}\n-----END " + "RSA PRIVATE KEY-----\n"
NAMES = [
    "\x1b]0;title\x07a.pem",
    "\x1b[2Jb.pem",
    "\x9b31mc.pem",
    "\u202egpj.d.pem",
    "\u2066e.pem",
    "\u200bf.pem",
    "\u2028g.pem",
    "line\r::error::h.pem",
    "line\n::error::i.pem",
    "::stop-commands::j.pem",
    "  ::error::k.pem",
    "##[error]l.pem",
    "in a name ##[group]m.pem",
    "##vso[task.setvariable]n.pem",
    "bytes \udcff\udc9b.pem",
]
# What a terminal obeys or hides, and what a log takes for a command.
STEERING = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069]")
COMMAND = re.compile(r"^\s*::|##\w*\[", re.MULTILINE)


def test_hostile_names_are_shown_escaped_on_a_terminal_and_in_a_log(vger: Vger) -> None:
    root = vger.folder / "shop"
    root.mkdir()
    # Ten findings of a rule are shown: half of the names at a time.
    for half in (NAMES[:8], NAMES[8:]):
        for name in NAMES:
            data = name.encode("utf-8", "surrogateescape")
            (root / os.fsdecode(data)).write_text(KEY.format(data.hex()) if name in half else "", encoding="utf-8")
        done = vger("check", "shop", "--rule", "VER010")
        assert done.returncode == 1
        assert done.stdout.count("holds a private key") == len(half)
        assert not STEERING.search(done.stdout)
        assert not COMMAND.search(done.stdout)


def test_hostile_names_are_shown_escaped_in_errors(vger: Vger) -> None:
    for name in NAMES[:-1]:
        done = vger("check", name)
        assert done.returncode == 2
        assert not STEERING.search(done.stderr), name
        assert not COMMAND.search(done.stderr), name
