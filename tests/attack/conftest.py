"""What the tests of attacks share with those of the command line."""

from tests.cli.conftest import cache, vger

__all__ = ["cache", "vger"]
