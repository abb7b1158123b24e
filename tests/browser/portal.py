"""The portal with its demo, as a browser finds it: where each page is, and who may be signed in."""

from __future__ import annotations

import dataclasses
import datetime
import io
import itertools
from collections.abc import Callable

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page

from learning_portal.common.mail.kinds import MAIL_FAILING
from learning_portal.common.mail.stopping import Subscriber, token_for
from learning_portal.common.models import Message, ModeratorInvitation, User
from learning_portal.common.public_ids import encode
from networks import left_actions, still_you
from networks.card_actions import save_who
from networks.models import (
    Admission,
    Affiliation,
    CardPrompt,
    Contact,
    Introduction,
    LeftReport,
    Membership,
    Network,
    Organisation,
    Topic,
)
from networks.network_life import STILL_WANTED
from networks.network_posts import say
from networks.network_questions import pose
from networks.views.cards import SECTIONS
from stories.choices import Audience, StoryKind, Voice
from stories.models import ProgressUpdate, Story
from tests.browser import coffee, introductions, meetings, roles, waiting

PLAN = "We want to give police officers tablets so that they can take statements on the road instead of in notebooks."
FAR_PLAN = "Open a space port for tourists on the moon."
READER = "network@portal.example"
"""A front-line member of a network, who may open restricted stories."""
TEAM = "programme@portal.example"
CONVENOR = "convenor@portal.example"
"""Of the network that the reader is in."""
ADDRESSES = itertools.count()

PATHS = {
    "home": "/",
    "stories": "/stories/",
    "stories filtered": "/stories/?outcome=failed&outcome=mixed&nation=1",
    "stories found": "/stories/?q=tablets+signal",
    "stories not found": "/stories/?q=zyzzyva",
    "topics": "/topics/",
    "people": "/people/",
    "people filtered": "/people/?format=visit&sector=1",
    "people not found": "/people/?format=secondment&language=bfi&sector=3",
    "people to meet": "/people/meet/?topic=poor-signal",
    "nobody to meet": "/people/meet/",
    "organisations": "/organisations/",
    "organisations found": "/organisations/?q=council",
    "organisations not found": "/organisations/?q=zyzzyva",
    "about": "/about/",
    "how": "/how-we-work-this-out/",
    "accessibility": "/accessibility/",
    "privacy": "/privacy/",
    "cookies": "/cookies/",
    "feedback": "/feedback/",
    "sign-in": "/sign-in/",
    "new account": "/sign-in/new/",
    "tell": "/tell/",
    "before you start": "/tell/before/",
    "type a receipt": "/tell/receipt/",
    "not found": "/no/such/page/",
}
"""Pages that stand at the same address with any data."""
DEMO = ("lessons", "summary", "unnamed story", "welsh story", "restricted story", "organisation", "council")
PLANS = ("plan", "weak plan", "shared plan")


def submit_nothing(page: Page) -> None:
    page.goto("/")
    page.get_by_role("button", name="Who has tried it?").or_(
        page.locator(".lp-sheet button[type=submit]")
    ).first.click()


def sign_in_halfway(page: Page) -> None:
    page.goto("/sign-in/")
    # Each time another: three codes a minute are all that one address gets.
    page.locator("input[name=email]").fill(f"reader{next(ADDRESSES)}@portal.example")
    page.locator("main form button[type=submit]").first.click()


def stop_mail(page: Page) -> None:
    page.goto(f"/mail/stop/{token_for(Subscriber.of(None, READER), [MAIL_FAILING.name])}/")
    page.locator("main form button[type=submit]").click()


TOLD = {
    "title": "The tablets had no signal",
    "wrong": "On 14 March Mrs Eleri Probert rang us: half of the villages have no signal.",
    "differently": "Ride along on the longest round first.",
}


def begin_story(page: Page, voice: str = "confidential") -> None:
    """Page 1 of telling: to page 2, or to the receipt."""
    page.goto("/tell/lessons/")
    page.locator(f"input[name=voice][value={voice}]").check()
    page.locator("main form button[type=submit]").click()


def write_story(page: Page, voice: str = "confidential") -> None:
    """Pages 1 and 2: to page 3."""
    begin_story(page, voice)
    for name, text in TOLD.items():
        page.locator(f"[name={name}]").fill(text)
    page.locator("select[name=topic]").select_option(index=1)
    page.locator("input[name=outcome][value=failed]").check()
    page.locator("button[name=then][value=check]").click()


