"""The engine: one pass whatever the engine of patterns and the number of processes, and no check can end a run."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from vger_guide.checks import parallel, scan
from vger_guide.checks.evaluate import evaluate_rule
from vger_guide.checks.plan import plan
from vger_guide.checks.results import CheckOutcome, RuleFacts
from vger_guide.checks.runner import run_checks
from vger_guide.matchers import content
from vger_guide.matchers.glob_set import GlobSet
from vger_guide.matchers.probes import FileSelection, TextProbe
from vger_guide.repo.memory_tree import MemoryTree

FACTS = RuleFacts(
    id="TOO001",
    slug="use-the-saw",
    title="Use the saw",
    level="must",
    severity="high",
    revision=1,
    chapter="2 Tools",
    section="2.1 Saws",
    statement="Wood must be cut with the saw.",
    why="It is made for it.",
    ask="Is it?",
    mend="Cut.",
    address="https://guide.example/rules/use-the-saw/",
)
SAW = {"content": {"which": ["**"], "find": [{"what": "a saw", "pattern": "(?i)saw[0-9]*"}], "expect": "absent"}}


def _record(expect: object, **more: object) -> dict[str, object]:
    return {"strength": "proof", "expect": expect, "mend": "Cut.", "blind": ["Much."], **more}


@pytest.mark.parametrize(
    ("glob", "path", "selected"),
    [
        ("*.tf", "a.tf", True),
        ("*.tf", "b/a.tf", False),
        ("**/*.tf", "a.tf", True),
        ("**/*.tf", "b/c/a.TF", True),
        ("src/**", "src/a/b", True),
        ("src/**", "src", False),
        ("src/**", "srcs/a", False),
        ("**/{a,b}*/c", "x/bee/c", True),
        ("**/{a,b}*/c", "x/cee/c", False),
        ("{,x/}y", "y", True),
        ("{,x/}y", "x/y", True),
        ("{*,b}*/c", "x/y/c", False),
        ("{[,x}z-a]", "[z-a]", True),
        ("[a-c]?", "b1", True),
        ("[!a-c]?", "b1", False),
        ("a.b", "aXb", False),
        ("a+(b)$", "a+(b)$", True),
        ("*", "a\nb", True),
        ("*", "x\udce9", True),
        ("**/*é*", "x/café.md", True),
    ],
)
def test_a_glob_selects_what_its_rules_say(glob: str, path: str, selected: bool) -> None:
    assert bool(GlobSet([glob]).selecting(path)) is selected


def test_a_finding_has_its_line_its_letters_and_a_text_that_is_cut() -> None:
    data = f"é\nüü {'x' * 5000} SAW7 {'y' * 5000}\n".encode()
    [result], _ = run_checks(plan([(FACTS, _record(SAW))]), MemoryTree({"a.txt": data}))
    [finding] = result.findings
    assert (finding.path, finding.line, finding.column) == ("a.txt", 2, 3 + 1 + 5000 + 1)
    assert "SAW7" in finding.text
    assert len(finding.text) < 200


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "latin-1"])
def test_text_is_searched_in_whatever_encoding_it_is(encoding: str) -> None:
    tree = MemoryTree({"a.txt": "größer\nmit saw\n".encode(encoding)})
    [result], _ = run_checks(plan([(FACTS, _record(SAW))]), tree)
    assert [(finding.line, finding.text) for finding in result.findings] == [(2, "mit saw")]


def test_what_is_binary_is_not_searched() -> None:
    [result], _ = run_checks(plan([(FACTS, _record(SAW))]), MemoryTree({"a.bin": b"\0saw"}))
    assert result.outcome is CheckOutcome.PASS


def test_a_check_that_raises_is_an_error_of_its_rule_and_the_others_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr(content, "evaluate", broken)
    there = {"paths": {"which": ["a"], "expect": "present"}}
    [bad, good], _ = run_checks(plan([(FACTS, _record(SAW)), (FACTS, _record(there))]), MemoryTree({"a": b""}))
    assert (bad.outcome, good.outcome) == (CheckOutcome.ERROR, CheckOutcome.PASS)
    assert bad.reason.startswith("RuntimeError in test_engine.py:")


def test_a_part_that_cannot_be_judged_matters_only_where_no_other_holds() -> None:
    tags = {"tags": {"like": "v", "what": "a version", "percent": 1}}
    there = {"paths": {"which": ["a"], "expect": "present"}}
    tree = MemoryTree({"a": b""})
    outcomes = [
        run_checks(plan([(FACTS, _record(expect))]), tree)[0][0].outcome
        for expect in ({"any": [tags, there]}, {"any": [tags, {"not": there}]}, {"all": [there, tags]})
    ]
    assert outcomes == [CheckOutcome.PASS, CheckOutcome.UNAVAILABLE, CheckOutcome.UNAVAILABLE]


def test_a_rule_without_a_check_is_for_a_person() -> None:
    [asked] = plan([(FACTS, None)]).rules
    assert evaluate_rule(asked, scan.Scanned([], 0, 0, 0), MemoryTree({})).outcome is CheckOutcome.MANUAL


def test_fingerprints_stay_while_lines_and_numbers_move() -> None:
    def prints(text: str) -> list[str]:
        [result], _ = run_checks(plan([(FACTS, _record(SAW))]), MemoryTree({"a.txt": text.encode()}))
        return [finding.fingerprint for finding in result.findings]

    first = prints("one saw1\ntwo saw\ntwo saw\n")
    assert len(set(first)) == 3
    assert prints("\n\nzero\none saw2\ntwo saw\n\ntwo saw\n") == first


def test_two_processes_find_the_same_as_one(monkeypatch: pytest.MonkeyPatch) -> None:
    files = {f"d{i % 7}/f{i}.txt": f"line\n{'saw' if i % 3 else 'axe'} {i}\n".encode() for i in range(400)}
    probes = [TextProbe(FileSelection(("**",)), "saw"), TextProbe(FileSelection(("d1/**",), ("**/*2.txt",)), "axe")]
    alone = scan.scan(MemoryTree(files), probes)
    monkeypatch.setattr(parallel, "WORTH", 1)
    monkeypatch.setattr(parallel, "CHUNK", 3)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    told: list[tuple[int, int]] = []
    assert scan.scan(MemoryTree(files), probes, lambda *progress: told.append(progress)) == alone
    assert all(done <= of == 400 for done, of in told)
    assert told


SAMPLES = """
import json, sys
if sys.argv[1] == "re":
    sys.modules["re2"] = None
