"""Text made fit for where it goes: harmless, short enough, and in the syntax of its format."""
