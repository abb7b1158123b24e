"""Input that no page could use: typed, pasted, guessed, and sent by machines. `test_fuzz` asks with all of it."""

import dataclasses
import itertools
from collections.abc import Iterator
from urllib.parse import quote_plus, urlencode

from learning_portal.common.public_ids import encode
from tests.access_rows import METHODS, Row
from tests.access_table import OBJECTS
from tests.nasty_events import in_events
from tests.nasty_opened import in_opened
from tests.worlds import key_of

MARK = "<fz\"'>"
"""If this comes back as it is, so would a script."""
NASTY = (
    "",
    "a",
    "a" * 5_000,
    "😀🏴󠁧󠁢󠁷󠁬󠁳󠁿👩‍👩‍👧",
    "\x00",
    "tablets\x00rounds",
    "\u202eabc\u2066\ufeff\u200b",
    "\ud7ff\uffff\U0010ffff",
    f"{MARK}<script>alert(1)</script>",
    f"{{{{ 7 }}}} {{% load x %}} {MARK}",
    '"unbalanced',
    "'unbalanced",
    "AND OR NOT NEAR",
    "NEAR(a b, 3)",
    '"a" * "b" ^ 3 - : + ~ @ | & ! <-> *',
    "' OR 1=1 --",
    "1 UNION SELECT password FROM common_user",
    "\\' \\\" \\\\ %s %(x)s %d {0}",
    "%",
    "9" * 30,
    "-1",
    "1e400",
    "٣",
    "[]",
    "../../etc/passwd",
    "\r\nSet-Cookie: a=b",
    "javascript:alert(1)",
    "//elsewhere.example/",
    "W1",
    "problem-0",
    "ŵŷâ Ŵ Tŷ gŵyl",
    "İıſß",
    "e\u0301\u0301\u0301",
)
RAW = (
    "%",
    "%zz",
    "%ff%fe",
    "%c0%af",
    "%u0041",
    "%00",
    "a%00b",
    "%ed%a0%80",
    "+",
    "&&&=&=",
    "%26amp%3B%3C",
    "=",
    "[]=1",
)
"""Query strings and parts of paths as no browser would write them."""


@dataclasses.dataclass(frozen=True)
class Try:
    """One request with something nasty in it."""

    path: str
    method: str = "GET"
    query: str = ""
    body: str | bytes = ""
    content_type: str = "application/x-www-form-urlencoded"
    headers: tuple[tuple[str, str], ...] = ()
    role: str = "visitor"
    row: Row | None = None
    """Of the table of access: it makes what is asked about, and knows the address, of which `path` is the pattern."""
    kept: tuple[str, ...] = ("text",)
    """The fields whose words stand in the page again if it refuses them."""

    def __str__(self) -> str:
        return f"{self.method} {self.path[:60]}?{self.query[:60]} {self.body[:60]!r} {str(self.headers)[:80]}"


