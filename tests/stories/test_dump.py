"""What a thief of the database learns about who told an anonymous story: nothing that a guess would not say.

All rows of all tables, and the bytes of the file: no number, address, session or receipt of the author beside the
story; the same dump, byte for byte, whoever of two people told it.
"""

import datetime
import hashlib
import random
import secrets

import pytest
from django.apps import apps
from django.db import connection, models, transaction
from django.test import Client

from learning_portal.common.models import User
from networks.models import Affiliation
from stories import receipts
from stories.actions import change, keep, moderate, publish, respond, tell
from stories.choices import Voice
from stories.models import Story
from tests.factories import AffiliationFactory, TopicFactory, UserFactory, lessons
from tests.stories.telling import moderators, on, place, send
from tests.strength import FULL, some
from tests.worlds import count

MONDAY = datetime.date(2026, 11, 2)
WEEK = datetime.timedelta(weeks=1)
NUMBER = 8_070_605_040_302
"""The author's: found wherever it stands, which a small one would not be."""

pytestmark = pytest.mark.django_db


def tables() -> list[str]:
    return sorted(connection.introspection.table_names())


def dump() -> dict[str, list[tuple]]:
    """Every row of every table, in an order that says nothing."""
    found = {}
    with connection.cursor() as cursor:
        for table in tables():
            cursor.execute(f'SELECT * FROM "{table}"')
            found[table] = sorted([tuple(map(str, row)) for row in cursor.fetchall()])
    return found


def tell_anonymously(by, people, topic) -> tuple[Story, str]:
    """From the first page to the work list: with drafts, a question, an answer and a change."""
    story, receipt = tell.start_story(by=by, kind="lessons", voice=Voice.ANONYMOUS, language="en")
    tell.save_draft(story=story, words={"title": "Tablets"}, read=0)
    send(story, topics=[topic])
    moderate.ask(by=people[0], story=story, text="In which year?")
    respond.answer(story=story, text="Long ago.")
    read = story.versions().first().sha256
    version = moderate.edit(by=people[0], story=story, content=lessons(wrong="It rained."), read=read)
    moderate.approve(by=people[1], story=story, sha256=version.sha256)
    respond.approve(story=story, sha256=version.sha256)
    return story, receipt


def signed_in(user) -> str:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client.session.session_key


@pytest.fixture
def people():
    return moderators()


@pytest.fixture
def author():
    return AffiliationFactory(user=UserFactory(pk=NUMBER, email="whistle@council.example"), organisation=place()).user


def change_anonymously(story, people) -> None:
    """What is published, from the button to the work list: with drafts, a question, an answer and two moderators."""
    new = change.begin(story=story)
    tell.save_draft(story=new, words={"title": "Tablets"}, read=0)
    send(new, lessons(wrong="It poured."), topics=list(new.topics.all()))
    moderate.ask(by=people[0], story=new, text="In which year?")
    respond.answer(story=new, text="Long ago.")
    sha256 = new.versions().first().sha256
    for person in people[:2]:
        moderate.approve(by=person, story=new, sha256=sha256)
    respond.approve(story=new, sha256=sha256)


def tell_and_change(by, people, topic) -> tuple[Story, str]:
    """Three by the same person leave as a batch, are changed, and leave again."""
    told = [tell_anonymously(by, people, topic) for _number in range(3)]
    assert publish.publish_due(today=MONDAY + WEEK) == 3
    with on(MONDAY + WEEK):
        for story, _receipt in told:
            change_anonymously(story, people)
    assert publish.publish_due(today=MONDAY + 2 * WEEK) == 3
    return told[0]


PERSONS = {
    "common_user",
    "account_emailaddress",
    "mfa_authenticator",
    "networks_affiliation",
    "django_session",
}
"""Tables that hold people: who can sign in, and works where."""


@pytest.mark.parametrize("telling", [tell_anonymously, tell_and_change])
def test_nothing_beside_the_story_is_the_authors(people, author, telling):
    session = signed_in(author)
    with on(MONDAY):
        _story, receipt = telling(author, people, TopicFactory())
    bits = receipts.read(receipt)
    theirs = [str(NUMBER), author.email, session, receipt, receipt.replace("-", ""), str(bits), f"{bits:x}"]
    for table, rows in dump().items():
        if table not in PERSONS:
            cells = [cell for row in rows for cell in row]
            assert not [cell for cell in cells for mark in theirs if mark in cell], table


