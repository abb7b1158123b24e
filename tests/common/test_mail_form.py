"""What a mail looks like: words once, as plain text and as HTML, in the reader's language, with the reason for it."""

import email
import re
from email import policy
from html.parser import HTMLParser

import pytest
from django.conf import settings
from django.core import mail
from django.urls import reverse
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from learning_portal.common.mail import headers, kinds, stopping
from learning_portal.common.mail.compose import mail_of, told, weekly_mail_of
from learning_portal.common.mail.look import Part, dress, parts_of
from learning_portal.common.models import Message
from tests.factories import UserFactory

PORTAL = settings.PORTAL_URL


def message(kind: str, language: str = "en", **context) -> Message:
    """A row for somebody without an account, not saved."""
    return Message(id=7, address="reader@council.example", kind=kind, language=language, context=context)


def html_of(made) -> str:
    [(content, subtype)] = made.alternatives
    assert subtype == "text/html"
    return content


class Words(HTMLParser):
    """The words of a page, and its links."""

    def __init__(self, page: str):
        super().__init__()
        self.words: list[str] = []
        self.links: list[str] = []
        self.feed(page[page.index("<body") :])

    def handle_data(self, data):
        self.words += data.split()

    def handle_starttag(self, tag, attributes):
        self.links += [value for name, value in attributes if name == "href"]


# --- HTML out of text -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("One.\nTwo.", Part("paragraph", ("One.", "Two."))),
        ("- one\n- two", Part("list", ("one", "two"))),
        ("1. A heading", Part("heading", ("1. A heading",))),
        ("Read it:\nhttps://portal.example/a/", Part("button", ("Read it",), "https://portal.example/a/")),
        ("QK7-M2P", Part("code", ("QK7-M2P",))),
        ("483920", Part("code", ("483920",))),
        ("Read it\nhttps://portal.example/a/", Part("paragraph", ("Read it", "https://portal.example/a/"))),
        ("Read it:\njavascript:alert(1)", Part("paragraph", ("Read it:", "javascript:alert(1)"))),
        ("- one\ntwo", Part("paragraph", ("- one", "two"))),
    ],
)
def test_each_shape(text, part):
    assert parts_of(f"\n\n{text}\n  \n\nEnd.") == [part, Part("paragraph", ("End.",))]


lines = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=60)
texts = st.lists(lines, max_size=12).map("\n".join)


ELEMENTS = "html head meta title body table tr td a h1 h2 ul li p br"


@given(texts)
def test_whatever_the_words_are_they_stay_words(text):
    _plain, html = dress(subject=text[:50], words=text, footer=text)
    assert set(re.findall(r"<(\w+)", html)) <= set(ELEMENTS.split())
    assert all(link.startswith(("http://", "https://")) for link in Words(html).links)


@given(texts)
def test_no_word_is_lost(text):
    """Marks of lists and addresses of buttons aside, HTML says what the text says."""
    plain, html = dress(subject="S", words=text, footer="Why.")
    shown = Words(html).words + Words(html).links
    for word in text.split():
        assert word in plain
        assert any(word.removesuffix(":") in found for found in shown) or word == "-"


# --- One message ----------------------------------------------------------------------------------------------------


def test_both_parts_say_the_same(kinds):
    made = mail_of(message("request", name="Siân", number=5))
    assert made.subject == "Siân would like to meet you"
    assert made.body.startswith("Siân has asked. Nobody else was asked.\n\nAnswer them:\n")
    words = Words(html_of(made))
    assert f"{PORTAL}/requests/5/" in words.links
    assert f"{PORTAL}/requests/5/" in made.body
    for word in ("Siân", "asked.", "Answer", "Because", "meet."):
        assert word in words.words
        assert word in made.body


def test_what_people_wrote_is_no_markup(kinds):
    made = mail_of(message("request", name="<b>Bob</b> & co {{ number }}", number=5))
    assert made.subject == "<b>Bob</b> & co {{ number }} would like to meet you"
    assert "<b>Bob</b> & co" in made.body
    assert "<b>" not in html_of(made)


def test_every_mail_says_why_and_how_to_stop_it(kinds):
    made = mail_of(message("news"))
    assert "Because you asked for news." in made.body
    [address] = re.findall(rf"Stop mails like this \(News\):\n({PORTAL}\S+)\n", made.body)
    token = address.removeprefix(PORTAL + "/mail/stop/").rstrip("/")
    assert stopping.read(token) == (stopping.Subscriber.of(None, "reader@council.example"), ["news"])
    assert address in Words(html_of(made)).links
    assert made.extra_headers["List-Unsubscribe"] == f"<{address}>"
    assert made.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_an_answer_says_why_it_cannot_be_stopped(kinds):
    made = mail_of(message("reply", number=5))
    assert "You get this mail because you sent something in." in made.body
    assert "so they cannot be stopped" in made.body
    assert "so they cannot be stopped" in html_of(made)
    assert "/mail/stop/" not in made.body + html_of(made)
    assert not any(name.startswith("List-") for name in made.extra_headers)


