"""What the tests of reviews share."""

from tests.cli.conftest import cache

__all__ = ["cache"]
