"""The identity check: what in a story's words may give away a person or a place, as marks with advice. Offline.

Pure but for the translation of labels: words and gazetteers in, marks out. It is advice, not a gate.
`finding.find` is the way in; `marking.segments` is for templates; `register.gazetteer` makes the lists of names.
"""
