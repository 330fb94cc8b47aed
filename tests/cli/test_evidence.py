"""`vger check --evidence`: what other tools found, on small repositories, with reports as data in tests/examples."""

import gzip
import json
import os
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.checks.repositories import Scratch
from tests.cli.vger_process import Vger
from tests.conftest import EXAMPLES

GOOD = sorted((EXAMPLES / "evidence" / "good").glob("*.yml"))
BAD = sorted((EXAMPLES / "evidence" / "bad").glob("*.yml"))
# A key, put together here, so that no scanner takes the examples for a leak.
KEY = "AKIA" + "Z3MWDVBNGT4KQJH2"

FILES = "vger_guide.evidence.files"


def _sentence(path: Path) -> str:
    return str(yaml.safe_load(path.read_text("utf-8"))["sentence"])


def _fill(value: Any, words: dict[str, str]) -> Any:
    """Return data with words in their texts replaced."""
    if isinstance(value, dict):
        return {_fill(key, words): _fill(each, words) for key, each in value.items()}
    if isinstance(value, list):
        return [_fill(each, words) for each in value]
    if isinstance(value, str):
        for word, text in words.items():
            value = value.replace(word, text)
    return value


def _make(folder: Path, files: dict[str, str]) -> Path:
    root = folder / "shop"
    for path, text in files.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text.replace("KEYAWS", KEY), "utf-8")
    return root


def _write(folder: Path, evidence: dict[str, Any], root: Path) -> Path:
    # Few reports name a commit, and git takes longer than all else.
    is_of_commit = any(key in str(evidence) for key in ("revisionId", "commit_sha"))
    commit = Scratch(root).commit("Sell things (#1)") if is_of_commit else ""
    words = {"KEYAWS": KEY, "ROOT": root.as_posix(), "COMMIT": commit}
    reports = folder / "reports"
    reports.mkdir()
    for name, data in _fill(evidence, words).items():
        lines = data if name.endswith(".jsonl") else [data]
        (reports / name).write_text("\n".join(json.dumps(line) for line in lines), "utf-8")
    return reports


def _run(vger: Vger, *arguments: str, **more: Any) -> dict[str, Any]:
    done = vger("check", *arguments, "--format", "json", **more)
    assert (done.stderr, done.returncode in (0, 1)) == ("", True), done.stderr
    run: dict[str, Any] = json.loads(done.stdout)
    return run


def _place(finding: dict[str, Any]) -> str:
    place = ":".join(str(each) for each in (finding["path"], finding["line"]) if each)
    return f"{place or 'the repository as a whole'} {finding['message']}"


@pytest.mark.parametrize("path", GOOD, ids=[_sentence(path) for path in GOOD])
def test_evidence(vger: Vger, tmp_path: Path, path: Path) -> None:
    case = yaml.safe_load(path.read_text("utf-8"))
    root = _make(tmp_path, case["files"])
    reports = _write(tmp_path, case["evidence"], root)
    run = _run(vger, str(root), "--rule", case["rule"], "--evidence", str(reports))
    [result] = run["results"]
    assert result["outcome"] == case["outcome"], result["reason"]
    places = [_place(finding) for finding in result["findings"]]
    assert [each for each in case.get("findings", ()) if each not in places] == [], places
    said = {"reason": result["reason"], "notices": " ".join(notice["message"] for notice in run["notices"])}
    missing = [text for name, whole in said.items() for text in case.get(name, ()) if text not in whole]
    assert missing == [], said
    assert KEY not in json.dumps(run)


@pytest.mark.parametrize("path", BAD, ids=[_sentence(path) for path in BAD])
def test_bad_evidence_is_refused_by_name_with_what_is_wrong(vger: Vger, tmp_path: Path, path: Path) -> None:
    case = yaml.safe_load(path.read_text("utf-8"))
    root = _make(tmp_path, {"readme.md": "A shop\n"})
    report = tmp_path / case["name"]
    if "link" in case:
        report.symlink_to(case["link"])
    elif "folder" in case:
        report.mkdir()
    elif "bytes" in case:
        report.write_bytes(bytes.fromhex(str(case["bytes"])))
    elif "text" in case:
        report.write_text(case["text"].replace("NEST", "[" * 1_000_000), "utf-8")
    said = vger.refused("check", str(root), "--evidence", str(report))
    assert case["message"] in said
    assert said.startswith("Error: --evidence ")
    assert len(said) < 1_000


