"""Puts the engine beside the site, for the page of reviews: Pyodide, the packages the engine needs, and the engine.

The page fetches it when it first needs it; nothing comes from another host. The same versions give the same bytes.
"""

import io
import json
import zipfile
from collections.abc import Iterator, Mapping
from importlib.metadata import distribution
from pathlib import Path

from tools.vendored import ROOT, package, wheel

RUNTIME = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip", "pyodide-lock.json")
# The one package of the engine that has to be compiled; the others are Python alone, or (markupsafe, pyyaml) work so.
COMPILED = "pydantic-core"
PLAIN = (
    *("annotated-types", "et-xmlfile", "jinja2", "markupsafe", "openpyxl", "pydantic", "python-jsonpath", "pyyaml"),
    *("typing-extensions", "typing-inspection", "xlsxwriter"),
)
# What only some forms need, by form: fetched when somebody asks for one.
EXTRAS = {"pdf": "typst"}
SOURCE = ROOT / "src"
LEFT_OUT = ("vger_guide/cli/",)
LIBRARY = "dist/esm/"


def write(site: Path) -> None:
    """Write `engine/` and `assets/vendor/` into a built site. Raises DownloadError where a part cannot be had."""
    runtime = package("pyodide")
    about = json.loads((runtime / "pyodide-lock.json").read_bytes())["info"]
    python = ".".join(about["python"].split(".")[:2])
    platform = f"pyemscripten_{about['abi_version']}_wasm32"
    compiled = wheel(COMPILED, platform, python)
    extras = {form: wheel(name, platform, python) for form, name in EXTRAS.items()}
    packages = {
        compiled.name: compiled.read_bytes(),
        "packages.zip": _zipped(_plain()),
        "vger_guide.zip": _zipped(_own()),
    }
    files = {**{each: (runtime / each).read_bytes() for each in RUNTIME}, **packages}
    manifest = {
        "packages": list(packages),
        "files": {each: len(data) for each, data in files.items()},
        "extras": {form: {"name": file.name, "size": file.stat().st_size} for form, file in extras.items()},
    }
    more = {file.name: file.read_bytes() for file in extras.values()}
    _write(site / "engine", {**files, **more, "manifest.json": json.dumps(manifest, indent=1).encode()})
    scripts = {path.name: path.read_bytes() for path in (package("@cfworker/json-schema") / LIBRARY).glob("*.js")}
    _write(site / "assets" / "vendor" / "json-schema", scripts)


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


def _zipped(files: Iterator[tuple[str, bytes]]) -> bytes:
    """Return an archive that has no clock in it."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in sorted(files):
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
