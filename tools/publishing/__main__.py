"""Runs from the command line, as the workflows do. Exit codes: 0 done; 1 a site does not build; 2 not published."""

import argparse
import sys
from pathlib import Path

from mike.git_utils import GitError

from tools.publishing.build import build, public_address
from tools.publishing.deploy import prune, put
from tools.publishing.names import UnknownVersionError
from tools.publishing.rebuild import ROOT, rebuild
from tools.publishing.remote import PublishError
from tools.publishing.summary import summary


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
    parser = argparse.ArgumentParser(prog="python -m tools.publishing", description=__doc__)
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
