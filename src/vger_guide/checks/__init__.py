"""The check engine: looks at a repository as data, and says rule by rule what it saw.

Nothing of the repository is ever run. `outcomes` has the words; a run goes plan -> scan -> judge: `plan` collects what
all checks want to know of which files, `scan` reads each file once, `runner` judges each rule by what was found.
"""
