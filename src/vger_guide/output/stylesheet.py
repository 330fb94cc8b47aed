"""The style that the pages of reports share."""

from pathlib import Path

STYLE = Path(__file__).parent / "report.css"