FACETS = ("outcome", "problem", "service", "year")
"""One of each sort."""
OPTIONS = ("dial", "sector", "topic", "delivery", "budget", "wrong", "unknown")
PARAMETERS: dict[str, tuple[str, ...]] = {
    "/": ("plan", "unknown"),
    "/stories/": ("q", "order", "page", "programme", "like", "exactly", "unknown", *FACETS),
    "/topics/": ("q",),
    "/plan/own/": OPTIONS,
    "/plan/own/text/": ("topic", "dial"),
    "/organisations/": ("q", "page", "kind", "nation", "stories"),
    "/organisations/suggest/": ("q",),
    "/organisations/W0/": ("kind",),
    "/people/": ("topic", "format", "sector", "language", "network", "order", "page"),
    "/people/at-risk/": ("page",),
    "/sign-in/": ("next",),
    "/account/": ("next",),
    "/moderation/reports/": ("page",),
    "/moderation/": ("handed", "page"),
    "/moderation/criteria/": ("page",),
    "/moderation/people/": ("do", "address"),
    "/account/away/": ("until",),
    "/collections/seen/": ("page",),
}
FORMS: dict[str, dict[str, str]] = {
    "/plan/": {
        "text": "Tablets for home carers on rounds",
        "organisation": "Cyngor Valley 1",
        "problem": "problem-0",
        "budget": "30000",
    },
    "/language/": {"language": "cy", "next": "/stories/"},
    "/sign-in/": {"email": "author@portal.example", "next": "/account/"},
    "/sign-in/new/": {"email": "new@portal.example", "next": "/account/"},
    "/sign-in/code/": {"code": "ABC123"},
    "/admin/login/": {"username": "staff@portal.example", "password": "guess", "next": "/admin/"},
}
HEADERS = (
    "Accept-Language",
    "HX-Request",
    "HX-Boosted",
    "HX-Target",
    "HX-Current-URL",
    "Referer",
    "Origin",
    "If-Modified-Since",
    "Range",
    "X-Forwarded-For",
    "X-Requested-With",
    "Content-Type",
)
COOKIES = ("sessionid", "csrftoken", "django_language", "messages")
TYPES = (
    "application/json",
    "text/plain",
    "multipart/form-data",
    "multipart/form-data; boundary=",
    "multipart/form-data; boundary=x",
    "application/x-www-form-urlencoded; charset=utf-7",
    "application/x-www-form-urlencoded; charset=rot13",
    "application/x-www-form-urlencoded; charset=nonsense",
    "text/html; charset=utf-16",
    "nonsense;;;=",
)
HEADER_SAFE = [value for value in NASTY if not {"\r", "\n", "\x00"} & set(value) and len(value) < 1_000]


SENT = ("GET", "POST")
WAITING = ("reports", "replies")
OF_AN_ITEM = ("", "edit/")


def in_addresses() -> Iterator[Try]:
    for (path, names), value in itertools.product(PARAMETERS.items(), NASTY):
        yield from (Try(path, query=urlencode({name: value})) for name in names)
    for path, raw in itertools.product(PARAMETERS, RAW):
        yield Try(path, query=raw)
        yield Try(path, query=f"{PARAMETERS[path][0]}={raw}")
    for path in PARAMETERS:
        name = PARAMETERS[path][0]
        yield Try(path, query="&".join(f"{name}={number}" for number in range(400)))
        yield Try(path, query=f"{name}={'a' * 100_000}")
        yield Try(path, query=urlencode([(name, value) for value in NASTY[4:] if len(value) < 100]))


PATTERNS = (
    "/stories/{}/",
    "/organisations/{}/",
    "/plan/{}/",
    "/plan/{}/text/",
    "/plan/shared/{}/",
    "/collections/{}/",
    "/{}",
    "/dev/{}",
)
OF_A_STORY = ("report", "report/sent", "reply", "note", "helped", "curate", "history")
EDGES = ("z" * 13, "0" * 13, "8" + "0" * 12, "7" + "z" * 12, "0" * 14)
"""Public ids at the ends of what they stand for, and past them."""


def in_paths() -> Iterator[Try]:
    for pattern in PATTERNS:
        yield from (Try(pattern.format(quote_plus(value))) for value in NASTY)
        yield from (Try(pattern.format(raw)) for raw in RAW)
    yield from (Try(f"/stories/{key}/") for key in EDGES)
    yield from (Try(f"/stories/{key}/{page}/", method) for key in EDGES for page in OF_A_STORY for method in SENT)
    yield from (
        Try(f"/moderation/{page}/{key}/", method, role="moderator")
        for key in EDGES
        for page in WAITING
        for method in SENT
    )


DECISION = {"seen": "published", "read": "0" * 64}
DECISIONS: dict[str, dict[str, str]] = {
    "ask": {**DECISION, "text": "Which spring was it?"},
    "hide": {**DECISION, "reason": "It names somebody."},
    "merge": {**DECISION, "into": "0" * 13},
    "withdraw": {**DECISION, "reason": "It names somebody."},
}
SAFER = {"read": "0" * 64, "title": "Safer", "wrong": "Safer words.", "links": "https://example.org/"}


