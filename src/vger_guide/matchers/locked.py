"""`locked`: the versions of dependencies are in the repository, by lock files or by manifests that name them exactly.

Each manifest is held against the lock files of its own folder, or of those above it where its package manager has one
for several packages.
"""

from collections.abc import Iterator, Sequence

from vger_guide.matchers import Evaluation, ProbeResult, UndecidedError
from vger_guide.matchers.fields import WITHOUT, Without
from vger_guide.matchers.findings import Finding, Need, identify
from vger_guide.matchers.manifests.lock_states import MANAGERS, LockState, Manager
from vger_guide.matchers.probes import File, FileProbe, FileSelection, Gate, Hit, PathProbe, Probe
from vger_guide.records.declaration import Declaration, declare
from vger_guide.repo.tree import Tree

REQUIRES = Need.TREE


class Parameters(Declaration):
    """Which manifests are left out; the package managers are those that the check knows."""

    without: Without = declare(WITHOUT, default=())


def probes(params: Parameters) -> list[Probe]:
    """Ask what the manifests of each package manager say, and which lock files there are."""
    without = params.without
    return [
        probe
        for name, manager in MANAGERS.items()
        for probe in (
            FileProbe(FileSelection(_anywhere(manager.manifests), (), without), _look, name, _gate),
            PathProbe(FileSelection(_anywhere(manager.locks) or ("no lock file",))),
        )
    ]


def _anywhere(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(f"**/{name}" for name in names)


def _gate(name: str) -> Gate:
    holds = MANAGERS[name].holds
    return ((holds,),) if holds else ()


def _look(file: File, name: str) -> list[Hit]:
    found = MANAGERS[name].state(file)
    return [Hit(file.path, found.line, value=(found.state.name, found.alone))] if found else []


def evaluate(_: Parameters, seen: Sequence[ProbeResult], __: Tree) -> Evaluation:
    """Judge by each manifest. Raises UndecidedError where one need not have what would tell, or none names any."""
    judged = list(_judge(seen))
    findings = tuple(_finding(hit, state) for hit, state in judged if state in (LockState.OPEN, LockState.NEEDS))
    if findings:
        says = f"`{findings[0].path}` {findings[0].message}"
        return Evaluation(False, says, findings)
    if asked := [hit.path for hit, state in judged if state is LockState.ASK]:
        more = f", and {len(asked) - 1} more" if len(asked) > 1 else ""
        raise UndecidedError(f"`{asked[0]}` {LockState.ASK.value}, and there is none{more}")
    if not judged:
        raise UndecidedError("no manifest that this check reads names a dependency")
    return Evaluation(
        True, f"the versions of {len(judged)} manifests are locked or exact, such as `{judged[0][0].path}`"
    )


def _judge(seen: Sequence[ProbeResult]) -> Iterator[tuple[Hit, LockState]]:
    """Yield what the manifests say; one that a lock file stands beside is exact."""
    for manager, manifests, locks in zip(MANAGERS.values(), seen[::2], seen[1::2], strict=True):
        folders = {_folder(hit.path) for hit in locks.hits}
        for hit in manifests.hits:
            state, alone = hit.value
            locked = not folders.isdisjoint(_places(hit.path, manager, alone=alone))
            yield hit, LockState.EXACT if locked else LockState[state]


def _places(path: str, manager: Manager, *, alone: bool) -> Iterator[str]:
    """Yield the folders in which a lock file counts for a manifest."""
    folder = _folder(path)
    yield folder
    while folder and manager.up and not alone:
        folder = _folder(folder)
        yield folder


def _folder(path: str) -> str:
    return path.rpartition("/")[0]


def _finding(hit: Hit, state: LockState) -> Finding:
    return Finding(hit.path, state.value, hit.line, fingerprint=identify(state.name))
