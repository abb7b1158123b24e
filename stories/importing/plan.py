"""What an import would do: each row compared with what stands on the shelf from the same source. Writes nothing."""

from __future__ import annotations

import collections
import dataclasses
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from networks.choices import TopicGroup
from networks.importing.tables import BadFile, Problem, Table
from networks.models import Organisation, Topic
from networks.resolve import fold, names_of

from ..actions.shelve import NewStory, Revision
from ..choices import Audience, Origin, Status, Voice
from ..content import sha256
from ..context import MASK_LIMIT, MASKS
from ..models import ImportedFacts, Story, StoryTopic, Version
from .mapping import StoryMapping
from .records import BadRecord, Draft, read_record
from .rules import BadMapping

FACTS = (
    "kind",
    "outcome",
    "language",
    "organisation_id",
    "stage",
    "delivery",
    "evaluation",
    "cost",
    "months",
    "year",
    "source_url",
    "source_licence",
    "source_organisation",
)
"""The fields of a story that an import compares with the last one, and changes."""


@dataclasses.dataclass
class Plan:
    """What an import would do. Nothing of it is saved."""

    new: list[NewStory] = dataclasses.field(default_factory=list)
    changed: list[Revision] = dataclasses.field(default_factory=list)
    said: list[ImportedFacts] = dataclasses.field(default_factory=list)
    """What the source says, where that was not kept yet."""
    same: int = 0
    taken_down: int = 0
    """Stories that were withdrawn or retired here: an import does not bring them back."""
    gone: int = 0
    """Stories of this source on the shelf that the file does not have: they stay."""
    problems: list[Problem] = dataclasses.field(default_factory=list)
    notes: collections.Counter[str] = dataclasses.field(default_factory=collections.Counter)
    """What was left out or not found, and how often."""
    strangers: collections.Counter[str] = dataclasses.field(default_factory=collections.Counter)
    """Organisations that the register does not have, or has more than once."""


def make_plan(mapping: StoryMapping, table: Table, progress: Callable[[int], object] = lambda rows: None) -> Plan:
    """Raises BadFile when the file lacks a column of the mapping, BadMapping when that names a topic we do not have.

    JSON lines of which none can be read have no columns: then each line is told, as of any other bad row.
    """
    missing = sorted(mapping.columns_read() - set(table.columns))
    if missing and (table.rows or not table.problems):
        raise BadFile(f"{table.name} has no column {', '.join(missing)}, which the mapping names.")
    planner = _Planner(mapping, table)
    for line, record in table.rows:
        planner.take(line, record)
        progress(1)
    planner.plan.gone = len(planner.shelf.stories.keys() - planner.lines.keys())
    return planner.plan


