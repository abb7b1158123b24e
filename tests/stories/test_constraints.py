"""What the database itself refuses of stories, whoever writes them, on SQLite and on PostgreSQL."""

import datetime

import pytest
from django.db import DataError, IntegrityError, models, transaction

from stories.actions import report, share_plan
from stories.choices import Audience, Origin, Status, Voice
from stories.models import (
    AgendaItem,
    AuthorLink,
    Collection,
    CollectionStory,
    Helped,
    Programme,
    ProgressUpdate,
    Reply,
    SharedPlan,
    Story,
    StoryContact,
    StoryNetwork,
    StoryReport,
    StoryTopic,
    Version,
)
from stories.plans import Plan
from tests.factories import (
    TODAY,
    CollectionFactory,
    ContactFactory,
    EventFactory,
    NetworkFactory,
    OrganisationFactory,
    ProgrammeFactory,
    TopicFactory,
    UserFactory,
    lessons,
    make_story,
)

pytestmark = pytest.mark.django_db

REFUSED = (IntegrityError, DataError, ValueError)
"""PostgreSQL's own column says DataError to what is too long, and its driver ValueError to a NUL."""
SOURCE = {"origin": Origin.IMPORTED, "source_name": "Source", "source_id": "1", "source_licence": "OGL"}


def named() -> Story:
    return make_story()


def unnamed(voice: str = Voice.CONFIDENTIAL) -> Story:
    return make_story(voice=voice)


def imported() -> Story:
    return make_story(**SOURCE)


def draft() -> Story:
    return make_story(status=Status.DRAFT)


def version() -> Version:
    return make_story().published_version


def update() -> ProgressUpdate:
    make_story(updates=[(TODAY, "on_track", "It goes.")])
    return ProgressUpdate.objects.get()


def shared() -> SharedPlan:
    share_plan(plan=Plan("Tablets"), query="")
    return SharedPlan.objects.get()


def reported() -> StoryReport:
    return report.send(story=make_story(), reason="wrong", words="Wrong.", address="a@b.example", today=TODAY)


def answered() -> StoryReport:
    row = reported()
    set_to(row, answered_week=TODAY, answer="Done.", address="")
    return row


def twice_by(make, **values) -> None:
    make(**values)
    with transaction.atomic():
        make(**values)


def replied(**fields) -> Reply:
    told = {"organisation": OrganisationFactory(), "text": "No.", "on": TODAY}
    return Reply.objects.create(**{"story": make_story(), **told, **fields})


def helped(**fields) -> Helped:
    return Helped.objects.create(**{"story": make_story(), "kind": "thanks", "seal": "0" * 64, **fields})


def set_to(row: models.Model, **values) -> None:
    with transaction.atomic():
        type(row).objects.filter(pk=row.pk).update(**values)


# --- Rules of a story -----------------------------------------------------------------------------------------------

