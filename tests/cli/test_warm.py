"""What a fork of a warm process says is what a process of its own says; the other tests stand on it."""

import pytest

from tests.cli.vger_process import Started, Vger

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    "arguments",
    [
        ("--version",),
        (),
        ("explain", "SES004"),
        ("rules", "--level", "must", "--format", "json"),
        ("due", "--on", "2030-01-01"),
        ("check", ".", "--all"),
        ("validate", "nowhere"),
        ("explain", "\udcff\u202e"),
    ],
    ids=" ".join,
)
def test_a_fork_writes_what_a_process_writes_and_ends_as_it_does(arguments: tuple[str, ...], vger: Vger) -> None:
    (vger.folder / "settings.py").write_text("DEBUG = True\n", encoding="utf-8")
    started = Started(vger.folder, vger.cache)(*arguments)
    forked = vger(*arguments)
    assert (forked.returncode, forked.stdout, forked.stderr) == (started.returncode, started.stdout, started.stderr)


def test_a_fork_has_the_folder_and_the_variables_of_its_call_and_leaves_none_behind(vger: Vger) -> None:
    other = vger.folder / "other"
    other.mkdir()
    assert Vger(other, vger.cache)("export", "csv", "--output", "here.csv").returncode == 0
    assert (other / "here.csv").is_file()
    for _ in range(2):  # once by each of the two servers
        assert vger("explain", "SES004", variables={"XDG_CACHE_HOME": str(other)}).returncode == 0
    assert (other / "vger-guide").is_dir()
    for _ in range(2):
        assert Vger(vger.folder, vger.folder / "cache")("explain", "SES004").returncode == 0
    assert [path.name for path in (vger.folder / "cache").iterdir()] == ["vger-guide"]