def test_it_speaks_the_language_of_its_reader():
    with override("en"):
        made = mail_of(message("message_waiting", "cy"))
    assert made.subject == "Mae gennych chi neges"
    assert "Rydych yn cael yr e-bost hwn" in made.body
    assert '<html lang="cy">' in html_of(made)
    english = mail_of(message("message_waiting"))
    assert english.subject == "You have a message"
    assert '<html lang="en">' in html_of(english)


@pytest.mark.parametrize("language", ["en", "cy"])
@pytest.mark.parametrize("kind", [kind.name for kind in kinds.OWN if kind != kinds.SIGN_IN])
def test_every_kind_has_a_template_with_a_subject_and_words(kind, language):
    with override(language):
        made = told(kind, {})
    assert 5 < len(made.subject) < 70
    assert made.words


def test_the_operator_is_named(kinds, settings):
    settings.OPERATOR_NAME = "Improvement Office"
    made = mail_of(message("news"))
    assert "Learning Portal, run by Improvement Office" in made.body
    assert "Improvement Office" in html_of(made)


# --- A weekly mail --------------------------------------------------------------------------------------------------


def weekly(*items: Message, language: str = "en"):
    return weekly_mail_of(message("digest", language), items)


def test_several_in_one_mail_each_with_its_reason(kinds):
    made = weekly(message("request", name="Siân", number=5), message("news", number=2), message("news", number=3))
    assert made.subject == "3 things wait for you on the Learning Portal"
    places = [made.body.index(f"\n{n}. {line}") for n, line in ((1, "Siân would"), (2, "News 2"), (3, "News 3"))]
    assert places == sorted(places)
    assert "What needs an answer from you comes first." in made.body
    assert made.body.count("Because you asked for news.") == 1
    assert made.body.count("Because you said you would meet.") == 1
    stops = [link for link in Words(html_of(made)).links if "/mail/stop/" in link]
    assert [stopping.read(stop.split("/")[-2])[1] for stop in stops] == [["request"], ["news"]]
    button = made.extra_headers["List-Unsubscribe"].strip("<>")
    assert stopping.read(button.split("/")[-2])[1] == ["request", "news"]


def test_a_single_one_goes_as_itself(kinds):
    made = weekly(message("news", number=2))
    assert made.subject == "News 2"
    assert "1. " not in made.body


def test_nothing_needs_an_answer(kinds):
    assert "Nothing here needs an answer from you." in weekly(message("news"), message("helped", number=9)).body


def test_a_weekly_mail_in_welsh_counts_as_welsh_does(kinds):
    items = [message("news", number=n) for n in range(8)]
    assert weekly(*items[:2], language="cy").subject == "Mae 2 beth yn aros amdanoch ar y Porth Dysgu"
    assert weekly(*items, language="cy").subject == "Mae 8 o bethau yn aros amdanoch ar y Porth Dysgu"


# --- Headers --------------------------------------------------------------------------------------------------------


def names_of(made) -> set[str]:
    return {name for part in made.message().walk() for name in part}


def test_only_headers_of_the_list_leave(kinds):
    made = mail_of(message("news"))
    assert {name.lower() for name in names_of(made)} <= headers.ALLOWED
    sent = email.message_from_bytes(made.message().as_bytes(), policy=policy.default)
    assert sent["To"] == "reader@council.example"
    assert sent["Auto-Submitted"] == "auto-generated"
    assert re.fullmatch(r"<[0-9a-z]{13}@127\.0\.0\.1>", sent["Message-ID"])
    assert sent["List-Unsubscribe"].strip().startswith(f"<{PORTAL}/mail/stop/")
    assert sent["List-Unsubscribe"].endswith("/>")


def test_what_a_relayed_message_brings_along_is_taken_off():
    made = headers.PortalMail(
        "Words",
        "Text",
        to=["a@b.example"],
        cc=["copy@b.example"],
        reply_to=["writer@council.example"],
        headers={"X-Mailer": "Outlook", "In-Reply-To": "<1@x>", "X-Originating-IP": "10.0.0.1", "Received": "by x"},
    )
    made.attach("who-i-am.txt", "text", "text/plain")
    names = names_of(made)
    assert {name.lower() for name in names} <= headers.ALLOWED
    assert {"Subject", "To", "From", "Date", "Message-ID"} <= names
    assert b"who-i-am" not in made.message().as_bytes()
    assert b"writer@council.example" not in made.message().as_bytes()


def test_a_subject_holds_no_second_line():
    made = mail_of(message("message_waiting"))
    assert "\n" not in made.subject
    made.message()


# --- Codes to sign in -----------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_codes_look_the_same_and_are_sent_at_once(client):
    user = UserFactory(email="sian@council.example")
    client.post(reverse("account_request_login_code"), {"email": user.email})
    [made] = mail.outbox
    assert not Message.objects.exists()
    code = re.search(r"^[A-Z0-9-]{6,}$", made.body, re.MULTILINE)[0]
    html = html_of(made)
    assert f">{code}</p>" in html
    assert "so they cannot be stopped" in made.body
    assert "somebody typed this address" in html
    shared = html_of(mail_of(message("message_waiting")))
    frame = re.compile(r"<body[^>]*>.*?<h1[^>]*>", re.DOTALL)
    assert frame.search(html)[0] == frame.search(shared)[0]
