"""How often a test of chance tries: a little in `make test`, all of it in the nightly workflow, which sets SOAK.

So it is with what is asked of many things that are made alike: in `make test` of those that differ, at night of all.
"""

import os

# Set to anything but nothing, as in SOAK=1.
SOAK = bool(os.environ.get("SOAK"))


def often(few: int, full: int) -> int:
    """Return how often to try: `full` times under SOAK, else `few` times."""
    return full if SOAK else few
