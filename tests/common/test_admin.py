"""The admin's audit trail: what is done to reference data, people and roles leaves a line, and staff can read it."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group

from learning_portal.common.admin_site import Recorded
from learning_portal.common.models import AuditEvent, Role, User
from networks.models import Affiliation, Membership, Topic
from tests.factories import (
    AffiliationFactory,
    MembershipFactory,
    NetworkFactory,
    OrganisationFactory,
    TopicFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

BACKEND = "django.contrib.auth.backends.ModelBackend"
STAFF = "staff@portal.example"


@pytest.fixture
def staff(client):
    """A client signed in as a superuser."""
    client.force_login(User.objects.create_superuser(STAFF), backend=BACKEND)
    return client


def send(staff, path: str, **form) -> None:
    assert staff.post(f"/admin/{path}", form).status_code == 302


def line() -> tuple[str, str, str, str]:
    """The only line of the trail."""
    event = AuditEvent.objects.get()
    return event.by, event.verb, event.subject, event.detail


def test_a_role_that_one_gives_oneself_leaves_a_line(staff):
    me, role = User.objects.get(email=STAFF), Group.objects.create(name=Role.CUSTODIAN)
    form = {"email": STAFF, "name": "", "language": "en", "is_active": "on", "is_staff": "on"}
    send(staff, f"common/user/{me.pk}/change/", **form, groups=role.pk)
    assert line() == (STAFF, "changed user", f"{STAFF} [{me.pk}]", "groups: custodian")
    AuditEvent.objects.all().delete()
    send(staff, f"common/user/{me.pk}/change/", **form)
    assert line()[3] == "groups: none"


def test_a_verified_affiliation_leaves_a_line(staff):
    me, powys = User.objects.get(email=STAFF), OrganisationFactory(name_en="Powys")
    form = {"user": me.pk, "organisation": powys.pk, "capacity": "employee"}
    send(staff, "networks/affiliation/add/", **form, verified_on="2026-11-02", verified_by="me")
    by, verb, subject, detail = line()
    assert (by, verb) == (STAFF, "added affiliation")
    assert subject == f"{STAFF} – Powys [{Affiliation.objects.get().pk}]"
    assert "organisation: Powys" in detail.splitlines()
    assert "verified_on: 2026-11-02" in detail.splitlines()


def test_a_membership_leaves_a_line_when_it_begins_and_when_it_is_deleted(staff):
    network = NetworkFactory(name_en="Blue light")
    me = User.objects.get(email=STAFF)
    send(staff, "networks/membership/add/", network=network.pk, user=me.pk, is_convenor="on", joined_on="2026-11-02")
    assert "is_convenor: True" in line()[3]
    AuditEvent.objects.all().delete()
    key = Membership.objects.get().pk
    send(staff, f"networks/membership/{key}/delete/", post="yes")
    assert line()[:3] == (STAFF, "deleted membership", f"{STAFF} – Blue light [{key}]")


def test_what_is_deleted_together_leaves_a_line_each(staff):
    keys = [MembershipFactory().pk, MembershipFactory().pk]
    send(staff, "networks/membership/", action="delete_selected", _selected_action=keys, post="yes")
    assert not Membership.objects.exists()
    assert AuditEvent.objects.filter(verb="deleted membership", by=STAFF).count() == 2


def test_topics_organisations_and_roles_leave_a_line(staff):
    topic = TopicFactory(name="Signal")
    words = {"name_cy": "Signal", "meaning_en": "M.", "meaning_cy": "Y."}
    send(staff, f"networks/topic/{topic.pk}/change/", name="No signal", **words)
    assert line()[1:3] == ("changed topic", f"No signal [{topic.pk}]")
    assert Topic.objects.get().name == "No signal"
    send(staff, "networks/organisation/add/", code="G1", name_en="Glan", kind="8", nation="1")
    send(staff, "auth/group/add/", name="moderator")
    assert set(AuditEvent.objects.values_list("verb", flat=True)) == {
        "changed topic",
        "added organisation",
        "added group",
    }


def test_what_changes_nothing_or_is_refused_leaves_no_line(staff):
    network = NetworkFactory(slug="blue-light", name_en="Blue light")
    same = {"slug": "blue-light", "name_en": "Blue light"}
    send(staff, f"networks/network/{network.pk}/change/", **same)
    assert staff.post(f"/admin/networks/network/{network.pk}/change/", {**same, "slug": ""}).status_code == 200
    assert not AuditEvent.objects.exists()


def test_everything_in_the_admin_is_recorded():
    assert admin.site._registry
    assert all(isinstance(model_admin, Recorded) for model_admin in admin.site._registry.values())


def test_staff_read_the_trail_and_write_nothing_in_it(staff):
    send(staff, "auth/group/add/", name="moderator")
    event = AuditEvent.objects.get()
    page = staff.get("/admin/common/auditevent/").content.decode()
    assert STAFF in page
    assert "added group" in page
    assert "name: moderator" in staff.get(f"/admin/common/auditevent/{event.pk}/change/").content.decode()
    for path in ("add", f"{event.pk}/change", f"{event.pk}/delete"):
        assert staff.post(f"/admin/common/auditevent/{path}/", {"by": "nobody"}).status_code == 403
    assert line()[0] == STAFF


def test_nobody_else_reads_it(client):
    client.force_login(AffiliationFactory(user=UserFactory()).user, backend=BACKEND)
    assert client.get("/admin/common/auditevent/").status_code == 302
