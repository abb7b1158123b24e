"""The card of a story and its parts as HTML. Twenty cards stand on a page, over which a template takes five times as
long: a third of the page's time.

The templates of these components only pass on what they are given: this is the one place where they are written.
`format_html` escapes whatever comes from outside.
"""

import dataclasses
from collections.abc import Iterable
from typing import Any, Protocol

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

SHAPES = {
    "worked": SafeString('<path d="m2 7.5 3.4 3.5L12 3.5"/>'),
    "mixed": SafeString('<path d="M2 9c2-4.5 3.5-4.5 5-2s3 2.500 5-2"/>'),
    "failed": SafeString('<path d="m3 3 8 8M11 3l-8 8"/>'),
    "stopped": SafeString('<path d="M4.5 3v8M9.500 3v8"/>'),
}
OTHER_SHAPE = SafeString('<circle cx="7" cy="7" r="5.500"/><path d="M7 4v3.200l2 1.500"/>')

OUTCOME = """<span class="lp-outcome lp-outcome--{outcome}">
  <svg class="lp-outcome__shape" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 14 14" aria-hidden="true" \
focusable="false">{shape}</svg>
  <span><span class="govuk-visually-hidden">{title} </span>{label}</span>
</span>"""
LIKENESS = '<li class="lp-likeness__{kind}"><strong>{title}</strong> {words}</li>'
POINTS = """<details class="govuk-details lp-details-small lp-no-print">
  <summary class="govuk-details__summary"><span class="govuk-details__summary-text">{summary}\
<span class="govuk-visually-hidden">: <span lang="{lang}">{title}</span></span></span></summary>
  <div class="govuk-details__text">
    <table class="lp-points">
      <caption>{caption}</caption>
      <thead><tr><th scope="col">{compared}</th><th scope="col">{values}</th>\
<th scope="col" class="lp-points__number">{points}</th></tr></thead>
      <tbody>{rows}</tbody>
      <tfoot><tr><th scope="row" colspan="2">{total}</th><td class="lp-points__number">{score}</td></tr></tfoot>
    </table>
    {others}
    <p class="govuk-body-s"><a class="govuk-link" href="{how_url}">{how}</a></p>
  </div>
</details>"""
ROW = '<tr><th scope="row">{}</th><td>{}</td><td class="lp-points__number">{}</td></tr>'
CARD = """<article class="lp-story-card">
  <div class="lp-story-card__words">
    <h{level} class="lp-story-card__title"><a class="govuk-link" href="{url}"{spoken}>{title}</a></h{level}>
    <p class="lp-story-card__place">{place}</p>
    {words}{wrong}
  </div>
  <div class="lp-story-card__facts">
    <p class="lp-story-card__marks">{marks}</p>
    {likeness}{reach}
  </div>
  {points}
</article>"""
SUMMARY = '<p class="lp-story-card__summary"{said}>{words}</p>'
WRONG = '<p class="lp-story-card__wrong"{said}><strong lang="{language}">{title}</strong> {words}</p>'
REACH = """<p class="lp-story-card__reach">{title} <a class="govuk-link" href="{url}#who-to-ask">{name}</a>, \
<span{said}>{role}</span></p>"""
WRITE = '<p class="lp-story-card__reach"><a class="govuk-link" href="{url}#who-to-ask">{words}</a></p>'


class Compared(Protocol):
    """A line of an explanation."""

    label: str
    detail: str
    points: int


class Explained(Protocol):
    """An explanation of how like something is."""

    score: int
    stated: bool
    rows: Iterable[Compared]
    without_points: list[Compared]
    not_counted: list[Compared]


def outcome_tag(outcome: str, label: str) -> SafeString:
    """How it turned out, by a shape and in words."""
    shape = SHAPES.get(outcome, OTHER_SHAPE)
    return format_html(OUTCOME, outcome=outcome, shape=shape, title=_("How it turned out:"), label=label)


def example_mark(*, long: bool = False) -> SafeString:
    """That a story is invented."""
    words = _("Example story, invented to show how the portal works") if long else _("Example story")
    return format_html('<span class="lp-mark">{}</span>', words)


