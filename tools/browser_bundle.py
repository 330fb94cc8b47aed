"""Puts the engine beside the site, for the page of reviews: Pyodide, the packages the engine needs, and the engine.

The page fetches it when it first needs it; nothing comes from another host. The same versions give the same bytes.
What the engine loads is compiled already, for the Python of Pyodide.
"""

import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import distribution
from pathlib import Path

from tools.bytecode import compile_loaded
from tools.vendored import ROOT, package, wheel

RUNTIME = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip", "pyodide-lock.json")
# The one package of the engine that has to be compiled; the others are Python alone, or (markupsafe, pyyaml) work so.
COMPILED = "pydantic-core"
PLAIN = (
    *("annotated-types", "et-xmlfile", "jinja2", "markupsafe", "openpyxl", "pydantic", "python-jsonpath", "pyyaml"),
    *("typing-extensions", "typing-inspection", "xlsxwriter"),
)
# The modules by which the others of those packages are loaded.
IMPORTED = (
    *("encodings.utf_16_le", "encodings.utf_8_sig", "jinja2", "jsonpath", "openpyxl", "pydantic.main", "pydantic_core"),
    *("xlsxwriter", "yaml"),
)
# What only some forms need, by form: fetched when somebody asks for one.
EXTRAS = {"pdf": "typst"}
SOURCE = ROOT / "src"
LEFT_OUT = ("vger_guide/cli/",)
# The rooms that the worker loads from, and then what those need; it stands first, as it is what is begun with.
ROOMS = (
    *("vger_guide/worker", "vger_guide/catalog/overlay", "vger_guide/catalog/read_document"),
    *("vger_guide/output/reviews/", "vger_guide/reviews/"),
)
LIBRARY = "dist/esm/"


def write(site: Path) -> None:
    """Write `engine/` and `assets/vendor/` into a built site. Raises DownloadError where a part cannot be had."""
    runtime = package("pyodide")
    about = json.loads((runtime / "pyodide-lock.json").read_bytes())["info"]
    python = ".".join(about["python"].split(".")[:2])
    platform = f"pyemscripten_{about['abi_version']}_wasm32"
    compiled = wheel(COMPILED, platform, python)
    extras = {form: wheel(name, platform, python) for form, name in EXTRAS.items()}
    parts = {each: (runtime / each).read_bytes() for each in RUNTIME}
    packages, files = _build(parts, {compiled.name: compiled.read_bytes()})
    manifest = {
        "packages": packages,
        "files": {each: len(data) for each, data in files.items()},
        "extras": {form: {"name": file.name, "size": file.stat().st_size} for form, file in extras.items()},
    }
    more = {file.name: file.read_bytes() for file in extras.values()}
    _write(site / "engine", {**files, **more, "manifest.json": json.dumps(manifest, indent=1).encode()})
    scripts = {path.name: path.read_bytes() for path in (package("@cfworker/json-schema") / LIBRARY).glob("*.js")}
    _write(site / "assets" / "vendor" / "json-schema", scripts)


def _build(runtime: Mapping[str, bytes], core: Mapping[str, bytes]) -> tuple[list[str], dict[str, bytes]]:
    """Return the names of the packages, and all files that the engine begins with, compiled where it loads them."""
    # Most of it changes with a version only, and is compiled then; our own part with each edit.
    archives = {**core, "packages.zip": _zipped(_plain())}
    ready = {**runtime, **compile_loaded(runtime, archives, IMPORTED)}
    own = dict(_own())
    packages = {**{name: ready.pop(name) for name in archives}, "vger_guide.zip": _zipped(own.items())}
    return list(packages), {**ready, **packages, **compile_loaded(ready, packages, _list_loaded(own))}


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    folder.mkdir(parents=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)


def _plain() -> Iterator[tuple[str, bytes]]:
    """Yield the modules of the packages that are Python alone, with their licences."""
    for name in PLAIN:
        for file in distribution(name).files or ():
            if file.suffix == ".py" or "licen" in file.name.lower():
                yield file.as_posix(), file.read_binary()


def _own() -> Iterator[tuple[str, bytes]]:
    """Yield the modules of the engine and the files that they read; no page asks for the command line."""
    for path in SOURCE.glob("vger_guide/**/*"):
        name = path.relative_to(SOURCE).as_posix()
        if path.is_file() and path.suffix != ".pyc" and not name.startswith(LEFT_OUT):
            yield name, path.read_bytes()


def _list_loaded(files: Iterable[str]) -> list[str]:
    """Return the dotted names of our modules that the worker loads sooner or later."""
    modules = [name.removesuffix(".py") for name in files if name.endswith(".py") and name.startswith(ROOMS)]
    return sorted(name.removesuffix("/__init__").replace("/", ".") for name in modules)


def _zipped(files: Iterable[tuple[str, bytes]]) -> bytes:
    """Return an archive that has no clock in it."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in sorted(files):
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
