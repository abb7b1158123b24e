"""What the database itself refuses of told stories and of what hangs on them, on SQLite and on PostgreSQL."""

import sys

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.db.models import CheckConstraint, UniqueConstraint

from stories.choices import ReceiptKind, Verb
from stories.models import (
    Decision,
    Draft,
    Follow,
    InvitedProject,
    LeavingRequest,
    ProjectList,
    Receipt,
    RelayMessage,
    Reuse,
    Story,
    StoryComment,
    StoryQuestion,
    Watch,
    WatchFound,
)
from tests.factories import TODAY, OrganisationFactory, UserFactory, make_story
from tests.stories import test_constraints
from tests.stories.test_constraints import REFUSED, set_to, twice

pytestmark = pytest.mark.django_db


def decision(**values) -> Decision:
    return Decision.objects.create(
        **{"story": make_story(), "number": 1, "verb": Verb.SUBMITTED, "on": TODAY, **values}
    )


def draft() -> Draft:
    return Draft.objects.create(story=make_story(), week=TODAY)


def receipt() -> Receipt:
    return Receipt.objects.create(story=make_story(), sha256="a" * 64, kind=ReceiptKind.AUTHOR)


def message() -> RelayMessage:
    return RelayMessage.objects.create(story=make_story(), number=1, from_author=True, text="Yes.", week=TODAY)


def comment() -> StoryComment:
    return StoryComment.objects.create(story=make_story(), number=1, text="Yes.", week=TODAY)


def leaver() -> LeavingRequest:
    return LeavingRequest.objects.create(story=make_story(), address="a@b.example", language="en", ends_on=TODAY)


def mailed() -> Receipt:
    request = leaver()
    return Receipt.objects.create(
        story=request.story, sha256="b" * 64, kind=ReceiptKind.LEAVING, expires_on=TODAY, leaver=request
    )


def invited(**values) -> InvitedProject:
    place = {"organisation": OrganisationFactory(), "name": "Tablets", "folded": "tablets"}
    return InvitedProject.objects.create(**place | values)


def reuse() -> Reuse:
    return Reuse.objects.create(organisation=OrganisationFactory(), story=make_story(), how="adopted", since=TODAY)


def question() -> StoryQuestion:
    return StoryQuestion.objects.create(
        story=make_story(), asker=UserFactory(), text="How?", answer="So.", week=TODAY, answered_week=TODAY
    )


def project_list() -> ProjectList:
    return ProjectList.objects.create(user=UserFactory(), rows="{}", on=TODAY)


def follow() -> Follow:
    return Follow.objects.create(user=UserFactory(), story=make_story(), seen="stuck")


def watch() -> Watch:
    return Watch.objects.create(user=UserFactory(), text="Tablets")


def a_change(of: Story | None = None) -> Story:
    of = of or make_story()
    return Story.objects.create(kind=of.kind, outcome=of.outcome, organisation=of.organisation, revises=of)


def changed_twice() -> None:
    first = a_change()
    with transaction.atomic():
        a_change(first.revises)


CHECKS = [
    ("story_change_is_never_shelved", a_change, {"published_on": TODAY}),
    ("decision_verb_known", decision, {"verb": "guessed"}),
    ("storyquestion_asks_something", question, {"text": ""}),
    ("storyquestion_answered_in_a_week", question, {"answered_week": None}),
    ("storyquestion_answered_in_a_week", question, {"answer": ""}),
    ("reuse_how_known", reuse, {"how": "admired"}),
    ("receipt_kind_known", receipt, {"kind": "master"}),
    ("receipt_hashed", receipt, {"sha256": "short"}),
    ("receipt_mailed_to_who_leaves", mailed, {"kind": "colleague"}),
    ("leavingrequest_reminded_after_sent", leaver, {"reminded_on": TODAY}),
    ("follow_seen_known", follow, {"seen": "lost"}),
    ("watch_has_a_plan", watch, {"text": ""}),
    ("invitedproject_reminded_after_invited", invited, {"reminded_on": TODAY}),
]


@pytest.mark.parametrize(("name", "row", "values"), CHECKS, ids=lambda value: value if isinstance(value, str) else "")
def test_a_check_refuses(name, row, values):
    row = row()
    with pytest.raises(IntegrityError, match=name):
        set_to(row, **values)


def approved_twice() -> None:
    first = decision(verb=Verb.APPROVED, seal="a" * 64, version=1)
    with transaction.atomic():
        decision(story=first.story, number=2, verb=Verb.APPROVED, seal="a" * 64, version=1)


def invited_twice(**values) -> None:
    first = invited(**values)
    with transaction.atomic():
        invited(organisation=first.organisation, **values)