def language_mark(lang: str) -> SafeString:
    """In which language something is, where that is not the page's."""
    if not lang or lang == get_language():
        return SafeString("")
    words = _("In Welsh") if lang == "cy" else _("In English")
    return format_html(' <span class="lp-mark lp-mark--language">{}</span>', words)


def likeness(like: str, unlike: str, *, it: bool = False) -> SafeString:
    """What is like the reader, or like `it`, another place, and what is not."""
    items = SafeString("")
    if like:
        items += format_html(LIKENESS, kind="like", title=_("Like it:") if it else _("Like you:"), words=like)
    if unlike:
        title = _("Unlike it:") if it else _("Unlike you:")
        items += format_html(LIKENESS, kind="unlike", title=title, words=unlike)
    return format_html('<ul class="lp-likeness">{}</ul>', items) if items else items


def points_fold(explained: Explained, *, caption: str, title: str, lang: str) -> SafeString:
    """The points of an explanation, folded away: a hundred at most."""
    rows = format_html_join("", ROW, ((row.label, row.detail, row.points) for row in explained.rows))
    no_points = _in_one_line(_("No points for:"), explained.without_points)
    not_counted = _in_one_line(_("Shown, not counted:"), explained.not_counted)
    return format_html(
        POINTS,
        summary=_("How we worked this out"),
        lang=lang,
        title=title,
        caption=caption,
        compared=_("What we compared"),
        values=_("Yours and theirs"),
        points=_("Points"),
        rows=rows,
        total=_("Total out of 100"),
        score=explained.score,
        others=no_points + not_counted,
        how_url=reverse("site:how"),
        how=_("How likeness is worked out"),
    )


def _in_one_line(title: str, rows: list[Compared]) -> SafeString:
    words = "; ".join(f"{row.label}: {row.detail}" for row in rows)
    return format_html('<p class="govuk-body-s">{} {}</p>', title, words) if rows else SafeString("")


@dataclasses.dataclass
class StoryCard:
    """A story in a list: the README of the components says what each of these is."""

    url: str
    title: str
    place: str
    outcome: str
    outcome_label: str
    lang: str = ""
    summary: str = ""
    snippet: str = ""
    wrong: str = ""
    like: str = ""
    unlike: str = ""
    it: bool = False
    example: bool = False
    contact: Any = None
    unnamed: bool = False
    level: int | str = ""
    explained: Explained | None = None
    points: bool = False

    def html(self) -> SafeString:
        words = self.snippet or self.summary
        said = format_html(' lang="{}"', self.lang) if self.lang else SafeString("")
        return format_html(
            CARD,
            level=self.level or 3,
            url=self.url,
            spoken=said + format_html(' hreflang="{}"', self.lang) if self.lang else said,
            title=self.title,
            place=self.place,
            words=format_html(SUMMARY, said=said, words=words) if words else "",
            wrong=self._wrong(said),
            marks=self._marks(),
            likeness=likeness(self.like, self.unlike, it=self.it),
            reach=self._reach(said),
            points=self._points(),
        )

    def _marks(self) -> SafeString:
        example = example_mark() if self.example else ""
        return format_html("{} {} {}", outcome_tag(self.outcome, self.outcome_label), example, language_mark(self.lang))

    def _wrong(self, said: SafeString) -> SafeString:
        """What went wrong: its heading is in the page's language."""
        if not self.wrong:
            return SafeString("")
        title = _("What went wrong:")
        return format_html(WRONG, said=said, language=get_language(), title=title, words=self.wrong)

    def _reach(self, said: SafeString) -> SafeString:
        """Whom to ask: somebody by name, or an author who keeps theirs to themselves."""
        if not self.contact:
            return format_html(WRITE, url=self.url, words=_("Write to the author")) if self.unnamed else SafeString("")
        name, role = self.contact.name, self.contact.role
        return format_html(REACH, title=_("Who to ask:"), url=self.url, name=name, said=said, role=role)

    def _points(self) -> SafeString:
        if not (self.points and self.explained and self.explained.stated):
            return SafeString("")
        return points_fold(self.explained, caption=_("How like you"), title=self.title, lang=self.lang)
