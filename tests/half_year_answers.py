"""How people answer their mails in the half-year: on the pages to which the links lead, by chance."""

import re
from collections.abc import Callable

from tests.browsing import Browser, Form, Page
from tests.half_year_doing import DAY, Doing


class Answering(Doing):
    """A mail is its address and its links."""

    def answer(self, to: str, links: tuple[str, ...]) -> None:
        """Each link of a mail; what needs signing in is opened by whom it was mailed to."""
        person = self.people.get(to)
        for url in links:
            if "/mail/stop/" in url and self.dice.random() < 0.01:
                self.stop_such_mail(Browser().open(url))
            found = next((what for pattern, what in ANSWERS if re.fullmatch(pattern, url)), None)
            if found is not None:
                browser = Browser()
                page = browser.open(url)
                if "/sign-in/" in page.url and person is not None:
                    browser = person.signed_in(self.clock.today)
                    page = browser.open(url)
                found(self, browser, page)

    def stop_such_mail(self, page: Page) -> None:
        for form in [form for form in page.forms if form.method == "post"]:
            Browser().send(form)
            self.done["kinds of mail stopped"] += 1

    def answer_request(self, browser: Browser, page: Page) -> None:
        form = page.form_with("answer", "place")
        if form is None:
            return
        said = self.dice.choices(["yes", "colleague", "not_now", "no", "pause", "block", "report", ""], CHANCES)[0]
        if said == "pause":
            later = f"{self.clock.today + DAY * 21:%d/%m/%Y}"
            self._press(browser, page, "pause", until=later)
        elif said in ("block", "report"):
            self._press(browser, page, said, **({"report": "Not about our work."} if said == "report" else {}))
        elif said:
            self._say(browser, form, said)

    def _press(self, browser: Browser, page: Page, button: str, **typed: str) -> None:
        form = page.form_pressing("do", button)
        assert form is not None
        browser.send(form, do=button, **typed)

    def _say(self, browser: Browser, form: Form, said: str) -> None:
        typed: dict[str, str] = {"answer": said, "do": "answer"}
        if said == "yes":
            day = self.clock.today + DAY * self.dice.randint(2, 30)
            typed |= {"day": f"{day:%d/%m/%Y}", "time": "14:30", "place": "Room 4"}
            if "is_for_all" in form.choices and self.dice.random() < 0.7:
                typed["is_for_all"] = "on"
                self.done["visits for all"] += 1
        elif said == "colleague":
            typed["words"] = "Ask the depot."
            if others := [key for key in form.choices.get("colleague", []) if key]:
                typed["colleague"] = self.dice.choice(others)
        page = browser.send(form, **typed)
        if page.status == 422:
            browser.send(form, answer="not_now", do="answer")
        elif self.dice.random() < 0.2:
            browser.send(form, **typed)  # pressed again
        self.done[f"said {said}"] += 1

    def answer_choice(self, browser: Browser, page: Page) -> None:
        """Is this still you? Has somebody left? Did it help? The first answer is the likeliest."""
        form = page.form_with("answer")
        if form is None or not form.choices.get("answer"):
            return
        choices = form.choices["answer"]
        typed: dict[str, str] = {"answer": choices[0] if self.dice.random() < 0.8 else self.dice.choice(choices)}
        if "next_day" in form.names and self.dice.random() < 0.6:
            typed |= {"next_day": f"{self.clock.today + DAY * 10:%d/%m/%Y}", "next_time": "10:00"}
        browser.send(form, **typed)
        self.done["answered with a choice"] += 1

    def press_any(self, browser: Browser, page: Page) -> None:
        """One of the buttons of a page that has nothing else."""
        forms = [form for form in page.forms if form.method == "post" and any(name for name, _value in form.buttons)]
        if forms:
            name, value = self.dice.choice([one for one in forms[0].buttons if one[0]])
            browser.send(forms[0], **{name: value})
            self.done["answered with a button"] += 1

    def take_part(self, browser: Browser, page: Page) -> None:
        form = page.form_with("part")
        if form is not None:
            browser.send(form, part="yes" if self.dice.random() < 0.8 else "no", reach="01234 567890")
            self.done["coffee choices"] += 1

    def propose_days(self, browser: Browser, page: Page) -> None:
        form = page.form_with("words")
        if form is not None and self.dice.random() < 0.7:
            browser.send(form, words="Tuesday at ten, or Thursday after two.")
            self.done["coffee words"] += 1


CHANCES = [50, 10, 12, 8, 4, 1, 1, 14]
ANSWERS: tuple[tuple[str, Callable[[Answering, Browser, Page], None]], ...] = (
    (r"/meet/answer/.*", Answering.answer_request),
    (r"/meet/afterwards/.*", Answering.answer_choice),
    (r"/card/answer/.*", Answering.answer_choice),
    (r"/people/left/.*", Answering.answer_choice),
    (r"/coffee/met/.*", Answering.press_any),
    (r"/actions/asked/.*", Answering.press_any),
    (r"/networks/still/.*", Answering.press_any),
    (r"/networks/[^/]+/coffee/", Answering.take_part),
    (r"/coffee/[^/]+/", Answering.propose_days),
)
