"""Stories that somebody else wrote down: read through a mapping file, checked row by row, shelved in one transaction.

rules.py and mapping.py read the mapping file, cells.py and records.py turn a row into a draft (all pure), plan.py
compares drafts with what is on the shelf, run.py is the one that writes. docs/importing.md describes the mapping.
"""