CHECKS = [
    ("story_kind_known", named, {"kind": "poem"}),
    ("story_outcome_known", named, {"outcome": ""}),
    ("story_voice_known", unnamed, {"voice": "loud"}),
    ("story_audience_known", named, {"audience": "all"}),
    ("story_status_known", named, {"status": "gone"}),
    ("story_origin_known", named, {"origin": "dreamt"}),
    ("story_evaluation_known", named, {"evaluation": "good"}),
    ("story_language_known", named, {"language": "fr"}),
    ("story_stage_known", named, {"stage": 5}),
    ("story_delivery_known", named, {"delivery": 0}),
    ("story_year_sane", named, {"year": 1899}),
    ("story_year_sane", named, {"year": 2101}),
    ("story_unnamed_shows_its_band_only", named, {"band": "any"}),
    ("story_unnamed_shows_its_band_only", unnamed, {"band": ""}),
    ("story_unnamed_shows_its_band_only", unnamed, {"cost": 0}),
    ("story_unnamed_shows_its_band_only", unnamed, {"months": 1}),
    ("story_unnamed_shows_its_band_only", unnamed, {"year": 2020}),
    ("story_unnamed_shows_its_band_only", unnamed, {"source_organisation": "Upland"}),
    ("story_told_by_name_has_organisation", named, {"organisation": None}),
    ("story_published_has_version", named, {"published_version": None}),
    ("story_published_has_version", named, {"published_on": None}),
    ("story_told_is_published_by_approval", named, {"origin": Origin.TOLD}),
    ("story_pool_known", named, {"pool": "everybody"}),
    ("story_waits_in_a_pool", named, {"status": Status.SUBMITTED, "pool": ""}),
    ("story_waits_in_a_pool", named, {"status": Status.HIDDEN, "pool": ""}),
    ("story_hidden_has_version", named, {"status": Status.HIDDEN, "published_version": None}),
    ("story_imported_names_its_source", named, {"origin": Origin.IMPORTED}),
    ("story_imported_names_its_source", imported, {"source_name": ""}),
    ("story_imported_names_its_source", imported, {"source_id": ""}),
    ("story_imported_names_its_source", imported, {"source_licence": ""}),
    ("story_imported_names_its_source", imported, {"voice": Voice.ANONYMOUS, "band": "any", "organisation": None}),
    ("version_voice_known", version, {"voice": ""}),
    ("version_audience_known", version, {"audience": ""}),
    ("version_hashed", version, {"sha256": "x" * 63}),
    ("progressupdate_status_known", update, {"status": "fine"}),
    ("sharedplan_hashed", shared, {"token_sha256": "short"}),
    ("story_unnamed_shows_its_band_only", unnamed, {"champion": "Ann"}),
    ("storyreport_reason_known", reported, {"reason": "ugly"}),
    ("storyreport_says_something", reported, {"words": ""}),
    ("storyreport_answered_keeps_no_address", reported, {"answered_week": TODAY, "answer": "Done."}),
    ("storyreport_answered_keeps_no_address", reported, {"answered_week": TODAY, "address": ""}),
    ("storyreport_answered_keeps_no_address", reported, {"answer": "Done."}),
    ("reply_says_something", replied, {"text": ""}),
    ("helped_kind_known", helped, {"kind": "hate"}),
    ("helped_sealed", helped, {"seal": "x" * 63}),
    ("collection_introduced_in_both_languages", CollectionFactory, {"title_cy": ""}),
    ("collection_introduced_in_both_languages", CollectionFactory, {"introduction_en": ""}),
]


@pytest.mark.parametrize(("name", "row", "values"), CHECKS, ids=lambda value: value if isinstance(value, str) else "")
def test_a_check_refuses(name, row, values):
    row = row()
    with pytest.raises(IntegrityError, match=name):
        set_to(row, **values)


@pytest.mark.parametrize("voice", [Voice.CONFIDENTIAL, Voice.ANONYMOUS])
@pytest.mark.parametrize("field", ["organisation", "programme", "project"])
def test_an_unnamed_story_leads_to_nothing_that_could_name_it(voice, field):
    story = unnamed(voice)
    other = {"organisation": OrganisationFactory, "programme": ProgrammeFactory, "project": make_story}[field]()
    with pytest.raises(IntegrityError, match="story_unnamed_shows_its_band_only"):
        set_to(story, **{field: other})


def test_a_named_story_becomes_unnamed_as_a_whole_or_not_at_all():
    story = make_story(cost=5, year=2020)
    with pytest.raises(IntegrityError):
        set_to(story, voice=Voice.ANONYMOUS, band="any", organisation=None)
    set_to(story, voice=Voice.ANONYMOUS, band="any", organisation=None, cost=None, year=None)


def test_a_told_story_needs_approval_only_to_be_published():
    story = draft()
    set_to(story, origin=Origin.TOLD, status=Status.APPROVED)
    with pytest.raises(IntegrityError, match="story_told_is_published_by_approval"):
        set_to(story, status=Status.PUBLISHED, published_version=version(), published_on=TODAY)
    set_to(story, status=Status.PUBLISHED, published_version=version(), published_on=TODAY, approved_sha256="a" * 64)


def test_an_imported_story_may_lack_an_organisation_of_ours():
    set_to(imported(), organisation=None, source_organisation="Elsewhere Council")


def test_shelving_a_told_story_is_refused_and_leaves_nothing():
    with pytest.raises(IntegrityError), transaction.atomic():
        make_story(origin=Origin.TOLD)
    assert not Story.objects.exists()


# --- Once only ------------------------------------------------------------------------------------------------------


def twice(model: type[models.Model], **values) -> None:
    model.objects.create(**values)
    with transaction.atomic():
        model.objects.create(**values)


