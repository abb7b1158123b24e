"""python -m tests.benchmarks.identity [--kept] [--file FILE] [--quiet]

How much the identity check finds in sentences written without sight of it, and how much it marks that is innocent.
A filler is found when marks cover at least half of its letters and figures; a mark that touches none of them is
false. By default over both halves of the sentences used for tuning, with misses; `--kept` prints only figures, of the
set that was written last and is kept from tuning. Of identity_kept.toml, which was that set before, too much is known.
"""

import argparse
import dataclasses
import os
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

FILE = Path(__file__).parent / "identity_sentences.toml"
KEPT = Path(__file__).parent / "identity_third.toml"
HALVES = ("", "kept_")
GOAL = 0.8


@dataclasses.dataclass
class Tally:
    fillers: int = 0
    found: int = 0
    marks: int = 0
    false: int = 0
    misses: list[str] = dataclasses.field(default_factory=list)
    wrong: list[str] = dataclasses.field(default_factory=list)

    @property
    def recall(self) -> float:
        return self.found / self.fillers if self.fillers else 1.0

    @property
    def precision(self) -> float:
        return 1 - self.false / self.marks if self.marks else 1.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kept", action="store_true")
    parser.add_argument("--quiet", action="store_true")
    parser.add_argument("--file", type=Path)
    given = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "learning_portal.settings")
    file = given.file or (KEPT if given.kept else FILE)
    data = tomllib.loads(file.read_text(encoding="utf-8"))
    show = not given.kept and not given.quiet
    report(measure(data), show)
    for line in innocent(data, show):
        print(line)


def sentences(kind: dict) -> Iterator[tuple[str, int, int]]:
    """Every template with every filler of its half, and where the filler stands in it."""
    for half in HALVES:
        for template in kind.get(f"{half}templates", []):
            for filler in kind.get(f"{half}fillers", []):
                start = template.index("{x}")
                yield template.replace("{x}", filler), start, start + len(filler)


def measure(data: dict) -> dict[tuple[str, str, bool], Tally]:
    """A tally for every (kind, language, direct)."""
    from stories.identity import finding, register

    names = register.from_register()
    tallies: dict[tuple[str, str, bool], Tally] = defaultdict(Tally)
    for kind in data["kind"]:
        tally = tallies[kind["name"], kind["language"], kind["direct"]]
        for text, start, end in sentences(kind):
            count(tally, text, start, end, finding.find({"": text}, kind["language"], names))
    return tallies


def count(tally: Tally, text: str, start: int, end: int, marks: list) -> None:
    letters = {place for place in range(start, end) if text[place].isalnum()}
    covered = {place for mark in marks for place in range(mark.start, mark.end)} & letters
    tally.fillers += 1
    if 2 * len(covered) >= len(letters):
        tally.found += 1
    else:
        tally.misses.append(f"{text[start:end]}   in: {text}")
    false = [mark for mark in marks if not letters & set(range(mark.start, mark.end))]
    tally.marks += len(marks)
    tally.false += len(false)
    tally.wrong += [f"{mark.kind}: {mark.text}   in: {text}" for mark in false]


def report(tallies: dict[tuple[str, str, bool], Tally], show: bool) -> None:
    print(f"{'kind':24} {'':2} {'':8} {'recall':>6} {'precision':>9} {'of':>4}")
    for (name, language, direct), tally in tallies.items():
        below = "  BELOW" if direct and tally.recall < GOAL else ""
        print(
            f"{name:24} {language} {'direct' if direct else '':8}",
            f"{tally.recall:6.2f} {tally.precision:9.2f} {tally.fillers:4}{below}",
        )
        for line in dict.fromkeys([f"miss  {miss}" for miss in tally.misses] if show else []):
            print("    ", line)
        for line in dict.fromkeys([f"false {wrong}" for wrong in tally.wrong] if show else []):
            print("    ", line)
    for language in ("en", "cy"):
        for wanted in (True, False):
            part = [tally for key, tally in tallies.items() if key[1:] == (language, wanted)]
            fillers, found = sum(tally.fillers for tally in part), sum(tally.found for tally in part)
            marks, false = sum(tally.marks for tally in part), sum(tally.false for tally in part)
            what = "direct" if wanted else "the rest"
            print(
                f"all, {language}, {what}: recall {found / fillers:.3f}",
                f"precision {1 - false / max(1, marks):.3f}, {fillers} sentences",
            )


def innocent(data: dict, show: bool) -> Iterator[str]:
    from stories.identity import finding, register

    for block in data["innocent"]:
        texts = [text for half in HALVES for text in block.get(f"{half}sentences", [])]
        marks = [
            (mark, text)
            for text in texts
            for mark in finding.find({"": text}, block["language"], register.from_register())
        ]
        words = sum(len(text.split()) for text in texts)
        yield f"innocent, {block['language']}: {len(marks)} false marks in {words} words"
        yield from [f"      {mark.kind}: {mark.text}   in: {text}" for mark, text in marks] if show else []


if __name__ == "__main__":
    main()
