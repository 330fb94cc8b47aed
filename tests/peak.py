"""The most memory that this process itself ever had, in bytes.

What `getrusage` tells begins with the peak of the parent, which here is a worker that has run hundreds of tests.
"""

import re
import resource
import sys
from pathlib import Path


def peak() -> int:
    """Return it from Linux's account of the process, which begins anew with its program; elsewhere from getrusage."""
    status = Path("/proc/self/status")
    if status.exists() and (found := re.search(r"^VmHWM:\s+(\d+) kB$", status.read_text(), re.MULTILINE)):
        return int(found[1]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
