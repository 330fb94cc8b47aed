"""What documents of OSCAL 1.2 have in common (https://pages.nist.gov/OSCAL).

`objects` makes texts and small objects of its types, an `assessment` is a rule asked of a target; `observations` has
what was answered and seen of it, what was found, and what is done about it. The documents are in `formats`.
"""
