"""Bring a list of projects: each becomes a draft, of which `invite` asks its lead."""

from __future__ import annotations

import dataclasses
import datetime
import json
from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from learning_portal.common.models import User
from learning_portal.common.team import is_team
from networks.importing.tables import Table
from networks.models import Organisation
from networks.resolve import fold, names_of, successor

from ..choices import Outcome, StoryKind, Voice
from ..models import Draft, InvitedProject, ProjectList, Story, StoryContext
from ..models.project import LONGEST_LIST
from ..project_rows import FIELDS, REQUIRED, BadRow, Project, guess, read_row
from ..telling.kinds import PROJECT
from ..weeks import monday_of
from .drafting import canonical
from .refused import Refused
from .shelve import context_of

A_BATCH = 500


@dataclasses.dataclass(frozen=True)
class Found:
    """What a list would do. Nothing of it is written."""

    new: list[tuple[Project, Organisation]]
    known: int
    """Projects that were on an earlier list, or stand twice on this one."""
    problems: list[tuple[int, str]]
    """Line and reason."""


# --- Put in, match, look at -----------------------------------------------------------------------------------------


@transaction.atomic
def keep_list(*, by: User, table: Table) -> ProjectList:
    """Keep the cells of a list for a day at most, until it is taken over. Raises Refused for one that is too long."""
    _check_team(by)
    rows = [[line, *row.values()] for line, row in table.rows]
    broken = [problem.line for problem in table.problems]
    text = json.dumps({"columns": table.columns, "rows": rows, "broken": broken}, ensure_ascii=False)
    if len(text) > LONGEST_LIST:
        raise Refused(_("This file holds more than a list of projects. Copy the list alone into a new file"))
    return ProjectList.objects.create(user=by, rows=text, matching=guess(table.columns), on=timezone.localdate())


def columns_of(kept: ProjectList) -> list[str]:
    return json.loads(kept.rows)["columns"]


@transaction.atomic
def match(*, by: User, kept: ProjectList, matching: Mapping[str, str]) -> None:
    """Say which column holds what."""
    _check_team(by)
    columns = columns_of(kept)
    chosen = {field: matching[field] for field in FIELDS if matching.get(field) in columns}
    if not ProjectList.objects.filter(pk=kept.pk, user=by).update(matching=chosen):
        raise Refused(_("This list is no longer here. Put it in again."))
    kept.matching = chosen


def look(kept: ProjectList) -> Found | None:
    """The dry run; None while a column that is needed is not matched."""
    if any(field not in kept.matching for field in REQUIRED):
        return None
    held = json.loads(kept.rows)
    problems = [(line, _("It has more or fewer cells than the first line")) for line in held["broken"]]
    bodies, taken = _bodies(), _Taken()
    new, known = [], 0
    for line, *cells in held["rows"]:
        try:
            project = read_row(line, dict(zip(held["columns"], cells, strict=True)), kept.matching)
            body = _body(bodies, project.organisation)
        except BadRow as bad:
            problems.append((line, str(bad)))
            continue
        if taken.take(body.pk, project):
            new.append((project, body))
        else:
            known += 1
    return Found(new, known, sorted(problems))


def _bodies() -> dict[str, set[Organisation]]:
    """Every body by its code and its folded names; of merged ones, what they became."""
    found: dict[str, set[Organisation]] = {}
    for body in Organisation.objects.select_related("replaced_by"):
        current = successor(body)
        if current is not None:
            for name in (body.code, *names_of(body)):
                found.setdefault(fold(name), set()).add(current)
    return found


def _body(bodies: Mapping[str, set[Organisation]], typed: str) -> Organisation:
    found = bodies.get(fold(typed), set())
    if len(found) == 1:
        return next(iter(found))
    if found:
        raise BadRow(_("“%(text)s” is the name of more than one organisation. Write its code") % {"text": typed[:60]})
    raise BadRow(_("“%(text)s” is no organisation of the register") % {"text": typed[:60]})


