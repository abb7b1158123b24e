"""Forms of pages that open only when something was made before, and what would be in order: for `nasty_opened`.

A row of the table of access makes it and knows its address, so that no form finds its page closed.
"""

from __future__ import annotations

import dataclasses
import datetime

from django.test import Client

from learning_portal.common.models import User
from stories.actions import tell
from tests.access_contacts import section
from tests.access_table import ROWS
from tests.telling_rows import hold_sent, hold_written

ROW = {str(row): row for row in ROWS}
OWN_CARD = ROW["account/card/<slug:section>/ with a card"]
ROW |= {f"card {slug}": dataclasses.replace(OWN_CARD, path=section(slug)) for slug in ("help", "learn", "how")}


def forget_name(client: Client) -> None:
    """Whoever has a name is not asked for it."""
    User.objects.filter(email="member@portal.example").update(name="")


def hold_shown(client: Client) -> None:
    """The author of a story showed it to whoever asks."""
    until = datetime.date.today() + datetime.timedelta(days=7)
    client.cookies["receipt"] = tell.hand(story=hold_written(client), kind="colleague", expires_on=until)


ROW["find nameless"] = dataclasses.replace(ROW["find/"], before=forget_name)
ROW["look shown"] = dataclasses.replace(ROW["tell/<public_id:pk>/look/ with its receipt"], before=hold_shown)
ROW["status sent"] = dataclasses.replace(ROW["tell/<public_id:pk>/status/ with its receipt"], before=hold_sent)
SOON = f"{datetime.date.today() + datetime.timedelta(days=7):%d/%m/%Y}"
ABOUT = {"topics": "problem-0", "sectors": "1"}
NAMED = {"name_en": "Carers", "purpose_en": "To talk.", "name_cy": "Gofalwyr", "purpose_cy": "I siarad."}
THERE = {"elsewhere_url": "https://network.example/", "joining_en": "Ask.", "joining_cy": "Gofynnwch."}
ELSEWHERE = {**NAMED, **ABOUT, **THERE, "convenor_name": "Ann", "convenor_role": "Chief"}
CARD = {"name": "Ann", "role": "Chief", "organisation": "W0", "team_mailbox": "", "deputy": ""}
QUESTIONS = {"question_1": "How?", "question_2": "When?", "question_3": "Who?"}
MEET = {"name": "Ann", **QUESTIONS, "format": "call", "days": "0", "plan": "Tablets"}
TOO = {"with_plan": "on", "may_pass_to": "team", "kept": "1", "to_desk": "1"}
"""What only some forms of a request have, and its buttons."""
ANSWER = {"answer": "yes", "day": SOON, "time": "10:00", "place": "Here", "colleague": "", "words": "Gladly"}
MOVE = {"do": "move", "seen": "2027-01-01T10:00:00+00:00", "day": SOON, "time": "10:00", "place": "There"}
WORDS = {
    "read": "1",
    "title": "T",
    "expected": "An hour.",
    "wrong": "No signal.",
    "differently": "Ride along.",
    "topic": "problem-0",
    "outcome": "failed",
    "then": "",
}
MORE = {
    "read": "1",
    "question": "Who?",
    "happened": "It did not.",
    "past": "",
    "involved": "Carers",
    "adapt": "Much",
    "human_1": "rules",
    "reply_1": "B",
    "links": "https://a.example/",
    "delivery": "1",
    "stage": "1",
    "year": "2024",
    "months": "3",
    "cost": "3000",
}
COLLEAGUE = {"do": "ask", "address": "a@council.example", "ends_on": SOON, "language": "cy"}
LOOK = {"do": "look", "plan": "Tablets", "question": "How?", "format": "call"}

