"""Groups of commands that are imported when they are asked for: some need the models, which take time to build."""

import importlib
from collections.abc import Sequence
from typing import Any

import click


class Lazy(click.Group):
    """A group whose commands stand each in a module of its own, as `command`.

    `names` are theirs in the order of the help; the module of `new` is `modules` with `new` behind it.
    """

    def __init__(self, *words: Any, names: Sequence[str], modules: str, **settings: Any) -> None:
        super().__init__(*words, **settings)
        self.names = names
        self.modules = modules

    def list_commands(self, _: click.Context) -> list[str]:
        """Return the names in the order of the help."""
        return list(self.names)

    def get_command(self, _: click.Context, name: str) -> click.Command | None:
        """Return the command of a name, or None for an unknown one."""
        if name not in self.names:
            return None
        command: click.Command = importlib.import_module(self.modules + name).command
        return command
