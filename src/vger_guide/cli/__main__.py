"""Runs the command line by `python -m vger_guide.cli`."""

from vger_guide.cli import main

main()