class _Taken:
    """The projects that are known: by the list's own number, and by name where one side has no number."""

    def __init__(self) -> None:
        self.numbers: set[tuple[int, str]] = set()
        self.names: dict[tuple[int, str], bool] = {}
        """To whether one of this name has no number."""
        for body, own_id, folded in InvitedProject.objects.values_list("organisation", "own_id", "folded"):
            self._add(body, own_id, folded)

    def _add(self, body: int, own_id: str, folded: str) -> None:
        if own_id:
            self.numbers.add((body, own_id))
        self.names[body, folded] = self.names.get((body, folded), False) or not own_id

    def take(self, body: int, project: Project) -> bool:
        """Whether this one is new; then it is known from now on."""
        name = (body, project.folded)
        known = (body, project.own_id) in self.numbers if project.own_id else name in self.names
        if known or self.names.get(name, False):
            return False
        self._add(body, project.own_id, project.folded)
        return True


# --- Take over ------------------------------------------------------------------------------------------------------


@transaction.atomic
def take_in(*, by: User, kept: ProjectList) -> int:
    """Make a draft of each new project of a list, and erase the list; how many. Of two presses one does it: the list
    goes first. The mails leave with the next ticks. Raises Refused if the list is gone or not matched."""
    _check_team(by)
    if not ProjectList.objects.filter(pk=kept.pk, user=by).delete()[0]:
        raise Refused(_("This list is no longer here. Put it in again."))
    found = look(kept)
    if found is None:
        raise Refused(_("Say which columns hold the organisation, the name and the lead’s address."))
    made = 0
    for start in range(0, len(found.new), A_BATCH):
        made += _make(found.new[start : start + A_BATCH])
    return made


def _make(projects: Sequence[tuple[Project, Organisation]]) -> int:
    """The rows first: of two lists at once, the constraint lets one of the same project in, and drafts are made only of
    those."""
    rows = [
        InvitedProject(
            organisation=body, name=project.name, folded=project.folded, own_id=project.own_id, lead=project.lead
        )
        for project, body in projects
    ]
    InvitedProject.objects.bulk_create(rows, ignore_conflicts=True)
    there = set(InvitedProject.objects.filter(pk__in=[row.pk for row in rows]).values_list("pk", flat=True))
    mine = [(row, project) for row, (project, _body) in zip(rows, projects, strict=True) if row.pk in there]
    stories = [_draft(row, project) for row, project in mine]
    Story.objects.bulk_create(stories)
    week = monday_of(timezone.localdate())
    Draft.objects.bulk_create(
        Draft(story=story, week=week, words=canonical({"telling": PROJECT.key, "title": row.name}))
        for story, (row, _project) in zip(stories, mine, strict=True)
    )
    StoryContext.objects.bulk_create(context_of(story, []) for story in stories)
    for story, (row, _project) in zip(stories, mine, strict=True):
        row.story = story
    InvitedProject.objects.bulk_update([row for row, _project in mine], ["story"])
    return len(mine)


def _draft(row: InvitedProject, project: Project) -> Story:
    """A draft without an author: nobody opens it, until its lead takes it over."""
    return Story(
        kind=StoryKind.SUMMARY,
        voice=Voice.NAMED,
        organisation=row.organisation,
        language="en",
        outcome=Outcome.EARLY,
        cost=project.cost,
        months=project.months,
        year=project.year,
    )


@transaction.atomic
def drop(*, by: User, kept: ProjectList) -> None:
    """Forget a list that was put in."""
    _check_team(by)
    ProjectList.objects.filter(pk=kept.pk, user=by).delete()


def _check_team(by: User) -> None:
    if not is_team(by):
        raise Refused(_("Only the programme team brings a list of projects."))


def erase_old_lists(*, today: datetime.date | None = None) -> int:
    """Erase lists that were put in before today and not taken over."""
    return ProjectList.objects.filter(on__lt=today or timezone.localdate()).delete()[0]