@pytest.mark.parametrize("telling", [tell_anonymously, tell_and_change])
def test_the_same_dump_whoever_told_it(people, telling):
    """Two worlds. Keys and receipts are made from the same seed, as nothing else may differ."""
    home = place()
    one, other = (AffiliationFactory(organisation=home).user for _number in range(2))
    topic = TopicFactory()
    dumps = []
    for by in (one, other):
        with transaction.atomic(), pytest.MonkeyPatch.context() as m, on(MONDAY):
            m.setattr(secrets, "randbits", random.Random(7).getrandbits)
            telling(by, people, topic)
            dumps.append(dump())
            transaction.set_rollback(True)
    assert dumps[0] == dumps[1]


def test_a_link_would_be_noticed(people):
    """The same comparison fails for a confidential story, to which its author is linked."""
    home = place()
    dumps = []
    for by in [AffiliationFactory(organisation=home).user for _number in range(2)]:
        with transaction.atomic(), pytest.MonkeyPatch.context() as m, on(MONDAY):
            m.setattr(secrets, "randbits", random.Random(7).getrandbits)
            tell.start_story(by=by, kind="lessons", voice=Voice.CONFIDENTIAL, language="en")
            dumps.append(dump())
            transaction.set_rollback(True)
    different = {table for table in dumps[0] if dumps[0][table] != dumps[1][table]}
    assert different == {"stories_authorlink"}


# --- Weeks, no times ------------------------------------------------------------------------------------------------


def of_stories() -> list[type[models.Model]]:
    return list(apps.get_app_config("stories").get_models())


def test_no_row_of_a_story_holds_a_time():
    times = [
        field
        for model in of_stories()
        for field in model._meta.get_fields()
        if isinstance(field, models.DateTimeField | models.TimeField)
    ]
    assert times == []


@pytest.mark.parametrize("voice", [Voice.CONFIDENTIAL, Voice.ANONYMOUS])
def test_every_date_beside_a_story_without_a_name_is_a_monday(people, voice):
    with on(MONDAY + datetime.timedelta(days=3)):
        story, _receipt = tell.start_story(
            by=AffiliationFactory(organisation=place()).user, kind="lessons", voice=voice, language="en"
        )
        send(story)
        tell.hand(story=story, kind="leaving", expires_on=MONDAY + datetime.timedelta(days=30))
        moderate.ask(by=people[0], story=story, text="In which year?")
    looked_at = 0
    for model in of_stories():
        dates = [field.name for field in model._meta.fields if type(field) is models.DateField]
        names = {field.name for field in model._meta.fields} & {"story", "content_object"}
        rows = model.objects.filter(pk=story.pk) if model is Story else None
        for name in names:
            rows = model.objects.filter(**{name: story})
        for row in rows or []:
            values = [getattr(row, name) for name in dates]
            looked_at += len([value for value in values if value])
            assert all(value.weekday() == 0 for value in values if value), model
    assert looked_at >= 5


def test_a_change_leaves_no_week_but_those_of_batches_and_no_earlier_words(people):
    with on(MONDAY):
        story, _receipt = tell_and_change(AffiliationFactory(organisation=place()).user, people, TopicFactory())
    story.refresh_from_db()
    weeks = set(story.decisions().values_list("on", flat=True)) | set(story.messages().values_list("week", flat=True))
    assert weeks | {story.submitted_on, story.published_on} == {MONDAY + WEEK, MONDAY + 2 * WEEK}
    assert "It rained." not in str(dump())


def test_keys_beside_a_story_are_random(people):
    """Numbers in a row would tell between which others a story came. Names of the service's own are no stories."""
    counted = {
        model.__name__ for model in of_stories() if isinstance(model._meta.pk, models.AutoField | models.BigAutoField)
    }
    assert counted == {"Collection", "Programme", "ProgressUpdate", "SharedPlan", "StoryContact", "Vocabulary"}


def test_the_numbers_of_rows_tell_no_order(people):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL numbers no rows.")
    home = place()
    with on(MONDAY):
        for voice in (Voice.NAMED, Voice.ANONYMOUS, Voice.NAMED, Voice.CONFIDENTIAL) * 4:
            by = AffiliationFactory(organisation=home).user
            send(tell.start_story(by=by, kind="lessons", voice=voice, language="en")[0])
    assert keep.scatter() > 0
    assert keep.scatter() == 0
    with connection.cursor() as cursor:
        for model, column in keep.ROWS_OF_STORIES:
            table = model._meta.db_table
            numbers = cursor.execute(
                f"SELECT t.rowid FROM {table} t JOIN stories_story s ON s.id = t.{column} WHERE s.voice <> 'named'"
            ).fetchall()
            assert all(number < 0 for (number,) in numbers), table


# --- Who was there --------------------------------------------------------------------------------------------------


