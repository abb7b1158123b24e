"""The frame of every page, the components and the error pages."""

import re
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.core.paginator import Paginator
from django.forms import CharField, Form
from django.http import QueryDict
from django.template import engines
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import override

from learning_portal.common.templatetags.portal import pounds
from stories.choices import Outcome

PROJECT = Path(__file__).parents[2]
TEMPLATES = PROJECT / "templates"
PAGES = sorted(TEMPLATES.rglob("*.html"))
ERRORS = (400, 403, 404, 500, 503)


class OneField(Form):
    name = CharField()


def include(component: str, /, **context) -> str:
    return render_to_string(f"_components/{component}.html", context)


def page(source: str, path: str = "/stories/", language: str = "en", **context) -> str:
    request = RequestFactory().get(path)
    request.user = AnonymousUser()
    request._messages = []
    with override(language):
        return engines["django"].from_string(source).render(context, request)


STORY_PAGE = (
    '{% extends "base.html" %}{% block title %}Stories{% endblock %}{% block content %}<h1>Stories</h1>{% endblock %}'
)


# --- The frame ------------------------------------------------------------------------------------------------------


def test_the_title_names_the_page_and_the_service():
    assert "<title>Stories - Learning Portal</title>" in page(STORY_PAGE)


def test_a_page_in_error_says_so_in_its_title_and_first():
    html = page(STORY_PAGE, form=OneField({}))
    assert "<title>Error: Stories - Learning Portal</title>" in html
    assert html.index("govuk-error-summary") < html.index("<h1>Stories</h1>")
    assert "govuk-error-summary" not in page(STORY_PAGE, form=OneField())


def test_the_skip_link_leads_to_the_content():
    html = page(STORY_PAGE)
    assert html.index('href="#main-content"') < html.index("<header")
    assert html.index("<main>") < html.index('<div id="main-content">') < html.index("<h1>Stories</h1>")


def test_the_phase_banner_stands_inside_the_header():
    html = page(STORY_PAGE)
    assert html.index("<header") < html.index("govuk-phase-banner") < html.index("</header>")


@pytest.mark.parametrize(
    ("path", "current"),
    [("/stories/", 'aria-current="page"'), ("/stories/x/", 'aria-current="true"'), ("/nowhere/", None)],
)
def test_the_navigation_marks_the_section(path, current):
    marks = re.findall(
        r'<a class="govuk-service-navigation__link" href="([^"]+)" (aria-current="\w+")', page(STORY_PAGE, path)
    )
    assert marks == ([(reverse("stories:story-list"), current)] if current else [])


def test_the_language_switch_posts_and_comes_back_to_the_page():
    html = page(STORY_PAGE, "/stories/?outcome=failed&page=2")
    assert f'<form method="post" action="{reverse("common:language")}"' in html
    assert 'name="next" value="/stories/?outcome=failed&amp;page=2"' in html
    assert 'value="cy" lang="cy"' in html
    assert 'value="en" lang="en"' in page(STORY_PAGE, language="cy")


def test_the_page_says_its_language():
    assert '<html lang="en"' in page(STORY_PAGE)
    assert '<html lang="cy"' in page(STORY_PAGE, language="cy")


def test_a_page_in_english_only_says_so_in_welsh():
    source = STORY_PAGE.replace("base.html", "base_untranslated.html")
    welsh = page(source, language="cy")
    assert "chyfieithu eto" in welsh
    assert '<main lang="en">' in welsh
    assert "chyfieithu eto" not in page(source)
    assert "chyfieithu eto" not in page(STORY_PAGE, language="cy")


def test_messages_are_shown():
    html = page(STORY_PAGE, messages=[Message(constants.SUCCESS, "Kept <b>"), Message(constants.INFO, "Read this")])
    assert html.count("govuk-notification-banner--success") == 1
    assert "Kept &lt;b&gt;" in html
    assert 'id="notice-title-1"' in html
    assert 'id="notice-title-2"' in html


