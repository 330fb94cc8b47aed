"""What `--evidence` names: files and folders as they are, and the alerts of a hosting service fetched."""

from collections.abc import Sequence

from vger_guide.forge.alerts import Alerts, is_service


def split_evidence(sources: Sequence[str]) -> tuple[tuple[str, ...], tuple[Alerts, ...]]:
    """Return the files and folders, and the alerts of hosting services. Raises UserError where these do not answer."""
    named = dict.fromkeys(each for each in sources if is_service(each))
    return tuple(each for each in sources if not is_service(each)), tuple(_fetch(each) for each in named)


def _fetch(source: str) -> Alerts:
    from vger_guide.forge.github_alerts import fetch_alerts  # noqa: PLC0415 - it imports what asks servers

    return fetch_alerts(source)