def send_story(page: Page) -> None:
    """All three pages: to the confirmation."""
    write_story(page)
    page.locator("input[name=audience][value=members]").check()
    page.locator("main form button.lp-button--large").click()


def after_sending(name: str) -> Callable[[Page], None]:
    def go_on(page: Page) -> None:
        send_story(page)
        page.goto(page.url.replace("/sent/", f"/{name}/"))

    return go_on


def hand_on(page: Page) -> None:
    """A draft under its author's name, with a link that is open and an address to mail one to."""
    write_story(page, "named")
    page.goto(page.url.replace("/check/", "/hand/"))
    page.locator("input[name=kind][value=colleague]").check()
    page.locator("button[name=do][value=make]").click()
    page.locator("main p a[href$='/hand/']").click()


def ask_leaver(page: Page) -> None:
    hand_on(page)
    page.locator("input[name=address]").fill("consultant@company.example")
    page.locator("input[name=ends_on]").fill((datetime.date.today() + datetime.timedelta(days=10)).isoformat())
    page.locator("button[name=do][value=ask]").click()


STEPS: dict[str, Callable[[Page], None]] = {
    "plan with errors": submit_nothing,
    "sign-in code": sign_in_halfway,
    "mail stopped": stop_mail,
    "tell: words": begin_story,
    "tell: receipt": lambda page: begin_story(page, "anonymous"),
    "tell: check": write_story,
    "tell: sent": send_story,
    "tell: status": after_sending("status"),
    "tell: more": after_sending("more"),
    "tell: hand": after_sending("hand"),
    "tell: hand a draft": hand_on,
    "tell: mail a link": ask_leaver,
    "tell: look": after_sending("look"),
}
"""Pages that only a form leads to."""
OWN = {
    "second factor": "/account/second-factor/",
    "new app": "/account/second-factor/app/",
    "where you work": "/account/where-you-work/",
    "ask a colleague": "/account/where-you-work/ask/",
    "interests": "/account/interests/",
    "keep my name": "/tell/lessons/",
    "your stories": "/tell/mine/",
    "progress": "/tell/progress/",
    "invited to moderate": "/moderation/invited/",
}
PEOPLE = ("person", "card answer", "card answered", "has left")
"""A card of the demo, and links about it from a mail."""
CARDS = ("card", "person has left", *(f"card: {slug}" for slug in SECTIONS))
NETWORKS = {"networks": "/networks/", "a network": "/networks/homes-and-homelessness/"}
"""Pages of networks for everybody; the next for a member, a convenor, and who is in none."""
NETWORK_OF = "/networks/health-and-care-operations/"
IN_NETWORK = {"our network": NETWORK_OF, "its members": f"{NETWORK_OF}members/"}
OF_CONVENOR = {
    "who convenes": NETWORK_OF,
    "who asks to join": f"{NETWORK_OF}members/",
    "change a network": f"{NETWORK_OF}edit/",
    "rest or merge": f"{NETWORK_OF}rest/",
    "ask the network": f"{NETWORK_OF}ask/?ready=1",
}
OF_NEWCOMER = {
    "join a network": f"{NETWORK_OF}join/",
    "start a network": "/networks/new/",
    "your network": "/networks/new/?topics=travel-and-distance",
}
MADE_UP = ("a question", "asked to convene", "still wanted", "closed")
SIGNED_IN = ("a question", "asked to convene", *IN_NETWORK, "account", "restricted story", "sign out", *OWN)
SIGNED_IN += (*introductions.SIGNED_IN, *CARDS, "watches", "find")
OF_TEAM = ("team account", "failing mail", "who waits", "who moderates", "end a role")
HOLDERS = {
    name: holder for found in (waiting.ROLES, meetings.ROLES) for holder, names in found.items() for name in names
} | {"when away": "moderator"}
HOLDERS |= coffee.HOLDERS
OF_TEAM += ("list a network", "reported requests", "desk", "at the desk", "knowledge at risk")
NETWORK_PAGES = (*NETWORKS, *IN_NETWORK, *OF_CONVENOR, *OF_NEWCOMER, *MADE_UP, "list a network")
PAGES = (
    *NETWORK_PAGES,
    *introductions.PAGES,
    *PEOPLE,
    *CARDS,
    "watches",
    "find",
    *PATHS,
    *DEMO,
    *PLANS,
    *STEPS,
    *OF_TEAM,
    *OWN,
    *HOLDERS,
    "account",
    "sign out",
    "stop mail",
)


