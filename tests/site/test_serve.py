"""`make serve`, as people use it: started once, edited, watched in a browser, and ended by Ctrl-C."""

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.conftest import ROOT
from tests.soak import SOAK

pytestmark = pytest.mark.slow

SECONDS = 120  # a bound for a busy machine; an idle one shows a save within three
TABLE = "checklists/tables/tools.yml"
PAGE = "principles/"


@dataclass
class Serving:
    """A server that was started, and what it said until it was ready."""

    process: "subprocess.Popen[str]"
    said: str
    log: Path

    @property
    def address(self) -> str:
        """The address that it named."""
        found = re.search(r"^The guide is at (http://127\.0\.0\.1:\d+/)$", self.said, re.MULTILINE)
        assert found, self.said
        return found[1]

    def end(self) -> str:
        """Press Ctrl-C, which every process of a terminal gets, and return all that was said."""
        os.killpg(self.process.pid, signal.SIGINT)
        self.process.communicate(timeout=SECONDS)
        return self.log.read_text(encoding="utf-8")


@contextmanager
def _serving(project: Path, port: int, folder: Path) -> Iterator[Serving]:
    """Start the command, with this environment for the project's own, and wait until it is ready."""
    # What setting up would make is taken for made.
    made = ["--old-file=.venv/.ready", "--old-file=.venv/.site"]
    command = ["make", "serve", *made, f"BIN={Path(sys.executable).parent}", f"PORT={port}"]
    log = folder / "serve.log"
    env = {**os.environ, "TMPDIR": str(folder)}
    with (
        log.open("w", encoding="utf-8") as errors,
        subprocess.Popen(
            command, cwd=project, env=env, stdout=subprocess.PIPE, stderr=errors, text=True, start_new_session=True
        ) as process,
    ):
        try:
            assert process.stdout
            said = ""
            while "Ctrl-C ends." not in said and (line := process.stdout.readline()):
                said += line
            yield Serving(process, said, log)
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)


def _edit(path: Path, change: Callable[[str], str]) -> None:
    text = path.read_text(encoding="utf-8")
    assert change(text) != text
    path.write_text(change(text), encoding="utf-8")


def _replace(path: Path, old: str, new: str) -> None:
    _edit(path, lambda text: text.replace(old, new, 1))


def _shows(page: Page, selector: str, text: str) -> None:
    expect(page.locator(selector, has_text=text).first).to_be_visible(timeout=SECONDS * 1000)


def _is_mended(page: Page) -> None:
    expect(page.locator("[data-problem]")).to_have_count(0, timeout=SECONDS * 1000)


def test_every_save_shows_in_the_open_page_errors_too_and_all_is_served_that_is_published(
    small_guide: Path, tmp_path_factory: pytest.TempPathFactory, browser: Browser
) -> None:
    project, folder = small_guide, tmp_path_factory.mktemp("serving")
    with socket.create_server(("127.0.0.1", 0)) as other, _serving(project, other.getsockname()[1], folder) as server:
        taken = other.getsockname()[1]
        assert f":{taken}/" not in server.address
        assert "Watched: docs, checklists, macros, overrides, mkdocs.yml." in server.said
        page = browser.new_page()
        page.goto(server.address + PAGE)

        _replace(project / "docs/principles.md", "Choose one of these", "Choose all of these")
        _shows(page, "article", "Choose all of these")
        _replace(project / TABLE, "Cutting wood", "Cutting timber")
        _shows(page, "article", "Cutting timber")
        _replace(project / "macros/templates/table.html", "<table", '<p id="new">Of a template</p>\n<table')
        _shows(page, "#new", "Of a template")
        _replace(
            project / "macros/pages.py",
            '"table.html", table',
            '"corrections.html", corrections=self.catalog.source.corrections, table',
        )
        _shows(page, "article", "Corrections to the 2023 document")
        _replace(project / "overrides/main.html", "{% block extrahead %}", "{% block extrahead %}<i id=theirs></i>")
        expect(page.locator("#theirs")).to_have_count(1, timeout=SECONDS * 1000)

        _replace(project / TABLE, "verdict: use", "verdict: <adopt>")
        _shows(page, "[data-problem]", f"{TABLE}:")
        _shows(page, "[data-problem]", "saw.verdicts.0.verdict: is '<adopt>'; allowed: 'use'")
        _replace(project / TABLE, "verdict: <adopt>", "verdict: watch")
        _is_mended(page)
        _replace(project / "docs/index.md", "{{ contents() }}", "{{ contents() }}{{ table('toys') }}")
        _shows(page, "[data-problem]", "there is no table 'toys'")
        _replace(project / "docs/index.md", "{{ table('toys') }}", "[gone](gone.md)")
        _shows(page, "[data-problem]", "contains a link 'gone.md', but the target is not found")
        _replace(project / "overrides/main.html", "<i id=theirs>", "{% if %}<i id=theirs>")
        _shows(page, "[data-problem]", "main.html:3: Expected an expression")
        _replace(project / "overrides/main.html", "{% if %}", "")
        # The page is as it was, and still warns of the same.
        _shows(page, "[data-problem]", "contains a link 'gone.md'")
        _replace(project / "docs/index.md", "[gone](gone.md)", "")
        _is_mended(page)
        page.goto(server.address + "nowhere/")
        _shows(page, "h1", "This page is not part of the guide")
        page.close()

        [served] = folder.glob("vger-guide-*/site")
        subprocess.run([sys.executable, "-m", "tools.site", "site"], cwd=project, check=True, capture_output=True)
        assert _differences(_files(served), _files(project / "site")) == []
        assert (served / "engine/manifest.json").is_file()
        said = server.end()
    assert f"Port {taken} is taken" in said
    assert "Built in" in said
    assert "saw.verdicts.0.verdict: is '<adopt>'" in said
    assert "Traceback" not in said
    assert said.rstrip().endswith("Ended.")
    assert [*folder.glob("vger-guide-*")] == []


KEPT = """
import sys
from pathlib import Path
from tools.page_cache import PageCache
from tools.site import write_extras, write_site

folder, cache = Path(sys.argv[1]), PageCache()
write_site(folder, lambda _: None, cache)
write_site(folder, write_extras, cache)
"""


def test_the_guide_built_again_from_what_was_kept_of_it_is_the_guide_that_is_published(
    small_guide: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Of the small guide; the nightly run asks it of the whole one."""
    folder = tmp_path_factory.mktemp("built")
    for words in (["-c", KEPT, str(folder / "again")], ["-m", "tools.site", str(folder / "once")]):
        done = subprocess.run([sys.executable, *words], cwd=ROOT if SOAK else small_guide, capture_output=True)
        assert done.returncode == 0, done.stderr
    assert _differences(_files(folder / "again"), _files(folder / "once")) == []


def _files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def _differences(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))
