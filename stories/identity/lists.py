"""The lists of names and words in data/, read once."""

import functools
import re
from pathlib import Path

FOLDER = Path(__file__).parent / "data"


@functools.cache
def lines(name: str) -> tuple[str, ...]:
    """The entries of a file that has one a line; "#" opens a comment."""
    text = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    return tuple(line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#"))


@functools.cache
def words(name: str) -> tuple[frozenset[str], frozenset[str]]:
    """The words of a file in small letters: those that stand for themselves, and those marked "?" (also a word)."""
    entries = [word.lower() for line in lines(name) for word in line.split()]
    doubtful = frozenset(word[1:] for word in entries if word.startswith("?"))
    return frozenset(word for word in entries if not word.startswith("?")) - doubtful, doubtful


@functools.cache
def common_words() -> frozenset[str]:
    """Words of English and Welsh that are written small."""
    return frozenset().union(*(words(name)[0] for name in ("english", "welsh", "common_words")))


@functools.cache
def named(name: str) -> frozenset[str]:
    """One of the small sets of sets.txt, such as "people.titles"."""
    rows = [line.removeprefix(f"{name}:").split() for line in lines("sets") if line.startswith(f"{name}:")]
    return frozenset(word for row in rows for word in row)


@functools.cache
def either(name: str) -> str:
    """The entries as the alternatives of a regular expression, long ones first."""
    return "|".join(re.escape(entry) for entry in sorted(set(lines(name)), key=lambda entry: (-len(entry), entry)))


LONGEST_WORD = 40


def bounded(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """Compiled, with no word longer than any is: what has no end would be read again from each of its letters."""
    return re.compile(pattern.replace("]+", f"]{{1,{LONGEST_WORD}}}"), flags)
