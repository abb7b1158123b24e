"""What a file of bodies would change in the register: each found by code, else by name. Reads, and writes nothing."""

from __future__ import annotations

import collections
import dataclasses
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError

from ..choices import GROUP_SIZE, Nation
from ..models import Organisation
from ..resolve import fold
from .bodies import Body, distinct
from .tables import Problem

ALIASES_LIMIT = 600
"""Characters of the other names of one body, as the database has it."""
SOURCE_LIMIT = 200
NOT_FIGURES = frozenset({"name_en", "name_cy", "aliases", "kind", "nation", "region", "email_domains", "source"})


@dataclasses.dataclass
class Merge:
    """The register as it would be; nothing of it is saved."""

    added: list[Organisation] = dataclasses.field(default_factory=list)
    changed: dict[int, Organisation] = dataclasses.field(default_factory=dict)
    """By primary key."""
    successors: list[tuple[Organisation, Organisation]] = dataclasses.field(default_factory=list)
    """Merged bodies that get a successor or another one, each with it."""
    by_name: list[tuple[str, Organisation]] = dataclasses.field(default_factory=list)
    """Codes of the file whose body stands in the register under another code."""
    found: int = 0
    held_back: int = 0
    """Facts that differ from the register's and were not to overwrite them."""
    problems: list[Problem] = dataclasses.field(default_factory=list)


def merge(bodies: Sequence[Body], *, is_example: bool, overwrite: bool, source: str = "") -> Merge:
    """Compare each body with the register. A blank never overwrites; without `overwrite` nothing that is known does.
    `source` stands for the figures of a body that names none."""
    merger = _Merger(bodies, is_example=is_example, overwrite=overwrite, source=source)
    for body in bodies:
        merger.place(body)
    for body in bodies:
        merger.succeed(body)
    merger.refuse_circles()
    return merger.result


