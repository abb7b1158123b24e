"""A row of a source under the rules of a mapping: from its cells to clean texts. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from learning_portal.common.text import clean_text

from .mapping import StoryMapping
from .rules import TEMPLATE_COLUMN, Condition, Rule, folded


class Row:
    """Reads the rules of a mapping against one record, and gathers what is wrong with it in `reasons`."""

    def __init__(self, mapping: StoryMapping, record: Mapping[str, Any]):
        self.mapping, self.record = mapping, record
        self.reasons: list[str] = []
        self._cells: dict[str, list[str]] = {}

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
        found: list[str] = []
        for text in texts:
            other = (text,) if rule.keeps_others else rule.other
            if folded(text) not in rule.values and other is None:
                self.reasons.append(f'{field}: "{text[:60]}" is not in its table of values')
            found += rule.values.get(folded(text), other or ())
        return found

    def text(self, rule: Rule, field: str) -> str:
        return ", ".join(self.texts(rule, field))


def _plain(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