class Thief:
    """Has the dump, and knows on which day each of the people there signed in."""

    def __init__(self, days: dict[int, datetime.date]):
        self.days = days
        self.rows = dump()

    def suspects(self, story: Story) -> dict[str, set[int]]:
        """Who it may have been, by each way of finding out. Everybody, where a way says nothing."""
        ways = {"dates": self.by_dates(story), "order": self.by_order(story), "marks": self.by_marks(story)}
        return {name: found or set(self.days) for name, found in ways.items()}

    def by_dates(self, story: Story) -> set[int]:
        """Those who were there in a week that stands beside the story, but for that of the batch."""
        weeks = set(story.decisions().values_list("on", flat=True)) | {story.submitted_on}
        weeks |= set(story.messages().values_list("week", flat=True))
        weeks -= {story.published_on}
        return {key for key, day in self.days.items() for week in weeks if 0 <= (day - week).days < 7}

    def by_order(self, story: Story) -> set[int]:
        """Those who were there between the named stories before and after it in the file."""
        if connection.vendor != "sqlite":
            return set()
        with connection.cursor() as cursor:
            cursor.execute("SELECT rowid, id, voice, submitted_on FROM stories_story ORDER BY rowid")
            rows = cursor.fetchall()
        place = next(number for number, row in enumerate(rows) if row[1] == story.pk)
        before = [row[3] for row in rows[:place] if row[2] == "named"]
        after = [row[3] for row in rows[place:] if row[2] == "named"]
        if not before or not after:
            return set()
        return {key for key, day in self.days.items() if str(before[-1]) <= str(day) <= str(after[0])}

    def by_marks(self, story: Story) -> set[int]:
        """Those whose number, or a plain hash of it, stands in a row beside the story."""
        beside = [
            cell
            for table, rows in self.rows.items()
            if table not in PERSONS
            for row in rows
            if str(story.pk) in row or story.public_id in row
            for cell in row
        ]
        return {key for key in self.days if any(mark in cell for mark in marks_of(key) for cell in beside)}


def marks_of(key: int) -> list[str]:
    return [str(key), *(getattr(hashlib, name)(str(key).encode()).hexdigest() for name in ("md5", "sha1", "sha256"))]


def people_there(number: int) -> list[User]:
    """So many people of one council that shares its band."""
    home = place()
    made = User.objects.bulk_create(
        User(pk=NUMBER + 7919 * each, email=f"there{each}@council.example") for each in range(number)
    )
    Affiliation.objects.bulk_create(
        Affiliation(user=user, organisation=home, verified_on=MONDAY, verified_by="test") for user in made
    )
    return made


def best_guesses(there: list[User], people, seed: int) -> dict[str, float]:
    """How likely each way names the author of a story, over a batch, with named stories told in between."""
    dice = random.Random(seed)
    monday = MONDAY + datetime.timedelta(weeks=5 + seed)
    days = {user.pk: monday - datetime.timedelta(days=dice.randrange(1, 29)) for user in there}
    authors = sorted(dice.sample(there, 12), key=lambda user: days[user.pk])
    topic = TopicFactory()
    told = {}
    for number, user in enumerate(authors):
        with on(days[user.pk]):
            if number % 3 == 1:
                told[tell_anonymously(user, people, topic)[0].pk] = user.pk
            else:
                send(tell.start_story(by=user, kind="lessons", voice=Voice.NAMED, language="en")[0])
    keep.scatter()
    if not publish.publish_due(today=monday + datetime.timedelta(days=7)):
        raise AssertionError("no batch left")
    keep.scatter()
    thief = Thief(days)
    found: dict[str, list[float]] = {}
    for key, author in told.items():
        for way, suspects in thief.suspects(Story.objects.get(pk=key)).items():
            found.setdefault(way, []).append((author in suspects) / len(suspects))
    return {way: sum(chances) / len(chances) for way, chances in found.items()}


@some("there", [20, 100, 1000], enough=[100])
def test_whoever_was_there_is_as_likely_as_the_others(there, people, request):
    """The best way to guess names the author no more often than a blind guess, and two points."""
    users = people_there(there)
    for seed in range(8 if FULL else 2):
        guesses = best_guesses(users, people, seed)
        count(request, f"linkage ways tried among {there}", len(guesses))
        assert max(guesses.values()) <= 1 / there + 0.02, guesses


LEAKS = {
    "dates": lambda m: m.setattr(publish, "forget_weeks", lambda story, monday: None),
    "order": lambda m: m.setattr(keep, "scatter", lambda: 0),
}


@pytest.mark.parametrize("leak", LEAKS)
def test_a_leak_makes_the_guess_better(leak, people, monkeypatch):
    if (leak, connection.vendor) == ("order", "postgresql"):
        pytest.skip("PostgreSQL numbers no rows.")
    LEAKS[leak](monkeypatch)
    assert best_guesses(people_there(20), people, 0)[leak] > 1 / 20 + 0.02
