"""Telling a story: which questions are asked, how answers are kept in a draft, and what becomes of them.

`kinds` and `words` are pure; `forms` ask; `outlook` says who would look at a story and who would read it.
"""