def second_version() -> None:
    made = version()
    with transaction.atomic():
        Version.of(made.story, lessons(), number=made.number, written_by=Version.Writer.AUTHOR).save()


def second_import() -> None:
    imported()
    with transaction.atomic():
        imported()


UNIQUE = {
    "authorlink_once": lambda: twice(AuthorLink, story=named(), user=UserFactory()),
    "storynetwork_once": lambda: twice(StoryNetwork, story=named(), network=NetworkFactory()),
    "storycontact_once": lambda: twice(StoryContact, story=named(), contact=ContactFactory()),
    "storytopic_once": lambda: twice(StoryTopic, content_object=named(), tag=TopicFactory()),
    "version_number_once": second_version,
    "story_imported_once": second_import,
    "reply_waits_once_an_organisation": lambda: twice_by(replied, story=named(), organisation=OrganisationFactory()),
    "helped_once": lambda: twice_by(helped, story=named()),
    "agendaitem_once": lambda: twice(AgendaItem, event=EventFactory(), story=named(), position=1),
    "collectionstory_once": lambda: twice(CollectionStory, collection=CollectionFactory(), story=named(), position=1),
}


@pytest.mark.parametrize("name", UNIQUE)
def test_a_second_one_is_refused(name):
    with pytest.raises(IntegrityError, match=r"(?i)unique"):
        UNIQUE[name]()


def test_stories_without_a_source_are_as_many_as_one_likes():
    named(), named()


# --- Kept -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("field", ["organisation", "programme"])
def test_what_a_story_stands_on_is_not_deleted(field):
    story = make_story(programme=ProgrammeFactory())
    with pytest.raises(models.ProtectedError):
        getattr(story, field).delete()


def test_a_version_is_never_changed():
    made = version()
    made.words = "{}"
    with pytest.raises(ValueError, match="write a new one"):
        made.save()


def test_an_organisation_leaves_no_way_back_to_its_stories():
    related = [relation.get_accessor_name() for relation in OrganisationFactory()._meta.related_objects]
    assert [name for name in related if name and "story" in name] == []


# --- Text -----------------------------------------------------------------------------------------------------------

ROWS = {
    Story: imported,
    Version: version,
    ProgressUpdate: update,
    Programme: ProgrammeFactory,
    SharedPlan: shared,
    StoryReport: reported,
    Reply: replied,
    Collection: CollectionFactory,
}
LIMITS = {
    ("Version", "words"): 250_000,
    ("SharedPlan", "text"): 2_000,
    ("StoryReport", "words"): 1_000,
    ("Reply", "text"): 1_200,
    ("Collection", "introduction_en"): 2_000,
    ("Collection", "introduction_cy"): 2_000,
}
BOUNDED = [
    (model, constraint.name)
    for model in ROWS
    for constraint in model._meta.constraints
    if constraint.name.endswith("_bounded")
]


def bounded_field(model: type[models.Model], name: str) -> tuple[str, int]:
    """The field that a constraint bounds, and by how many characters."""
    field = name.removeprefix(f"{name.split('_')[0]}_").removesuffix("_bounded")
    return field, model._meta.get_field(field).max_length or LIMITS[model.__name__, field]


def row_for(model: type[models.Model], field: str) -> models.Model:
    others = {(Story, "band"): unnamed, (StoryReport, "answer"): answered}
    return others.get((model, field), ROWS[model])()


@pytest.mark.parametrize(("model", "name"), BOUNDED, ids=lambda value: value if isinstance(value, str) else "")
class TestText:
    def test_as_much_as_it_holds_is_taken(self, model, name):
        field, limit = bounded_field(model, name)
        set_to(row_for(model, field), **{field: "ŵ" * limit})

    def test_a_letter_more_is_refused(self, model, name):
        field, limit = bounded_field(model, name)
        with pytest.raises(REFUSED):
            set_to(row_for(model, field), **{field: "x" * (limit + 1)})

    def test_a_nul_is_refused(self, model, name):
        field, _limit = bounded_field(model, name)
        row = row_for(model, field)
        for text in ("\x00", "a\x00b"):
            with pytest.raises(REFUSED):
                set_to(row, **{field: text})


def test_every_audience_and_voice_is_taken():
    for audience in Audience.values:
        for voice in Voice.values:
            make_story(audience=audience, voice=voice)
    assert Story.objects.filter(published_on__gte=TODAY - datetime.timedelta(days=1)).count() == 12
