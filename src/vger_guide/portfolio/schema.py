"""The JSON Schema of `portfolio.yml`, generated from its model."""

from vger_guide.catalog.schema import write_schema
from vger_guide.portfolio.models import Portfolio

FILE = "portfolio.schema.json"


def schema() -> str:
    """Return the text of the schema file (JSON Schema 2020-12)."""
    return write_schema(Portfolio, "src/vger_guide/portfolio/models.py")