def test_htmx_keeps_to_the_content_security_policy():
    html = page(STORY_PAGE)
    for setting in (
        '"allowEval": false',
        '"includeIndicatorStyles": false',
        '"historyCacheSize": 0',
        '"attributesToSettle": ["class"]',
    ):
        assert setting in html


def test_the_page_describes_itself():
    assert '<meta name="description" content="Who tried it in a place like yours' in page(STORY_PAGE)
    told = page(STORY_PAGE + "{% block description %}{{ words }}{% endblock %}", words='"A" & b')
    assert '<meta name="description" content="&quot;A&quot; &amp; b">' in told


def test_paper_says_where_it_came_from_and_when():
    html = page(STORY_PAGE, "/stories/?q=tablets&page=2")
    printed = re.search(r'<p class="lp-printed lp-print-only">([^<]+)</p>', html)[1]
    today = date_format(timezone.localdate())
    assert printed == f"http://testserver/stories/?q=tablets&amp;page=2 · Printed {today}"


# --- Rules for every template ---------------------------------------------------------------------------------------


MAIL = TEMPLATES / "mail" / "base.html"
"""The only place of inline styles: programs that show mail drop style sheets, and no security policy reaches them."""
STYLE = re.compile(r"\sstyle\s*=|<style")
SCRIPT = re.compile(r"\son\w+\s*=\s*[\"']|hx-on|javascript:|<script(?![^>]*\ssrc=)")


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_no_inline_style_or_script(path):
    source = path.read_text()
    assert not SCRIPT.search(source)
    assert bool(STYLE.search(source)) is (path == MAIL)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_components_are_included_with_only(path):
    includes = re.findall(r'{%\s*include\s+"_components/[^%]*%}', path.read_text())
    assert [found for found in includes if not re.search(r"\sonly\s*%}$", found)] == []


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_no_key_is_written_with_separators(path):
    """`{{ row.pk }}` is "1,234": a button that sends it back finds nothing."""
    assert not re.findall(r"\{\{ *[\w.]+\.pk *\}\}", path.read_text())


def test_every_component_is_explained():
    readme = (TEMPLATES / "_components" / "README.md").read_text()
    frame = {
        "bilingual",
        "footer",
        "gallery",
        "head_links",
        "language_switch",
        "navigation_item",
        "phase_banner",
        "wordmark",
    }
    names = {path.stem for path in (TEMPLATES / "_components").glob("*.html")} - frame
    assert names == set(re.findall(r"^\| `(\w+)\.html`", readme, re.MULTILINE))


def test_the_styles_leave_out_what_only_gov_uk_may_use():
    sources = "".join(path.read_text() for path in (PROJECT / "static" / "scss").glob("*.scss"))
    assert not re.search(r'components/(header|footer)"|govuk/components"|dist/govuk"', sources)
    assert "FORBIDDEN" in (PROJECT / "static" / "build.mjs").read_text()


def test_the_lock_file_names_no_registry():
    lock = (PROJECT / "static" / "package-lock.json").read_text()
    assert '"integrity"' in lock
    assert '"resolved"' not in lock


# --- Components -----------------------------------------------------------------------------------------------------


def test_the_gallery_shows_them_without_help_from_a_view():
    html = page('{% extends "_components/gallery.html" %}')
    for part in (
        "lp-hero",
        "lp-story-card",
        "lp-questions",
        "lp-chips",
        "govuk-pagination",
        "lp-points",
        "govuk-panel",
    ):
        assert f'class="{part}' in html


def test_an_outcome_is_told_in_words_and_by_a_shape_of_its_own():
    tags = [include("outcome_tag", outcome=outcome, label="In words") for outcome in Outcome.values]
    assert all("In words" in tag for tag in tags)
    assert len({re.search(r"<svg.*?</svg>", tag, re.DOTALL)[0] for tag in tags}) == len(Outcome.values)


