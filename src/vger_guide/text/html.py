"""Foreign text as HTML, and templates of it: what is not marked as safe is escaped, whoever writes the template."""

from pathlib import Path

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket
from markupsafe import Markup, escape

from vger_guide.text.plural import pluralise
from vger_guide.text.sanitize import escape_invisible, safe_link, split_code


class CompiledTemplates(BytecodeCache):
    """Keeps compiled templates in memory, by their names and texts."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give what is known of a template."""
        if bucket.key in self._kept:
            bucket.bytecode_from_string(self._kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template."""
        self._kept[bucket.key] = bucket.bytecode_to_string()


# Of all environments of a process: a server of the guide makes one at each save.
_COMPILED = CompiledTemplates()


def make_environment(*folders: Path) -> Environment:
    """Return the environment of the templates in folders; what is in the first ones hides what is in the others.

    Text is escaped by itself, and a name that a template does not know is an error. Every form has these filters:
    `line` and `prose` make foreign text harmless too, `marked` leaves its lines as they are.
    """
    made = Environment(
        loader=FileSystemLoader(folders),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        # A filter that is edited while serving is not compiled into the templates, and files are read once.
        optimized=False,
        auto_reload=False,
        bytecode_cache=_COMPILED,
    )
    made.filters.update(
        count="{:,}".format,
        line=escape_invisible,
        marked=mark_code,
        plural=pluralise,
        prose=format_prose,
        link=safe_link,
    )
    return made


def mark_code(text: str) -> Markup:
    """Return a text as HTML, with `code` between backticks as code."""
    code = Markup("<code>{}</code>")
    return Markup("").join(code.format(part) if i % 2 else escape(part) for i, part in enumerate(split_code(text)))


def format_prose(text: str) -> Markup:
    """Return a text on one line as HTML, with `code` between backticks as code."""
    return mark_code(escape_invisible(text))