class _Planner:
    def __init__(self, mapping: StoryMapping, table: Table):
        self.mapping = mapping
        self.plan = Plan(problems=list(table.problems))
        self.register = _Register()
        self.topics = {topic.slug: topic for topic in Topic.objects.all()}
        self.shelf = _Shelf(mapping.source_name)
        self.lines: dict[str, int] = {}
        unknown = sorted(mapping.slugs() - self.topics.keys())
        if unknown:
            raise BadMapping(f"topics: there is no {', '.join(unknown)}. Run load_topics, or correct the mapping.")

    def take(self, line: int, record: Mapping[str, Any]) -> None:
        """Put one row among the new, the changed, the unchanged or the bad."""
        try:
            draft = read_record(self.mapping, record)
            topics = self._topics(draft)
        except BadRecord as error:
            self.plan.problems.append(Problem(line, str(error)))
            return
        source_id = draft.facts["source_id"]
        if source_id in self.lines:
            reason = f'the source_id "{source_id}" stands on line {self.lines[source_id]} already'
            self.plan.problems.append(Problem(line, reason))
            return
        self.lines[source_id] = line
        self.plan.notes.update(f"{field} could not be read and was left out" for field in draft.left_out)
        self._place(source_id, draft, self._facts(draft), topics)

    def _place(self, source_id: str, draft: Draft, facts: Mapping[str, Any], topics: Sequence[Topic]) -> None:
        story, said = self.shelf.stories.get(source_id), _said(Story(**facts), topics)
        if story is None:
            story = Story(origin=Origin.IMPORTED, voice=Voice.NAMED, audience=Audience.PUBLIC, **facts)
            self.plan.new.append(NewStory(story, draft.content, topics))
        elif story.status != Status.PUBLISHED:
            self.plan.taken_down += 1
            return
        else:
            before = self.shelf.said(story)
            self._revise(story, draft, facts, topics, {name for name in said if before.get(name) != said[name]})
        if self.shelf.kept.get(story.pk) != said:
            self.plan.said.append(ImportedFacts(story=story, facts=said))

    def _revise(
        self, story: Story, draft: Draft, facts: Mapping[str, Any], topics: Sequence[Topic], anew: set[str]
    ) -> None:
        """Give the story what its source says `anew`. What it said before may have been corrected here, and stays."""
        if not anew and self.shelf.words.get(story.pk) == sha256(draft.content.canonical()):
            self.plan.same += 1
            return
        for field in anew & {*FACTS}:
            name = field.removesuffix("_id")
            setattr(story, name, facts[name])
        self.plan.changed.append(
            Revision(story, draft.content, topics if "topics" in anew else self.shelf.topics[story.pk])
        )

    def _facts(self, draft: Draft) -> dict[str, Any]:
        organisation = self.register.find(draft.organisation)
        if draft.organisation and organisation is None:
            self.plan.strangers[draft.organisation] += 1
        named = draft.facts["source_organisation"] or ("" if organisation else draft.organisation)
        return {**draft.facts, "organisation": organisation, "source_organisation": named}

    def _topics(self, draft: Draft) -> list[Topic]:
        """At most four of a group that is compared, and one service area: the first, as the mapping orders them."""
        unknown = [slug for slug in draft.topics if slug not in self.topics]
        if unknown:
            raise BadRecord([f"topics: there is no {', '.join(unknown)}"])
        kept: list[Topic] = []
        counts: collections.Counter[str] = collections.Counter()
        for topic in (self.topics[slug] for slug in draft.topics):
            limit = 1 if topic.group == TopicGroup.SERVICE else MASK_LIMIT if topic.group in MASKS else len(self.topics)
            if counts[topic.group] < limit:
                kept.append(topic)
            else:
                self.plan.notes["topics beyond four of a group, or a second service area, were left out"] += 1
            counts[topic.group] += 1
        return kept


class _Register:
    """Real bodies by code and by every name. A merged body is found as itself: what happened there happened there."""

    def __init__(self):
        self.by_code: dict[str, Organisation] = {}
        self.by_name: dict[str, list[Organisation]] = collections.defaultdict(list)
        for organisation in Organisation.objects.filter(is_example=False):
            self.by_code[organisation.code] = organisation
            for name in {_key(name) for name in names_of(organisation)}:
                self.by_name[name].append(organisation)

    def find(self, text: str) -> Organisation | None:
        """The one body of this code or name; of several the one that still exists; else None, never a guess."""
        if text in self.by_code:
            return self.by_code[text]
        found = self.by_name.get(_key(text), []) if text else []
        current = [organisation for organisation in found if organisation.replaced_by_id is None]
        return next((bodies[0] for bodies in (found, current) if len(bodies) == 1), None)


def _key(name: str) -> str:
    return fold(name.replace("&", " and "))


def _said(story: Story, topics: Sequence[Topic]) -> dict[str, Any]:
    """The facts that an import compares, as JSON keeps them."""
    return {field: getattr(story, field) for field in FACTS} | {"topics": sorted(topic.slug for topic in topics)}


class _Shelf:
    """What is here from one source."""

    def __init__(self, source_name: str):
        stories = Story.objects.filter(source_name=source_name, origin=Origin.IMPORTED).exclude(source_id="")
        self.stories = {story.source_id: story for story in stories.select_related("organisation")}
        self.topics: dict[int, list[Topic]] = collections.defaultdict(list)
        links = StoryTopic.objects.filter(content_object__source_name=source_name).select_related("tag")
        for link in links:
            self.topics[link.content_object_id].append(link.tag)
        imported = Version.objects.filter(story__source_name=source_name, written_by=Version.Writer.IMPORT)
        self.words = dict(imported.order_by("number").values_list("story_id", "sha256"))
        """The hash of the words of the last import: of several versions the last one stands."""
        kept = ImportedFacts.objects.filter(story__source_name=source_name)
        self.kept = dict(kept.values_list("story_id", "facts"))

    def said(self, story: Story) -> Mapping[str, Any]:
        """What the source said at the last import; of a story from before that was kept, what it says now."""
        return self.kept.get(story.pk) or _said(story, self.topics[story.pk])
