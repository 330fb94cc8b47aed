"""The help documents every command and option, with examples that run."""

import importlib
import re
import shutil
from pathlib import Path

import click
import pytest

from tests.checks.repositories import Scratch
from tests.cli.vger_process import Vger
from tests.conftest import ROOT
from tests.editions.catalog_fixtures import begin_anew

pytestmark = pytest.mark.slow

CATALOG = ["", "rules", "explain", "tables", "validate", "due", "new", "new rule", "new row", "new table", "new check"]
EDITIONS = ["diff", "editions", *(f"editions {name}" for name in ("list", "check", "freeze", "release", "rebuild"))]
REPOSITORY = ["check", "init", "waive", "baseline"]
_OF_REVIEWS = ("new", "status", "answer", "check", "diff", "merge", "decide", "state", "migrate", "validate", "export")
_OF_BOARDS = ("describe", "results", "sign", "reopen")
REVIEW = ["export", "review", *(f"review {name}" for name in (*_OF_REVIEWS, *_OF_BOARDS, "import"))]
# What changes no data reads that of the project, which is loaded already, and not that of a copy.
READERS = ["", "rules", "explain", "tables", "due", *REPOSITORY]
# In the order in which their examples run: there are no results before a run.
PORTFOLIO = [*(f"portfolio {name}" for name in ("run", "diff", "report", "issue")), "portfolio"]
COMMANDS = [*CATALOG, *EDITIONS, *REPOSITORY, *REVIEW, *PORTFOLIO]
# What is not there yet where an example makes it.
MADE = {"review": "review.json", "review new": "review.json", "review export": "review.xlsx"}
# What each example begins with anew: a review is signed once, and opened again once.
STARTS = {"review sign": "mine.json", "review reopen": "signed.json"}
# What needs no example: the help itself, and how options are written that stand for each other.
PLAIN = {"--help"}
# What asks a server that no test reaches.
AWAY = ("https://", "github:", "tcp://", "editions rebuild")


def _help(vger: Vger, command: str) -> str:
    return "\n".join(vger.lines(*command.split(), "--help"))


def _examples(text: str) -> list[str]:
    block = text.partition("Examples:\n")[2].partition("\n\n")[0]
    return [line.strip() for line in block.splitlines()]


def _listed(text: str) -> list[str]:
    block = text.partition("Commands:\n")[2].partition("\n\n")[0]
    return [line.split()[0] for line in block.splitlines() if re.match(r"  \w", line)]


def test_the_commands_tested_here_are_those_of_the_help(vger: Vger) -> None:
    top = _listed(_help(vger, ""))
    below = [
        f"{group} {name}"
        for group in ("new", "editions", "review", "portfolio")
        for name in _listed(_help(vger, group))
    ]
    assert sorted(COMMANDS) == sorted(["", *top, *below])


@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_has_words_and_an_example(command: str, vger: Vger) -> None:
    text = _help(vger, command)
    examples = _examples(text)
    assert all(
        example.startswith(f"vger {command}".rstrip()) for example in examples if "--catalog checklists " not in example
    )
    options = set(re.findall(r"^  (?:-h, )?(--[a-z-]+)", text, re.MULTILINE))
    assert {"--help", "--catalog"} <= options
    assert {option for option in options - PLAIN if not any(option in example for example in examples)} == set()
    described = re.sub(r"\s+", " ", text.partition("Options:")[2])
    assert '[default: ""]' not in described
    assert re.findall(r"--[a-z-]+ (?:[A-Z-]+|\[[^]]*\])? ?(?=--)", described) == [], "an option without words"


@pytest.mark.parametrize("module", ["app", "review", "portfolio"])
def test_what_a_group_says_of_a_command_is_how_its_own_help_begins(module: str) -> None:
    imported = importlib.import_module(f"vger_guide.cli.{module}")
    group = imported.vger if module == "app" else imported.command
    own = {name: group.get_command(click.Context(group), name).get_short_help_str(1000) for name in group.summaries}
    assert own == group.summaries


def _write_reports(folder: Path) -> None:
    """Write the reports of other tools that the examples name into a folder."""
    (folder / "reports").mkdir()
    for name in ("checkov.sarif", "reports/trivy.sarif"):
        (folder / name).write_text('{"version": "2.1.0", "runs": []}', encoding="utf-8")


@pytest.fixture
def home(project_vger: Vger, tmp_path: Path) -> Path:
    """Return a home folder with the repository that the examples name, another one to be in, and the guide."""
    for name in ("shop", "here"):
        scratch = Scratch(tmp_path / "home" / "code" / name)
        scratch.write("settings.py", "DEBUG = False\n")
        scratch.write("lib/sums.js", "export const sum = (a, b) => a + b;\n")
        scratch.write("package.json", '{"dependencies": {"vue": "^3"}}\n')
        scratch.commit("Sell things (#1)")
        scratch.git("tag", "v1.2")
    _write_reports(tmp_path / "home" / "code" / "here")
    (tmp_path / "home" / ".gitconfig").write_text("[user]\nname = Ada\n", encoding="utf-8")
    (tmp_path / "home" / "code" / "guide").symlink_to(project_vger.folder)
    return tmp_path / "home"


