"""One request, for the tests that compare what two readers get."""

import dataclasses
from urllib.parse import urlencode


@dataclasses.dataclass(frozen=True)
class Ask:
    """One request."""

    path: str
    method: str = "GET"
    form: tuple[tuple[str, str], ...] = ()
    language: str = ""
    headers: tuple[tuple[str, str], ...] = ()

    @property
    def deals_key(self) -> bool:
        """Whether later requests need the key that this one makes."""
        return self.method == "POST" and self.path.startswith("/plan/")

    @property
    def body(self) -> str:
        return urlencode(self.form)

    @property
    def content_type(self) -> str:
        return "application/x-www-form-urlencoded" if self.form else ""

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


def post(path: str, **form: str) -> Ask:
    return Ask(path, "POST", tuple(form.items()))


def search(q: str, **more: str) -> Ask:
    return Ask(f"/stories/?{urlencode({'q': q, **more})}")
