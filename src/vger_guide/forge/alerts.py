"""The alerts that a hosting service keeps of a repository, as evidence: who is asked, and what was answered."""

from dataclasses import dataclass, field
from typing import Any

GITHUB = "github"


@dataclass(frozen=True)
class Alerts:
    """The answers by what was asked, and `notices`: sentences on what was not shown. `whose` names the repository."""

    whose: str
    answers: dict[str, list[Any]] = field(default_factory=dict)
    notices: tuple[str, ...] = ()


def is_service(source: str) -> bool:
    """Tell whether some evidence is that of a hosting service, and no file: `github` or `github:OWNER/NAME`."""
    return source.partition(":")[0] == GITHUB