@pytest.fixture(scope="session")
def reviewed(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> Path:
    """Return a folder with the files that the examples of reviews name."""
    folder = tmp_path_factory.mktemp("reviewed")
    vger = Vger(folder, cache)
    (folder / "settings.py").write_text("DEBUG = False\n", encoding="utf-8")
    _write_reports(folder)
    (folder / "CODEOWNERS").write_text("* @shop/payments\n", encoding="utf-8")
    vger.lines("review", "new", "before.json", "--target", "shop=.")
    assert vger("review", "check", "before.json").returncode == 0
    vger.lines("review", "state", "before.json", "draft", "--milestone", "Spring")
    for name, rule, value in (("mine", "SES004", "met"), ("hers", "SES002", "met"), ("other", "SES004", "partial")):
        shutil.copyfile(folder / "before.json", folder / f"{name}.json")
        vger.lines("review", "answer", f"{name}.json", rule, value, "--comment", name)
    shutil.copyfile(folder / "mine.json", folder / "merged.json")
    assert vger("review", "merge", "merged.json", "other.json", "--base", "before.json").returncode == 1
    shutil.copyfile(folder / "mine.json", folder / "review.json")
    vger.lines("review", "state", "review.json", "draft", "--milestone", "Autumn")
    shutil.copyfile(folder / "review.json", folder / "signed.json")
    vger.lines("review", "sign", "signed.json", "--by", "Cy", "--conclusion", "approved")
    for form, file in (("xlsx", "review.xlsx"), ("tasks", "issue.md"), ("json", "copy.json")):
        vger.lines("review", "export", "review.json", form, "--output", file)
    return folder


@pytest.fixture
def desk(reviewed: Path, tmp_path: Path) -> Path:
    """Return a copy of that folder, with the data of the guide."""
    Scratch(tmp_path / "desk" / "shop")
    shutil.copytree(reviewed, tmp_path / "desk" / "shop", dirs_exist_ok=True)
    (tmp_path / "desk" / "shop" / "checklists").symlink_to(ROOT / "checklists")
    return tmp_path / "desk" / "shop"


@pytest.mark.parametrize("command", REVIEW)
def test_the_examples_of_reviews_run(command: str, vger: Vger, desk: Path) -> None:
    if command in MADE:
        (desk / MADE[command]).unlink()
    for example in _examples(_help(vger, command)):
        if command == "review check" and "https://" in example:
            continue
        if command in STARTS:
            shutil.copyfile(desk / STARTS[command], desk / "review.json")
        done = vger.line(example, desk)
        # What somebody should look at may be found, where that is asked for.
        allowed = {0, 1} if "--strict" in example or command == "review check" else {0}
        assert done.returncode in allowed, f"{example}: {done.stderr}"


@pytest.mark.parametrize("command", [*CATALOG, *EDITIONS, *REPOSITORY])
def test_the_examples_run(command: str, project_vger: Vger, home: Path) -> None:
    if command in EDITIONS:
        # The edition that the examples make may be there already.
        begin_anew(project_vger.folder / "checklists")
    folder = project_vger.folder if command in (*CATALOG, *EDITIONS) else home / "code" / "here"
    caller = Vger(folder, project_vger.cache) if command in READERS else project_vger
    examples = _examples(_help(caller, command))
    assert examples
    for example in examples:
        if any(address in example for address in AWAY):
            continue
        done = caller.line(example, folder, {"HOME": str(home)})
        assert "No rule" not in done.stderr, f"{example} shows nothing"
        # `vger due --on` a day in years to come finds something, as it says, and `vger due` and `vger check` may.
        may = example.startswith(("vger due", "vger check"))
        allowed = {1} if example.startswith("vger due --on") else {0, 1} if may else {0}
        assert done.returncode in allowed, f"{example}: {done.stderr}"


def test_the_examples_of_portfolios_run(project_vger: Vger, home: Path) -> None:
    folder = home / "code" / "here"
    text = "title: Ours\nunit: Retail\nrepositories: [{path: ../shop}]\n"
    (folder / "portfolio.yml").write_text(text, encoding="utf-8")
    for command in PORTFOLIO:
        for example in _examples(_help(project_vger, command)):
            if not any(address in example for address in AWAY):
                place = example.replace("--catalog checklists", "--catalog ~/code/guide/checklists")
                done = project_vger.line(place, folder, {"HOME": str(home)})
                assert (done.returncode, done.stderr) == (0, ""), example


def test_exit_codes_and_completion_are_documented(vger: Vger) -> None:
    text = _help(vger, "")
    for code in ("0", "1", "2", "3", "130"):
        assert re.search(rf"^    {code} +\w", text, re.MULTILINE)
    for shell in ("bash", "zsh", "fish"):
        assert f"_VGER_COMPLETE={shell}_source vger" in text


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_the_line_for_a_shell_gives_a_script(shell: str, vger: Vger) -> None:
    done = vger(variables={"_VGER_COMPLETE": f"{shell}_source"})
    assert done.returncode == 0
    assert f"_VGER_COMPLETE={shell}_complete" in done.stdout


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("vger ru", "plain,rules"),
        ("vger explain SES00", "plain,SES004"),
        ("vger explain no-sess", "plain,no-sessions-in-a-relational-database"),
        ("vger rules --level m", "plain,must"),
        ("vger rules --wor", "plain,--workload"),
        ("vger export iss", "plain,issue-form"),
        ("vger review answer review.json SES00", "plain,SES004"),
        ("vger review import --format xl", "plain,xlsx"),
    ],
)
def test_commands_rules_and_values_are_completed(words: str, expected: str, vger: Vger) -> None:
    last = str(len(words.split()) - 1)
    done = vger(variables={"_VGER_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": last})
    assert expected in done.stdout.splitlines()


@pytest.mark.parametrize("arguments", [("frob",), ("--frob",), ("rules", "--frob"), ("new", "frob")])
def test_what_is_unknown_is_refused_with_the_way_to_the_help(arguments: tuple[str, ...], vger: Vger) -> None:
    said = vger.refused(*arguments)
    assert "Usage: vger" in said
    assert "--help" in said


def test_the_command_alone_shows_the_help(vger: Vger) -> None:
    assert _help(vger, "") in vger.refused()
