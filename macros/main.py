"""The macros module that both site engines load: it gives the pages their macros, and defines nothing else.

MkDocs calls `define_env` once a build, Zensical once a page; the catalogue is kept by the state of its files.
"""

import sys
from pathlib import Path
from typing import Any

import click

ROOT = Path(__file__).resolve().parent.parent


class BuildStopped(click.ClickException, SystemExit):
    """Ends a build with a message and no traceback; a serving MkDocs prints it and goes on."""

    code = 1


def define_env(env: Any) -> None:
    """Give the pages their macros. Raises BuildStopped, with every problem, where the data cannot be used."""
    if not env.conf["site_url"]:
        raise BuildStopped("The site has no address; set site_url in mkdocs.yml, or SITE_URL")
    _import_anew()
    from macros.guidance import Guidance  # noqa: PLC0415 - as it is now
    from macros.pages import Pages, Refused  # noqa: PLC0415 - as it is now

    try:
        pages = Pages(ROOT, env)
    except Refused as error:
        raise BuildStopped(str(error)) from None
    guidance = Guidance(ROOT, pages.catalog, pages.links, pages.templates)
    for macro in (*pages.macros, *guidance.macros):
        env.macro(macro, macro.__name__)
    env.conf["extra"]["last_changed"] = pages.last_changed


def _import_anew() -> None:
    """Make the next import read macros/ again: without it an edit would show only after a new start of the server."""
    if str(ROOT) not in sys.path:
        sys.path.insert(0, str(ROOT))
    for name in [name for name in sys.modules if name.partition(".")[0] == "macros"]:
        del sys.modules[name]