@dataclasses.dataclass(frozen=True)
class Portal:
    """A running portal."""

    url: str
    paths: dict[str, str]
    sessions: dict[str, str]
    """The session of a visitor who has typed two plans, of a reader who is signed in, and of who holds a role."""
    printed: dict[str, str]
    """The path of every public story, by its title."""

    def session_for(self, name: str) -> str:
        """Whose session a page is looked at with: of a new visitor where a form leads to it."""
        if name.startswith("tell: "):
            return self.sessions["reader"]
        if name in STEPS:
            return ""
        if name in OF_CONVENOR or name in OF_NEWCOMER:
            return self.sessions["convenor" if name in OF_CONVENOR else "moderator"]
        if name in HOLDERS:
            return self.sessions[HOLDERS[name]]
        return self.sessions["reader" if name in SIGNED_IN else "team" if name in OF_TEAM else "visitor"]

    def open(self, page: Page, name: str) -> None:
        """Show a page in a tab, by its name."""
        if name in STEPS:
            STEPS[name](page)
        else:
            page.goto(self.paths[name])


def load() -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    """Fill the database with the demo. Paths by name, sessions, and the paths of all public stories by title."""
    for command in ("load_topics", "load_register", "load_demo", "tick"):
        call_command(command, stdout=io.StringIO())
    visitor = Client()
    paths = {**PATHS, **demo_paths(), **plan_paths(visitor), **mail_paths(), "account": "/account/"}
    paths |= {**OWN, "sign out": "/sign-in/out/", "team account": "/account/", "who waits": "/colleagues/"}
    paths |= {**waiting.fill(), **coffee.fill(), **meetings.fill(), **of_work(), **people_paths()}
    paths["when away"] = "/account/away/"
    paths |= {**card_paths(), **introductions.fill(User.objects.get(email=READER)), **meeting_paths()}
    emails = {"reader": READER, "team": TEAM, "author": waiting.AUTHOR, "moderator": waiting.MODERATOR}
    emails["convenor"] = coffee.CONVENOR
    sessions = {name: session_of(email) for name, email in {**emails, "custodian": "custodian@portal.example"}.items()}
    sessions["convenor"] = session_of(CONVENOR)
    sessions |= {name: session_of(TEAM) for name in roles.IDLE} | {"newcomer": roles.newcomer()}
    sessions["visitor"] = visitor.cookies[settings.SESSION_COOKIE_NAME].value
    public = Story.objects.filter(audience=Audience.PUBLIC).published().select_related("published_version")
    paths |= network_paths()
    return paths, sessions, {story.content.title: story.get_absolute_url() for story in public}


def meeting_paths() -> dict[str, str]:
    """What lies at the matching desk, and one's own card and waiting plans."""
    asker = User.objects.get(email="member@portal.example")
    asked = Introduction.objects.create(
        asker=asker, questions="How?", plan=PLAN, format="video", state="at_desk", sent_on=timezone.localdate()
    )
    asked.topics.set(Topic.objects.order_by("slug")[:3])
    return {
        "watches": "/watches/",
        "find": "/find/",
        "desk": "/desk/",
        "at the desk": f"/desk/{asked.public_id}/",
        "knowledge at risk": "/people/at-risk/",
    }


def of_work() -> dict[str, str]:
    """What belongs to somebody's place of work and account."""
    body = Affiliation.objects.get(user__email=waiting.AUTHOR).organisation
    return {"pledge": f"/organisations/{body.code}/pledge/", "delete account": "/account/delete/"}


def network_paths() -> dict[str, str]:
    """What members say and are asked, who wants to come in, and a network that may rest."""
    reader, convenor = (User.objects.get(email=email) for email in (READER, CONVENOR))
    network = Network.objects.get(slug="health-and-care-operations")
    say(by=reader, network=network, words="We had the same on our wards. Who has tried it?", language="en")
    choices = ["A talk between two", "A small group"]
    asked = pose(by=convenor, network=network, text="How do you like to learn?", choices=choices, language="en")
    to_convene = Admission.objects.create(network=network, user=reader, kind="convene", by=convenor)
    Admission.objects.create(network=network, user=User.objects.get(email=waiting.AUTHOR), kind="asked", words="Hello.")
    quiet = Network.objects.get(slug="rural-services")
    today = timezone.localdate()
    Membership.objects.create(network=quiet, user=convenor, is_convenor=True, joined_on=today)
    Network.objects.filter(pk=quiet.pk).update(rest_asked_on=today, rest_thread=99)
    return {
        **NETWORKS,
        **IN_NETWORK,
        **OF_CONVENOR,
        **OF_NEWCOMER,
        "a question": f"{NETWORK_OF}questions/{encode(asked.pk)}/",
        "asked to convene": f"/networks/invitations/{encode(to_convene.pk)}/",
        "still wanted": f"/networks/still/{STILL_WANTED.token_for(99, convenor.pk)}/",
        "closed": f"/networks/still/{STILL_WANTED.token_for(98, convenor.pk)}/",
        "list a network": "/networks/elsewhere/new/",
    }


