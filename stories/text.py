"""Small cuts of text for cards and lists. Pure."""

import re

SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
CARD_WORDS = 22
"""About twenty words say what went wrong."""


def lowered(text: object) -> str:
    """A label within a sentence: its first letter small, unless it begins an acronym ("NHS trust")."""
    words = str(text)
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]


def first_sentence(text: str) -> str:
    return SENTENCE_END.split(text.strip(), maxsplit=1)[0]


def about_twenty_words(text: str) -> str:
    """Whole sentences while they fit in about twenty words, else the first words with an ellipsis."""
    taken: list[str] = []
    for sentence in SENTENCE_END.split(text.strip()):
        words = sentence.split()
        if len(taken) >= CARD_WORDS // 2 and len(taken) + len(words) > CARD_WORDS:
            break
        taken += words
    return " ".join(taken) if len(taken) <= CARD_WORDS + 4 else " ".join(taken[:CARD_WORDS]) + "…"


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a section: blank lines part them."""
    return [" ".join(part.split()) for part in re.split(r"\n\s*\n", text) if part.strip()]
