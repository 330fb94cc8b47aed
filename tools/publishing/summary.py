"""Says in Markdown what a pull request's preview holds, for the summary of its check."""

from collections.abc import Iterable
from pathlib import Path

from tools.publishing.remote import git
from tools.site_data import HOME
from vger_guide.text.markdown import format_code

CONTENT = ("docs", "checklists")
SHOWN = 50


def summary(site: Path, base: str) -> str:
    """Return the text: how large the site is, how to open it, and which pages and records differ from `base`.

    Raises PublishError where there is no such commit.
    """
    sizes = [path.stat().st_size for path in site.rglob("*") if path.is_file()]
    count = sum(1 for _ in site.rglob(HOME))
    changed = git("diff", "--name-only", "-z", f"{base}...HEAD", "--", *CONTENT).split("\0")
    return f"""## Preview

The strict build holds {count} pages, {sum(sizes) / 1e6:.0f} MB. Download the artefact `preview` below, unpack it, run
`python3 -m http.server --directory preview` beside it, and open <http://localhost:8000>.

### Pages and records that differ

{_listed([name for name in changed if name])}
"""


def _listed(names: Iterable[str]) -> str:
    names = list(names)
    lines = [f"- {format_code(name)}" for name in names[:SHOWN]]
    if len(names) > SHOWN:
        lines.append(f"- and {len(names) - SHOWN} more")
    return "\n".join(lines) or "None."
