"""The rows of cards, the directory of people and what becomes of both, for `access_table`."""

from django.test import Client
from django.utils import timezone

from learning_portal.common.public_ids import encode
from networks import left_actions, still_you
from networks.models import CardPrompt, Contact, LeftReport, Organisation
from tests.access_rows import (
    LEADS_ON,
    NOT_FOUND,
    NOT_FOUND_FORM,
    READ,
    SEND,
    SIGN_IN_FORM,
    TEAM,
    Answers,
    Row,
    led_in,
    only,
    person_of,
)
from tests.cast import READS, ROLES, Stage
from tests.factories import ContactFactory

MEMBERS = [role for role in ROLES if "members" in READS[role]]
"""Who works somewhere, and somebody verified it."""
LEADS_BACK: Answers = {**LEADS_ON, "POST": 302}


def put_up(client: Client) -> None:
    """This reader has a card."""
    if user := person_of(client):
        ContactFactory(user=user, organisation=Organisation.objects.first(), verified_on=timezone.localdate())


def card_of(**fields):
    """The page of a card, its audience and state as given."""

    def path(stage: Stage) -> str:
        return f"/people/{made(stage, **fields).public_id}/"

    return path


def made(stage: Stage, **fields) -> Contact:
    return ContactFactory(**{"organisation": stage.here, "verified_on": timezone.localdate(), **fields})


def left(**fields):
    return lambda stage: f"{card_of(**fields)(stage)}left/"


def asked(stage: Stage) -> str:
    prompt = CardPrompt.objects.create(contact=made(stage), asked_on=timezone.localdate())
    return f"/card/answer/{still_you.LINK.token_for(prompt.pk, prompt.thread)}/"


def said_left(stage: Stage) -> str:
    contact = made(stage, team_mailbox="team@portal.example")
    report = LeftReport.objects.create(contact=contact, by=stage.users["member"], on=timezone.localdate())
    return f"/people/left/{left_actions.LINK.token_for(report.pk)}/"


def section(slug: str):
    return lambda stage: f"/account/card/{slug}/"


SECTION = "account/card/<slug:section>/"
CONTACTS = [
    Row("account/card/", SEND, but={"visitor": SIGN_IN_FORM}),
    Row("account/card/", SEND, but={"visitor": SIGN_IN_FORM}, before=put_up, case="with a card"),
    Row(SECTION, LEADS_BACK, but=only(MEMBERS, SEND), path=section("who"), case="who"),
    Row(SECTION, LEADS_BACK, path=section("audience"), case="without a card"),
    Row(SECTION, SEND, but={"visitor": SIGN_IN_FORM}, path=section("audience"), before=put_up, case="with a card"),
    Row(SECTION, NOT_FOUND_FORM, but={"visitor": SIGN_IN_FORM}, path=section("nothing"), case="unknown"),
    Row("card/answer/<str:token>/", SEND, path=asked, case="asked"),
    Row("card/answer/<str:token>/", NOT_FOUND_FORM, path=lambda stage: "/card/answer/guess/", case="guessed"),
    Row("people/", READ),
    Row("people/left/<str:token>/", SEND, path=said_left, case="asked"),
    Row("people/left/<str:token>/", NOT_FOUND_FORM, path=lambda stage: "/people/left/guess/", case="guessed"),
    Row("people/at-risk/", NOT_FOUND_FORM, but=led_in(TEAM, SEND)),
    Row("people/<public_id:key>/", READ, path=card_of(), case="for all"),
    Row("people/<public_id:key>/", NOT_FOUND, only(MEMBERS, READ), card_of(audience="members"), case="members"),
    Row("people/<public_id:key>/", NOT_FOUND, path=card_of(audience="networks"), case="networks"),
    Row("people/<public_id:key>/", NOT_FOUND, path=card_of(archived_on="2026-01-01"), case="down"),
    Row("people/<public_id:key>/", NOT_FOUND, path=lambda stage: f"/people/{encode(1)}/", case="guessed"),
    Row(
        "people/<public_id:key>/left/",
        NOT_FOUND_FORM,
        but={"visitor": SIGN_IN_FORM, **only(MEMBERS, {**READ, "POST": 302})},
        path=left(),
        case="for all",
    ),
    Row(
        "people/<public_id:key>/left/",
        NOT_FOUND_FORM,
        but={"visitor": SIGN_IN_FORM},
        path=left(audience="networks"),
        case="networks",
    ),
]
