"""Reviews: a checklist being filled in by people, for one system or several, kept as one JSON document.

`models` has the document, `store` reads and writes files of it, `selection` makes a new one, `score` counts.
"""
