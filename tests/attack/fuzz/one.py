"""`python -m tests.attack.fuzz.one TARGET OPTION...`: a target under Atheris, with options of libFuzzer."""

import sys

import atheris

# So that libFuzzer sees which branches are taken in what is imported here.
with atheris.instrument_imports(include=["vger_guide"], enable_loader_override=False):
    from tests.attack.fuzz.targets import TARGETS


if __name__ == "__main__":
    _, name, *options = sys.argv
    # What a target imports when it is first called is seen too.
    with atheris.instrument_imports(include=["vger_guide"], enable_loader_override=False):
        for seed in TARGETS[name].seeds():
            TARGETS[name].try_(seed)
    atheris.Setup([sys.argv[0], *options], TARGETS[name].try_)
    atheris.Fuzz()
