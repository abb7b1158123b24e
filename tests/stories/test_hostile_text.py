"""Whatever markup people type, their pages get no tag, attribute or address from it. 10,000 texts by `make prove`."""

from collections.abc import Iterator
from html.parser import HTMLParser
from random import Random
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from stories.content import HUMAN_QUESTIONS, LessonsRecord
from stories.models import Story
from tests.factories import make_story
from tests.stories.telling import moderators
from tests.strength import FULL, marks
from tests.worlds import count

pytestmark = marks

BACKEND = "django.contrib.auth.backends.ModelBackend"
STORIES = 530 if FULL else 15
"""Each has nineteen texts."""
WORD = "tablets"
"""Stands in every text: the search marks it, which splits what stands around it."""

PIECES = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<a href='javascript:alert(1)'>here</a>",
    "[here](javascript:alert(1))",
    "![x](https://a.example/x.png)",
    '[x](https://a.example "onmouseover=alert(1)")',
    "<https://a.example>",
    "<iframe src=//a.example>",
    '"><b onclick=alert(1)>',
    "'><style>*{display:none}</style>",
    "</textarea><script>",
    "</p></div></main>",
    "<!-- ",
    " -->",
    "<![CDATA[",
    "]]>",
    "&lt;script&gt;",
    "&#60;script&#62;",
    "&#x3c;img&#x3e;",
    "&amp;lt;b&amp;gt;",
    "{{ request }}",
    "{% load x %}",
    "```html\n<b>x</b>\n```",
    "`<i>`",
    "# <h1>",
    "* <li>",
    "> <blockquote>",
    "| <td> |",
    "**<em>**",
    "\\<b\\>",
    "<\tscript >",
    "<ScRiPt\n>",
    "\u202e<tpircs>",
    "＜script＞",
    "<mark>",
    "</mark>",
    "\x1b[31m",
    "<form action=//a.example><input name=x>",
    "<base href=//a.example>",
    "<meta http-equiv=refresh content=0>",
    "<math><mi//xlink:href='data:x,<script>'>",
    "\n\n",
    "\n",
    '"',
    "'",
    "<",
    ">",
    "&",
)


def hostile(random: Random, longest: int = 600) -> str:
    pieces = [WORD, *random.choices(PIECES, k=random.randint(1, 6))]
    random.shuffle(pieces)
    return random.choice(["", " "]).join(pieces).strip()[:longest]


def told(text) -> LessonsRecord:
    """A record of which every part is another such text."""
    parts = {section.key: text() for section in LessonsRecord.sections}
    answers = {question.key: text() for question in HUMAN_QUESTIONS[:9]}
    return LessonsRecord(title=text()[:100], summary=text(), answers=answers, **parts)


class Tags(HTMLParser):
    """Every tag of a page with the names of its attributes, and every address that it leads to."""

    def __init__(self, page: str):
        super().__init__(convert_charrefs=True)
        self.tags: set[tuple[str, ...]] = set()
        self.addresses: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.add((tag, *sorted(name for name, _value in attributes)))
        for name, value in attributes:
            if name in {"href", "src", "action"}:
                self.addresses.append(value or "")


def pages_of(story: Story) -> tuple[str, ...]:
    """Where the words of a published story stand."""
    return (
        story.get_absolute_url(),
        f"{reverse('stories:story-list')}?q={WORD}",
        reverse("stories:moderation-item", args=[story.pk]),
        reverse("stories:story-history", args=[story.pk]),
    )


@pytest.fixture
def reader() -> Client:
    """A moderator: who sees every page of them."""
    client = Client()
    client.force_login(moderators(2)[0], backend=BACKEND)
    return client


def body_of(client: Client, path: str) -> Tags:
    response = client.get(path)
    assert response.status_code == 200, path
    return Tags(response.content.decode())


def innocent(client: Client) -> set[tuple[str, ...]]:
    """The tags of the same pages where the words are harmless, when there is one story and when there are several."""
    tags: set[tuple[str, ...]] = set()
    words = f"Our {WORD} stayed in Mrs Rhiannon Prydderch's van.\n\nThe signal was\nweak."
    for number in range(22):
        story = make_story(content=told(lambda: words))
        if number in {0, 1, 21}:
            tags = tags.union(*(body_of(client, path).tags for path in pages_of(story)))
    return tags


def wrong_with(tags: Tags, allowed: set[tuple[str, ...]]) -> Iterator[object]:
    yield from tags.tags - allowed
    yield from (address for address in tags.addresses if urlsplit(address).scheme not in {"", "http", "mailto"})
    yield from (address for address in tags.addresses if urlsplit(address).netloc not in {"", "testserver"})


def test_no_text_brings_markup_with_it(reader, request):
    allowed, random = innocent(reader), Random()
    seed = random.randrange(10**9) if FULL else 2026
    random.seed(seed)
    for number in range(STORIES):
        story = make_story(content=told(lambda: hostile(random)))
        for path in pages_of(story) if number % 10 == 0 else pages_of(story)[:1]:
            found = list(wrong_with(body_of(reader, path), allowed))
            assert found == [], f"seed {seed}, story {number}, {path}"
    count(request, "hostile texts", STORIES * 19)


def test_it_would_be_noticed(reader):
    allowed = innocent(reader)
    story = make_story(content=told(lambda: "Tablets in PLACE"))
    page = reader.get(story.get_absolute_url()).content.decode()
    assert list(wrong_with(Tags(page), allowed)) == []
    for piece in ("<b>x</b>", "<a href='javascript:x'>x</a>", "<p onclick=x>", "<a href='//a.example'>x</a>"):
        assert list(wrong_with(Tags(page.replace("PLACE", piece)), allowed)) != []
