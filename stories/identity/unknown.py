"""Names that no list has: words with a capital within a sentence that are no words of the language."""

import re
from collections.abc import Iterator

from . import lists
from .bodies import common
from .kinds import Kind, Span
from .reading import Reading, Word

ENDINGS = re.compile(r"(?:'s|ing|ed|es|s|ly|ness|au|iau)$")
OPEN = (
    ("g", ("c", "")),
    ("ngh", ("c",)),
    ("ch", ("c",)),
    ("b", ("p", "")),
    ("mh", ("p",)),
    ("ph", ("p",)),
    ("d", ("t",)),
    ("nh", ("t",)),
    ("th", ("t",)),
    ("f", ("b", "m")),
    ("dd", ("d",)),
    ("l", ("ll",)),
    ("r", ("rh",)),
    ("m", ("b",)),
    ("n", ("d",)),
    ("h", ("",)),
)
"""First letters that a mutation may have made, and what they were."""
FOREIGN = re.compile("[kqvxz]")
"""Letters that no Welsh word has: another one alone may be any word that a list lacks, so many are their forms."""
EVERYBODY = lists.named("unknown.everybody")
DETERMINED = lists.named("unknown.determined")


def spans(reading: Reading) -> Iterator[Span]:
    """Runs of capitalised words that have an unknown one among them; alone it needs to stand without an article."""
    index = 0
    while index < len(reading.words):
        last = _run(reading, index)
        if last is None:
            index += 1
            continue
        run = reading.words[index : last + 1]
        article = index > 0 and reading.words[index - 1].text.lower() in DETERMINED
        named = [word for word in run if _unknown(word)]
        if (
            named
            and (len(run) > 1 or not article)
            and (len(run) > 1 or reading.language == "en" or FOREIGN.search(run[0].stem))
        ):
            yield Span(run[0].start, run[-1].stem_end, Kind.ORGANISATION)
        index = last + 1


def _run(reading: Reading, index: int) -> int | None:
    """The last of the capitalised words that follow each other from here; None where none begins."""
    if not reading.words[index].titled or reading.words[index].opens:
        return None
    last = index
    while last + 1 < len(reading.words) and reading.gap(last) in (" ", " & ") and reading.words[last + 1].titled:
        last += 1
    return last


def _unknown(word: Word) -> bool:
    return (
        len(word.stem) > 2
        and not word.text.startswith("I'")
        and word.stem not in EVERYBODY
        and not common(word.text)
        and not _in_language(word.stem)
    )


def _in_language(word: str) -> bool:
    """Whether it is a word with or without an ending or a mutation, in English or Welsh."""
    known = lists.common_words()
    parts = word.split("-")
    return all(any(form in known for form in _forms(part)) for part in parts)


def _forms(word: str) -> set[str]:
    forms = {word}
    for first, earlier in OPEN:
        if word.startswith(first):
            forms |= {before + word[len(first) :] for before in earlier}
    shorter = {ENDINGS.sub("", form) for form in forms}
    return (
        forms | shorter | {form + "e" for form in shorter} | {form[:-1] + "y" for form in shorter if form.endswith("i")}
    )
