"""A line that tells how far long work has come, on a terminal, and only where it takes long."""

import sys
import time
from types import TracebackType

# Seconds before anything is said, and between two lines.
PATIENCE = 0.7
PAUSE = 0.1
WIDTH = 78


class Progress:
    """Writes to the standard error where that is a terminal, and takes away what it wrote."""

    def __init__(self) -> None:
        self._on = bool(sys.stderr and sys.stderr.isatty())
        self._next = time.monotonic() + PATIENCE
        self._wrote = False

    def says(self, text: str) -> None:
        """Show what another program says of its progress."""
        if self._on and time.monotonic() >= self._next:
            shown = "".join(c if c.isprintable() else " " for c in text)[:WIDTH]
            sys.stderr.write(f"\r{shown:<{WIDTH}}")
            sys.stderr.flush()
            self._wrote = True
            self._next = time.monotonic() + PAUSE

    def read(self, done: int, of: int) -> None:
        """Show how many files have been read."""
        self.says(f"Read {done:,} of {of:,} files")

    def __enter__(self) -> "Progress":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Clear the line."""
        if self._wrote:
            sys.stderr.write("\r" + " " * WIDTH + "\r")
            sys.stderr.flush()