def session_of(email: str) -> str:
    client = Client()
    client.force_login(User.objects.get(email=email), backend="django.contrib.auth.backends.ModelBackend")
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def card_paths() -> dict[str, str]:
    """The reader's card, one of the demo, what a mail asks about it, and what was asked and answered."""
    reader, today = User.objects.get(email=READER), timezone.localdate()
    works = Affiliation.objects.verified().get(user=reader).organisation
    shown = Contact.objects.exclude(organisation=works).order_by("pk")[0]
    Contact.objects.filter(pk=shown.pk).update(verified_on=today, working_days="0|1|4", languages="en|cy")
    shown.can_help_with.set(Topic.objects.filter(group="problem")[:6])
    deputy = Contact.objects.filter(organisation=works).order_by("pk").first()
    card = save_who(by=reader, organisation=works, name="Network Reader", role="Runs the rota", deputy=deputy)
    prompt = CardPrompt.objects.create(contact=card, asked_on=today)
    report = LeftReport.objects.create(contact=shown, by=reader, words="Her post went.", on=today, is_mailed=True)
    section = {f"card: {slug}": f"/account/card/{slug}/" for slug in SECTIONS}
    return section | {
        "card": "/account/card/",
        "person": f"/people/{shown.public_id}/",
        "person has left": f"/people/{shown.public_id}/left/",
        "card answer": f"/card/answer/{still_you.LINK.token_for(card.pk, prompt.thread)}/",
        "card answered": f"/card/answer/{still_you.LINK.token_for(card.pk, 1)}/",
        "has left": f"/people/left/{left_actions.LINK.token_for(report.pk)}/",
    }


def mail_paths() -> dict[str, str]:
    """A link from a mail, and what the programme team sees of mail that fails."""
    for number in range(6):
        Message.objects.create(
            address=f"lead{number}@supplier.example", kind=MAIL_FAILING.name, language="en", state="failed"
        )
    token = token_for(Subscriber(User.objects.get(email=TEAM).pk), [MAIL_FAILING.name])
    return {"stop mail": f"/mail/stop/{token}/", "failing mail": "/mail/failing/"}


def people_paths() -> dict[str, str]:
    """Where the programme team ends a role. The reader is invited to moderate."""
    EmailAddress.objects.filter(email=READER).update(verified=True)
    ModeratorInvitation.objects.create(address=READER, by=TEAM)
    moderator = User.objects.get(email=waiting.MODERATOR)
    return {"who moderates": "/moderation/people/", "end a role": f"/moderation/people/{moderator.pk}/end/"}


def demo_paths() -> dict[str, str]:
    """A story of each sort, the first by its key, and two organisations."""
    public = Story.objects.filter(audience=Audience.PUBLIC, language="en").order_by("pk")
    told = public.filter(voice=Voice.NAMED, pk__in=ProgressUpdate.objects.values("story"))
    sorts = {
        "lessons": told.filter(kind=StoryKind.LESSONS),
        "summary": told.filter(kind=StoryKind.SUMMARY),
        "unnamed story": public.exclude(voice=Voice.NAMED),
        "welsh story": Story.objects.filter(audience=Audience.PUBLIC, language="cy"),
        "restricted story": Story.objects.filter(audience=Audience.MEMBERS),
    }
    paths = {name: stories.order_by("pk")[0].get_absolute_url() for name, stories in sorts.items()}
    invented = told.exclude(organisation=None)[0].organisation
    real = Organisation.objects.filter(is_example=False, name_en__startswith="Powys").first()
    return paths | {
        name: f"/organisations/{body.code}/" for name, body in (("organisation", invented), ("council", real))
    }


def plan_paths(visitor: Client) -> dict[str, str]:
    """The answers to two plans of this visitor, and the address of one for a colleague."""
    weak = visitor.post("/plan/", {"text": FAR_PLAN})["Location"]
    close = visitor.post("/plan/", {"text": PLAN, "organisation": "X-W01"})["Location"]
    key, query = close.split("?")
    shared = visitor.post(f"{key}share/?{query}", follow=True).context["address"]
    return {"plan": close, "weak plan": weak, "shared plan": shared.split("testserver")[1]}
