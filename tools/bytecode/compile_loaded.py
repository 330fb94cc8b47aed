"""Compiles the modules of an archive that some modules load; run by Pyodide, see compile.mjs."""

import importlib
import io
import marshal
import sys
import zipfile
from importlib.util import MAGIC_NUMBER
from typing import Any

# What stands before the code: based on the digest of a source, which is never asked for
# (https://peps.python.org/pep-0552/).
_HEADER = MAGIC_NUMBER + (1).to_bytes(4, "little") + bytes(8)


def list_loaded(names: str) -> set[str]:
    """Return the names of all modules that are loaded when those are, which stand with commas between."""
    for name in names.split(","):
        importlib.import_module(name)
    return set(sys.modules)


def compile_loaded(archive: Any, loaded: set[str]) -> bytes:
    """Return an archive, the bytes of which are JavaScript's, with those of its modules compiled that are loaded."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive.to_bytes())) as source, zipfile.ZipFile(buffer, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name.endswith(".py") and _name_module(name) in loaded:
                name, data = f"{name}c", _compile(name, data)
            target.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _name_module(path: str) -> str:
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def _compile(name: str, data: bytes) -> bytes:
    """Return a module as the interpreter keeps it, never compared with its source."""
    # Without docstrings a data class makes its own out of its signature, at every start.
    code = compile(data, name, "exec", dont_inherit=True, optimize=0)
    return _HEADER + marshal.dumps(code)
