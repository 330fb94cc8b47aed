"""Globs over whole paths: `*` and `?` stand for parts of a name, `**` for folders too, beside `[a-z]` and `{a,b}`.

`**/x` is x anywhere, at the root too; `x/**` is all below x. Small and capital letters are the same.
"""

import re

_PARTS = re.compile(r"\*\*/|/\*\*$|\*\*|\*|\?|\[!?[^]/]+\]|\{[^{}]*\}|[^*?\[{/]+|.", re.DOTALL)
_WILD = {"**/": "(?:.*/)?", "/**": "/.*", "**": ".*", "*": "[^/]*", "?": "[^/]"}


def translate(glob: str) -> str:
    """Return the pattern that a whole path has to hold to be selected by a glob."""
    return f"(?is){_inner(glob)}"


def split_glob(glob: str) -> list[str]:
    """Return the parts that a glob is made of: letters, wildcards, classes, and choices in braces."""
    return _PARTS.findall(glob)


def _inner(glob: str) -> str:
    return "".join(map(_part, split_glob(glob)))


def _part(part: str) -> str:
    if part in _WILD:
        return _WILD[part]
    if len(part) > 1 and part.startswith("["):
        return _translate_class(part)
    if len(part) > 1 and part.startswith("{"):
        return "(?:" + "|".join(_inner(choice) for choice in part[1:-1].split(",")) + ")"
    return re.escape(part)


def _translate_class(part: str) -> str:
    """Return letters in brackets as a pattern has them: `[` among them may begin no other brackets there."""
    before, letters = ("[^/", part[2:]) if part.startswith("[!") else ("[", part[1:])
    return before + letters.replace("[", r"\[")


def escape_glob(path: str, special: str = "[{*?") -> str:
    """Return the glob for a path letter by letter, in which only `special` is not taken as it stands.

    A glob is plain ASCII; each byte of another letter is one that may be anything.
    """
    data = path.encode("utf-8", "surrogateescape")
    return "".join(_escape_byte(chr(byte), special) for byte in data)


def _escape_byte(letter: str, special: str) -> str:
    if not letter.isascii() or not letter.isprintable():
        return "?"
    return f"[{letter}]" if letter in special else letter


def is_alike(form: str, text: str) -> bool:
    """Tell whether a text has a form, in which `*` stands for anything; in linear time."""
    first, *others = form.split("*")
    if not others:
        return text == form
    *middle, last = others
    if not text.startswith(first) or not text.endswith(last) or len(text) < len(first) + len(last):
        return False
    at, end = len(first), len(text) - len(last)
    for part in middle:
        at = text.find(part, at, end)
        if at < 0:
            return False
        at += len(part)
    return True