def test_pages_keep_the_rest_of_the_query():
    query = QueryDict("outcome=failed&outcome=mixed&page=4")
    html = include("pagination", page=Paginator(range(200), 20).page(4), query=query)
    assert 'href="?outcome=failed&amp;outcome=mixed&amp;page=5" rel="next"' in html
    assert 'aria-current="page">4<' in html
    assert "govuk-pagination__item--ellipsis" in html
    assert "Page 4 of 10</p>" in html


def test_one_page_needs_no_pagination():
    assert include("pagination", page=Paginator(range(5), 20).page(1), query=QueryDict()).strip() == ""


def test_a_chip_says_what_it_removes():
    html = include("filter_chips", chips=[{"label": "Rural", "url": "?sector=1"}], clear_url="?")
    assert 'href="?sector=1"' in html
    assert "Remove filter:" in html
    assert include("filter_chips", chips=[]).strip() == ""


BOX = SimpleNamespace(value="1000", label="Wales <b>", count=1204, selected=True)


def group(name: str = "nation", **fields) -> SimpleNamespace:
    made = {"label": name.capitalize(), "choices": [BOX], "others": [], "chosen": 0, "open": False}
    return SimpleNamespace(name=name, **made | fields)


def fold(*groups: SimpleNamespace, **fields) -> str:
    made = {"name": "place", "label": "Place", "groups": groups, "chosen": 0, "open": False}
    return include("filter_fold", fold=SimpleNamespace(**made | fields))


def test_a_fold_of_one_facet_has_its_boxes():
    html = fold(group(), open=True, chosen=1)
    assert '<details class="lp-facet" id="facet-place" open>' in html
    assert "1 chosen" in html
    assert 'name="nation" type="checkbox" value="1000" checked' in html
    assert 'role="group" aria-label="Nation"' in html
    assert "Wales &lt;b&gt;" in html
    assert "(1,204)" in html
    assert " open" not in fold(group())


def test_a_fold_of_several_facets_has_a_fold_for_each():
    html = fold(group("nation", open=True), group("region", chosen=2))
    assert 'id="facet-place-nation" open>' in html
    assert 'id="facet-place-region">' in html
    assert "2 chosen" in html


def test_many_choices_stand_behind_a_line_that_counts_them():
    html = fold(group(others=[BOX] * 44))
    assert html.index('id="more-nation"') < html.index("Show 44 more</summary>")
    assert html.count("<input") == 45
    assert "Show " not in fold(group())


def test_a_story_card_escapes_what_people_wrote():
    html = include("story_card", url="/s/", title="<i>", place="<b>", summary="<u>", wrong="<s>", outcome="failed")
    assert not re.search(r"<[ibus]>", html)


def test_a_story_card_leaves_out_what_it_is_not_told():
    html = include("story_card", url="/s/", title="T", place="P", outcome="failed", outcome_label="It did not work")
    assert "lp-likeness" not in html
    assert "lp-mark" not in html
    assert "lp-story-card__wrong" not in html
    assert "lp-story-card__reach" not in html


def test_a_story_card_says_whom_to_ask_and_where():
    contact = SimpleNamespace(name="Siân <b>", role="Rheolwr")
    html = include("story_card", url="/s/", title="T", outcome="failed", contact=contact, lang="cy")
    assert 'Who to ask: <a class="govuk-link" href="/s/#who-to-ask">Siân &lt;b&gt;</a>' in html
    assert '<span lang="cy">Rheolwr</span>' in html


def test_a_story_card_leads_to_an_author_who_gives_no_name():
    html = include("story_card", url="/s/", title="T", outcome="failed", unnamed=True)
    assert '<a class="govuk-link" href="/s/#who-to-ask">Write to the author</a>' in html
    assert "Who to ask" not in html


def test_what_went_wrong_is_labelled_in_the_language_of_the_page():
    html = include("story_card", url="/s/", title="T", outcome="failed", wrong="Dim signal.", lang="cy")
    assert (
        '<p class="lp-story-card__wrong" lang="cy"><strong lang="en">What went wrong:</strong> Dim signal.</p>' in html
    )


