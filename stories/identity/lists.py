"""The lists of names and words in data/, read once."""

import functools
import gzip
import importlib.util
import json
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
    names = frozenset().union(*(words(name)[0] for name in ("first_names", "surnames", "places")))
    return _english(names) | _welsh() - names | words("common_words")[0]


COMMON = 200
"""How often a word stands in the texts that the English list was counted in; rarer ones are too often names."""
COMMON_BESIDE_NAMES = 5_000
"""The same for a word that is a name too: "miles" is one, "gareth" is not."""


def _english(names: frozenset[str]) -> frozenset[str]:
    counted = json.loads(gzip.decompress(_packaged("spellchecker", "resources/en.json.gz").read_bytes()))
    return frozenset(
        word
        for word, count in counted.items()
        if count >= (COMMON_BESIDE_NAMES if word in names else COMMON) and word.isalpha()
    )


def _welsh() -> frozenset[str]:
    """The head words: each line has one, in brackets which of several that are spelt alike, and how it is said."""
    lines = _packaged("techiaith", "g2p/data/geiriadur-ynganu-bangor/bangordict.dict").read_text(encoding="utf-8")
    heads = (line.split()[0].split("(")[0] for line in lines.splitlines() if line.strip())
    return frozenset(word for word in heads if word.islower())


def _packaged(package: str, path: str) -> Path:
    """A file that an installed package carries. None of the package's code is run."""
    found = importlib.util.find_spec(package)
    if found is None or not found.submodule_search_locations:
        raise ModuleNotFoundError(f"{package} is not installed: run make packages.")
    return Path(next(iter(found.submodule_search_locations))) / path


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
