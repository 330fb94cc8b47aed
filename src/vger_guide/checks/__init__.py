"""The check engine: looks at a repository as data, and says rule by rule what it saw.

Nothing of the repository is ever run. `results` has the words; a run goes plan -> scan -> evaluate: `plan` collects
what all checks want to know of which files, `scan` reads each file once, `evaluate` gives the outcome of each rule, and
`runner` is the whole of it.
"""