def in_moderation() -> Iterator[Try]:
    """Decisions about a published story, and about one that does not exist."""
    shelved = encode(key_of("shelf 0"))
    for key, (deed, form), value in itertools.product((shelved, EDGES[0]), DECISIONS.items(), (*NASTY, "a" * 100_000)):
        for name in ("do", *form):
            body = urlencode({"do": deed, **form, name: value})
            yield Try(f"/moderation/{key}/", "POST", body=body, role="moderator")
    for value, name in itertools.product(NASTY, SAFER):
        body = urlencode({**SAFER, name: value})
        yield Try(f"/moderation/{shelved}/edit/", "POST", body=body, role="moderator")
    yield from (Try(f"/moderation/{shelved}/", "POST", body=raw, role="moderator") for raw in RAW)
    yield from (
        Try(f"/moderation/{key}/{page}", method, role="moderator")
        for key in EDGES
        for page in OF_AN_ITEM
        for method in SENT
    )


def in_forms() -> Iterator[Try]:
    for (path, form), value in itertools.product(FORMS.items(), (*NASTY, "a" * 100_000)):
        for name in form:
            yield Try(path, "POST", body=urlencode({**form, name: value}))
    for path, form in FORMS.items():
        yield Try(path, "POST", body=urlencode({**form, "filler": "a" * 3_000_000}))
        yield Try(path, "POST", body=urlencode([*form.items(), *((f"f{n}", "") for n in range(600))]))
        yield Try(path, "POST", body=b"\xff\xfe=\x00&text=\xff")
        yield from (Try(path, "POST", body=urlencode(form), content_type=kind) for kind in TYPES)
        yield from (Try(path, "POST", body=raw) for raw in RAW)
    yield from (Try(f"/plan/{quote_plus(value)}/share/", "POST") for value in NASTY)
    yield from (Try("/plan/own/share/", "POST", query=urlencode({"topic": value})) for value in NASTY)


REPORT = {"reason": "wrong", "words": "The third paragraph is wrong.", "address": "reader@council.example"}


def in_reports() -> Iterator[Try]:
    """Of the first story on the shelf."""
    path = f"/stories/{encode(key_of('shelf 0'))}/report/"
    for value, name in itertools.product((*NASTY, "a" * 100_000), REPORT):
        yield Try(path, "POST", body=urlencode({**REPORT, name: value}))
    yield from (Try(path, "POST", body=raw) for raw in RAW)
    for value, (page, role, name) in itertools.product(NASTY, OF_TEAM):
        form = {"do": name if name in {"add", "erase"} else "words", "story": value, name: value}
        yield Try(page, "POST", body=urlencode(form), role=role)


OF_TEAM = (
    ("/collections/new/", "programme_team", "title_en"),
    ("/collections/seen/edit/", "programme_team", "add"),
    ("/collections/seen/edit/", "programme_team", "do"),
    (f"/stories/{encode(key_of('shelf 0'))}/curate/", "programme_team", "champion"),
    ("/organisations/W0/pledge/", "front_line", "role"),
    ("/organisations/W0/pledge/", "front_line", "remove"),
)


def in_mail() -> Iterator[Try]:
    """Links of mails that were cut short or made up, and choices of mail that no page offers."""
    for value in (*NASTY, "WzEsIm5ld3MiXQ.x", "W10.", ".", "a.b.c"):
        path = f"/mail/stop/{quote_plus(value)}/"
        yield from (Try(path), Try(path, "POST", body="List-Unsubscribe=One-Click"))
        yield Try("/account/mail/", "POST", body=urlencode({"kinds": value}), role="member")
        yield Try("/mail/failing/", "POST", body=urlencode({"x": value}), role="programme_team")


