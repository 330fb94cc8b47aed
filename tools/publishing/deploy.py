"""Puts a built site onto the branch gh-pages as a version, and takes the previews off whose branches are gone."""

from pathlib import Path

from mike import commands
from mike.versions import Versions

from tools.publishing import pages, root
from tools.publishing.names import LATEST, PAGES, PREVIEW, Version, is_edition, version_of
from tools.publishing.remote import PublishError, git, heads, publish


class _StaleCommitError(Exception):
    """What should be published is no longer what its branch is."""


def put(site: Path, branch: str, base: str, commit: str = "HEAD") -> str:
    """Publish a built site as the version that its branch is, and return a sentence about it.

    `base` is the address above all versions, with a slash at its end. Nothing is published when the branch has gone
    or moved on meanwhile: whoever pushed to it publishes what it is now. Raises PublishError; UnknownVersionError for a
    branch that is none.
    """
    version = version_of(branch)
    if not (site / "catalog.json").is_file():
        raise PublishError(f"{site} is no built site; 'python -m tools.publishing build' makes one")
    (site / pages.NAME).write_text(pages.pages_json(site), encoding="utf-8")
    try:
        publish(lambda: _place(site, version, base, git("rev-parse", commit)))
    except _StaleCommitError as why:
        return f"Not published: {why}."
    return f"Published {branch} as {base}{version.name}/"


def prune(base: str) -> str:
    """Take off the previews whose branches are gone, and return a sentence about it. Raises PublishError."""
    gone: list[str] = []

    def change() -> None:
        gone[:] = _stray(commands.list_versions(PAGES))
        if gone:
            commands.delete(gone, branch=PAGES, message=f"Removed {', '.join(gone)}: their branches are gone")
            root.write(base)

    if PAGES in heads():
        publish(change)
    return f"Removed: {', '.join(gone)}" if gone else "Nothing to remove: every preview has its branch."


def _place(site: Path, version: Version, base: str, commit: str) -> None:
    _ask_head(version.branch, commit)
    versions = commands.list_versions(PAGES)
    _ask_own(versions, version)
    config = {"site_dir": str(site), "use_directory_urls": True}
    with commands.deploy(
        config,
        version.name,
        version.title,
        [LATEST] if _is_newest(versions, version.name) else [],
        update_aliases=True,
        alias_type=commands.AliasType.copy,  # GitHub Pages follows no symbolic link
        branch=PAGES,
        message=f"{version.name}: {version.branch} at {commit[:12]}",
        allow_empty=True,
        set_props=[("branch", version.branch), ("commit", commit)],
    ):
        pass
    root.write(base)


def _is_newest(versions: Versions, name: str) -> bool:
    return is_edition(name) and all(str(each.version) <= name for each in versions if is_edition(str(each.version)))


def _ask_head(branch: str, commit: str) -> None:
    """Raise _Late where a branch is at another commit, so that nothing old is put over something newer."""
    head = heads().get(branch)
    if head is None:
        raise _StaleCommitError(f"the branch {branch} is gone")
    if head != commit:
        raise _StaleCommitError(f"{branch} has moved on from {commit[:12]} to {head[:12]}")


def _ask_own(versions: Versions, version: Version) -> None:
    """Raise PublishError where another branch already has the version's name: `a/b` and `a-b` would share one."""
    for each in versions:
        owner = (each.properties or {}).get("branch", version.branch)
        if str(each.version) == version.name and owner != version.branch and owner in heads():
            raise PublishError(f"{version.name} is the branch '{owner}' already; give '{version.branch}' another name")


def _stray(versions: Versions) -> list[str]:
    known = heads()
    previews = [each for each in versions if str(each.version).startswith(PREVIEW)]
    return [str(each.version) for each in previews if (each.properties or {}).get("branch") not in known]
