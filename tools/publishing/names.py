"""Which version of the site a branch is."""

import re
from dataclasses import dataclass

from vger_guide.records.fields import EDITION

MAIN = "main"
NEXT = "next"
LATEST = "latest"
PAGES = "gh-pages"
EDITION_BRANCH = "edition/"
PREVIEW = "preview-"


class UnknownVersionError(Exception):
    """A branch is no version of the site."""


@dataclass(frozen=True)
class Version:
    """A version: `name` is its folder, `title` what the selector shows; both hold nothing that markup could be."""

    name: str
    title: str
    branch: str


def version_of(branch: str) -> Version:
    """Return the version that a branch is published as. Raises UnknownVersionError for a branch that is none."""
    name = branch.removeprefix(EDITION_BRANCH)
    slug = re.sub(r"[^a-z0-9]+", "-", branch.lower()).strip("-")
    if branch == PAGES or not slug:
        raise UnknownVersionError(
            f"'{branch}' is no branch of the guide; 'main', 'edition/2023.09' and 'feature/x' would be"
        )
    if branch == MAIN:
        return Version(NEXT, "Next edition, not released", branch)
    if name != branch and is_edition(name):
        return Version(name, f"Edition {name}", branch)
    return Version(PREVIEW + slug, f"Preview {slug}", branch)


def is_edition(name: str) -> bool:
    """Return whether a version is a published edition."""
    return re.fullmatch(EDITION, name) is not None
