"""Reads YAML for tests, by libyaml where PyYAML was built with it: ten times as fast, the same values."""

from typing import IO, Any

import yaml

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def load(source: str | bytes | IO[str]) -> Any:
    """Return the value of a document. Raises yaml.YAMLError."""
    return yaml.load(source, Loader=LOADER)  # noqa: S506 - it is the safe one
