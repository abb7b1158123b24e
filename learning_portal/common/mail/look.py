"""HTML out of the plain text of a mail, so that each kind has its words once.

Parts of a text are set apart by an empty line:

    1. What is it about                      a heading, in a weekly mail
    - one                                    a list
    - two
    Read it here:                            a button, called "Read it here"
    https://portal.example/account/
    QK7-M2P                                  a code to type
    Anything else.                           a paragraph
"""

import dataclasses
import re
from collections.abc import Mapping
from typing import Literal

from django.conf import settings
from django.template import Context, Engine
from django.template.loader import render_to_string

Shape = Literal["heading", "list", "button", "code", "paragraph"]

_HEADING = re.compile(r"\d{1,3}\. \S.*")
_ADDRESS = re.compile(r"https?://\S+")
_CODE = re.compile(r"[A-Z0-9]{3,}(-[A-Z0-9]{3,})?")


@dataclasses.dataclass(frozen=True)
class Part:
    """A part of a mail: its shape, its lines without their marks, and where its button leads."""

    shape: Shape
    lines: tuple[str, ...]
    url: str = ""


def parts_of(text: str) -> list[Part]:
    return [_part(found.strip().split("\n")) for found in re.split(r"\n\s*\n", text) if found.strip()]


def _part(lines: list[str]) -> Part:
    if len(lines) == 2 and lines[0].endswith(":") and _ADDRESS.fullmatch(lines[1]):
        return Part("button", (lines[0].removesuffix(":").rstrip(),), lines[1])
    if len(lines) == 1 and _HEADING.fullmatch(lines[0]):
        return Part("heading", tuple(lines))
    if len(lines) == 1 and _CODE.fullmatch(lines[0]):
        return Part("code", tuple(lines))
    if all(line.startswith("- ") for line in lines):
        return Part("list", tuple(line.removeprefix("- ") for line in lines))
    return Part("paragraph", tuple(lines))


def plain(template: str, context: Mapping[str, object]) -> str:
    """A template as plain text, in the language that is on: nothing is escaped in it."""
    return Engine.get_default().get_template(template).render(Context(dict(context), autoescape=False)).strip()


def dress(*, subject: str, words: str, footer: str) -> tuple[str, str]:
    """The plain text and the HTML of a mail, in the language that is on. `footer` says why they get it."""
    context = {"subject": subject, "words": words, "footer": footer, **about_portal()}
    html = {**context, "parts": parts_of(words), "footer_parts": parts_of(footer)}
    return plain("mail/base.txt", context) + "\n", render_to_string("mail/base.html", html)


def about_portal() -> dict[str, str]:
    """What every mail may say of the portal. Links start with `portal_url`, which ends without a slash."""
    return {"operator_name": settings.OPERATOR_NAME, "portal_url": settings.PORTAL_URL}
