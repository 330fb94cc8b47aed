"""What came after a baseline, a waiver or a list of changed files is never hidden by them."""

from pathlib import Path

import pytest

from tests.checks.repositories import Scratch
from tests.cli.vger_process import Vger

pytestmark = pytest.mark.slow

# Keys of the form that AWS gives out, made up.
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
KEYS = [f"AKIA{LETTERS[i % 32]}{LETTERS[i // 32 % 32]}{LETTERS[i // 1024]}QZ7WKX3M5RTVA" for i in range(6000)]
RULE = ("--rule", "VER010")
WAIVER = ("--owner", "Ann", "--reason", "Made up", "--until", "2100-01-01")


@pytest.fixture
def shop(tmp_path: Path) -> Scratch:
    """Return an empty repository."""
    return Scratch(tmp_path / "shop")


def _lines(keys: list[str]) -> str:
    return "".join(f'KEY = "{key}"\n' for key in keys)


def _code(vger: Vger, shop: Scratch, *arguments: str) -> int:
    shop.git("add", "--all")
    return vger("check", str(shop.root), *RULE, *arguments).returncode


@pytest.mark.parametrize("before", [1, 20, 50, 51, 52, 200, 1500], ids="{} before".format)
def test_one_secret_more_or_another_one_fails_however_many_stood_in_the_file(
    vger: Vger, shop: Scratch, before: int
) -> None:
    shop.write("a.py", _lines(KEYS[:before]))
    shop.git("add", "--all")
    vger("baseline", str(shop.root))
    assert _code(vger, shop) == 0
    shop.write("a.py", "\n" + _lines(KEYS[:before]))
    assert _code(vger, shop) == 0, "lines moved, and nothing else"
    shop.write("a.py", _lines(KEYS[: before + 1]))
    assert _code(vger, shop) == 1, "one more"
    shop.write("a.py", _lines([*KEYS[: before - 1], KEYS[-1]]))
    assert _code(vger, shop) == 1, "the last one is another"
    inside = Vger(shop.root, vger.cache)
    assert inside("check", "--changed", "a.py").returncode == 1


def test_a_second_secret_in_the_same_line_is_another_finding(vger: Vger, shop: Scratch) -> None:
    shop.write("a.json", f'["{KEYS[0]}", "{KEYS[1]}"]\n')
    shop.git("add", "--all")
    vger("baseline", str(shop.root))
    assert _code(vger, shop) == 0
    shop.write("a.json", f'["{KEYS[0]}", "{KEYS[2]}"]\n')
    assert _code(vger, shop) == 1


def test_what_is_new_fails_beside_more_findings_than_are_shown(vger: Vger, shop: Scratch) -> None:
    for at in range(0, 5200, 40):
        shop.write(f"a{at:04}.py", _lines(KEYS[at : at + 40]))
    shop.git("add", "--all")
    vger("baseline", str(shop.root))
    assert _code(vger, shop) == 0
    shop.write("z.py", _lines(KEYS[-1:]))
    assert _code(vger, shop) == 1
    (shop.root / ".vger-baseline.json").unlink()
    vger("waive", "VER010", *WAIVER, "--folder", str(shop.root), "--path", "a*.py")
    assert _code(vger, shop) == 1


def test_no_part_of_a_secret_stands_in_the_baseline_and_a_guess_is_not_confirmed(vger: Vger, shop: Scratch) -> None:
    """A million secrets have the same fingerprint: of 20 bits, nothing more can be told."""
    from vger_guide.matchers.findings import identify

    shop.write("a.py", _lines(KEYS[:1]))
    shop.git("add", "--all")
    vger("baseline", str(shop.root))
    assert KEYS[0][4:] not in (shop.root / ".vger-baseline.json").read_text(encoding="utf-8")
    assert len(identify(KEYS[0])) == 5
    assert len({identify(key) for key in KEYS}) > len(KEYS) - 60


def _changed(vger: Vger, folder: Path, *paths: str) -> int:
    return Vger(folder, vger.cache)("check", "--changed", *paths).returncode


