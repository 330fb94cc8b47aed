"""Serves the site as it is published, built anew at each save; an error is shown in the open page until mended."""

import argparse
import os
import shutil
import signal
import socket
import sys
import tempfile
import time
import traceback
from pathlib import Path
from threading import Thread, Timer
from urllib.parse import urlsplit

from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig

from tools.live_server import LiveServer
from tools.page_cache import PageCache
from tools.site import FAILURES, ROOT, put_in_place, write_extras, write_site
from tools.vendored import DownloadError
from vger_guide.records.problems import CatalogError

HOST = "127.0.0.1"
PORT = 8000
PORTS = 100  # how many are tried
PATIENCE = 10  # seconds until Ctrl-C is tried again where it has not ended the server
SECONDS = 2  # that the first page waits for the engine; it is there at once where it was fetched before


class Preview:
    """The site in a folder of its own, and the engine beside it, which is made once and copied into each build."""

    def __init__(self, folder: Path) -> None:
        self.site = folder / "site"
        self._engine = folder / "engine"
        self._has_engine = False
        self._cache = PageCache()
        self.problem = ""

    def fetch_engine(self) -> None:
        """Make the engine, or say in a line why it is left out."""
        try:
            write_extras(self._engine)
            self._has_engine = True
        except (DownloadError, CatalogError, OSError) as error:
            print(
                f"Left out: what the page of reviews runs in the browser (engine/), and downloads/: {error}",
                file=sys.stderr,
            )

    def build(self) -> None:
        """Build the site; where that fails, the last one stays, and `problem` says why."""
        started = time.perf_counter()
        fresh = self.site.with_name("site.new")
        try:
            write_site(fresh, self._copy_engine, self._cache)
        except FAILURES as error:
            self.problem = str(error)
        except Exception as error:  # noqa: BLE001 - code that is being edited may raise anything
            self.problem = "".join(traceback.format_exception(error, limit=-3)).strip()
        else:
            put_in_place(fresh, self.site)
            self.problem = ""
        print(self.problem or f"Built in {time.perf_counter() - started:.1f} s", file=sys.stderr)

    def _copy_engine(self, folder: Path) -> None:
        if self._has_engine:
            shutil.copytree(self._engine, folder, dirs_exist_ok=True)


def serve(port: int) -> None:
    """Serve until the process is told to end. Raises OSError where no port is free."""
    config = load_config(str(ROOT / "mkdocs.yml"))
    with tempfile.TemporaryDirectory(prefix="vger-guide-") as folder:
        preview = Preview(Path(folder))
        server = LiveServer(preview, HOST, free_port(port), urlsplit(config.site_url or "/").path)
        fetching = Thread(target=preview.fetch_engine, daemon=True)
        fetching.start()
        fetching.join(SECONDS)
        preview.build()
        if fetching.is_alive():
            print("Fetching what the page of reviews runs in the browser; the other pages are there.", file=sys.stderr)
            Thread(target=_build_after, args=(fetching, server), daemon=True).start()
        _watch(server, config)
        try:
            server.serve()  # type: ignore[no-untyped-call] # MkDocs'
        finally:
            server.shutdown()


def _build_after(fetching: Thread, server: LiveServer) -> None:
    fetching.join()
    server.request_build()


def _watch(server: LiveServer, config: MkDocsConfig) -> None:
    """Watch what the pages are made of, and say so."""
    watched = [Path(each) for each in (config.docs_dir, *config.watch, str(config.config_file_path))]
    for path in watched:
        server.watch(str(path))
    names = ", ".join(os.path.relpath(path, ROOT) for path in watched)
    print(
        f"\nThe guide is at {server.url}\nWatched: {names}. A save shows in the open page.\nCtrl-C ends.\n", flush=True
    )


def free_port(first: int) -> int:
    """Return the first free port from `first` on, and say so where it is another. Raises OSError where none is free."""
    for port in range(first, min(first + PORTS, 65536)):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, port))
            except OSError:
                continue
        if port != first:
            print(f"Port {first} is taken: {port} is used.", file=sys.stderr)
        return port
    raise OSError(f"no port is free from {first} on; name another with --port")


def _end(number: int, _: object) -> None:
    """End what is under way, and again later: an interrupt is lost within a destructor, or a thread is waited for."""
    again = Timer(PATIENCE, os.kill, (os.getpid(), number))
    again.daemon = True
    again.start()
    raise KeyboardInterrupt


def main() -> int:
    """Run from the command line. Exit code 2 where no port is free."""
    parser = argparse.ArgumentParser(prog="python -m tools.serve", description=__doc__)
    parser.add_argument("--port", type=int, default=PORT, help=f"the first port to try (default: {PORT})")
    asked = parser.parse_args()
    os.chdir(ROOT)
    # An edited module is read anew, and no file of the watched folders is written.
    sys.dont_write_bytecode = True
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _end)
    try:
        serve(asked.port)
    except KeyboardInterrupt:
        print("\nEnded.", file=sys.stderr)
    except OSError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
