"""`vger check` and its companions on real repositories, as a team would use them."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.checks.repositories import Scratch
from tests.cli.vger_process import Vger

pytestmark = pytest.mark.slow

KEY = "AKIA" + "Z3MWDVBNGT4KQJH2"


@pytest.fixture
def shop(tmp_path: Path) -> Scratch:
    """Return a repository that breaks SES004 and VER010, and little else."""
    shop = Scratch(tmp_path / "shop")
    shop.write("README.md", "# Shop\n\nRun `make`, then `make test`; `make deploy` puts it into the shop.\n")
    shop.write(
        "package.json", '{"dependencies": {\n "express-session": "^1.18.0",\n "connect-pg-simple": "^10.0.0"}}\n'
    )
    shop.write("package-lock.json", '{"lockfileVersion": 3, "packages": {}}\n')
    shop.write("settings.js", f'// the key\nconst key = "{KEY}";\n')
    shop.commit("Sell things (#1)")
    return shop


def _check(vger: Vger, shop: Scratch, *arguments: str) -> tuple[str, int]:
    done = vger("check", str(shop.root), *arguments)
    assert done.stderr == "", done.stderr
    return done.stdout, done.returncode


def _run(vger: Vger, shop: Scratch, *arguments: str) -> dict[str, object]:
    run: dict[str, object] = json.loads(_check(vger, shop, "--format", "json", *arguments)[0])
    return run


def _outcomes(run: dict[str, object]) -> dict[str, str]:
    return {each["rule"]["id"]: each["outcome"] for each in run["results"]}  # type: ignore[attr-defined]


def test_a_failure_says_where_what_why_and_how_to_mend_it_and_masks_the_secret(vger: Vger, shop: Scratch) -> None:
    text, code = _check(vger, shop)
    assert code == 1
    assert "settings.js:2:14 holds an access key of AWS\n      | key: AKIA…\n" in text
    assert "package.json:3 depends on connect-pg-simple ^10.0.0" in text
    assert re.search(r"^FAIL VER010 Keep credentials out of source control \(must, critical\)$", text, re.MULTILINE)
    assert "    Why: " in text
    assert "    Fix: " in text
    assert KEY not in text


def test_what_could_not_be_looked_into_is_told_without_any_option_and_nothing_passes_on_it(
    vger: Vger, shop: Scratch
) -> None:
    shop.write("main.tf", 'resource "aws_s3_bucket" "sales" {\n')
    shop.commit("Define a bucket (#2)")
    text, _ = _check(vger, shop, "--rule", "INF011")
    assert "1 file could not be read, and no pass is based on it: main.tf" in " ".join(text.split())
    assert _outcomes(_run(vger, shop))["INF011"] == "manual"


def test_chapters_are_in_order_and_the_worst_comes_first_in_each(vger: Vger, shop: Scratch) -> None:
    text, _ = _check(vger, shop)
    assert re.findall(r"^(\d [A-Z].*|FAIL \w+|PREVIEW \w+)", text, re.MULTILINE) == [
        "2 Software design principles",
        "FAIL SES004",
        "3 Source control",
        "FAIL VER010",
        "PREVIEW ALW003",
        "FAIL REL002",
    ]


def test_traces_help_a_person_and_decide_nothing(vger: Vger, shop: Scratch) -> None:
    shop.write("requirements.txt", "redis==5.0.1\n")
    shop.commit("Keep prices in a cache (#2)")
    text, code = _check(vger, shop, "--rule", "CAC002")
    assert code == 0
    assert "Found: " not in text
    assert "No rule could be decided: what was found only helps a person to answer." in text
    assert "Traces were found that help to answer 1 of the rules that need a person." in " ".join(text.split())
    every = _check(vger, shop, "--rule", "CAC002", "--all")[0]
    place = "requirements.txt:1 a cache that exists as a product or a library: depends on redis ==5.0.1"
    assert place in " ".join(every.split())
    assert " ".join(every.split()).count("a cache that exists") == 1
    run: dict[str, Any] = _run(vger, shop, "--rule", "CAC002")
    [result] = run["results"]
    assert (result["outcome"], [(each["path"], each["line"]) for each in result["findings"]]) == (
        "manual",
        [("requirements.txt", 1)],
    )
    assert run["coverage"] == {"rules": 1, "automated": 0, "traced": 1}
    [log] = json.loads(_check(vger, shop, "--rule", "CAC002", "--format", "sarif")[0])["runs"]
    [told] = log["results"]
    assert (told["kind"], told["level"]) == ("review", "none")
    assert told["locations"][0]["physicalLocation"]["region"]["startLine"] == 1


def test_the_counts_add_up_to_all_rules_and_no_pass_is_called_proven_that_is_not(vger: Vger, shop: Scratch) -> None:
    run = _run(vger, shop)
    assert sum(run["counts"].values()) == len(run["results"]) == run["coverage"]["rules"]  # type: ignore[attr-defined,arg-type,index]
    text, _ = _check(vger, shop)
    passed = [each for each in run["results"] if each["outcome"] == "pass"]  # type: ignore[attr-defined]
    proven = sum(each["strength"] == "proof" for each in passed)
    assert (
        f"Of the rules that passed, {proven} passed with proof, {len(passed) - proven} with an indication to confirm."
        in text
    )


@pytest.mark.parametrize(("threshold", "code"), [("must", 1), ("critical", 1), ("low", 1), ("never", 0)])
def test_the_threshold_decides_the_exit_code(vger: Vger, shop: Scratch, threshold: str, code: int) -> None:
    assert _check(vger, shop, "--fail-on", threshold)[1] == code


def test_a_threshold_that_nothing_reaches_gives_0(vger: Vger, shop: Scratch) -> None:
    (shop.root / "settings.js").unlink()
    shop.write("package.json", "{}")
    shop.commit("Sell less (#2)")
    text, code = _check(vger, shop)
    assert ("FAIL REL002" in text, code) == (True, 0)
    assert _check(vger, shop, "--fail-on", "should")[1] == 1


def test_a_commit_is_looked_at_and_not_the_files_on_the_disk(vger: Vger, shop: Scratch) -> None:
    first = shop.git("rev-parse", "HEAD")
    shop.write("settings.js", "const key = secrets.get();\n")
    shop.commit("Fetch the key (#2)")
    assert _outcomes(_run(vger, shop))["VER010"] == "pass"
    assert _outcomes(_run(vger, shop, "--ref", first))["VER010"] == "fail"


def test_a_repository_is_cloned_from_its_address(vger: Vger, shop: Scratch) -> None:
    done = vger("check", shop.root.as_uri(), "--format", "json")
    run = json.loads(done.stdout)
    assert _outcomes(run)["VER010"] == "fail"
    assert _outcomes(run)["REL003"] == "unavailable", "a shallow clone has no history"
    assert run["commit"] == shop.git("rev-parse", "HEAD")


def test_a_profile_selects_rules_and_a_rule_can_be_asked_alone(vger: Vger, shop: Scratch) -> None:
    assert "SES004" not in _outcomes(_run(vger, shop, "--profile", "library"))
    assert _outcomes(_run(vger, shop, "--rule", "ses004")) == {"SES004": "fail"}


def test_what_failed_is_accepted_by_a_waiver_and_shown_with_its_reason(vger: Vger, shop: Scratch) -> None:
    waived = ("waive", "VER010", "--reason", "A made-up key", "--owner", "Ann", "--until", "2100-01-01")
    assert vger(*waived, "--folder", str(shop.root)).returncode == 0
    text, _ = _check(vger, shop)
    assert "FAIL VER010" not in text
    assert "A made-up key (accepted by Ann until 2100-01-01)" in " ".join(text.split())
    assert _check(vger, shop, "--no-settings")[0].count("FAIL VER010") == 1


def test_a_waiver_that_expired_accepts_nothing_and_is_named(vger: Vger, shop: Scratch) -> None:
    shop.write(".vger.yml", 'waivers:\n  - {rule: VER010, owner: Ann, reason: Later, until: "2020-01-01"}\n')
    text, code = _check(vger, shop)
    assert ("FAIL VER010" in text, code) == (True, 1)
    assert ".vger.yml:2: the waiver of VER010 expired on 2020-01-01" in text


@pytest.mark.parametrize(
    ("rule", "why"),
    [("DOC001", "which does not fail (pass)"), ("VER010", "which has no finding in its paths"), ("INF001", "(manual)")],
)
def test_a_waiver_that_nothing_needs_is_an_error(vger: Vger, shop: Scratch, rule: str, why: str) -> None:
    shop.write(
        ".vger.yml", f'waivers:\n  - {{rule: {rule}, paths: [lib/**], owner: Ann, reason: Why, until: "2100-01-01"}}\n'
    )
    text, code = _check(vger, shop)
    assert why in " ".join(text.split())
    assert code == 2


def test_a_baseline_keeps_apart_what_stood_and_new_findings_fail(vger: Vger, shop: Scratch) -> None:
    assert vger("baseline", str(shop.root)).returncode == 0
    shop.write("settings.js", f'\n\n// moved\nconst key = "{KEY}";\n')
    text, code = _check(vger, shop)
    assert ("FAIL" in text, code) == (False, 0)
    shop.write("other.js", f'const key = "{KEY}";\n')
    shop.git("add", "--all")
    text, code = _check(vger, shop)
    assert ("other.js:1:14" in text, "settings.js" in text, code) == (True, False, 1)


def test_findings_of_the_baseline_that_have_gone_are_counted(vger: Vger, shop: Scratch) -> None:
    vger("baseline", str(shop.root))
    shop.write("settings.js", "const key = secrets.get();\n")
    assert "1 finding of the baseline is gone" in " ".join(_check(vger, shop)[0].split())


def test_changed_files_are_looked_at_alone_and_for_what_they_can_break_themselves(vger: Vger, shop: Scratch) -> None:
    inside = Vger(shop.root, vger.cache)
    assert inside("check", "--changed", "README.md").returncode == 0
    done = inside("check", "--changed", "settings.js", "README.md", "--format", "json")
    run = json.loads(done.stdout)
    assert done.returncode == 1
    assert {rule for rule, outcome in _outcomes(run).items() if outcome == "fail"} == {"VER010"}
    assert "REL002" not in _outcomes(run), "a template may be in the other files"
    assert run["files"]["read"] <= 2


def test_init_proposes_a_profile_by_what_it_sees_and_keeps_a_file_that_is_there(vger: Vger, shop: Scratch) -> None:
    done = vger("init", str(shop.root))
    assert "with the profile web-application (Web application)" in done.stdout
    assert "`package.json` depends on express-session" in done.stdout
    assert "(Web application)" in _check(vger, shop)[0]
    assert "already exists" in vger.refused("init", str(shop.root))


@pytest.mark.parametrize(
    ("files", "profile"),
    [
        ({"stack.yml": "Resources: {Shop: {Type: AWS::EC2::Instance}}", "README.md": "# Shop"}, "infrastructure"),
        (
            {"site/tasks/main.yml": "- debug:", "app/package.json": '{"dependencies": {"express": "4"}}'},
            "infrastructure",
        ),
        ({"train.py": "from sklearn.linear_model import Ridge", "chart/Chart.yaml": "name: shop"}, "machine-learning"),
        ({"book.toml": "[book]", "src/one.md": "# One", "listings/a.rs": "", "listings/b.rs": ""}, "documentation"),
    ],
    ids=["a template of CloudFormation", "roles of Ansible beside a program", "training beside a chart", "a book"],
)
def test_init_proposes_what_most_of_a_repository_is(
    vger: Vger, tmp_path: Path, files: dict[str, str], profile: str
) -> None:
    for name, text in files.items():
        path = tmp_path / "kind" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert f"would have the profile {profile} " in vger("init", "--dry-run", "kind").stdout


def test_settings_stand_in_pyproject_too(vger: Vger, shop: Scratch) -> None:
    skip = 'skip = [{rule = "REL003", reason = "Tickets are in the pull requests."}]'
    shop.write("pyproject.toml", f'[tool.vger]\nprofile = "api"\nfail_on = "never"\n{skip}\n')
    text, code = _check(vger, shop)
    assert ("(API or SDK)" in text, code) == (True, 0)
    assert "skips REL003: Tickets are in the pull requests.\n" in text


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("profil: api\n", ".vger.yml:1: profil: is not a key here; did you mean 'profile'?"),
        ("'[key]': 1\n", ".vger.yml:1: [key]: is not a key here; allowed: extends, "),
        ("profile: apis\n", "there is no profile 'apis'; did you mean api?"),
        ("only: [SES044]\n", ".vger.yml: there is no rule 'SES044'; did you mean SES004"),
        ("fail_on: hard\n", "is not a threshold: must, should, may, critical, high, medium, low or never"),
        ("waivers:\n  - {rule: VER010}\n", ".vger.yml:2: waivers.0.owner: is missing; add 'owner:'"),
        ("a: [\n", "is not YAML"),
        ("extends: ../../etc\n", "extends: '../../etc' leads out of the repository"),
    ],
)
def test_settings_with_problems_are_refused_with_file_line_and_mend(
    vger: Vger, shop: Scratch, text: str, message: str
) -> None:
    shop.write(".vger.yml", text)
    assert message in vger.refused("check", str(shop.root))


def test_what_is_not_there_is_refused_in_a_line(vger: Vger, shop: Scratch) -> None:
    assert "there is no such folder" in vger.refused("check", "nowhere")
    assert "it has no commit 'v9'" in vger.refused("check", str(shop.root), "--ref", "v9")
    assert "is not an address that can be cloned" in vger.refused("check", "ext::sh -c id")
    assert "write FORMAT=FILE" in vger.refused("check", str(shop.root), "--report", "sarif")


def test_an_organisation_s_folder_changes_what_is_asked(vger: Vger, shop: Scratch) -> None:
    shop.write(
        "architecture/extends.yml",
        'organisation: Shop\nreviewed: "2026-01-01"\nwithdrawn:\n  - {rule: SES004, reason: We are small.}\n',
    )
    shop.write(".vger.yml", "extends: architecture\n")
    assert "SES004" not in _outcomes(_run(vger, shop))


def test_a_link_in_an_organisation_s_folder_is_refused(vger: Vger, shop: Scratch) -> None:
    shop.write("architecture/extends.yml", 'organisation: Shop\nreviewed: "2026-01-01"\n')
    (shop.root / "architecture" / "rules").symlink_to("/etc")
    shop.write(".vger.yml", "extends: architecture\n")
    assert "holds the link 'rules'" in vger.refused("check", str(shop.root))


def test_a_plain_folder_is_looked_at_and_says_what_it_has_not(vger: Vger, tmp_path: Path) -> None:
    (tmp_path / "plain").mkdir()
    (tmp_path / "plain" / "README.md").write_text(
        "Words on how to set up, run and alter the system, and no fewer.", encoding="utf-8"
    )
    run = json.loads(vger("check", "plain", "--format", "json").stdout)
    assert _outcomes(run)["DOC001"] == "pass"
    assert _outcomes(run)["REL003"] == "unavailable"


def test_an_empty_folder_is_not_said_to_be_fine(vger: Vger, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    done = vger("check", "empty", "--rule", "SES004")
    assert "No rule could be checked: this run says nothing about the repository" in done.stdout


def test_nothing_passes_and_nothing_is_inapplicable_where_git_knows_of_no_file(vger: Vger, tmp_path: Path) -> None:
    bare = Scratch(tmp_path / "bare")
    bare.write("app.py", "print()\n")
    run = json.loads(vger("check", "bare", "--format", "json").stdout)
    assert not {"pass", "not-applicable"} & {*_outcomes(run).values()}


def test_hostile_names_and_texts_do_not_steer_the_terminal(vger: Vger, shop: Scratch) -> None:
    shop.write("\x1b[31mred\n.js", f'const key = "{KEY}"; // \x1b]0;title\x07\n')
    shop.git("add", "--all")
    done = vger("check", str(shop.root))
    assert "\\x1b[31mred\\n.js:1" in done.stdout
    assert "\x1b" not in done.stdout


def test_reports_are_written_into_files_beside_what_is_shown(vger: Vger, shop: Scratch, tmp_path: Path) -> None:
    files = ("sarif=out.sarif", "junit=out.xml", "html=out.html", "badge=out.svg")
    arguments = [argument for file in files for argument in ("--report", file)]
    text, code = _check(vger, shop, *arguments)
    assert ("FAIL VER010" in text, code) == (True, 1)
    assert json.loads((tmp_path / "out.sarif").read_text(encoding="utf-8"))["version"] == "2.1.0"
    assert KEY not in "".join((tmp_path / name.partition("=")[2]).read_text(encoding="utf-8") for name in files)


def test_two_runs_write_the_same_bytes(vger: Vger, shop: Scratch) -> None:
    assert _check(vger, shop, "--format", "json") == _check(vger, shop, "--format", "json")


def test_nothing_is_written_to_the_repository(vger: Vger, shop: Scratch) -> None:
    def state() -> list[tuple[str, int, int]]:
        return sorted((str(p), p.lstat().st_mtime_ns, p.lstat().st_size) for p in shop.root.rglob("*"))

    before = state()
    _check(vger, shop)
    assert state() == before


def test_previews_that_cannot_decide_are_only_named_beside_other_rules(vger: Vger, shop: Scratch) -> None:
    text, _ = _check(vger, shop, "--rule", "API001", "--rule", "REL001", "--rule", "GIT002")
    assert "Previews that could not decide: GIT002, API001. 'vger check --all' tells why." in " ".join(text.split())
    assert "no description of an API" not in text
    alone, _ = _check(vger, shop, "--rule", "API001")
    assert "no description of an API" in " ".join(alone.split())
    every, _ = _check(vger, shop, "--rule", "API001", "--rule", "REL001", "--all")
    assert "no description of an API" in " ".join(every.split())
