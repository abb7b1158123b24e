"""Who gets what from the pages about asking and meeting. Rows of `access_table`."""

from __future__ import annotations

import datetime
from collections.abc import Callable

from django.utils import timezone

from learning_portal.common.public_ids import encode
from networks.introductions.links import AFTERWARDS, ANSWER, TOGETHER
from networks.models import Contact, Introduction
from tests.access_rows import (
    MEMBERS_ONLY,
    NOT_FOUND,
    NOT_FOUND_FORM,
    READ,
    SEND,
    SIGN_IN_FIRST,
    SIGN_IN_FORM,
    TEAM,
    Row,
    led_in,
    only,
)
from tests.cast import READS, ROLES, Stage
from tests.factories import ContactFactory, IntroductionFactory, UserFactory, make_story

Path = Callable[[Stage], str]


def a_host(stage: Stage, **fields) -> Contact:
    """Somebody in another body, who may be asked, unless told otherwise."""
    fields.setdefault("user", UserFactory())
    return ContactFactory(**{"organisation": stage.there, "verified_on": timezone.localdate(), **fields})


def a_person(**fields) -> Path:
    return lambda stage: f"/people/{a_host(stage, **fields).public_id}/ask/"


def a_story(page: str = "ask/", *, host: dict | None = None, **fields) -> Path:
    """A story with somebody to ask, or, if it has no name, an author."""

    def path(stage: Stage) -> str:
        named = fields.get("voice", "named") == "named"
        more = {"organisation": stage.there, "contacts": [a_host(stage, **(host or {}))]} if named else {}
        return f"{make_story(author=stage.users['author'], **more, **fields).get_absolute_url()}{page}"

    return path


def asked(stage: Stage, **fields) -> Introduction:
    """The author asks whoever is of the front line."""
    host = a_host(stage, user=stage.users["front_line"], organisation=stage.here)
    return IntroductionFactory(asker=stage.users["author"], host=host, **fields)


def agreed(stage: Stage) -> Introduction:
    return asked(stage, state="accepted", meets_at=timezone.now() + datetime.timedelta(days=3), place="Here")


def page(name: str, make: Callable[[Stage], Introduction] = asked) -> Path:
    return lambda stage: f"/meet/{name % make(stage).public_id}"


def by_link(name: str, purpose, make: Callable[[Stage], Introduction], *, by_asker: bool = False) -> Path:
    def path(stage: Stage) -> str:
        made = make(stage)
        return f"/meet/{name % purpose.token_for(made.pk, 0 if by_asker else made.host_id)}"

    return path


def guess(address: str) -> Path:
    return lambda stage: address


def rows() -> list[Row]:
    both, both_send = only(["author", "front_line"], READ), only(["author", "front_line"], SEND)
    change, change_by_link = "meet/<public_id:key>/change/", "meet/with/<str:token>/change/"
    visitor_first, visitor_form = {"visitor": SIGN_IN_FIRST}, {"visitor": SIGN_IN_FORM}
    everybody = {role: READ for role in ROLES if role != "visitor"}
    not_members = {role: NOT_FOUND_FORM for role in ROLES if "members" not in READS[role] and role != "author"}
    ask, story_ask, sent = (
        "people/<public_id:key>/ask/",
        "stories/<public_id:pk>/ask/",
        "stories/<public_id:pk>/ask/sent/",
    )
    answer, afterwards = "meet/answer/<str:token>/", "meet/afterwards/<str:token>/"
    with_link, calendar = "meet/with/<str:token>/", "meet/with/<str:token>/calendar/"
    return [
        Row(ask, SEND, path=a_person()),
        Row(ask, NOT_FOUND_FORM, path=a_person(audience="networks"), case="hidden"),
        Row(ask, NOT_FOUND_FORM, path=a_person(user=None), case="leads to nobody"),
        Row(ask, NOT_FOUND_FORM, path=guess(f"/people/{encode(1)}/ask/"), case="guessed"),
        Row(story_ask, SEND, path=a_story()),
        Row(story_ask, SEND, MEMBERS_ONLY, a_story(audience="members"), case="members"),
        Row(story_ask, NOT_FOUND_FORM, path=a_story(status="approved"), case="waiting"),
        Row(story_ask, NOT_FOUND_FORM, path=a_story(host={"user": None}), case="leads to nobody"),
        Row(story_ask, NOT_FOUND_FORM, path=a_story(host={"audience": "networks"}), case="hidden card"),
        *(Row(story_ask, SEND, path=a_story(voice=voice), case=voice) for voice in ("confidential", "anonymous")),
        Row(story_ask, SEND, not_members, a_story(voice="confidential", audience="members"), case="unnamed, members"),
        Row(sent, READ, visitor_first, a_story("ask/sent/", voice="anonymous")),
        Row(sent, NOT_FOUND, visitor_first, a_story("ask/sent/"), case="named"),
        Row("meet/", SIGN_IN_FIRST, everybody),
        Row("meet/sent/<public_id:key>/", NOT_FOUND, {**visitor_first, "author": READ}, page("sent/%s/")),
        Row("meet/reports/", NOT_FOUND_FORM, led_in(TEAM, SEND)),
        Row("meet/<public_id:key>/", NOT_FOUND, {**visitor_first, **both}, page("%s/", agreed), case="agreed"),
        Row("meet/<public_id:key>/", NOT_FOUND, visitor_first, page("%s/"), case="asked"),
        Row("meet/<public_id:key>/calendar/", NOT_FOUND, {**visitor_first, **both}, page("%s/calendar/", agreed)),
        Row(change, NOT_FOUND_FORM, {**visitor_form, **both_send}, page("%s/change/", agreed), case="agreed"),
        Row(change, NOT_FOUND_FORM, visitor_form, page("%s/change/"), case="asked"),
        Row(
            "meet/<public_id:key>/withdraw/",
            {"POST": 404},
            only(["visitor", "author"], {"POST": 302}),
            page("%s/withdraw/"),
        ),
        Row(answer, SEND, path=by_link("answer/%s/", ANSWER, asked), case="from a mail"),
        Row(answer, NOT_FOUND_FORM, path=guess("/meet/answer/guess/"), case="guessed"),
        Row(answer, NOT_FOUND_FORM, path=by_link("answer/%s/", TOGETHER, asked), case="of another purpose"),
        Row(with_link, READ, path=by_link("with/%s/", TOGETHER, agreed), case="from a mail"),
        Row(with_link, NOT_FOUND, path=by_link("with/%s/", TOGETHER, asked), case="not agreed"),
        Row(with_link, NOT_FOUND, path=guess("/meet/with/guess/"), case="guessed"),
        Row(calendar, READ, path=by_link("with/%s/calendar/", TOGETHER, agreed), case="from a mail"),
        Row(calendar, NOT_FOUND, path=guess("/meet/with/guess/calendar/"), case="guessed"),
        Row(change_by_link, SEND, path=by_link("with/%s/change/", TOGETHER, agreed), case="from a mail"),
        Row(change_by_link, NOT_FOUND_FORM, path=by_link("with/%s/change/", TOGETHER, asked), case="not agreed"),
        Row(change_by_link, NOT_FOUND_FORM, path=guess("/meet/with/guess/change/"), case="guessed"),
        Row(afterwards, SEND, path=by_link("afterwards/%s/", AFTERWARDS, agreed), case="to the host"),
        Row(afterwards, SEND, path=by_link("afterwards/%s/", AFTERWARDS, agreed, by_asker=True), case="to the asker"),
        Row(afterwards, NOT_FOUND_FORM, path=guess("/meet/afterwards/guess/"), case="guessed"),
    ]


MEETING = rows()