from tests.checks.test_samples import CHECKED, result
from vger_guide.matchers import patterns
assert (patterns.re2 is None) == (sys.argv[1] == "re")
for rule in CHECKED.values():
    for kind in ("passing", "failing", "not_applicable"):
        for sample in getattr(rule.check.samples, kind):
            found = result(rule.id, sample)
            print(rule.id, sample.title, found.outcome, [(f.path, f.line, f.column, f.text) for f in found.findings])
"""


@pytest.mark.slow
def test_both_engines_of_patterns_find_the_same() -> None:
    """Without RE2, as in a browser, the module re searches."""
    told = [
        subprocess.run(
            [sys.executable, "-c", SAMPLES, engine], cwd=ROOT, capture_output=True, text=True, check=True, timeout=120
        ).stdout
        for engine in ("re2", "re")
    ]
    assert told[0] == told[1]
    assert told[0].count("\n") > 40


HOSTILE = {
    "minified.js": b"var a=1;" * 6_500_000,
    "bomb.yml": b"a: &a [x]\n" + b"".join(b"%c: &%c [%s]\n" % (98 + i, 98 + i, b"*a," * 9) for i in range(20)),
    "package.json": b'{"dependencies":' + b"[" * 200_000,
    "pom.xml": b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + b"<!ENTITY b '&a;&a;'>" * 50 + b"]><project>&b;</project>",
    "main.tf": b'resource "aws_s3_bucket" "a" {' + b"{" * 100_000,
    "pyproject.toml": b"a = " + b"[" * 100_000,
    "application.yml": b"{" * 100_000,
    "requirements.txt": b"a" * 1_000_000,
    "settings.py": b'KEY = "AKIA' + b"Z3MWDVBNGT4KQJH2" + b'"\n',
}


@pytest.mark.slow
def test_hostile_files_cost_little_and_hide_nothing(tmp_path: Path) -> None:
    for name, data in HOSTILE.items():
        (tmp_path / name).write_bytes(data)
    os.mkfifo(tmp_path / "pipe.py")
    (tmp_path / "round").symlink_to(tmp_path)
    (tmp_path / "out.py").symlink_to("/etc/passwd")
    code = (
        "import resource, subprocess, sys\n"
        "done = subprocess.run(sys.argv[1:], capture_output=True, text=True, timeout=60)\n"
        "print(done.stdout, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, sep='\\0')\n"
        "sys.stderr.write(done.stderr)"
    )
    command = [sys.executable, "-m", "vger_guide.cli", "check", str(tmp_path), "--format", "json"]
    done = subprocess.run([sys.executable, "-c", code, *command], cwd=ROOT, capture_output=True, text=True, timeout=90)
    assert done.stderr == ""
    report, _, peak = done.stdout.partition("\0")
    results = {each["rule"]["id"]: each for each in json.loads(report)["results"]}
    assert [finding["path"] for finding in results["VER010"]["findings"]] == ["settings.py"]
    unseen = {each["path"]: each["reason"] for each in results["VER010"]["unseen"]}
    assert set(unseen) == {"minified.js"}
    assert "error" not in {each["outcome"] for each in results.values()}
    assert int(peak) / 1024 < 150  # MB
