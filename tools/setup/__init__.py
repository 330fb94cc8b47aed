"""Sets the environment up from a lock file: by the standard library alone, as nothing is installed yet."""


class SetupError(Exception):
    """The environment cannot be set up; the message says why in a line, and what to do."""
