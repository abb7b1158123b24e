"""A mail that says "you have a message" is the same, byte for byte, whoever has it and whatever it is about."""

import random
from collections.abc import Callable

import pytest
from django.template import Engine
from django.template.base import VariableNode
from django.urls import reverse

from learning_portal.common.actions import deliver_mail, post
from learning_portal.common.mail.kinds import MESSAGE_WAITING
from learning_portal.common.models import Message, Role, User
from stories.choices import Status, Voice
from tests.cast import give_role
from tests.factories import AffiliationFactory, MembershipFactory, UserFactory, lessons, make_story
from tests.mailing import MONDAY
from tests.worlds import same_dice, savepoint

pytestmark = pytest.mark.django_db

World = Callable[[User], object]


def plain_member(user: User) -> None:
    """Somebody who works somewhere."""


def confidential_author(user: User) -> None:
    make_story(voice=Voice.CONFIDENTIAL, author=user, content=lessons(title="Xylophones in the van"))


def author_in_moderation(user: User) -> None:
    make_story(voice=Voice.CONFIDENTIAL, author=user, status=Status.RETURNED, content=lessons(title="Xylophones"))


def named_author(user: User) -> None:
    make_story(author=user, content=lessons(title="Xylophones in the van"))


def moderator(user: User) -> None:
    give_role(user, Role.MODERATOR)


def convenor(user: User) -> None:
    MembershipFactory(user=user, is_convenor=True)


WORLDS: list[World] = [plain_member, confidential_author, author_in_moderation, named_author, moderator, convenor]


def bytes_in(world: World, language: str, monkeypatch, mailoutbox) -> list[bytes]:
    """What leaves for the same person in this world."""
    mailoutbox.clear()
    with savepoint(), same_dice():
        user = UserFactory(pk=4711, email="sian@council.example", name="Siân Morgan", language=language)
        AffiliationFactory(user=user)
        world(user)
        with same_dice(8):
            post(to=user, kind=MESSAGE_WAITING.name)
            deliver_mail(now=MONDAY)
        assert not Message.objects.exists()
        random.seed(8)  # the boundary between the parts
        return [sent.message().as_bytes() for sent in mailoutbox]


@pytest.mark.parametrize("language", ["en", "cy"])
def test_it_is_the_same_for_everybody(language, monkeypatch, mailoutbox):
    seen = {world.__name__: bytes_in(world, language, monkeypatch, mailoutbox) for world in WORLDS}
    assert len(seen["plain_member"]) == 1
    assert {name: sent == seen["plain_member"] for name, sent in seen.items()} == dict.fromkeys(seen, True)
    assert b"xylophone" not in seen["confidential_author"][0].lower()


def test_two_people_get_the_same_words_and_headers(mailoutbox):
    author, member = UserFactory(), UserFactory()
    confidential_author(author)
    for user in (author, member):
        post(to=user, kind=MESSAGE_WAITING.name)
    deliver_mail()
    one, other = mailoutbox
    assert (one.subject, one.body, one.alternatives) == (other.subject, other.body, other.alternatives)
    assert one.extra_headers | {"Message-ID": ""} == other.extra_headers | {"Message-ID": ""}


def test_the_comparison_has_eyes(monkeypatch, mailoutbox):
    plain = bytes_in(plain_member, "en", monkeypatch, mailoutbox)
    monkeypatch.setattr("learning_portal.common.mail.look.about_portal", lambda: {"operator_name": "Else"})
    assert bytes_in(plain_member, "en", monkeypatch, mailoutbox) != plain


def test_its_template_could_not_tell_them_apart():
    """It knows where the portal is, and nothing else."""
    template = Engine.get_default().get_template("mail/message_waiting.txt")
    assert {str(node.filter_expression) for node in template.nodelist.get_nodes_by_type(VariableNode)} == {"portal_url"}


def test_it_goes_at_once_and_leads_to_the_account(mailoutbox):
    user = UserFactory()
    post(to=user, kind=MESSAGE_WAITING.name)
    assert deliver_mail() == 1
    assert reverse("common:account") in mailoutbox[0].body


def test_the_row_that_waits_is_the_same_too():
    """And says nothing but whom to write to."""
    rows = []
    for world in (plain_member, confidential_author):
        with savepoint(), same_dice():
            user = UserFactory(pk=4711, email="sian@council.example")
            world(user)
            with same_dice(8):
                post(to=user, kind=MESSAGE_WAITING.name)
            rows.append(Message.objects.values().get())
    assert rows[0] == rows[1]
    assert rows[0]["context"] == {}
    assert {name for name, value in rows[0].items() if value} == {"id", "user_id", "kind", "language", "state"}
