"""Names that no list has: words with a capital within a sentence that are no words of the language."""

import re
from collections.abc import Iterator

from . import lists
from .bodies import common
from .kinds import Kind, Span
from .language import compounded, in_language
from .reading import Reading, Word

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
    word = reading.words[index]
    if not word.titled or (word.opens and not _strange_opening(word, reading.language)):
        return None
    last = index
    while last + 1 < len(reading.words) and reading.gap(last) in (" ", " & ") and reading.words[last + 1].titled:
        last += 1
    return last


def _strange_opening(word: Word, language: str) -> bool:
    """Whether the first word of a sentence is a name by itself; in Welsh verbs stand there in forms without number."""
    strange = len(word.stem) > 3 and _unknown(word) and not compounded(word.stem)
    return strange and (language == "en" or bool(FOREIGN.search(word.stem)))


def _unknown(word: Word) -> bool:
    return (
        len(word.stem) > 2
        and not word.text.startswith("I'")
        and word.stem not in EVERYBODY
        and not common(word.text)
        and not in_language(word.stem)
    )
