"""What no page could use, sent to pages that open only when something was made before: for `tests/nasty.py`.

A row of the table of access makes it and knows its address, so that nobody finds the address closed before their words
are read. Every field gets what is most often wrong, and some of the rest by turns.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import quote_plus, urlencode

from tests.nasty_forms import FORMS, LOOK, NAMED, ROW

if TYPE_CHECKING:
    from tests.nasty import Try

SENT = ("GET", "POST")
OPTIONS = ("topic", "dial", "sector", "delivery", "budget", "wrong")
ASKED: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("people/meet/", "member", ("topic", "format", "within", "plan", "story")),
    ("people/<public_id:key>/ask/", "member", ("plan", "change")),
    ("stories/<public_id:pk>/ask/", "member", ("plan", "change")),
    ("stories/<public_id:pk>/ask/ confidential", "member", ("plan", "change")),
    ("stories/<public_id:pk>/note/", "author", ("for",)),
    ("find/", "member", ("plan", *OPTIONS)),
    ("plan/<str:key>/watch/ one's own", "member", OPTIONS),
    ("networks/", "visitor", ("topic", "sector")),
    ("networks/new/", "member", ("topics", "sectors")),
    ("networks/<slug:slug>/", "network", ("page", "said")),
    ("networks/<slug:slug>/members/", "convenor", ("page",)),
    ("networks/<slug:slug>/ask/", "convenor", ("ready",)),
    ("events/new/", "convenor", ("network",)),
    ("meet/afterwards/<str:token>/ to the asker", "visitor", ("done",)),
    ("tell/<public_id:pk>/words/ with its receipt", "visitor", ("missing", "saved")),
    ("tell/<public_id:pk>/check/ with its receipt", "visitor", ("as",)),
    ("tell/<public_id:pk>/status/ with its receipt", "visitor", ("done",)),
    ("tell/<public_id:pk>/hand/ with its receipt", "visitor", ("done",)),
    ("tell/<public_id:pk>/look/ with its receipt", "visitor", ("said",)),
)
"""Parameters of addresses, of which row, in which role."""
WITH_BOTH = {"find/": LOOK, "plan/<str:key>/watch/ one's own": {}, "networks/new/": NAMED}
"""Forms that keep what stands in the address."""
PATHS = (
    *("/card/answer/{}/", "/people/left/{}/", "/networks/still/{}/", "/stories/use/stopped/{}/", "/actions/asked/{}/"),
    *("/meet/answer/{}/", "/meet/with/{}/", "/meet/with/{}/calendar/", "/meet/with/{}/change/", "/meet/afterwards/{}/"),
    *("/networks/{}/", "/networks/{}/join/", "/networks/{}/posts/", "/account/card/{}/", "/people/{}/"),
)
OF_KEYS = (
    *("/people/{}/", "/people/{}/left/", "/people/{}/ask/", "/desk/{}/", "/watches/{}/", "/colleagues/{}/"),
    *("/stories/{}/ask/", "/stories/{}/ask/sent/", "/stories/{}/use/", "/stories/{}/follow/", "/events/{}/cancel/"),
    *("/meet/{}/", "/meet/sent/{}/", "/meet/{}/calendar/", "/meet/{}/change/", "/meet/{}/withdraw/", "/actions/{}/"),
    *("/networks/network-of-0/questions/{}/", "/networks/network-of-0/posts/{}/", "/tell/{}/versions/"),
    *("/networks/invitations/{}/", "/networks/proposed/{}/"),
)
ONE_IN = 16
"""What is nasty, and tried with each field, beside `SHARP`: others with the next."""
SHARP = ("tablets\x00rounds", "9" * 30, "<fz\"'><script>alert(1)</script>", "a" * 5_000)
"""For every field."""
DAYS = ("31/12/9999", "1/1/1", "30/2/2027", "2027-02-30", "31/3/2027 25:61")
OF_A_DAY = {"day", "until", "due_on", "next_day", "not_before", "ends_on", "seen", "time", "next_time", "paused_until"}

Turns = Callable[[Sequence[str]], Sequence[str]]


def in_opened(make: type[Try], nasty: Sequence[str], raw: Sequence[str], edges: Sequence[str]) -> Iterator[Try]:
    turns = itertools.count()

    def some(values: Sequence[str]) -> Sequence[str]:
        return values[next(turns) % min(ONE_IN, len(values)) :: ONE_IN]

    def of_row(name: str, role: str, method: str = "GET", **sent: Any) -> Try:
        return make(f"/{ROW[name].pattern}", method, row=ROW[name], role=role, **sent)

    yield from in_forms(of_row, some, nasty, raw)
    yield from in_queries(of_row, some, nasty, raw)
    for path, method in itertools.product(PATHS, SENT):
        yield from (make(path.format(quote_plus(value)), method, role="member") for value in some(nasty))
    for path, method, key in itertools.product(OF_KEYS, SENT, edges):
        yield make(path.format(key), method, role="programme_team" if path.startswith("/desk") else "network")


KEPT = {
    *("text", "words", "name", "role", "address", "plan", "place", "why", "title", "expected", "wrong", "differently"),
    *("happened", "past", "involved", "adapt", "reply_1", "links", "months", "cost", "question", "monthly_limit"),
    *("day", "time", "due_on", "until", "paused_until", "ends_on", "not_before", "team_mailbox", "code"),
    *("title_en", "title_cy", "introduction_en", "introduction_cy", "convenor_name", "convenor_role"),
    *("name_en", "purpose_en", "name_cy", "purpose_cy", "elsewhere_url", "joining_en", "joining_cy"),
    *(f"question_{number}" for number in range(1, 4)),
    *(f"choice_{number}" for number in range(1, 7)),
}
"""What is typed freely, and stands in the page again if it is refused."""


def in_forms(of_row: Callable[..., Try], some: Turns, nasty: Sequence[str], raw: Sequence[str]) -> Iterator[Try]:
    for name, role, form in FORMS:
        name, _, query = name.partition("?")
        for field in form:
            # No page sends a deed, or a question to reply to, that it does not offer: nobody's words are lost by it.
            kept = () if field == "do" or "reply" in form else tuple(KEPT.intersection(form))
            for value in (*SHARP, *some(nasty), *(DAYS if field in OF_A_DAY else ())):
                yield of_row(name, role, "POST", query=query, kept=kept, body=urlencode({**form, field: value}))
        yield from (of_row(name, role, "POST", query=query, body=sent) for sent in some(raw))


def in_queries(of_row: Callable[..., Try], some: Turns, nasty: Sequence[str], raw: Sequence[str]) -> Iterator[Try]:
    for name, role, fields in ASKED:
        body, kept = urlencode(WITH_BOTH.get(name, {})), tuple(KEPT.intersection(WITH_BOTH.get(name, ())))
        for query in (urlencode({field: value}) for field in fields for value in (*SHARP, *some(nasty))):
            yield of_row(name, role, query=query)
            if name in WITH_BOTH:
                yield of_row(name, role, "POST", query=query, body=body, kept=kept)
        yield from (of_row(name, role, query=f"{fields[0]}={sent}") for sent in some(raw))
