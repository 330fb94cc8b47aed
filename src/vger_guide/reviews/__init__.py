"""Reviews: a checklist being filled in by people, for one system or several, kept as one JSON document.

`document` has the models, `storage` reads and writes files of them, `asking` makes a new one, `scores` counts.
"""
