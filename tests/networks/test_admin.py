"""The admin: reference data can be added and corrected there, and what everything hangs on cannot be changed."""

import pytest

from learning_portal.common.models import User
from networks.choices import TopicGroup
from networks.models import Organisation, Topic
from tests.factories import OrganisationFactory, TopicFactory

pytestmark = pytest.mark.django_db

NEW_TOPIC = {
    "name": "No drying room",
    "slug": "no-drying-room",
    "group": "problem",
    "beside": "",
    "name_cy": "Dim ystafell sychu",
    "meaning_en": "Wet kit has nowhere to go.",
    "meaning_cy": "Nid oes lle i ddillad gwlyb.",
    "words_en": "",
    "words_cy": "",
}
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def staff(client):
    """A client signed in as a superuser."""
    client.force_login(User.objects.create_superuser("staff@portal.example"), backend=BACKEND)
    return client


def errors_of(response) -> dict:
    assert response.status_code == 200
    return response.context["adminform"].form.errors


# --- Topics ---------------------------------------------------------------------------------------------------------


def add_topic(staff, **changes):
    return staff.post("/admin/networks/topic/add/", {**NEW_TOPIC, **changes})


def test_a_topic_is_added_with_the_next_bit_of_its_group(staff):
    TopicFactory(bit=7)
    TopicFactory(bit=9, group=TopicGroup.USERS)
    assert add_topic(staff).status_code == 302
    topic = Topic.objects.get(slug="no-drying-room")
    assert (topic.group, topic.bit, topic.code) == ("problem", 8, None)


def test_the_first_topic_of_a_group_has_the_first_bit(staff):
    add_topic(staff)
    assert Topic.objects.get().bit == 0


def test_a_service_area_is_given_a_code_beside_its_like(staff):
    waste = TopicFactory(group=TopicGroup.SERVICE, bit=0, code=32)
    TopicFactory(group=TopicGroup.SERVICE, bit=1, code=34)
    TopicFactory(group=TopicGroup.SERVICE, bit=2, code=40)
    assert add_topic(staff, group="service", beside=waste.pk).status_code == 302
    topic = Topic.objects.get(slug="no-drying-room")
    assert (topic.bit, topic.code) == (3, 35)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"group": "service"}, "beside"),
        ({"beside": "waste"}, "beside"),
        ({"beside": "999999"}, "beside"),
        ({"group": "users"}, "group"),
        ({"group": "service", "beside": "waste"}, "beside"),
        ({"group": "free"}, "group"),
        ({"slug": "waste"}, "slug"),
        ({"name": ""}, "name"),
        ({"name": "x" * 101}, "name"),
        ({"name": "\x00"}, "name"),
        ({"meaning_cy": "x" * 201}, "meaning_cy"),
    ],
)
def test_a_topic_that_cannot_be_comes_back_with_the_reason(staff, changes, field):
    waste = TopicFactory(slug="waste", group=TopicGroup.SERVICE, bit=0, code=39)  # the last of its eight
    TopicFactory(group=TopicGroup.USERS, bit=62)
    if changes.get("beside") == "waste":
        changes = {**changes, "beside": waste.pk}
    response = add_topic(staff, **changes)
    assert list(errors_of(response)) == [field]
    assert Topic.objects.count() == 2


def test_a_topic_never_changes_its_group_slug_bit_or_code(staff):
    topic = TopicFactory(slug="poor-signal", bit=5)
    path = f"/admin/networks/topic/{topic.pk}/change/"
    page = staff.get(path).content.decode()
    assert 'name="name"' in page
    for field in ("group", "slug", "bit", "code", "beside"):
        assert f'name="{field}"' not in page
    moved = {**NEW_TOPIC, "name": "Bad signal", "slug": "moved", "group": "method", "bit": "6", "code": "8"}
    assert staff.post(path, moved).status_code == 302
    topic.refresh_from_db()
    assert (topic.name, topic.slug, topic.group, topic.bit, topic.code) == (
        "Bad signal",
        "poor-signal",
        "problem",
        5,
        None,
    )


# --- Organisations --------------------------------------------------------------------------------------------------


def replace(staff, body: Organisation, by: Organisation):
    return staff.post(
        f"/admin/networks/organisation/{body.pk}/change/",
        {"code": body.code, "name_en": body.name_en, "kind": body.kind, "nation": body.nation, "replaced_by": by.pk},
    )


def test_a_body_is_merged_into_another(staff):
    old, new = OrganisationFactory(), OrganisationFactory()
    assert replace(staff, old, new).status_code == 302
    old.refresh_from_db()
    assert old.replaced_by == new


@pytest.mark.parametrize("length", [1, 2, 4])
def test_bodies_do_not_replace_each_other(staff, length):
    first = last = OrganisationFactory()
    for _ in range(length - 1):
        last = OrganisationFactory(replaced_by=last)
    response = replace(staff, first, last)
    assert errors_of(response) == {"replaced_by": ["Its successors lead back to itself"]}
    first.refresh_from_db()
    assert first.replaced_by is None


def test_a_circle_that_is_there_already_is_no_trap(staff):
    one = OrganisationFactory()
    two = OrganisationFactory(replaced_by=one)
    Organisation.objects.filter(pk=one.pk).update(replaced_by=two)
    assert replace(staff, OrganisationFactory(), one).status_code == 302


@pytest.mark.parametrize("code", ["ZU/1", "..", "suggest", ""])
def test_a_code_that_cannot_stand_in_an_address_comes_back(staff, code):
    body = {"code": code, "name_en": "Glan", "kind": 8, "nation": 1}
    assert list(errors_of(staff.post("/admin/networks/organisation/add/", body))) == ["code"]
