"""Fuzzing of what reads or escapes foreign bytes: the targets, and the command that runs one under Atheris."""
