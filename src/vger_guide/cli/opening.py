"""The option --catalog, and the catalogue that it names."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from vger_guide.catalog.location import CHANGES, data_folder, guide_folder

if TYPE_CHECKING:
    from vger_guide.catalog import Catalog
    from vger_guide.catalog.extending import Extended

F = TypeVar("F", bound=Callable[..., Any])

_KEY = "vger_guide.catalog"


def catalog_option(command: F) -> F:
    """Give a command the option --catalog; it may stand before the command's name too."""

    def remember(context: click.Context, _: click.Parameter, folder: Path | None) -> None:
        if folder is not None:
            context.meta[_KEY] = folder

    option = click.option(
        "--catalog",
        metavar="FOLDER",
        type=click.Path(path_type=Path),
        expose_value=False,
        callback=remember,
        help="Use the data in this folder, not the guide's own.",
    )
    return option(command)


def chosen_folder(context: click.Context | None = None) -> Path:
    """Return the folder that --catalog names, or the guide's own. Raises CatalogError where the latter is missing."""
    folder: Path | None = (context or click.get_current_context()).meta.get(_KEY)
    return folder or guide_folder()


def opened() -> Catalog:
    """Return the catalogue that was chosen. Raises CatalogError."""
    return open_folder(chosen_folder())


def open_folder(folder: Path) -> Catalog:
    """Return the catalogue of a folder: a whole guide, or the guide's own with an organisation's changes over it."""
    return extended(folder).catalog


def extended(folder: Path) -> Extended:
    """Return the same with what was changed; nothing was in a whole guide."""
    from vger_guide.catalog import load
    from vger_guide.catalog.extending import Extended, extend

    if (data_folder(folder) / CHANGES).exists():
        return extend(load(guide_folder()), folder)
    return Extended(load(folder), [])
