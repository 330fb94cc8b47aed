"""What each condition of a check takes: a module a condition, found by name.

A module has `Parameters`, a model; the module of the same name in `vger_guide.matchers` says what it does.
"""

import importlib
import pkgutil

from vger_guide.records.fields import Record


def load_parameters() -> dict[str, type[Record]]:
    """Return the model of each condition's parameters by the condition's name, in the order of the names."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    return {name: importlib.import_module(f"{__name__}.{name}").Parameters for name in names}
