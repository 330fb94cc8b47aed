"""A copy of the guide's data without a past, so that a test does not depend on what has changed since an edition."""

import json
import re
from pathlib import Path

from vger_guide.catalog.loader import load
from vger_guide.editions.release import EMPTY, frozen_files

FIRST = "2023.09"


def begin_anew(checklists: Path, edition: str = FIRST) -> None:
    """Make what the records say now the one edition that there is, with nothing that changed since."""
    for path in [*checklists.glob("editions/*.json"), *checklists.glob("changes/*.yml")]:
        path.unlink()
    for path in checklists.glob("rules/*.yml"):
        text = path.read_text(encoding="utf-8")
        path.write_text(re.sub(r'since: "[0-9.]{7}"', f'since: "{edition}"', text), encoding="utf-8")
    for name, text in frozen_files(load(checklists), edition, EMPTY, "").items():
        (checklists / name).write_text(text, encoding="utf-8")


def had_verdict(checklists: Path, row: str, verdict: str) -> None:
    """Let the first edition have given another verdict to a row than the records do now."""
    path = checklists / "editions" / f"{FIRST}.json"
    frozen = json.loads(path.read_text(encoding="utf-8"))
    assert frozen["rows"][row]["verdict"] != verdict
    frozen["rows"][row]["verdict"] = verdict
    path.write_text(json.dumps(frozen), encoding="utf-8")
