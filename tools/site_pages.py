"""Builds the pages by MkDocs within this process, so that what a build needs is imported and read once."""

import io
import logging
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
import jinja2
from mkdocs.commands.build import build
from mkdocs.config import load_config

from tools.page_cache import PageCache

# The macros plugin logs where a macro failed and why, and then a traceback of its own code.
TRACEBACK = re.compile(r"\n*```\nTraceback \(most recent call last\):.*?\n```", re.DOTALL)


class PagesError(Exception):
    """The pages cannot be built; the message says all that is wrong."""


def write_pages(config: Path, folder: Path, cache: PageCache | None = None) -> None:
    """Build the pages into a folder, which is emptied first; a cache makes the next build quick. Raises PagesError."""
    # The theme's advice to move to Zensical is left out: a test builds the site with it.
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    with _log() as log:
        try:
            loaded = load_config(str(config), site_dir=str(folder))
            if cache:
                loaded.plugins["page_cache"] = cache
            loaded.plugins.on_startup(command="build", dirty=False)
            try:
                build(loaded)
            finally:
                loaded.plugins.on_shutdown()
        except (click.ClickException, SystemExit, jinja2.TemplateError) as error:
            raise PagesError(_explain(log.getvalue(), error)) from None


@contextmanager
def _log() -> Iterator[io.StringIO]:
    """Collect MkDocs' warnings and errors while the block runs."""
    text = io.StringIO()
    handler = logging.StreamHandler(text)
    handler.setLevel(logging.WARNING)
    handler.setFormatter(logging.Formatter("%(levelname)s -  %(message)s"))
    logger = logging.getLogger("mkdocs")
    logger.addHandler(handler)
    above, logger.propagate = logger.propagate, False
    try:
        yield text
    finally:
        logger.removeHandler(handler)
        logger.propagate = above


def _explain(log: str, error: BaseException) -> str:
    """Return what a person needs of a log, and of the error that ended the build."""
    return "\n".join(filter(None, (TRACEBACK.sub("", log).strip(), _message(error).strip())))


def _message(error: BaseException) -> str:
    match error:
        case click.ClickException():
            return error.format_message()
        case jinja2.TemplateSyntaxError():
            return f"{error.filename or error.name}:{error.lineno}: {error.message}"
    return ""