Form = tuple[str, str, dict[str, str]]
"""Of which row, in which role, and what would be in order."""
OF_NETWORKS: tuple[Form, ...] = (
    (
        "networks/new/?topics=problem-0",
        "member",
        {**NAMED, "why_new": "None fits.", "how_to_join": "open", "address": "b@c.example"},
    ),
    ("networks/proposed/<public_id:key>/", "member", {"do": "ask", "address": "b@council.example"}),
    ("networks/elsewhere/new/", "programme_team", ELSEWHERE),
    ("networks/invitations/<public_id:key>/", "network", {"answer": "accept"}),
    ("networks/still/<str:token>/", "visitor", {"do": "merge", "into": "network-of-1"}),
    ("networks/<slug:slug>/edit/", "convenor", {**NAMED, **ABOUT, "how_to_join": "approval"}),
    ("networks/<slug:slug>/edit/ elsewhere", "programme_team", {"do": "", **ELSEWHERE}),
    ("networks/<slug:slug>/join/ by approval", "member", {"words": "Please."}),
    ("networks/<slug:slug>/join/take-back/", "member", {}),
    ("networks/<slug:slug>/leave/", "convenor", {"do": "step_down"}),
    ("networks/<slug:slug>/move/", "network", {}),
    ("networks/<slug:slug>/members/", "convenor", {"do": "invite", "address": "b@council.example"}),
    ("networks/<slug:slug>/members/", "convenor", {"do": "remove", "key": "1"}),
    ("networks/<slug:slug>/rest/", "convenor", {"do": "merge", "into": "network-of-1"}),
    (
        "networks/<slug:slug>/ask/",
        "convenor",
        {"text": "When?", **{f"choice_{number}": f"Day {number}" for number in range(1, 7)}},
    ),
    ("networks/<slug:slug>/questions/<public_id:key>/", "network", {"do": "", "choice": "1"}),
    ("networks/<slug:slug>/posts/<public_id:key>/", "network", {}),
    ("networks/<slug:slug>/posts/ ours", "network", {"words": "Hello", "story": ""}),
)
OF_MEETING: tuple[Form, ...] = (
    ("people/<public_id:key>/ask/", "visitor", MEET),
    ("people/<public_id:key>/ask/", "member", TOO),
    ("stories/<public_id:pk>/ask/", "visitor", MEET),
    ("stories/<public_id:pk>/ask/ confidential", "visitor", {"name": "Ann", "text": "How did you tell the board?"}),
    ("find/", "member", LOOK),
    ("find nameless", "member", {"name": "Ann", **LOOK}),
    ("find/", "member", {**LOOK, "do": "send"}),
    ("desk/<public_id:key>/", "programme_team", {"do": "ask", "person": "0" * 13}),
    ("meet/reports/", "programme_team", {"report": "0" * 13}),
    ("meet/<public_id:key>/change/ agreed", "author", MOVE),
    ("meet/with/<str:token>/change/ from a mail", "visitor", MOVE),
    ("meet/<public_id:key>/withdraw/", "author", {}),
    ("meet/answer/<str:token>/ from a mail", "visitor", {"do": "answer", **ANSWER}),
    ("meet/answer/<str:token>/ from a mail", "visitor", {"do": "answer", **ANSWER, "answer": "not_now"}),
    ("meet/answer/<str:token>/ from a mail", "visitor", {"do": "pause", "until": SOON}),
    ("meet/answer/<str:token>/ from a mail", "visitor", {"do": "report", "report": "They sell."}),
    ("meet/afterwards/<str:token>/ to the host", "visitor", {"answer": "yes"}),
    (
        "meet/afterwards/<str:token>/ to the asker",
        "visitor",
        {"answer": "not_met", "next_day": SOON, "next_time": "10:00"},
    ),
    ("stories/<public_id:pk>/ask/ confidential", "member", {"kept": "1"}),
    ("people/at-risk/", "programme_team", {"report": "0" * 13, "answer": "left"}),
    ("events/<public_id:key>/attendance/ of a network", "convenor", {"came": "0" * 13}),
    ("events/<public_id:key>/action/ who was there", "network", {"text": "Ride along", "due_on": SOON, "story": ""}),
    ("networks/<slug:slug>/actions/", "convenor", {"owner": "1", "text": "T", "due_on": SOON, "event": ""}),
    ("events/<public_id:key>/cancel/ for all", "programme_team", {}),
    ("actions/<public_id:key>/", "member", {"do": "move", "due_on": SOON}),
    ("actions/asked/<str:token>/", "visitor", {"answer": "learning"}),
)
OF_CARDS: tuple[Form, ...] = (
    ("account/card/ with a card", "member", {"do": "confirm"}),
    ("account/card/<slug:section>/ who", "member", {**CARD, "audience": "members"}),
    ("account/card/<slug:section>/ with a card", "member", {"audience": "members"}),
    ("card help", "member", {"can_help_with": "problem-0"}),
    ("card learn", "member", {"wants_to_learn": "problem-0"}),
    (
        "card how",
        "member",
        {"formats": "call", "monthly_limit": "2", "working_days": "0", "languages": "cy", "paused_until": SOON},
    ),
    ("card/answer/<str:token>/ asked", "visitor", {"answer": "still"}),
    ("people/left/<str:token>/ asked", "visitor", {"answer": "left"}),
    ("people/<public_id:key>/left/ for all", "member", {"words": "She works elsewhere now."}),
    ("colleagues/<public_id:pk>/ asked", "front_line", {"answer": "confirm"}),
)
OF_STORIES: tuple[Form, ...] = (
    ("plan/<str:key>/watch/ one's own", "member", {}),
    ("watches/<public_id:key>/", "member", {"do": "keep"}),
    ("stories/<public_id:pk>/follow/", "member", {"do": "follow"}),
    ("stories/<public_id:pk>/use/", "member", {"how": "stopped", "why": "No signal.", "may_be_named": "on"}),
    ("stories/use/stopped/<str:token>/", "visitor", {}),
    ("stories/<public_id:pk>/reply/", "front_line", {"role": "Chief", "text": "It was so."}),
    ("tell/<public_id:pk>/words/ with its receipt", "visitor", WORDS),
    ("tell/<public_id:pk>/save/ with its receipt", "visitor", WORDS),
    ("tell/<public_id:pk>/versions/ with its receipt", "visitor", {"read": "1", "version": "first"}),
    (
        "tell/<public_id:pk>/check/ with its receipt",
        "visitor",
        {"read": "1", "keep": "", "as": "", "audience": "public", "networks": "", "publish_unchanged": "on"}
        | {"not_before": SOON},
    ),
    ("tell/<public_id:pk>/hand/ with its receipt", "visitor", {"do": "make", "kind": "interview", "days": ""}),
    ("tell/<public_id:pk>/hand/ with its receipt", "visitor", COLLEAGUE),
    ("tell/<public_id:pk>/hand/ with its receipt", "visitor", {"do": "end", "link": "0" * 13}),
    ("look shown", "visitor", {"text": "Well told."}),
    ("tell/<public_id:pk>/more/ with its receipt", "visitor", MORE),
    ("status sent", "visitor", {"do": "answer", "text": "In spring."}),
    ("status sent", "visitor", {"do": "approve", "sha256": "0" * 64}),
    ("tell/<public_id:pk>/status/ with its receipt", "visitor", {"do": "voice", "voice": "confidential"}),
    ("moderation/reports/<public_id:key>/", "moderator", {"do": "answer", "answer": "We looked."}),
    (
        "moderation/reports/<public_id:key>/",
        "moderator",
        {"do": "reply", "organisation": "Cyngor Valley 1", "role": "Chief", "text": "It was so."},
    ),
    ("tell/<public_id:pk>/status/ with its receipt", "visitor", {"do": "reply", "question": "0" * 13, "reply": "Yes"}),
    ("stories/<public_id:pk>/helped/ nothing chosen", "member", {"kind": "thanks"}),
    (
        "stories/<public_id:pk>/curate/",
        "programme_team",
        {"evaluation": "own", "cross_sector": "on", "champion": "on", "programme": ""},
    ),
    ("organisations/<str:code>/pledge/", "front_line", {"name": "Ann", "role": "Chief"}),
    (
        "plan/ with nothing typed",
        "visitor",
        {"text": "Tablets", "service": "service-0", "users": "users-0", "delivery": "1"},
    ),
    ("projects/<public_id:key>/", "author", {"do": "start"}),
    ("moderation/invited/ asked", "author", {"do": "accept"}),
    ("account/delete/", "member", {}),
    (
        "collections/<slug:slug>/edit/",
        "programme_team",
        {"do": "words", "title_en": "T", "title_cy": "T", "introduction_en": "I", "introduction_cy": "I"},
    ),
)
OF_SIGNING_IN: tuple[Form, ...] = (
    ("sign-in/verify/ sent", "visitor", {"code": "ABC123", "action": ""}),
    ("sign-in/out/", "member", {"next": "/"}),
    ("account/second-factor/sign-in/ asked", "visitor", {"code": "123456", "credential": "{}"}),
    ("account/second-factor/app/remove/", "member", {}),
    ("account/second-factor/passkeys/<int:pk>/remove/ one's own", "member", {}),
    ("account/second-factor/recovery/new/", "member", {}),
)
FORMS = (*OF_NETWORKS, *OF_MEETING, *OF_CARDS, *OF_STORIES, *OF_SIGNING_IN)