def in_coffee() -> Iterator[Try]:
    """Coffee rounds: what members and convenors say, at networks and keys that are none, and made-up links."""
    network = "/networks/network-of-0/coffee/"
    forms = (
        (network, "network", {"part": "yes", "reach": "Ring me", "name": "A"}),
        (f"{network}rounds/", "convenor", {"do": "start", "rhythm": "once", "starts_on": "1/1/2027"}),
        (f"{network}preview/", "convenor", {"do": "send", "shown": "0" * 64}),
    )
    for (path, role, form), value in itertools.product(forms, (*NASTY, "a" * 100_000)):
        yield from (Try(path, "POST", body=urlencode({**form, name: value}), role=role) for name in form)
    for value, method in itertools.product(NASTY, SENT):
        key = quote_plus(value)
        for page in (f"/networks/{key}/coffee/", f"/coffee/{key}/", f"/coffee/met/{key}/"):
            yield Try(page, method, body="words=Tuesday&met=yes", role="network")
    yield from (Try(f"/coffee/{key}/", method, role="network") for key in EDGES for method in SENT)


def in_coming_in() -> Iterator[Try]:
    """What people say about themselves, and second factors that are none."""
    forms = {
        "/account/interests/": {"knows": "problem-0", "wants": "problem-1", "formats": "call", "language": "cy"},
        "/account/where-you-work/": {"organisation": "1", "capacity": "employee"},
        "/account/where-you-work/ask/": {
            "name": "A",
            "organisation": "Cyngor Valley 1",
            "capacity": "elected",
            "sponsor": "front_line@portal.example",
        },
        "/account/second-factor/again/": {"code": "123456"},
        "/account/second-factor/app/": {"code": "123456"},
        "/account/second-factor/passkeys/add/": {"name": "A", "credential": "{}"},
    }
    for (path, form), value in itertools.product(forms.items(), (*NASTY, *NO_PASSKEYS)):
        for name in form:
            yield Try(path, "POST", body=urlencode({**form, name: value}), role="member")
    for value in NASTY:
        yield Try(f"/account/where-you-work/left/{quote_plus(value)}/", "POST", role="member")
        yield Try(f"/colleagues/{quote_plus(value)}/", "POST", body="answer=confirm", role="front_line")
        yield Try(f"/sign-in/with/{quote_plus(value)}/", query=urlencode({"next": value}))
        yield Try(f"/sign-in/with/{quote_plus(value)}/back/", query=urlencode({"code": value, "state": value}))


def in_telling() -> Iterator[Try]:
    """Drafts at guessed addresses, receipts that are none, and answers that no form of ours sends."""
    for value in NASTY:
        key = quote_plus(value)
        for page in (
            "",
            "words/",
            "save/",
            "versions/",
            "check/",
            "sent/",
            "status/",
            "keep/",
            "more/",
            "hand/",
            "look/",
        ):
            yield Try(f"/tell/{key}/{page}")
        yield Try("/tell/receipt/", "POST", body=urlencode({"receipt": value}))
        progress = {"story": value, "status": value, "line": value}
        yield Try("/tell/progress/", "POST", body=urlencode(progress), role="member")
        yield Try("/tell/mine/", "POST", body=urlencode({"story": value}), role="member")
        yield Try("/tell/lessons/", "POST", body=urlencode({"voice": value, "place": value}), role="front_line")
    for key in EDGES:
        for page in ("words/", "save/", "check/", "status/", "hand/", "look/"):
            for deed in ("withdraw", "change"):
                yield Try(f"/tell/{key}/{page}", "POST", body=f"read=0&title=a&do={deed}")
    for value in HEADER_SAFE:
        yield Try("/tell/7zzzzzzzzzzzz/words/", headers=(("Cookie", f"receipt={value}"),))


def _upload(name: str, content: str, role: str) -> Try:
    head = f'Content-Disposition: form-data; name="file"; filename="{name}"'
    body = f"--x\r\n{head}\r\n\r\n{content}\r\n--x--\r\n".encode(errors="replace")
    return Try("/projects/", "POST", body=body, content_type="multipart/form-data; boundary=x", role=role)


def in_custody() -> Iterator[Try]:
    """References that are none. A custodian gives no reason here, so that nobody is told anything."""
    for value, role in itertools.product((*NASTY, *EDGES), ("custodian", "moderator")):
        yield Try("/custody/", "POST", body=urlencode({"key": value, "reason": "", "sure": "on"}), role=role)
        yield Try("/custody/", "POST", body=urlencode({"key": "x", "reason": value, "sure": value}), role=role)


