"""One row of a source as the words and facts of a story, or the reasons why it cannot be one. Pure: no database."""

from __future__ import annotations

import dataclasses
import datetime
import re
from collections.abc import Callable, Mapping
from typing import Any

from learning_portal.common.text import clean_line, first_words

from .. import content
from ..choices import FIRST_YEAR, LAST_YEAR, Delivery, Evaluation, Stage
from .cells import Row
from .mapping import CODES, StoryMapping
from .rules import Rule, folded

TITLE_LIMIT = 300
"""Characters of an imported title. Titles told here are shorter; a source's own is kept whole or refused."""
WORDS_LIMIT = 250_000
"""Characters of a whole story, as the database has it."""
TEXT_LIMITS = {"source_id": 120, "source_url": content.LINK_LIMIT, "source_organisation": 160}
ADDRESS = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
MONEY = re.compile(r"£?(\d{1,15}(?:\.\d{1,15})?)(k|m|bn|million|billion)?", re.IGNORECASE)
YEAR = re.compile(r"(\d{4})(?:\.0)?")
UNITS = {"k": 1e3, "m": 1e6, "million": 1e6, "bn": 1e9, "billion": 1e9}
HIGHEST_COST = 10**15
LONGEST_MONTHS = 2_400
DAYS_A_MONTH = 30.4375
BULLET = re.compile(r"\n+(?=[•▪‣●*\-–] )")


class BadRecord(Exception):
    """The row cannot become a story. `reasons` names everything that is wrong with it."""

    def __init__(self, reasons: list[str]):
        super().__init__("; ".join(reasons))
        self.reasons = reasons


@dataclasses.dataclass(frozen=True)
class Draft:
    """A story as its source tells it."""

    content: content.Content
    facts: Mapping[str, Any]
    """By the name of the field of Story."""
    organisation: str
    """Its code or a name, as the source has it."""
    topics: tuple[str, ...]
    """Slugs, each once, in the order of the mapping."""
    left_out: tuple[str, ...] = ()
    """Facts that could not be read, where the mapping says to go on without them."""


def read_record(mapping: StoryMapping, record: Mapping[str, Any]) -> Draft:
    """Raises BadRecord."""
    row = _Story(mapping, record)
    facts = {
        "kind": mapping.kind,
        "source_name": mapping.source_name,
        "source_licence": mapping.source_licence,
        "language": row.code("language") or "en",
        "outcome": row.code("outcome"),
        "evaluation": row.code("evaluation") or Evaluation.NONE.value,
        "stage": _numbered(Stage, row.code("stage")),
        "delivery": _numbered(Delivery, row.code("delivery")),
        "year": row.number("year", row.year),
        "cost": row.number("cost", row.cost),
        "months": row.number("months", row.months),
        **{field: row.line(field, limit) for field, limit in TEXT_LIMITS.items()},
    }
    words = row.words()
    row.need(facts)
    organisation = row.line("organisation", TEXT_LIMITS["source_organisation"])
    topics = tuple(dict.fromkeys(slug for rule in mapping.topics for slug in row.choices(rule, "topics")))
    if row.reasons:
        raise BadRecord(row.reasons)
    return Draft(words, facts, organisation, topics, tuple(row.left_out))


def _numbered(choices: type[Stage] | type[Delivery], code: str) -> int | None:
    return choices[code.upper()].value if code else None


