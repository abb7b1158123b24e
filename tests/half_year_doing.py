"""What people do of their own accord in the half-year: look for somebody and ask them, come to events, work at the
desk. They know pages and mails only."""

import collections
import datetime
import re
from random import Random

from django.core import mail

from tests.browsing import Browser, Form, Page
from tests.half_year import Clock, Person, Portal

CODE = re.compile(r"^\s*([A-Z0-9]{3,}-?[A-Z0-9]{3,})\s*$", re.MULTILINE)
DAY = datetime.timedelta(days=1)


class Doing:
    """Chance is the dice's alone."""

    def __init__(self, portal: Portal, clock: Clock, dice: Random) -> None:
        self.portal, self.clock, self.dice = portal, clock, dice
        self.people = portal.everybody()
        self.ways = [6, 3, 1]
        """How likely somebody looks for people, comes from a story, or asks the desk."""
        self.stories: list[str] = []
        self.events: dict[datetime.date, list[tuple[str, Person, list[Person]]]] = collections.defaultdict(list)
        """By the day after: its address, who convenes it, who comes."""
        self.done: collections.Counter[str] = collections.Counter()

    def anybody(self) -> Person:
        return self.dice.choice(self.portal.people)

    def ask_somehow(self, person: Person) -> None:
        self.dice.choices([self.meet_somebody, self.ask_about_story, self.ask_desk], self.ways)[0](person)

    # --- Asking -----------------------------------------------------------------------------------------------------

    def meet_somebody(self, person: Person) -> None:
        """From "people to meet": one of the first three. Some come without having signed in."""
        browser = Browser() if self.dice.random() < 0.05 else person.signed_in(self.clock.today)
        page = browser.open(f"/people/meet/?topic={self.dice.choice(self.portal.topics)}")
        if found := page.links_to(r"/people/[^/]+/ask/"):
            self._ask(browser, person, self.dice.choice(found[:3]))
        else:
            self.done["found nobody"] += 1

    def ask_about_story(self, person: Person) -> None:
        browser = person.signed_in(self.clock.today)
        if not self.stories or self.dice.random() < 0.1:
            self.stories = browser.open("/stories/").links_to(r"/stories/[^/]+/")
        page = browser.open(self.dice.choice(self.stories))
        if found := page.links_to(r"/stories/[^/]+/ask/"):
            self._ask(browser, person, found[0])

    def _ask(self, browser: Browser, person: Person, url: str) -> None:
        form = browser.open(url).form_with("question_1", "format")
        if form is None:
            self.done["not to be asked"] += 1
            return
        page = browser.send(form, **self._request(form))
        if "/sign-in/" in page.url:
            page = self._sign_in(browser, person, page)
            if (confirm := page.form_with("kept")) is not None:
                page = browser.send(confirm)
        if page.status == 422 and (form := page.form_pressing("to_desk", "1")) and self.dice.random() < 0.6:
            page = browser.send(form, to_desk="1")
        self.done["requests"] += "/meet/sent/" in page.url
        self.done["refused"] += page.status == 422

    def _request(self, form: Form) -> dict[str, str | list[str]]:
        allowed = [whom for whom in form.choices.get("may_pass_to", []) if self.dice.random() < 0.7]
        name = {"name": "A visitor"} if "name" in form.names else {}
        return {
            "question_1": "How did you get staff to use it?",
            "format": self.dice.choice(form.choices["format"]),
            "may_pass_to": allowed,
            **name,
        }

    def _sign_in(self, browser: Browser, person: Person, page: Page) -> Page:
        """With a code that comes by mail at once."""
        form = page.form_with("email")
        assert form is not None, page.url
        before = len(mail.outbox)
        page = browser.send(form, email=person.email)
        [code] = CODE.findall(mail.outbox[before].body)
        del mail.outbox[before]
        form = page.form_with("code")
        assert form is not None, page.url
        self.done["signed in by code"] += 1
        return browser.send(form, code=code)

    def ask_desk(self, person: Person) -> None:
        browser = person.signed_in(self.clock.today)
        form = browser.open("/find/").form_with("plan", "question")
        assert form is not None
        plan = f"We plan something about {self.dice.choice(self.portal.topics)} next year."
        page = browser.send(form, plan=plan, question="Whom did you have to persuade?", do="look")
        form = page.form_pressing("do", "send")
        assert form is not None, page.text
        self.done["requests"] += "/meet/" in browser.send(form, do="send").url

    def withdraw(self, person: Person) -> None:
        browser = person.signed_in(self.clock.today)
        open_forms = [form for form in browser.open("/meet/").forms if form.url.endswith("/withdraw/")]
        if open_forms:
            browser.send(self.dice.choice(open_forms))
            self.done["withdrawn"] += 1

    # --- Events, coffee and the desk --------------------------------------------------------------------------------

    def begin_week(self) -> None:
        slug = self.dice.choice(list(self.portal.convenors))
        convenor = self.portal.convenors[slug][0]
        browser, day = convenor.signed_in(self.clock.today), self.clock.today + DAY * self.dice.randint(8, 18)
        form = browser.open(f"/networks/{slug}/coffee/rounds/").form_with("rhythm", "starts_on")
        if form is not None and self.dice.random() < 0.3:
            browser.send(form, rhythm="monthly", do="start")
        form = browser.open("/events/new/").form_with("title", "day")
        if form is not None:
            facts = {"title": "Open day", "kind": "open_day", "day": f"{day:%d/%m/%Y}", "starts": "10:00"}
            network = {"network": form.choices["network"][0]} if "network" in form.choices else {}
            page = browser.send(form, ends="12:00", place="Depot 4", places="6", language="en", **facts, **network)
            if page.status == 200:
                self.events[day + DAY].append((page.url, convenor, []))
                self.done["events"] += 1

    def come(self, person: Person) -> None:
        """To the next event that is for them."""
        browser = person.signed_in(self.clock.today)
        for url in browser.open("/events/").links_to(r"/events/[^/]+/")[:2]:
            form = browser.open(url).form_pressing("do", "join")
            if form is not None:
                browser.send(form, do="join")
                for found, _convenor, coming in (one for many in self.events.values() for one in many):
                    coming.extend([person] if found == url else [])

    def after_events(self, day: datetime.date) -> None:
        """Its convenor says who came, and some leave an action."""
        for url, convenor, coming in self.events.pop(day, []):
            form = convenor.signed_in(day).open(f"{url}attendance/").form_with("came")
            if form is not None:
                convenor.signed_in(day).send(form, came=form.choices["came"])
            for person in coming:
                form = person.signed_in(day).open(f"{url}action/").form_with("text", "due_on")
                if form is not None:
                    due = f"{day + DAY * 40:%d/%m/%Y}"
                    person.signed_in(day).send(form, text="Ride along on the longest round", due_on=due)
                    self.done["actions"] += 1

    def work_at_desk(self) -> None:
        """The team looks at each request, finds somebody for most and says so where it finds nobody."""
        one = self.dice.choice(self.portal.team)
        browser = one.signed_in(self.clock.today)
        for url in browser.open("/desk/").links_to(r"/desk/[^/]+/"):
            page = browser.open(url)
            form = page.form_pressing("do", "nobody")
            assert form is not None, url
            people = form.choices.get("person", [])
            if people and self.dice.random() < 0.8:
                page = browser.send(form, person=self.dice.choice(people[:3]), do="introduce")
                self.done["introduced by the desk"] += page.status == 200
            elif self.dice.random() < 0.5:
                browser.send(form, do="nobody")