@pytest.fixture
def bucket(tmp_path: Path) -> Path:
    """Return a folder with a bucket that everybody may read."""
    return _make(tmp_path, {"main.tf": 'resource "aws_s3_bucket" "shop" {\n  acl = "public-read"\n}\n'})


def _sarif(results: list[dict[str, Any]]) -> str:
    return json.dumps({"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "Checkov"}}, "results": results}]})


def _result(line: int = 2, path: str = "main.tf", id_: str = "CKV_AWS_20") -> dict[str, Any]:
    place = {"artifactLocation": {"uri": path}, "region": {"startLine": line}}
    return {"ruleId": id_, "message": {"text": "Public"}, "locations": [{"physicalLocation": place}]}


def test_a_file_of_a_gigabyte_is_refused_before_it_is_read(vger: Vger, tmp_path: Path, bucket: Path) -> None:
    report = tmp_path / "huge.sarif"
    with report.open("wb") as file:
        os.truncate(file.fileno(), 1 << 30)
    said = vger.refused("check", str(bucket), "--evidence", str(report))
    assert "has 1,073,741,824 bytes; 268,435,456 are read" in said


def test_a_gzip_file_with_a_byte_order_mark_is_read_and_a_bomb_is_not(vger: Vger, tmp_path: Path, bucket: Path) -> None:
    report = tmp_path / "report.sarif.gz"
    report.write_bytes(gzip.compress(_sarif([_result()]).encode("utf-8-sig")))
    run = _run(vger, str(bucket), "--rule", "INF011", "--evidence", str(report))
    assert "also found by Checkov (CKV_AWS_20)" in run["results"][0]["findings"][0]["message"]
    report.write_bytes(gzip.compress(b" " * 3_000_000))
    small = {f"{FILES}.FILE_BYTES": 1_000_000}
    done = vger("check", str(bucket), "--evidence", str(report), constants=small)
    assert (done.returncode, "is unpacked to more than 1,000,000 bytes" in done.stderr) == (2, True)


def test_of_more_findings_than_are_kept_the_number_is_told(vger: Vger, tmp_path: Path, bucket: Path) -> None:
    report = tmp_path / "report.sarif"
    report.write_text(_sarif([_result(line) for line in range(1, 200)]), "utf-8")
    few = {"vger_guide.evidence.sightings.KEPT": 50}
    run = _run(vger, str(bucket), "--rule", "INF011", "--evidence", str(report), constants=few)
    assert "199 results" in run["notices"][0]["message"]
    assert "Left out: 149 are too many." in run["notices"][0]["message"]


def test_all_files_together_are_bounded(vger: Vger, tmp_path: Path, bucket: Path) -> None:
    for number in range(3):
        (tmp_path / f"{number}.sarif").write_text(_sarif([_result()] * 100), "utf-8")
    paths = [word for number in range(3) for word in ("--evidence", str(tmp_path / f"{number}.sarif"))]
    done = vger("check", str(bucket), *paths, constants={f"{FILES}.ALL_BYTES": 50_000})
    assert (done.returncode, "the files together have more than 50,000 bytes" in done.stderr) == (2, True)


def test_a_folder_is_read_for_its_reports_and_tells_what_is_none(vger: Vger, tmp_path: Path, bucket: Path) -> None:
    reports = tmp_path / "reports"
    (reports / "deep").mkdir(parents=True)
    (reports / "deep" / "checkov.sarif").write_text(_sarif([_result()]), "utf-8")
    (reports / "package.json").write_text("{}", "utf-8")
    (reports / "settings.json").write_text('{\n  // JSON with comments\n  "a": 1\n}', "utf-8")
    (reports / "trufflehog.jsonl").touch()
    (reports / "notes.txt").write_text("not a report", "utf-8")
    (reports / "link.sarif").symlink_to(tmp_path / "elsewhere.sarif")
    run = _run(vger, str(bucket), "--rule", "INF011", "--evidence", str(reports))
    said = [notice["message"] for notice in run["notices"]]
    assert "1 confirmed" in said[0]
    passed_over = [each.removesuffix(" is no report that is known; it was passed over") for each in said[1:]]
    assert [Path(each).name for each in passed_over] == ["package.json", "settings.json", "trufflehog.jsonl"]
    (reports / "broken.sarif").write_text("{", "utf-8")
    assert "broken.sarif: is not JSON: " in vger.refused("check", str(bucket), "--evidence", str(reports))


def test_a_finding_of_a_tool_can_be_waived(vger: Vger, bucket: Path, tmp_path: Path) -> None:
    text = 'resource "azurerm_mysql_server" "a" {\n  geo_redundant_backup_enabled = false\n}\n'
    (bucket / "sql.tf").write_text(text, "utf-8")
    waiver = {"rule": "INF005", "owner": "Ann", "reason": "One region", "until": "2099-01-01"}
    (bucket / ".vger.yml").write_text(yaml.safe_dump({"waivers": [waiver]}), "utf-8")
    report = tmp_path / "report.sarif"
    report.write_text(_sarif([_result(2, "sql.tf", "CKV_AZURE_94")]), "utf-8")
    run = _run(vger, str(bucket), "--rule", "INF005", "--evidence", str(report))
    assert run["results"][0]["waived"] is True


def test_what_a_tool_writes_is_no_command_to_a_terminal_and_no_markup(vger: Vger, tmp_path: Path, bucket: Path) -> None:
    hostile = "Evil\x1b[31m<script>alert(1)</script>\n::error::x"
    report = tmp_path / "report.sarif"
    runs = [
        {"tool": {"driver": {"name": hostile}}, "results": [_result()]},
        {"tool": {"driver": {"name": "Checkov", "version": hostile}}, "results": [_result()]},
    ]
    report.write_text(json.dumps({"version": "2.1.0", "runs": runs}), "utf-8")
    for form in ("terminal", "html", "markdown", "annotations", "sarif", "junit"):
        done = vger("check", str(bucket), "--evidence", str(report), "--format", form)
        assert done.stderr == ""
        assert "\x1b[31m" not in done.stdout
        assert "\n::error::x" not in done.stdout
        assert form not in ("html", "markdown") or "<script>alert(1)" not in done.stdout


def test_a_review_keeps_what_tools_reported_beside_its_questions(vger: Vger, tmp_path: Path, bucket: Path) -> None:
    (bucket / "sql.tf").write_text('resource "azurerm_mysql_server" "a" {\n}\n', "utf-8")
    report, review = tmp_path / "report.sarif", tmp_path / "review.json"
    report.write_text(_sarif([_result(1, "sql.tf", "CKV_AZURE_94")]), "utf-8")
    vger.lines("review", "new", str(review), "--target", "Shop")
    done = vger("review", "check", str(review), "--target", f"shop={bucket}", "--evidence", str(report))
    assert done.stderr == ""
    [outcome] = json.loads(review.read_text("utf-8"))["outcomes"]["INF005"].values()
    assert (outcome["outcome"], outcome["places"]) == ("manual", ["sql.tf:1"])
    assert "Checkov (CKV_AZURE_94) reports" in outcome["reason"]


def test_an_organisation_maps_a_tool_of_its_own(vger: Vger, tmp_path: Path, bucket: Path) -> None:
    own = tmp_path / "own"
    (own / "evidence").mkdir(parents=True)
    (own / "extends.yml").write_text('organisation: Shops\nreviewed: "2026-11-23"\n', "utf-8")
    tool = {
        "tool": "house-lint",
        "title": "House lint",
        "named": ["house-lint"],
        "tried": "run",
        "version": "1",
        "basis": "Ours.",
        "findings": [{"means": "public-bucket", "ids": ["H1"]}],
    }
    (own / "evidence" / "house-lint.yml").write_text(yaml.safe_dump(tool), "utf-8")
    report = tmp_path / "report.sarif"
    report.write_text(_sarif([_result(id_="H1")]).replace("Checkov", "house-lint"), "utf-8")
    arguments = ("--catalog", str(own), "--rule", "INF011", "--evidence", str(report))
    run = _run(vger, str(bucket), *arguments)
    assert run["results"][0]["findings"][0]["message"].endswith("also found by House lint (H1)")
