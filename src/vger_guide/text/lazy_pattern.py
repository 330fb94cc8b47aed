"""Patterns of `re` that are compiled when they are used: a run of few checks needs few of those that are known."""

import re
from typing import Any, AnyStr, cast


class _LazyPattern:
    def __init__(self, pattern: Any, flags: int) -> None:
        self._pattern = pattern
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        value = getattr(re.compile(self._pattern, self._flags), name)  # which keeps what it has compiled
        setattr(self, name, value)
        return value


def lazy_pattern(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """Return what `re.compile` does, compiled at its first use."""
    return cast("re.Pattern[AnyStr]", _LazyPattern(pattern, flags))
