"""Names of bodies and places, and where they stand in a text, in English and in Welsh with its mutations."""

import dataclasses
from collections import defaultdict
from collections.abc import Iterable, Iterator

from . import mutations
from .kinds import Kind, Span
from .reading import WORD, Reading, Word, stem

JOINS = frozenset((" ", "  ", "\n", " & ", "&", ", ", " (", "/", "-", ". "))
PLACE_WORDS = frozenset(
    ["in", "at", "near", "from", "to", "around", "outside", "across", "ger", "yn", "ym", "yng", "i", "o", "am", "rhwng"]
)
"""What stands before a name that is also a word, when the name is meant."""
SHORTEST_MUTATED = 5
"""A changed form of fewer letters is believed only after a word that changes it."""


@dataclasses.dataclass(frozen=True)
class Entry:
    words: tuple[str, ...]
    kind: Kind
    exact: str = ""
    """Capital letters of an abbreviation, which only stands for the name when written so."""
    changed: bool = False
    doubtful: bool = False


class Gazetteer:
    """Names by their first word, so that a text is read once whatever their number."""

    def __init__(self) -> None:
        self._entries: dict[str, list[Entry]] = defaultdict(list)

    def add(self, names: Iterable[str], kind: Kind, doubtful: Iterable[str] = ()) -> "Gazetteer":
        """Take in names of one kind. A later kind of the same name counts."""
        unsure = {name.lower() for name in doubtful}
        for name in names:
            found = WORD.findall(name.replace("’", "'"))
            words = tuple(stem(word) for word in found)
            if not words or len("".join(words)) < 2:
                continue
            exact = found[0] if len(words) == 1 and sum(letter.isupper() for letter in name) > 1 else ""
            self._put(Entry(words, kind, exact, doubtful=name.lower() in unsure))
            if not exact:
                for form in mutations.mutated(words[0]):
                    self._put(Entry((form, *words[1:]), kind, changed=True))
        return self

    def _put(self, entry: Entry) -> None:
        others = [
            other for other in self._entries[entry.words[0]] if (other.words, other.exact) != (entry.words, entry.exact)
        ]
        self._entries[entry.words[0]] = sorted([*others, entry], key=lambda one: -len(one.words))

    def spans(self, reading: Reading) -> Iterator[Span]:
        index = 0
        while index < len(reading.words):
            entry = self._at(reading, index)
            if entry:
                last = reading.words[index + len(entry.words) - 1]
                yield Span(reading.words[index].start, last.stem_end, entry.kind)
                index += len(entry.words) - 1
            index += 1

    def _at(self, reading: Reading, index: int) -> Entry | None:
        """The longest name that begins with this word."""
        entries = self._entries.get(reading.words[index].stem, ())
        return next((entry for entry in entries if _stands(entry, reading, index)), None)


def _stands(entry: Entry, reading: Reading, index: int) -> bool:
    words = reading.words[index : index + len(entry.words)]
    if tuple(word.stem for word in words) != entry.words:
        return False
    if any(reading.gap(index + place) not in JOINS for place in range(len(words) - 1)):
        return False
    if entry.exact:
        return words[0].text.startswith(entry.exact)
    # Small words of a name may be small: "Cardiff and Vale", "y Bala".
    capitals = sum(word.capital for word in words)
    if capitals < (1 if len(words) < 3 else 2) or not words[-1].capital:
        return False
    before = reading.words[index - 1].text.lower() if index and not words[0].opens else ""
    return _meant(entry, words, before, reading.language)


def _meant(entry: Entry, words: list[Word], before: str, language: str) -> bool:
    """Whether a changed or doubtful form is the name and not a word that looks like it."""
    if entry.doubtful:
        possessive = words[-1].stem_end < words[-1].end
        return before in PLACE_WORDS or possessive if entry.kind is Kind.PLACE else bool(before)
    if not entry.changed:
        return True
    if language == "cy":
        return before in mutations.TRIGGERS or (len("".join(entry.words)) >= SHORTEST_MUTATED and not words[0].opens)
    return before in mutations.WELSH_ONLY