class _Merger:
    def __init__(self, bodies: Sequence[Body], *, is_example: bool, overwrite: bool, source: str):
        self.is_example, self.overwrite, self.source = is_example, overwrite, source
        self.by_code = {organisation.code: organisation for organisation in Organisation.objects.all()}
        self.by_name = self._names()
        self.codes_of_file = {code for body in bodies for code in (body.code, *body.other_codes)}
        self.placed: dict[str, tuple[Organisation, int]] = {}
        """By each code under which the file may name it: the body, and the line that told of it."""
        self.result = Merge()

    def _names(self) -> dict[str, set[Organisation]]:
        names = collections.defaultdict(set)
        for organisation in self.by_code.values():
            if organisation.is_example == self.is_example:
                for name in (organisation.name_en, organisation.name_cy, *organisation.alias_list):
                    names[_key(name)].add(organisation)
        return names

    def place(self, body: Body) -> None:
        """Find the body in the register, or add it, and give it what the file says."""
        organisation = self._find(body)
        reason = self._refusal(body, organisation)
        if reason:
            self.result.problems.append(Problem(body.line, f"({body.file}) {reason}" if body.file else reason))
            return
        is_new = organisation is None
        organisation = organisation or Organisation(code=body.code, is_example=self.is_example)
        for code in {organisation.code, body.code, *body.other_codes}:
            self.placed[code] = organisation, body.line
        changed = self._give(organisation, body)
        self.result.problems += _invalid(organisation, body.line)
        if is_new:
            self.result.added.append(organisation)
            return
        self.result.found += 1
        if changed:
            self.result.changed[organisation.pk] = organisation
        if organisation.code not in (body.code, *body.other_codes):
            self.result.by_name.append((body.code, organisation))

    def _find(self, body: Body) -> Organisation | None:
        for code in (body.code, *body.other_codes):
            if code in self.by_code:
                return self.by_code[code]
        alike = [other for other in self.by_name[_key(_said(body, "name_en") or "")] if self._may_be(other, body)]
        return alike[0] if len(alike) == 1 else None

    def _may_be(self, other: Organisation, body: Body) -> bool:
        """The same name is the same body when sector and nation agree, and no other row has its code."""
        kind, nation = _said(body, "kind") or 0, _said(body, "nation")
        same_sector = not kind or not other.kind or kind // GROUP_SIZE == other.kind // GROUP_SIZE
        same_nation = Nation.UK in (nation, other.nation) or nation == other.nation
        return same_sector and same_nation and other.code not in self.codes_of_file

    def _refusal(self, body: Body, organisation: Organisation | None) -> str:
        code = organisation.code if organisation else body.code
        if code in self.placed:
            return f'the code "{code}" stands on line {self.placed[code][1]} already'
        if organisation is None:
            missing = [what for field, what in NEEDED.items() if not _said(body, field)]
            return f'there is no "{body.code}" yet, and a new body needs {" and ".join(missing)}' if missing else ""
        if organisation.is_example != self.is_example:
            return f'the code "{body.code}" belongs to {"a real" if self.is_example else "an invented"} organisation'
        return ""

    def _give(self, organisation: Organisation, body: Body) -> bool:
        """True when anything changed."""
        before = organisation.name_en
        changed = {
            field
            for field, value in {**body.fallbacks, **body.facts}.items()
            if self._set(organisation, field, value, overwrite=self.overwrite and field in body.facts)
        }
        aliases = _aliases(organisation, [*organisation.alias_list, before, *body.aliases])
        if aliases != organisation.aliases:
            organisation.aliases = aliases
            changed.add("aliases")
        if "source" not in body.facts and changed - NOT_FIGURES:
            organisation.source = _sources(organisation.source, self.source)
        return bool(changed)

    def _set(self, organisation: Organisation, field: str, value: Any, *, overwrite: bool) -> bool:
        current = getattr(organisation, field)
        known = bool(current) if field == "kind" else current not in (None, "")
        if current == value:
            return False
        if known and not overwrite:
            self.result.held_back += field != "source"
            return False
        setattr(organisation, field, value)
        return True

    def succeed(self, body: Body) -> None:
        """Note the successor of a merged body."""
        if not body.replaced_by or body.code not in self.placed:
            return
        organisation = self.placed[body.code][0]
        successor = self.placed.get(body.replaced_by, (self.by_code.get(body.replaced_by), 0))[0]
        if successor is None:
            reason = f'no organisation has the code "{body.replaced_by}" that it is replaced by'
            self.result.problems.append(Problem(body.line, reason))
        elif reason := self._not_its_successor(organisation, successor):
            self.result.problems.append(Problem(body.line, reason))
        elif organisation.replaced_by_id is None or (self.overwrite and organisation.replaced_by_id != successor.pk):
            self.result.successors.append((organisation, successor))

    def _not_its_successor(self, organisation: Organisation, successor: Organisation) -> str:
        if successor is organisation:
            return "it is replaced by itself"
        if successor.is_example != self.is_example:
            return "real and invented organisations do not replace each other"
        return ""

    def refuse_circles(self) -> None:
        """Following successors must come to an end."""
        codes = {organisation.pk: organisation.code for organisation in self.by_code.values()}
        following = {
            organisation.code: codes[organisation.replaced_by_id]
            for organisation in self.by_code.values()
            if organisation.replaced_by_id
        }
        following |= {organisation.code: successor.code for organisation, successor in self.result.successors}
        for organisation, _ in self.result.successors:
            if _comes_back(organisation.code, following):
                line = self.placed[organisation.code][1]
                self.result.problems.append(Problem(line, "its successors lead back to itself"))


NEEDED = {"name_en": "a name", "nation": "a nation"}
"""What a body cannot do without that the register does not have yet."""


def _key(name: str) -> str:
    return fold(name.replace("&", " and "))


def _said(body: Body, field: str) -> Any:
    return body.facts.get(field, body.fallbacks.get(field))


def _sources(before: str, new: str) -> str:
    """Both, where they fit: a file with populations does not make the budgets its own."""
    both = "; ".join(filter(None, [before, new]))
    return before if new in before else both if len(both) <= SOURCE_LIMIT else new


def _aliases(organisation: Organisation, names: Sequence[str]) -> str:
    own = {organisation.name_en.casefold(), organisation.name_cy.casefold()}
    return "|".join(name for name in distinct(names) if name.casefold() not in own)


def _invalid(organisation: Organisation, line: int) -> list[Problem]:
    """What the database would refuse, in words."""
    reasons = []
    try:
        organisation.clean_fields(exclude=["replaced_by", "aliases"])
    except ValidationError as error:
        reasons += [f"{field}: {' '.join(texts)}" for field, texts in error.message_dict.items()]
    if len(organisation.aliases) > ALIASES_LIMIT:
        reasons.append(f"its other names have {len(organisation.aliases)} characters, and the limit is {ALIASES_LIMIT}")
    return [Problem(line, "; ".join(reasons))] if reasons else []


def _comes_back(start: str, following: dict[str, str]) -> bool:
    code, seen = following.get(start), set()
    while code and code not in seen:
        if code == start:
            return True
        seen.add(code)
        code = following.get(code)
    return False