UNIQUE = {
    "reuse_once": lambda: twice(
        Reuse, organisation=OrganisationFactory(), story=make_story(), how="adopted", since=TODAY
    ),
    "story_changed_once_at_a_time": changed_twice,
    "invitedproject_once_by_own_id": lambda: invited_twice(own_id="7"),
    "invitedproject_once_by_name": invited_twice,
    "storyquestion_once_a_week": lambda: twice(
        StoryQuestion, story=make_story(), asker=UserFactory(), text="How?", week=TODAY
    ),
    "decision_number_once": lambda: twice(Decision, story=make_story(), number=1, verb=Verb.ASKED, on=TODAY),
    "decision_approves_once": approved_twice,
    "storycomment_number_once": lambda: twice(StoryComment, story=make_story(), number=1, text="Yes.", week=TODAY),
    "follow_once": lambda: twice(Follow, user=UserFactory(), story=make_story(), seen="stuck"),
    "watchfound_once": lambda: twice(WatchFound, watch=watch(), story=make_story()),
    "relaymessage_number_once": lambda: twice(
        RelayMessage, story=make_story(), number=1, from_author=True, text="Yes.", week=TODAY
    ),
}


@pytest.mark.parametrize("name", UNIQUE)
def test_a_second_one_is_refused(name):
    with pytest.raises(IntegrityError, match=r"(?i)unique"):
        UNIQUE[name]()


def test_two_moderators_approve_the_same_version_and_one_approves_two():
    first = decision(verb=Verb.APPROVED, seal="a" * 64, version=1)
    decision(story=first.story, number=2, verb=Verb.APPROVED, seal="b" * 64, version=1)
    decision(story=first.story, number=3, verb=Verb.APPROVED, seal="a" * 64, version=2)


def test_one_receipt_is_of_one_story():
    receipt()
    with pytest.raises(IntegrityError), transaction.atomic():
        receipt()


def test_a_decision_is_never_changed():
    made = decision()
    made.reason = "Another."
    with pytest.raises(ValueError, match="write a new one"):
        made.save()


# --- Text -----------------------------------------------------------------------------------------------------------

ROWS = {
    Decision: decision,
    Draft: draft,
    InvitedProject: invited,
    LeavingRequest: leaver,
    ProjectList: project_list,
    RelayMessage: message,
    Reuse: reuse,
    StoryComment: comment,
    Watch: watch,
    StoryQuestion: question,
}
LIMITS = {
    ("ProjectList", "rows"): 4_000_000,
    ("Draft", "words"): 60_000,
    ("Draft", "other_words"): 60_000,
    ("RelayMessage", "text"): 2_000,
    ("StoryComment", "text"): 1_800,
    ("Watch", "text"): 2_000,
}
BOUNDED = [
    (model, constraint.name)
    for model in ROWS
    for constraint in model._meta.constraints
    if constraint.name.endswith("_bounded")
]


def bounded_field(model: type[models.Model], name: str) -> tuple[str, int]:
    field = name.removeprefix(f"{name.split('_')[0]}_").removesuffix("_bounded")
    return field, model._meta.get_field(field).max_length or LIMITS[model.__name__, field]


@pytest.mark.parametrize(("model", "name"), BOUNDED, ids=lambda value: value if isinstance(value, str) else "")
def test_text_is_bounded(model, name):
    field, limit = bounded_field(model, name)
    row = ROWS[model]()
    set_to(row, **{field: "ŵ" * limit})
    for text in ("x" * (limit + 1), "\x00", "a\x00b"):
        with pytest.raises(REFUSED):
            set_to(row, **{field: text})


HASHES = {"sha256", "approved_sha256", "token_sha256", "seal"}
INDEX = {"SearchDocument", "Posting", "Term", "Embedding"}
"""Worked out from stories by the service alone, and made anew by `manage.py reindex`."""


def test_every_column_of_text_is_bounded():
    """SQLite takes megabytes in a varchar(200), and NUL bytes."""
    before = {(model, test_constraints.bounded_field(model, name)[0]) for model, name in test_constraints.BOUNDED}
    bounded = before | {(model, bounded_field(model, name)[0]) for model, name in BOUNDED}
    free = {
        (model, field.name)
        for model in apps.get_app_config("stories").get_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.CharField | models.TextField)
        and not field.choices
        and field.name not in HASHES
        and model.__name__ not in INDEX
    }
    assert free - bounded == set()


# --- All of them ----------------------------------------------------------------------------------------------------


test_told_constraints = sys.modules[__name__]


def test_every_constraint_is_tried():
    tried = {
        name
        for module in (test_constraints, test_told_constraints)
        for name in (
            *(name for name, _row, _values in module.CHECKS),
            *module.UNIQUE,
            *(name for _model, name in module.BOUNDED),
        )
    }
    declared = {
        constraint.name
        for model in apps.get_app_config("stories").get_models()
        for constraint in model._meta.constraints
        if isinstance(constraint, CheckConstraint | UniqueConstraint)
    }
    assert declared == tried
