"""Finds an installed Chrome or Chromium, or installs one, and says which."""

import argparse
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from tools.system_packages import apt, installed

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
MAC = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
# Each window prepares panes of its address bar, which nobody sees, in processes of their own: 0.3 s of CPU a window.
# The rest is what Playwright leaves out; of two such lists a browser takes the last.
_WITHOUT = (
    "WebUIOmniboxPopup",
    "WebUIOmniboxAimPopup",
    "WebUIOmniboxFullPopup",
    "AimEnabled",
    "AvoidCorsURLLoaderRestartOnRedirect",
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsFirstBalancedModeAutoEnable",
    "HttpsUpgrades",
    "LensOverlay",
    "MediaRouter",
    "NetworkTimeServiceQuerying",
    "OptimizationHints",
    "PaintHolding",
    "PreconnectToSearch",
    "ThirdPartyStoragePartitioning",
)
# What a test needs of a browser: no sandbox where there is no user to protect (containers), and no talk of its own.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    f"--disable-features={','.join(_WITHOUT)}",
]


def find() -> Path | None:
    """Return the browser that CHROME_PATH names, that the system has, or that Playwright downloaded earlier."""
    return next((Path(path) for path in _candidates() if path and Path(path).is_file()), None)


def _candidates() -> Iterator[str | None]:
    yield os.environ.get("CHROME_PATH")
    yield from map(shutil.which, NAMES)
    yield from MAC
    # Last, as Playwright has to be started to say it.
    yield _downloaded()


def _downloaded() -> str | None:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - it starts a process of its own

    with sync_playwright() as playwright:
        return playwright.chromium.executable_path


def install() -> Path | None:
    """Install a browser: Playwright's own download where the network gives it, else the system's package."""
    for commands in ([[sys.executable, "-m", "playwright", "install", "chromium"]], apt("chromium")):
        if installed("Chrome or Chromium", commands) and (found := find()):
            return found
    return None


def main() -> int:
    """Print the browser's path, installing one if need be. Exit code 3 when there is none to be had."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    found = find() or install()
    if not found:
        print("No browser: install Chrome or Chromium, or name one in CHROME_PATH.", file=sys.stderr)
        return 3
    print(f"Browser: {found}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
