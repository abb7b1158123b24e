"""Stories that somebody else wrote down: read through a mapping file, checked row by row, shelved in one transaction.

mapping.py reads the mapping, records.py turns a row into a draft (both pure), plan.py compares drafts with what is on the
shelf, run.py is the one that writes. docs/importing.md describes the mapping for data managers.
"""
