"""One row of a source as the words and facts of a story, or the reasons why it cannot be one. Pure: no database."""

from __future__ import annotations

import dataclasses
import datetime
import re
from collections.abc import Callable, Mapping
from typing import Any

from learning_portal.common.text import clean_line, clean_text, first_words

from .. import content
from ..choices import Delivery, Evaluation, Stage
from .mapping import StoryMapping
from .rules import TEMPLATE_COLUMN, Condition, Rule, folded

TITLE_LIMIT = 300
"""Characters of an imported title. Titles told here are shorter; a source's own is kept whole or refused."""
WORDS_LIMIT = 250_000
"""Characters of a whole story, as the database has it."""
TEXT_LIMITS = {"source_id": 120, "source_url": 500, "source_organisation": 160}
ADDRESS = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
MONEY = re.compile(r"£?(\d+(?:\.\d+)?)(k|m|bn|million|billion)?", re.IGNORECASE)
UNITS = {"k": 1e3, "m": 1e6, "million": 1e6, "bn": 1e9, "billion": 1e9}
HIGHEST_COST = 10**15
LONGEST_MONTHS = 1_200
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
    row = _Row(mapping, record)
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


class _Row:
    """A record under a mapping; gathers what is wrong with it."""

    def __init__(self, mapping: StoryMapping, record: Mapping[str, Any]):
        self.mapping, self.record = mapping, record
        self.reasons: list[str] = []
        self.left_out: list[str] = []
        self._cells: dict[str, list[str]] = {}

    # --- Cells and rules --------------------------------------------------------------------------------------------

    def cells(self, column: str) -> list[str]:
        """The clean texts of a column that say something: one, or several where the source has a list."""
        if column not in self._cells:
            value = self.record.get(column)
            texts = [clean_text(_plain(item)) for item in (value if isinstance(value, list) else [value])]
            self._cells[column] = [text for text in texts if text and not self._says_nothing(text)]
        return self._cells[column]

    def _says_nothing(self, text: str) -> bool:
        return any(pattern.search(text) for pattern in self.mapping.blank)

    def cell(self, column: str) -> str:
        return ", ".join(self.cells(column))

    def holds(self, condition: Condition) -> bool:
        return any(
            any(not values or folded(text) in values for text in self.cells(column))
            for column, values in condition.columns.items()
        )

    def texts(self, rule: Rule, field: str) -> list[str]:
        """What a rule comes to: several texts for a list or a table, else one; none when it is blank."""
        ruled_out = (rule.when and not self.holds(rule.when)) or (rule.unless and self.holds(rule.unless))
        found = [] if ruled_out else self._looked_up(rule, self._source(rule, field), field)
        if found and rule.heading:
            found = [f"{rule.heading}: {text}" for text in found]
        return self.texts(rule.otherwise, field) if not found and rule.otherwise else found

    def _source(self, rule: Rule, field: str) -> list[str]:
        if rule.columns:
            return next(filter(None, map(self.cells, rule.columns)), [])
        if rule.template:
            names = TEMPLATE_COLUMN.findall(rule.template)
            filled = all(map(self.cell, names))
            return [TEMPLATE_COLUMN.sub(lambda match: self.cell(match[1]), rule.template)] if filled else []
        if rule.join:
            joined = "\n\n".join(self.text(part, field) for part in rule.join if self.text(part, field))
            return [joined] if joined else []
        return [rule.value] if rule.value else []

    def _looked_up(self, rule: Rule, texts: list[str], field: str) -> list[str]:
        if rule.matches:
            return [value for pattern, value in rule.matches if any(map(pattern.search, texts))]
        if rule.values is None:
            return texts
        found = []
        for text in texts:
            if folded(text) not in rule.values and rule.other is None:
                self.reasons.append(f'{field}: "{text[:60]}" is not in its table of values')
            found += rule.values.get(folded(text), rule.other or ())
        return found

    def text(self, rule: Rule, field: str) -> str:
        return ", ".join(self.texts(rule, field))

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
            summary=self._summary(),
            answers={
                key: text for key, rule in self.mapping.answers.items() if (text := self._part(f"answers.{key}", rule))
            },
            links=[text for rule in self.mapping.links for text in self.texts(rule, "links") if self._is_address(text)],
            **sections,
        )
        if len(words.canonical()) > WORDS_LIMIT:
            self.reasons.append(f"it is longer than {WORDS_LIMIT:,} characters")
        return words

    def _part(self, field: str, rule: Rule) -> str:
        text = BULLET.sub("\n\n", "\n\n".join(self.texts(rule, field)))
        return self._within(field, text, content.IMPORTED_LIMIT)

    def _summary(self) -> str:
        rule = self.mapping.fields.get("summary")
        if rule is None:
            return ""
        text = clean_line(self.text(rule, "summary"))
        if any(part.excerpt for part in rule.parts()):
            return first_words(text, content.SUMMARY_LIMIT)
        count = content.words_in(text)
        if count > content.SUMMARY_LIMIT:
            self.reasons.append(f"summary: {count} words, and the limit is {content.SUMMARY_LIMIT}")
        return text

    def line(self, field: str, limit: int) -> str:
        rule = self.mapping.fields.get(field)
        return self._within(field, clean_line(self.text(rule, field)), limit) if rule else ""

    def _within(self, field: str, text: str, limit: int) -> str:
        if len(text) > limit:
            self.reasons.append(f"{field}: {len(text):,} characters, and the limit is {limit:,}; nothing is cut")
        return text

    def _is_address(self, text: str) -> bool:
        if not ADDRESS.fullmatch(text):
            self.reasons.append(f'links: "{text[:60]}" is not an http address')
        return True

    # --- Facts ------------------------------------------------------------------------------------------------------

    def need(self, facts: Mapping[str, Any]) -> None:
        for field in ("source_id", "outcome"):
            if not facts[field] and not any(reason.startswith(field) for reason in self.reasons):
                self.reasons.append(f"it has no {field}")
        if facts["source_url"] and not ADDRESS.fullmatch(facts["source_url"]):
            self.reasons.append(f'source_url: "{facts["source_url"][:60]}" is not an http address')

    def code(self, field: str) -> str:
        """One of the codes of the field; the mapping has seen to its tables, a plain column may hold anything."""
        from .mapping import CODES

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
        year = int(text) if re.fullmatch(r"\d{4}", text) else self._date(text).year
        if not 1900 <= year <= 2100:
            raise ValueError(f"{year} is not between 1900 and 2100")
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


def _plain(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value if isinstance(value, str) else str(value)


def _decimal(text: str) -> float:
    try:
        return float(text.replace(",", ""))
    except ValueError:
        raise ValueError(f'"{text[:60]}" is not a number') from None
