"""Small cuts of text for cards and lists. Pure."""

import re

SENTENCE_END = re.compile(r"(?<=[.!?])\s+|(?<=[.!?][\"'”’)])\s+")
CLAUSE_ENDS = (",", ";", ":")
CARD_WORDS = 22
"""About twenty words say what went wrong."""
SAYS_LITTLE = 14
"""Fewer words ("In month three a man came home from hospital.") bring the next sentence with them, if there is room."""
SAYS_NOTHING = 8
"""So few ("It is lawful.") bring it in any case."""
LONGEST = 36
"""The most words: a long first sentence is shown entire, up to here."""


def lowered(text: object) -> str:
    """A label within a sentence: its first letter small, unless it begins an acronym ("NHS trust")."""
    words = str(text)
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]


def first_sentence(text: str) -> str:
    return SENTENCE_END.split(text.strip(), maxsplit=1)[0]


def about_twenty_words(text: str) -> str:
    """Whole sentences, about twenty words of them. What is still longer than 36 words is cut, after a clause."""
    taken: list[str] = []
    for sentence in SENTENCE_END.split(text.strip()):
        words = sentence.split()
        room = LONGEST if len(taken) < SAYS_LITTLE else CARD_WORDS
        if len(taken) >= SAYS_NOTHING and len(taken) + len(words) > room:
            break
        taken += words
    return " ".join(taken) if len(taken) <= LONGEST else _cut(taken)


def _cut(words: list[str]) -> str:
    """The beginning of an endless sentence, up to the last clause that ends within the limit."""
    ends = [place for place in range(CARD_WORDS // 2, LONGEST) if words[place - 1].endswith(CLAUSE_ENDS)]
    return " ".join(words[: ends[-1] if ends else CARD_WORDS]).rstrip(",;:") + "…"


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a section: blank lines part them."""
    return [" ".join(part.split()) for part in re.split(r"\n\s*\n", text) if part.strip()]
