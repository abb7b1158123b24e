"""A reader who knows nothing but pages: follows the links that they find there, and fills in the forms."""

import dataclasses
import functools
import re
from collections.abc import Mapping
from html.parser import HTMLParser
from urllib.parse import urljoin

from django.test import Client

ANSWERS = (200, 302, 404, 410, 422)
"""What a page may answer to somebody who was led there: itself, somewhere else, that there is none (for this reader, or
any more), that it is over, what to put right. Never that something went wrong."""


@dataclasses.dataclass
class Form:
    """A form as it stands on its page: what would be sent if only a button were pressed, and what may be chosen."""

    url: str
    method: str = "get"
    data: dict[str, list[str]] = dataclasses.field(default_factory=dict)
    choices: dict[str, list[str]] = dataclasses.field(default_factory=dict)
    """Of each group of radios, checkboxes or options, what can be chosen."""
    buttons: list[tuple[str, str]] = dataclasses.field(default_factory=list)

    @property
    def names(self) -> set[str]:
        return {*self.data, *self.choices}

    def has_button(self, name: str, value: str) -> bool:
        return (name, value) in self.buttons


class _Reader(HTMLParser):
    def __init__(self, url: str) -> None:
        super().__init__()
        self.url = url
        self.links: list[str] = []
        self.forms: list[Form] = []
        self.inside: Form | None = None
        self.select = self.textarea = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "a" and "href" in found:
            self.links.append(urljoin(self.url, found["href"]))
        elif tag == "form":
            self.inside = Form(urljoin(self.url, found.get("action", "")), found.get("method", "get").lower())
            self.forms.append(self.inside)
        elif self.inside is not None and "disabled" not in found:
            self._field(tag, found, self.inside)

    def _field(self, tag: str, found: dict[str, str], form: Form) -> None:
        name, value = found.get("name", ""), found.get("value", "")
        if tag == "select":
            self.select = name
            form.choices[name] = []
        elif tag == "option" and self.select:
            self._choice(form, self.select, value, "selected" in found)
        elif tag == "textarea":
            self.textarea = name
            form.data[name] = [""]
        elif tag == "button" or (tag == "input" and found.get("type") == "submit"):
            form.buttons.append((name, value))
        elif tag == "input" and found.get("type") in ("radio", "checkbox"):
            self._choice(form, name, value or "on", "checked" in found)
        elif tag == "input" and name:
            form.data[name] = [value]

    def _choice(self, form: Form, name: str, value: str, is_chosen: bool) -> None:
        form.choices.setdefault(name, []).append(value)
        if is_chosen:
            form.data.setdefault(name, []).append(value)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = None
        elif tag == "select":
            self.select = ""
        elif tag == "textarea":
            self.textarea = ""

    def handle_data(self, data: str) -> None:
        if self.textarea and self.inside is not None:
            self.inside.data[self.textarea][0] += data


@dataclasses.dataclass
class Page:
    url: str
    status: int
    text: str

    @functools.cached_property
    def _read(self) -> _Reader:
        reader = _Reader(self.url)
        if "<html" in self.text[:400]:
            reader.feed(self.text)
        return reader

    @property
    def links(self) -> list[str]:
        return self._read.links

    @property
    def forms(self) -> list[Form]:
        return self._read.forms

    def links_to(self, pattern: str) -> list[str]:
        """The addresses on the page that are like this, each once, in their order."""
        return list(dict.fromkeys(url for url in self.links if re.fullmatch(pattern, url)))

    def form_with(self, *names: str) -> Form | None:
        """The first form sent by post that has all these fields."""
        return next((form for form in self.forms if form.method == "post" and form.names.issuperset(names)), None)

    def form_pressing(self, name: str, value: str) -> Form | None:
        return next((form for form in self.forms if form.has_button(name, value)), None)


class Browser:
    """Requests over HTTP, and nothing else. Every answer is one that a person can do something with."""

    def __init__(self) -> None:
        self.client = Client()

    def open(self, url: str) -> Page:
        return self._page(url, self.client.get(url, HTTP_ACCEPT_LANGUAGE="en"))

    def send(self, form: Form, **typed: str | list[str]) -> Page:
        data: Mapping = {**form.data, **typed}
        return self._page(form.url, self.client.post(form.url, data, HTTP_ACCEPT_LANGUAGE="en"))

    def _page(self, url: str, answer) -> Page:
        assert answer.status_code in ANSWERS, f"{answer.status_code} at {url}"
        if answer.status_code == 302:
            return self.open(urljoin(url, answer["Location"]))
        return Page(url, answer.status_code, answer.content.decode())
