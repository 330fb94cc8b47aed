"""Foreign text made harmless: no control characters, nothing that is no UTF-8, no addresses that run something."""

import re
from urllib.parse import quote

_CODE = re.compile(r"`([^`]+)`")


# The bytes of a file name that are no UTF-8 stand in Python's strings as these (PEP 383).
_BYTES = range(0xDC80, 0xDD00)


_SURROGATES = range(0xD800, 0xE000)


def escape_invisible(text: str) -> str:
    r"""Return a text on one line, with what has no shape of its own as its escape, such as `\x1b` or `\u202e`.

    That takes away terminal codes, line ends, marks of direction, what XML cannot hold and what is no UTF-8.
    """
    return text if text.isprintable() else "".join(c if c.isprintable() else _escape(c) for c in text)


def escape_surrogates(text: str) -> str:
    r"""Return a text that can be written as UTF-8: what cannot stands as its escape, such as `\xe9` for that byte."""
    return text if text.isascii() else "".join(_escape(c) if ord(c) in _SURROGATES else c for c in text)


def _escape(character: str) -> str:
    code = ord(character)
    return f"\\x{code - 0xDC00:02x}" if code in _BYTES else ascii(character)[1:-1]


def split_code(text: str) -> list[str]:
    """Return the parts of a text, of which every second one is `code` between backticks."""
    return _CODE.split(text)


def truncate(text: str, limit: int) -> str:
    """Return at most so many characters of a text; the last one says that it was cut."""
    return text if len(text) <= limit else text[: limit - 1] + "…"


def path_to_uri(path: str) -> str:
    """Return a path as a relative reference (RFC 3986): its bytes, percent-encoded, so that nothing of them is lost."""
    return _quote(path, "/")


def safe_link(address: str) -> str:
    """Return a web address that is safe to put into a link, or nothing for any other."""
    return _quote(address, ":/?#@!$&*+,;=%") if address.startswith(("https://", "http://")) else ""


def _quote(text: str, safe: str) -> str:
    return quote(b"".join(map(_bytes, text)), safe=safe)


def _bytes(character: str) -> bytes:
    return character.encode("utf-8", "surrogateescape" if ord(character) in _BYTES else "surrogatepass")


def escape_controls(text: str) -> str:
    """Return a text with every control character as its escape, so that it cannot steer a terminal."""
    return "".join(c if c.isprintable() or c == "\n" else ascii(c)[1:-1] for c in text)


def single_line(text: str) -> str:
    """Return a text that has to stay on one line, with line ends as escapes too."""
    return escape_controls(text).replace("\n", "\\n")


# What a log takes for a command: two colons at the beginning of a line, or two number signs and a word in brackets
# anywhere (https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands, and its old form).
_COMMAND = re.compile(r"^([ \t]*):(?=:)|#(?=#\w*\[)", re.MULTILINE)


def escape_commands(text: str) -> str:
    r"""Return lines in which nothing is a command to the log that they stand in: its first sign is `\x3a` or `\x23`."""
    return _COMMAND.sub(lambda found: f"{found[1] or ''}\\x{ord(found[0][-1]):02x}", text)