class _Story(Row):
    """The words and facts of a row."""

    def __init__(self, mapping: StoryMapping, record: Mapping[str, Any]):
        super().__init__(mapping, record)
        self.left_out: list[str] = []

    # --- Words ------------------------------------------------------------------------------------------------------

    def words(self) -> content.Content:
        """The content of the story; what is missing or too long is among the reasons."""
        title = self.line("title", TITLE_LIMIT)
        if not title:
            self.reasons.append("it has no title")
        sections = {key: self._part(f"sections.{key}", rule) for key, rule in self.mapping.sections.items()}
        if not any(sections.values()):
            self.reasons.append("no section has any words")
        words = content.KINDS[self.mapping.kind](
            title=title,
            summary=self._summary(sections),
            answers={
                key: text for key, rule in self.mapping.answers.items() if (text := self._part(f"answers.{key}", rule))
            },
            links=self._links(),
            **sections,
        )
        if len(words.canonical()) > WORDS_LIMIT:
            self.reasons.append(f"it is longer than {WORDS_LIMIT:,} characters")
        return words

    def _links(self) -> list[str]:
        """Each address once, in the order of the mapping."""
        found = dict.fromkeys(text for rule in self.mapping.links for text in self.texts(rule, "links"))
        if len(found) > content.LINKS_LIMIT:
            self.reasons.append(f"links: {len(found):,}, and the limit is {content.LINKS_LIMIT}; nothing is cut")
            return []
        return [self._address("links", self._within("links", text, content.LINK_LIMIT)) for text in found]

    def _part(self, field: str, rule: Rule) -> str:
        text = BULLET.sub("\n\n", "\n\n".join(self.texts(rule, field)))
        return self._within(field, text, content.IMPORTED_LIMIT)

    def _summary(self, sections: Mapping[str, str]) -> str:
        """At most 40 words. An excerpt may be the first words of a text that stands in a section, and of no other."""
        rule = self.mapping.fields.get("summary")
        if rule is None:
            return ""
        text = clean_line(self.text(rule, "summary"))
        count = content.words_in(text)
        if count <= content.SUMMARY_LIMIT:
            return text
        excerpt = any(part.excerpt for part in rule.parts())
        if not excerpt:
            self.reasons.append(f"summary: {count} words, and the limit is {content.SUMMARY_LIMIT}")
        elif not any(text in " ".join(section.split()) for section in sections.values()):
            self.reasons.append("summary: the text that it is an excerpt of stands in no section")
        return first_words(text, content.SUMMARY_LIMIT) if excerpt else text

    def line(self, field: str, limit: int) -> str:
        rule = self.mapping.fields.get(field)
        return self._within(field, clean_line(self.text(rule, field)), limit) if rule else ""

    def _within(self, field: str, text: str, limit: int) -> str:
        if len(text) > limit:
            self.reasons.append(f"{field}: {len(text):,} characters, and the limit is {limit:,}; nothing is cut")
        return text

    def _address(self, field: str, text: str) -> str:
        if text and not ADDRESS.fullmatch(text):
            self.reasons.append(f'{field}: "{text[:60]}" is not an http address')
        return text

    # --- Facts ------------------------------------------------------------------------------------------------------

    def need(self, facts: Mapping[str, Any]) -> None:
        for field in ("source_id", "outcome"):
            if not facts[field] and not any(reason.startswith(field) for reason in self.reasons):
                self.reasons.append(f"it has no {field}")
        self._address("source_url", facts["source_url"])

    def code(self, field: str) -> str:
        """One of the codes of the field; the mapping has seen to its tables, a plain column may hold anything."""
        rule = self.mapping.fields.get(field)
        text = folded(self.text(rule, field)) if rule else ""
        if text and text not in CODES[field]:
            self.reasons.append(f'{field}: "{text[:60]}" is none of {", ".join(sorted(CODES[field]))}')
            return ""
        return text

    def choices(self, rule: Rule, field: str) -> list[str]:
        return [folded(text) for text in self.texts(rule, field)]

    def number(self, field: str, read: Callable[[Rule], int | None]) -> int | None:
        """None where the row is blank. What cannot be read is a bad row, or is left out where the mapping says so."""
        rule = self.mapping.fields.get(field)
        if rule is None:
            return None
        try:
            return read(rule)
        except ValueError as error:
            if rule.skip_unreadable:
                self.left_out.append(field)
            else:
                self.reasons.append(f"{field}: {error}")
            return None

    def year(self, rule: Rule) -> int | None:
        text = self.text(rule, "year")
        if not text:
            return None
        plain = YEAR.fullmatch(text)
        year = int(plain[1]) if plain else self._date(text).year
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise ValueError(f"{year} is not between {FIRST_YEAR} and {LAST_YEAR}")
        return year

    def cost(self, rule: Rule) -> int | None:
        text = self.text(rule, "cost").replace(",", "").replace(" ", "")
        if not text:
            return None
        found = MONEY.fullmatch(text)
        if not found:
            raise ValueError(f'"{text[:60]}" is not a sum in pounds')
        pounds = round(float(found[1]) * (UNITS[found[2].lower()] if found[2] else rule.multiplier))
        if pounds > HIGHEST_COST:
            raise ValueError(f"£{pounds:,} is more than £{HIGHEST_COST:,}")
        return pounds

    def months(self, rule: Rule) -> int | None:
        if not rule.span:
            text = self.text(rule, "months")
            return self._sane_months(_decimal(text) * rule.multiplier) if text else None
        begins, ends = (self.text(part, "months") for part in rule.span)
        if not begins or not ends:
            return None
        return self._sane_months((self._date(ends) - self._date(begins)).days / DAYS_A_MONTH)

    def _sane_months(self, months: float) -> int:
        if not 0 < months <= LONGEST_MONTHS:
            raise ValueError(f"{months:,.0f} months is not between 1 and {LONGEST_MONTHS:,}")
        return max(1, round(months))

    def _date(self, text: str) -> datetime.date:
        for pattern in self.mapping.dates:
            try:
                return datetime.datetime.strptime(text, pattern).date()
            except ValueError:
                continue
        raise ValueError(f'"{text[:60]}" is not a date of the form {" or ".join(self.mapping.dates)}')


def _decimal(text: str) -> float:
    try:
        return float(text.replace(",", ""))
    except ValueError:
        raise ValueError(f'"{text[:60]}" is not a number') from None