def in_people() -> Iterator[Try]:
    """Addresses that are none, days that no calendar has, and people of guessed numbers."""
    forms = (
        ("/moderation/people/", "programme_team", {"address": "new@portal.example", "language": "cy", "do": "invite"}),
        ("/moderation/people/", "programme_team", {"address": "new@portal.example", "do": "take_back"}),
        ("/moderation/invited/", "member", {"do": "accept"}),
        ("/account/away/", "moderator", {"until": "2027-03-31", "do": "set"}),
    )
    for (path, role, form), value in itertools.product(forms, (*NASTY, "a" * 100_000, "9999-12-31", "2026-02-30")):
        for name in form:
            yield Try(path, "POST", body=urlencode({**form, name: value}), role=role)
    for value, method in itertools.product((*NASTY, "0", "9" * 19), SENT):
        yield Try(f"/moderation/people/{quote_plus(value)}/end/", method, role="programme_team")


def in_projects() -> Iterator[Try]:
    """Lists that are none, and invitations at guessed addresses."""
    for value in (*NASTY, "a" * 100_000):
        yield from (_upload(name, value, "programme_team") for name in ("list.csv", "list.xlsx"))
    yield from (_upload(f"{value}.csv", "a,b\n1,2", "programme_team") for value in HEADER_SAFE)
    for value in NASTY:
        yield Try(f"/projects/{quote_plus(value)}/", role="member")
        yield Try(f"/projects/lists/{quote_plus(value)}/", role="programme_team")
    for key, method in itertools.product(EDGES, SENT):
        yield Try(f"/projects/{key}/", method, body="do=start", role="member")
        yield Try(f"/projects/lists/{key}/", method, body="do=take", role="programme_team")


NO_PASSKEYS = (
    "{}",
    '{"id": 1, "response": []}',
    '{"id": "a", "rawId": "a", "response": {}, "type": "public-key"}',
    "null",
)


def in_headers() -> Iterator[Try]:
    paths = itertools.cycle(PARAMETERS)
    for name, value in itertools.product(HEADERS, HEADER_SAFE):
        yield Try(next(paths), headers=((name, value),))
    for name, value in itertools.product(COOKIES, HEADER_SAFE):
        yield Try(next(paths), headers=(("Cookie", f"{name}={value}"),))
    for name in COOKIES:
        yield Try(next(paths), headers=(("Cookie", f'{name}="abcdefghijkl\\000\\377"'),))
    for path, kind in itertools.product(("/", "/stories/"), TYPES):
        yield Try(path, query="q=a", content_type=kind)
    yield from (Try("/", headers=(("Host", host),)) for host in HOSTS)


HOSTS = ("", "elsewhere.example", "a:b:c", "[::1", "127.0.0.1:99999999")


def with_methods() -> Iterator[Try]:
    addresses = [*PARAMETERS, *FORMS, "/plan/own/share/", "/stories/0000000000000/", "/health/", "/admin/"]
    for path, method in itertools.product(addresses, (*METHODS, "TRACE", "PROPFIND", "a")):
        yield Try(path, method)


def in_admin() -> Iterator[Try]:
    lists = [f"/admin/{name}/" for name in OBJECTS]
    for number, value in enumerate(NASTY):
        path = lists[number % len(lists)]
        for name in ("q", "p", "o", "e", "kind__exact"):
            yield Try(path, query=urlencode({name: value}), role="staff")
        yield Try(f"{path}{quote_plus(value)}/change/", role="staff")
        form = dict.fromkeys(("name", "email", "code", "slug"), value)
        yield Try(f"{path}add/", "POST", body=urlencode(form), role="staff")


EVERYTHING = [
    *in_addresses(),
    *in_paths(),
    *in_forms(),
    *in_reports(),
    *in_moderation(),
    *in_mail(),
    *in_coffee(),
    *in_coming_in(),
    *in_telling(),
    *in_custody(),
    *in_people(),
    *in_projects(),
    *in_events(Try, NASTY, RAW),
    *in_opened(Try, NASTY, RAW, EDGES),
    *in_headers(),
    *with_methods(),
    *in_admin(),
]
