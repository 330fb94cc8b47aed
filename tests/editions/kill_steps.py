"""Kills the writing of an edition before each of its steps, and says as JSON what it left and what the next run made.

A step is a call that changes the disk, as Python's audit events tell. Run as `python -m tests.editions.kill_steps
FOLDER`, in a process of one thread, because each try is a fork.
"""

import json
import os
import shutil
import signal
import sys
from itertools import count
from pathlib import Path

from vger_guide.catalog.paths import JOURNAL
from vger_guide.editions.journal import finish_writing, write_files

CHANGING = {"os.rename", "os.remove", "os.mkdir", "os.chmod"}
FILES = {"editions/2026.12.json": "{}", "editions.sha256": "b", "changes/next.yml": "c", "../CHANGELOG.md": "d"}

State = dict[str, str]


def main(folder: Path) -> None:
    """Print the states before and after, and for each step those of the kill and of the next run."""
    data, kept = folder / "data", folder.with_name("kept")
    (data / "changes").mkdir(parents=True)
    (data / "changes" / "next.yml").write_text("old", encoding="utf-8")
    (folder / "CHANGELOG.md").write_text("old", encoding="utf-8")
    shutil.copytree(folder, kept)
    old = _state(folder)
    write_files(data, FILES)
    new, kills = _state(folder), []
    for step in count(1):
        shutil.rmtree(folder)
        shutil.copytree(kept, folder)
        if not _is_killed(data, step):
            break
        left = _state(folder)
        names = finish_writing(data)
        kills.append({"left": left, "finished": bool(names), "then": _state(folder)})
    print(json.dumps({"old": old, "new": new, "kills": kills}))


def _state(folder: Path) -> State:
    return {str(each.relative_to(folder)): each.read_text("utf-8") for each in folder.rglob("*") if each.is_file()}


def _is_killed(data: Path, step: int) -> bool:
    copy = os.fork()
    if copy:
        return os.WIFSIGNALED(os.waitpid(copy, 0)[1])
    steps = count(1)

    def kill(event: str, arguments: tuple[object, ...]) -> None:
        made = event == "open" and isinstance(arguments[2], int) and arguments[2] & os.O_CREAT
        if (made or event in CHANGING) and next(steps) == step:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(kill)
    write_files(data, FILES)
    os._exit(0)


if __name__ == "__main__":
    assert JOURNAL not in FILES
    main(Path(sys.argv[1]))
