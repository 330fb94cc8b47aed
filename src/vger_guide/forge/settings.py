"""The settings of the hosting service, which are in no file of a repository: given to a tree from outside.

They come in parts, as GitHub's REST API answers (https://docs.github.com/en/rest?apiVersion=2022-11-28); its keys are
the keys of conditions:

    repository   GET /repos/OWNER/NAME
    security     the `security_and_analysis` in it, which only administrators and security managers are shown
    branch       GET /repos/OWNER/NAME/branches/BRANCH, of the default branch, as all that follow
    rules        GET /repos/OWNER/NAME/rules/branches/BRANCH: a list of the active rules of all rulesets
    protection   GET /repos/OWNER/NAME/branches/BRANCH/protection, which only administrators are shown; empty where
                 there is none
    organisation GET /orgs/OWNER, whose settings only its owners are shown; the owner may be a person, who has none
"""

from dataclasses import dataclass, field
from typing import Any

from vger_guide.repo.tree import RequirementMissingError, Tree, WrappedTree


@dataclass(frozen=True)
class HostingSettings:
    """The parts that were given, and `missing`: why others were not. `whose` says of what they are, for people."""

    whose: str
    parts: dict[str, Any]
    missing: dict[str, str] = field(default_factory=dict)

    def part(self, name: str) -> Any:
        """Return a part. Raises RequirementMissingError."""
        if name in self.parts:
            return self.parts[name]
        raise RequirementMissingError(self.missing.get(name, f"'{name}' is not in the settings of {self.whose}"))


class ForgeTree(WrappedTree):
    """A tree with the settings of the service that hosts it."""

    def __init__(self, whole: Tree, settings: HostingSettings) -> None:
        super().__init__(whole)
        self._settings = settings

    def forge(self, part: str) -> Any:
        """Return a part of the settings. Raises RequirementMissingError."""
        return self._settings.part(part)


def is_unprotected(branch: dict[str, Any]) -> bool:
    """Tell whether a branch is known to have no protection of its own; what protects it may be rulesets."""
    protection = branch.get("protection")
    return branch.get("protected") is False or (isinstance(protection, dict) and protection.get("enabled") is False)