def test_changed_files_are_found_by_whatever_path_leads_to_them(vger: Vger, shop: Scratch, tmp_path: Path) -> None:
    shop.write("sub/a.py", _lines(KEYS[:1]))
    shop.write("b.py")
    shop.git("add", "--all")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "link").symlink_to(shop.root, target_is_directory=True)
    assert _changed(vger, shop.root, "sub/a.py") == 1
    assert _changed(vger, shop.root, str(shop.root / "sub" / "a.py")) == 1
    assert _changed(vger, shop.root, "sub/../sub/./a.py") == 1
    assert _changed(vger, shop.root, "sub") == 1
    assert _changed(vger, shop.root, str(tmp_path / "link" / "sub" / "a.py")) == 1
    assert _changed(vger, shop.root / "sub", "a.py") == 1
    assert _changed(vger, shop.root / "sub", "../sub/a.py", "../b.py") == 1
    assert _changed(vger, tmp_path / "elsewhere", "../shop/sub/a.py") == 1
    assert _changed(vger, shop.root, "b.py") == 0


def test_a_changed_file_that_is_not_tracked_yet_is_looked_at(vger: Vger, shop: Scratch) -> None:
    shop.commit(one="1")
    shop.write("new.py", _lines(KEYS[:1]))
    assert _changed(vger, shop.root, "new.py") == 1


def test_a_changed_file_that_was_deleted_is_fine_and_one_that_never_was_is_refused(vger: Vger, shop: Scratch) -> None:
    shop.write("[a].py", _lines(KEYS[:1]))
    shop.write("b.py")
    shop.commit()
    (shop.root / "b.py").unlink()
    assert _changed(vger, shop.root, "b.py") == 0
    shop.git("rm", "--quiet", "--cached", "b.py")
    assert _changed(vger, shop.root, "b.py") == 0
    (shop.root / "[a].py").unlink()
    shop.commit()
    assert _changed(vger, shop.root, "b.py", "[a].py") == 0
    inside = Vger(shop.root, vger.cache)
    assert "there is no file 'c.py' in shop, and no commit had it" in inside.refused("check", "--changed", "c.py")
    assert "no file 'b.pyx' in shop" in inside.refused("check", "--changed", "b.py", "b.pyx")
    assert "is not in" in inside.refused("check", "--changed", "b.py", "../elsewhere.py")


def test_a_run_of_one_rule_says_nothing_of_waivers_and_baselines_of_others(vger: Vger, shop: Scratch) -> None:
    shop.write("README.md", "# Shop\n\nRun `make`, then `make test`; `make deploy` puts it into the shop.\n")
    shop.write("a.py", _lines(KEYS[:1]))
    shop.git("add", "--all")
    vger("waive", "VER010", *WAIVER, "--folder", str(shop.root))
    done = vger("check", str(shop.root), "--rule", "DOC001")
    assert ("waiver" in done.stdout, done.returncode) == (False, 0)
    (shop.root / ".vger.yml").unlink()
    vger("baseline", str(shop.root))
    assert "baseline" not in vger("check", str(shop.root), "--rule", "DOC001").stdout


@pytest.mark.parametrize(
    "path", ["app/[id]/a.env", "{{cookiecutter.slug}}/a.env", "a*b?/[!x].env", "caf\u00e9/a.env"], ids=str
)
def test_the_path_of_a_finding_is_taken_letter_by_letter(vger: Vger, shop: Scratch, path: str) -> None:
    shop.write(path, f"K={KEYS[0]}\n")
    shop.git("add", "--all")
    written = vger("waive", "VER010", *WAIVER, "--folder", str(shop.root), "--path", path)
    assert written.returncode == 0, written.stderr
    assert _code(vger, shop) == 0
    shop.write("app/i/a.env", f"K={KEYS[1]}\n")
    assert _code(vger, shop) == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("INF001", *WAIVER), "INF001 has no check, so that it never fails"),
        (("VER010", *WAIVER, "--path", "lib/**"), "--path lib/**: selects no file"),
        (("VER010", *WAIVER, "--path", "src"), "for the files in that folder write 'src/**'"),
        (("VER010", *WAIVER, "--path", "[z-a]"), "--path [z-a]: selects no file that is looked at"),
        (("REL003", *WAIVER, "--path", "src/**"), "is no file, but the repository as a whole"),
        (("VER010", *WAIVER[:-1], "2020-01-01"), "--until 2020-01-01: the day is over"),
    ],
)
def test_a_waiver_that_can_accept_nothing_is_refused_when_it_is_written(
    vger: Vger, shop: Scratch, arguments: tuple[str, ...], message: str
) -> None:
    shop.write("src/a.py")
    shop.git("add", "--all")
    assert message in vger.refused("waive", *arguments, "--folder", str(shop.root))
    assert not (shop.root / ".vger.yml").exists()
