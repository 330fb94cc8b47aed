"""Groups of commands that are imported when they are asked for: some need the models, which take time to build."""

import gc
import importlib
from collections.abc import Mapping
from typing import Any

import click
from click.shell_completion import CompletionItem


class Lazy(click.Group):
    """A group whose commands stand each in a module of its own, as `command`.

    `commands` are what each does in a line, as its own help begins, by the names, in the order of the help: listing
    them imports none. The module of `new` is `modules` with `new` behind it.
    """

    def __init__(self, *words: Any, summaries: Mapping[str, str], modules: str, **settings: Any) -> None:
        super().__init__(*words, **settings)
        self.summaries = summaries
        self.modules = modules

    def list_commands(self, _: click.Context) -> list[str]:
        """Return the names in the order of the help."""
        return list(self.summaries)

    def get_command(self, _: click.Context, name: str) -> click.Command | None:
        """Return the command of a name, or None for an unknown one."""
        if name not in self.summaries:
            return None
        command: click.Command = importlib.import_module(self.modules + name).command
        if not isinstance(command, click.Group):
            gc.freeze()  # what was imported is there to the end
            gc.enable()
        return command

    def format_commands(self, _: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the names with what they do, as far as it fits on a line."""
        room = formatter.width - 6 - max(map(len, self.summaries))
        with formatter.section("Commands"):
            formatter.write_dl([(name, self._shorten(name, room)) for name in self.summaries])

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Return the names that begin with what was typed, and the options."""
        begun = [name for name in self.summaries if name.startswith(incomplete)]
        names = [CompletionItem(name, help=self._shorten(name)) for name in begun]
        return [*names, *click.Command.shell_complete(self, ctx, incomplete)]

    def _shorten(self, name: str, room: int = 45) -> str:
        return click.Command(name, help=self.summaries[name]).get_short_help_str(room)
