"""The settings of a run out of the bytes of the file that has them: validated, every problem with its line."""

from pathlib import Path

from vger_guide.catalog.settings import Settings, read_pyproject, read_settings
from vger_guide.checks.run_settings import RunSettings
from vger_guide.checks.suppressions import AcceptedFailure
from vger_guide.records.yaml_reader import YamlDocument


def parse_settings(path: Path, data: bytes) -> RunSettings:
    """Return the settings of a file of their own. Raises CatalogError with its problems."""
    return _to_run_settings(*read_settings(path, data))


def parse_pyproject(path: Path, data: bytes) -> RunSettings:
    """Return the settings in a `pyproject.toml`; the empty ones where it has none. Raises CatalogError."""
    found = read_pyproject(path, data)
    return _to_run_settings(*found) if found else RunSettings()


def _to_run_settings(settings: Settings, doc: YamlDocument) -> RunSettings:
    return RunSettings(
        profile=settings.profile or "",
        stage=settings.stage or "",
        workload=settings.workload or "",
        extends=settings.extends or "",
        fail_on=settings.fail_on or "must",
        only=tuple(settings.only),
        skip=tuple((each.rule, each.reason) for each in settings.skip),
        waivers=tuple(
            AcceptedFailure(
                each.rule,
                tuple(each.paths or ()),
                each.owner,
                each.reason,
                each.until,
                _line(doc, i),
            )
            for i, each in enumerate(settings.waivers)
        ),
        file=doc.path.name,
    )


def _line(doc: YamlDocument, waiver: int) -> str:
    line = doc.line(("waivers", waiver))
    return f"{doc.path.name}:{line}" if line else doc.path.name
