"""What is common to documents of OSCAL 1.2 (https://pages.nist.gov/OSCAL): a catalogue and assessment results.

`text` makes text of its types, `parts` small objects, `metadata` the head of a document. `controls` are rules;
`results` are of a target, made of `observations`, `findings` and `risks` of what is `asked` of it.
"""