def test_plain_text_is_viewed_or_copied():
    html = include("copy_text", url="/plan/x/text/")
    assert 'href="/plan/x/text/"' in html
    assert 'data-label="Copy as text"' in html
    assert ">View as plain text</a>" in html


@pytest.mark.parametrize("component", ["print_button", "copy_link"])
def test_what_only_a_script_can_do_is_hidden_without_one(component):
    html = include(component, words='https://portal.example/"')
    assert re.search(r"<button [^>]* hidden>", html)
    assert 'example/"' not in html


def test_another_language_is_marked_and_one_s_own_is_not():
    assert "In Welsh" in include("language_mark", lang="cy")
    assert include("language_mark", lang="en").strip() == include("language_mark", lang="").strip() == ""
    with override("cy"):
        assert "Yn Saesneg" in include("language_mark", lang="en")
        assert include("language_mark", lang="cy").strip() == ""


def test_points_leave_out_what_gave_none_and_say_so():
    explained = SimpleNamespace(
        rows=[SimpleNamespace(label="Problem", detail="same problem: <b>", points=53)],
        without_points=[SimpleNamespace(label="Nation", detail="in another nation (Wales)")],
        not_counted=[SimpleNamespace(label="Stage", detail="pilot")],
        score=53,
    )
    html = include("points_fold", explained=explained, title="<i>", lang="en", caption="How like you")
    table = html.split("<table")[1].split("</table>")[0]
    assert "Nation" not in table
    assert "+53" not in table
    assert "No points for: Nation: in another nation (Wales)" in html
    assert "Shown, not counted: Stage: pilot" in html
    assert "<i>" not in html
    assert "<b>" not in html


def test_what_comes_from_outside_is_escaped_on_a_card():
    hostile = "<i>&\"'"
    names = ("url", "title", "place", "outcome", "outcome_label", "lang", "summary", "wrong", "like", "unlike")
    contact = SimpleNamespace(name=hostile, role=hostile)
    row = SimpleNamespace(label=hostile, detail=hostile, points=1)
    explained = SimpleNamespace(rows=[row], without_points=[row], not_counted=[row], score=1, stated=True)
    about = dict.fromkeys(names, hostile) | {"contact": contact, "explained": explained, "points": True}
    html = include("story_card", **about)
    assert "<i>" not in html
    assert html.count("&lt;i&gt;&amp;&quot;&#x27;") == 25
    assert "<mark>word</mark>" in include("story_card", **about, snippet=SafeString("A <mark>word</mark>"))
    assert "<mark>" not in include("story_card", **about, snippet="A <mark>word</mark>")


def test_an_example_story_is_marked():
    assert "Example story" in include("story_card", url="/s/", title="T", outcome="failed", example=True)
    assert "invented to show how the portal works" in include("example_mark", long=True)


@pytest.mark.parametrize(
    ("amount", "words"),
    [(185_000, "£185,000"), (0, "£0"), (2_400_000, "£2.4 million"), (Decimal(3_000_000), "£3 million"), (None, "")],
)
def test_money_has_separators(amount, words):
    assert pounds(amount) == words


# --- Error pages ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", ERRORS)
def test_error_pages_need_no_request_and_no_context(status):
    html = render_to_string(f"{status}.html")
    assert "<h1" in html
    assert '<div class="lp-bilingual__second" lang="cy">' in html


@pytest.mark.parametrize("status", ERRORS)
def test_error_pages_hold_nothing_about_the_reader(status):
    html = render_to_string(f"{status}.html")
    for trace in ("csrf", "nonce", "<form", "Sign in", "Your account", "next", "Printed"):
        assert trace not in html


def test_a_missing_page_is_the_same_bytes_every_time():
    assert len({render_to_string("404.html") for _time in range(3)}) == 1


def test_a_missing_page_speaks_the_reader_s_language_first():
    with override("cy"):
        html = render_to_string("404.html")
    assert '<html lang="cy"' in html
    assert '<div class="lp-bilingual__second" lang="en">' in html
    assert "We cannot find that page</h2>" in html
