"""Runs from the command line, as the workflows do. Exit codes: 0 done; 1 a site does not build; 2 not published."""

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path

from mike.git_utils import GitError

from tools.publish.branches import PublishError, UnknownVersionError, git
from tools.publish.build import build, public_address
from tools.publish.deploy import prune, put
from tools.publish.rebuild import ROOT, rebuild
from tools.site_data import HOME
from vger_guide.text.markdown import format_code

CONTENT = ("docs", "checklists")
SHOWN = 50


def summary(site: Path, base: str) -> str:
    """Return the text: how large the site is, how to open it, and which pages and records differ from `base`.

    Raises PublishError where there is no such commit.
    """
    sizes = [path.stat().st_size for path in site.rglob("*") if path.is_file()]
    count = sum(1 for _ in site.rglob(HOME))
    changed = git("diff", "--name-only", "-z", f"{base}...HEAD", "--", *CONTENT).split("\0")
    return f"""## Preview

The strict build holds {count} pages, {sum(sizes) / 1e6:.0f} MB. Download the artefact `preview` below, unpack it, run
`python3 -m http.server --directory preview` beside it, and open <http://localhost:8000>.

### Pages and records that differ

{_listed([name for name in changed if name])}
"""


def _listed(names: Iterable[str]) -> str:
    names = list(names)
    lines = [f"- {format_code(name)}" for name in names[:SHOWN]]
    if len(names) > SHOWN:
        lines.append(f"- and {len(names) - SHOWN} more")
    return "\n".join(lines) or "None."


def main() -> int:
    """Do what is asked for, in the clone that is the working directory."""
    asked = _parser().parse_args()
    try:
        return _done(asked)
    except (PublishError, GitError, UnknownVersionError) as error:
        print(error, file=sys.stderr)
        return 2


def _done(asked: argparse.Namespace) -> int:
    if asked.command == "build":
        return 1 if build(ROOT, asked.site.resolve(), asked.branch) else 0
    if asked.command == "rebuild":
        return rebuild(asked.editions)
    says = {
        "put": lambda: put(asked.site, asked.branch, public_address()),
        "prune": lambda: prune(public_address()),
        "summary": lambda: summary(asked.site, asked.base),
    }
    print(says[asked.command]())
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tools.publish", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    for name, text in (
        ("build", "build this clone as the version that its branch is"),
        ("put", "put a built site onto gh-pages, and push it"),
    ):
        command = commands.add_parser(name, help=text)
        command.add_argument("site", type=Path, help="the folder of the site")
        command.add_argument("--branch", required=True, help="the branch, such as main or edition/2023.09")
    commands.add_parser("prune", help="take the previews off whose branches are gone")
    again = commands.add_parser(
        "rebuild", help="build editions anew with today's theme and dependencies, and publish them"
    )
    again.add_argument("editions", nargs="*", help="the editions, such as 2023.09 (default: all)")
    said = commands.add_parser("summary", help="say in Markdown what a preview holds")
    said.add_argument("site", type=Path, help="the folder of the site")
    said.add_argument("--base", required=True, help="the commit that the preview is compared with")
    return parser


if __name__ == "__main__":
    sys.exit(main())
