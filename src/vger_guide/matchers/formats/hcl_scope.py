"""What names stand for in a folder of Terraform files: variables by their defaults, and locals.

Values that `terraform.tfvars` and `*.auto.tfvars` give are taken before defaults, as Terraform takes them
(https://developer.hashicorp.com/terraform/language/values/variables). Nothing else is known: the environment, the
command line, modules and providers are elsewhere; so is who calls a module below a folder `modules`.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from vger_guide.matchers.formats.hcl_nodes import attribute, attributes, block_body, heading, statements
from vger_guide.matchers.grammar import syntax
from vger_guide.repo.tree import UnreadableFileError

Named = tuple[str, str]

# Files of a folder ask for each other's names: they are parsed once.
KEPT = 40


class Scope:
    """Finds the expression of a name; a file is parsed when something is asked that may stand in it.

    `text` and `root` are the file that asks, and its syntax tree; `siblings` are the names and texts of the others.
    Whoever calls a module gives its variables their values, whatever their defaults are.
    """

    def __init__(self, text: str, root: Any, siblings: Sequence[tuple[str, str]], *, is_called: bool = False) -> None:
        self._is_called = is_called
        self._text = text
        self._root = root
        self._own: dict[Named, Any] | None = None
        self._siblings = sorted(siblings, key=lambda file: _rank(file[0]), reverse=True)

    def find(self, kind: str, name: str) -> tuple[Any, str] | None:
        """Return the expression of a name, as a node and the text that it stands in; None where there is none."""
        given, said = (
            [file for file in self._siblings if file[0].endswith(".tfvars") is is_given] for is_given in (True, False)
        )
        if self._is_called and kind == "var":
            return None
        return self._among(given, kind, name) or self._here(kind, name) or self._among(said, kind, name)

    def _here(self, kind: str, name: str) -> tuple[Any, str] | None:
        if self._own is None:
            self._own = dict(_said(self._root))
        node = self._own.get((kind, name))
        return (node, self._text) if node else None

    def _among(self, files: Sequence[tuple[str, str]], kind: str, name: str) -> tuple[Any, str] | None:
        for path, text in files:
            if name in text and _may_name(path, text, kind) and (node := names(path, text).get((kind, name))):
                return node, text
        return None


def _rank(path: str) -> tuple[int, str]:
    """Return the order of files: what a later one says counts."""
    return (path.endswith(".tfvars") + path.endswith(".auto.tfvars"), path)


def _may_name(path: str, text: str, kind: str) -> bool:
    return ("variable" if kind == "var" else "locals") in text or (kind == "var" and path.endswith(".tfvars"))


@lru_cache(maxsize=KEPT)
def names(path: str, text: str) -> dict[Named, Any]:
    """Return the nodes of the expressions that a file gives names; none for a file that cannot be read."""
    try:
        root = syntax.parse(text, "hcl")
    except UnreadableFileError:
        return {}
    return dict(_given(root) if path.endswith(".tfvars") else _said(root))


def _given(root: Any) -> Iterator[tuple[Named, Any]]:
    yield from ((("var", name), value) for name, value in map(attribute, attributes(root)))


def _said(root: Any) -> Iterator[tuple[Named, Any]]:
    for part in statements(root):
        heads = heading(part)
        if heads == ["locals"]:
            yield from ((("local", name), value) for name, value in map(attribute, attributes(block_body(part))))
        elif heads[:1] == ["variable"] and len(heads) > 1:
            given = dict(map(attribute, attributes(block_body(part))))
            if "default" in given:
                yield ("var", heads[1]), given["default"]
