"""The floor plan of the engine, as the contracts of its imports in pyproject.toml draw it."""

import ast
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Room:
    """A package or a module of the engine, and what its docstring says it is for."""

    name: str
    path: str
    purpose: str


def floors(root: Path) -> list[list[Room]]:
    """Return the rooms by floor, the highest first. Raises LookupError where a contract names what is not there."""
    contract = _layers(root)
    [package] = contract["containers"]
    below = root / "src" / package
    return [[_room(below, name.strip()) for name in layer.split("|")] for layer in contract["layers"]]


def _layers(root: Path) -> dict[str, Any]:
    """Return the contract that says which room may import which."""
    settings = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    [contract] = [each for each in settings["tool"]["importlinter"]["contracts"] if each["type"] == "layers"]
    return dict(contract)


def _room(below: Path, name: str) -> Room:
    for path, shown in ((below / name / "__init__.py", f"{name}/"), (below / f"{name}.py", f"{name}.py")):
        if path.is_file():
            said = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
            return Room(name, shown, said.partition("\n")[0])
    raise LookupError(f"pyproject.toml has a layer '{name}', and {below} holds no such room")
