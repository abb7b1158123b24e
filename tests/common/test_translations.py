"""The Welsh of the service: the catalogue is whole and sound, and pages speak Welsh to Welsh readers."""

import ast
import gettext
import html
import io
import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.core.cache import cache
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import ngettext, override
from django.utils.translation.template import templatize

from stories.choices import Outcome
from tests.factories import TODAY, OrganisationFactory, TopicFactory, lessons, make_story

PROJECT = Path(__file__).parents[2]
TEMPLATES = PROJECT / "templates"
CATALOGUE = PROJECT / "learning_portal" / "locale" / "cy" / "LC_MESSAGES" / "django.po"
PROSE = [f"site/{name}.html" for name in ("about", "how", "accessibility", "cookies", "feedback", "mail")]
"""Long pages in English only, that say so. Nothing else may lack its Welsh."""
HELP = ("about", "how", "accessibility", "cookies", "feedback")
ERRORS = (400, 403, 404, 500, 503)
FOR_DEVELOPERS = {"_components/gallery.html"}
BORROWED = {
    "Email",
    "Enter a valid email address.",
    "Incorrect code.",
    "July",
    "This field is required.",
    "Too many failed login attempts. Try again later.",
}
"""Words of the libraries that readers meet, and whose own Welsh is missing or wrong."""

MARKED = re.compile(r"(?:gettext|\b_)\(u?('(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")")
"""The first argument of each call in what Django makes of a template for extraction."""
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%\{\w+\}|%[sd%]")
MARKUP = re.compile(r"</?(?:a|strong)\b[^>]*>")

catalogue = polib.pofile(str(CATALOGUE))
ENTRIES = [entry for entry in catalogue if not entry.obsolete]
KNOWN = {entry.msgid for entry in ENTRIES}


def forms_of(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def is_translated(entry: polib.POEntry) -> bool:
    return all(form.strip() for form in forms_of(entry))


def words_of_template(path: Path) -> set[str]:
    """What a template marks for translation, as Django itself reads it."""
    return {ast.literal_eval(found) for found in MARKED.findall(templatize(path.read_text()))}


def words_of_module(path: Path) -> set[str]:
    """The first argument of every call that marks a string."""
    calls = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call) and node.args]
    return {
        call.args[0].value
        for call in calls
        if isinstance(call.func, ast.Name)
        and re.fullmatch(r"_|n?gettext(_lazy|_noop)?", call.func.id)
        and isinstance(call.args[0], ast.Constant)
    }


def templates() -> list[Path]:
    return [path for path in sorted(TEMPLATES.rglob("*.*")) if path.suffix in {".html", ".txt"}]


def modules() -> list[Path]:
    found = [path for app in ("learning_portal", "networks", "stories") for path in (PROJECT / app).rglob("*.py")]
    return [path for path in found if "migrations" not in path.parts]


def name(path: Path) -> str:
    return str(path.relative_to(PROJECT))


# --- The catalogue --------------------------------------------------------------------------------------------------


def test_it_compiles_and_is_read_back():
    compiled = gettext.GNUTranslations(io.BytesIO(catalogue.to_binary()))
    assert compiled.gettext("Learning Portal") == "Porth Dysgu"
    assert polib.pofile(str(CATALOGUE), check_for_duplicates=True)


def test_its_header_says_what_it_is():
    assert catalogue.metadata["Language"] == "cy"
    assert catalogue.metadata["Project-Id-Version"] == "Learning Portal"
    assert "awaits a translator's review" in catalogue.header
    assert "charset=UTF-8" in catalogue.metadata["Content-Type"]
    assert "@" not in catalogue.header + "".join(catalogue.metadata.values())


def test_its_plural_rule_is_django_s_own():
    """Django keeps a catalogue with another rule apart, and its own plurals would then be looked up by ours."""
    rule = re.sub(r"\s", "", catalogue.metadata["Plural-Forms"])
    assert rule == "nplurals=4;plural=(n==1)?0:(n==2)?1:(n!=8&&n!=11)?2:3;"


def test_nothing_is_fuzzy():
    assert [entry.msgid for entry in catalogue if "fuzzy" in entry.flags] == []
    assert not catalogue.metadata_is_fuzzy


def marks_of(words: str) -> tuple[Counter, Counter]:
    return Counter(PLACEHOLDER.findall(words)), Counter(MARKUP.findall(words))


def test_placeholders_and_links_are_those_of_the_source():
    wrong = [
        form
        for entry in ENTRIES
        for form in forms_of(entry)
        if is_translated(entry) and marks_of(form) != marks_of(entry.msgid_plural or entry.msgid)
    ]
    assert wrong == []


def test_a_changed_placeholder_is_noticed():
    assert marks_of("%(number)s people") == marks_of("pobl: %(number)s")
    for changed in ("%(nifer)s pobl", "%(number)d pobl", "pobl", "%(number)s o %(number)s", "<a>%(number)s</a>"):
        assert marks_of("%(number)s people") != marks_of(changed)


def test_plurals_have_all_four_forms():
    plurals = [entry for entry in ENTRIES if entry.msgid_plural]
    assert plurals
    for entry in plurals:
        assert sorted(entry.msgstr_plural) == [0, 1, 2, 3], entry.msgid
        assert is_translated(entry), entry.msgid


def test_only_the_prose_of_the_help_pages_lacks_its_welsh():
    prose = set().union(*(words_of_template(TEMPLATES / page) for page in PROSE))
    shared = [words_of_template(path) for path in templates() if str(path.relative_to(TEMPLATES)) not in PROSE]
    shared += [words_of_module(path) for path in modules()]
    may_lack = prose.difference(*shared)
    missing = {entry.msgid for entry in ENTRIES if not is_translated(entry)}
    assert missing - may_lack == set()


def test_what_is_marked_is_in_the_catalogue():
    missing = {
        name(path): unknown for path in [*templates(), *modules()] if (unknown := marked_in(path) - KNOWN - {""})
    }
    assert missing == {}


def marked_in(path: Path) -> set[str]:
    return words_of_module(path) if path.suffix == ".py" else words_of_template(path)


def test_marked_words_are_found():
    assert "Apply filters" in words_of_template(TEMPLATES / "stories" / "story_list.html")
    assert "%(total)s story" in words_of_template(TEMPLATES / "stories" / "story_list.html")
    assert {"%(number)d month", "Lasted"} <= words_of_module(PROJECT / "stories" / "page.py")


def test_borrowed_words_have_our_welsh():
    """They stand in no source of ours: something must mark them, or extraction drops them."""
    assert {entry.msgid for entry in ENTRIES if is_translated(entry)} >= BORROWED


# --- Templates ------------------------------------------------------------------------------------------------------

TEMPLATE_LANGUAGE = re.compile(
    r"{#.*?#}|{%\s*comment.*?endcomment\s*%}|{%\s*blocktranslate.*?endblocktranslate[^%]*%}|{%.*?%}|{{.*?}}", re.DOTALL
)
IN_ITS_OWN_LANGUAGE = re.compile(r'<(\w+)\b[^>]*\slang="(?:cy|en)"[^>]*>[^<]*</\1>')
SPOKEN = re.compile(r'\s(?:aria-label|title|alt|placeholder)="([^"]*[A-Za-z][^"]*)"')
ATTRIBUTE = re.compile(r'[\w.-]+="[^"]*"')
NAMES = {"sessionid", "csrftoken", "django_language"}
"""Cookies."""


@pytest.mark.parametrize("path", templates(), ids=name)
def test_no_words_stand_unmarked(path):
    """Words between tags, and attributes that are read out, are marked or say their own language."""
    if str(path.relative_to(TEMPLATES)) in FOR_DEVELOPERS:
        pytest.skip("for developers")
    source = TEMPLATE_LANGUAGE.sub("", IN_ITS_OWN_LANGUAGE.sub(" ", path.read_text()))
    assert SPOKEN.findall(source) == []
    between = ATTRIBUTE.sub(" ", re.sub(r"<[^>]*>", " ", source))
    assert set(re.findall(r"[^\W\d]{2,}", between)) - NAMES == set()


# --- Pages ----------------------------------------------------------------------------------------------------------


class Text(HTMLParser):
    """The pieces of text that a page gives as Welsh: those inside an element of another language are left out."""

    VOID = frozenset({"br", "hr", "img", "input", "link", "meta", "circle", "path"})

    def __init__(self, page: str):
        super().__init__()
        self.open: list[tuple[str, str | None]] = []
        self.pieces: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        said = dict(attributes)
        if tag not in self.VOID:
            self.open.append((tag, said.get("lang")))
        self.pieces += [said[key] for key in ("aria-label", "data-done", "data-how", "data-no-results") if key in said]

    def handle_endtag(self, tag):
        while tag not in self.VOID and self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        language = next((said for _tag, said in reversed(self.open) if said is not None), "")
        if language == "cy" and data.strip():
            self.pieces.append(" ".join(data.split()))


OWN_NAME = "English"
"""Languages to choose from are called by their own names."""


def english_in(page: str) -> set[str]:
    """The English of messages that have Welsh, where a page shows it as Welsh."""
    same = {entry.msgid for entry in ENTRIES if entry.msgid in forms_of(entry)}
    return (set(Text(page).pieces) & KNOWN) - same - {OWN_NAME}


@pytest.fixture
def reader(client):
    """A browser that has chosen Welsh, and has not asked for codes before."""
    cache.clear()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "cy"
    return client


@pytest.fixture
def shelf(db):
    """A few stories of one topic, in English, at two Welsh bodies with Welsh names."""
    topic = TopicFactory(name="Poor signal", name_cy="Signal gwael", slug="poor-signal", words_en="signal")
    here, there = (
        OrganisationFactory(code=f"C{number}", name_en=f"Valley {number}", name_cy=f"Dyffryn {number}")
        for number in range(2)
    )
    stories = [
        make_story(
            content=lessons(title=f"Tablets in van {number}"),
            organisation=there,
            topics=[topic],
            outcome=outcome,
            cost=90_000,
            months=2,
        )
        for number, outcome in enumerate(Outcome.values)
    ]
    return here, there, stories


def welsh(response, status: int = 200) -> str:
    assert response.status_code == status
    page = response.content.decode()
    assert '<html lang="cy"' in page
    assert english_in(page) == set()
    return html.unescape(page)


def test_english_is_noticed_where_it_is_left():
    assert english_in('<html lang="cy"><p>Apply filters</p>') == {"Apply filters"}
    assert english_in('<html lang="cy"><p aria-label="Apply filters">Hidlo</p>') == {"Apply filters"}
    assert english_in('<html lang="cy"><svg><path/></svg><br><p lang="en">x</p>Apply filters') == {"Apply filters"}
    assert english_in('<html lang="cy"><p lang="en">Apply filters</p><p>Hidlo</p>') == set()


def test_the_frame(reader, db):
    page = welsh(reader.get(reverse("site:home")))
    frame = ["Neidio i'r prif gynnwys", "Gwirio cynllun", "Straeon", "Pynciau", "Sefydliadau", "Mewngofnodi"]
    footer = ["Datganiad hygyrchedd", "Preifatrwydd", "Cwcis", "aros i gael ei hadolygu gan gyfieithydd"]
    for words in [*frame, *footer]:
        assert words in page, words


def test_home(reader, shelf):
    page = welsh(reader.get(reverse("site:home")))
    assert "<title>Beth ydych chi'n ei gynllunio? - Porth Dysgu</title>" in page
    assert "Signal gwael" in page
    assert "Stori enghreifftiol" in page


def test_a_plan_and_its_answer(reader, shelf):
    here, _there, _stories = shelf
    form = {"text": "Tablets with poor signal for carers in the valley", "organisation": here.name_cy}
    page = welsh(reader.post(reverse("stories:plan-create"), form, follow=True))
    assert "<title>Pum cwestiwn i fynd â nhw i'ch cyfarfod" in page
    assert "5 ymgais</h2>" in page
    assert "Yn debyg i chi:" in page
    assert "yr un broblem: Signal gwael" in page
    assert "Yn Saesneg" in page


def test_a_plan_in_error(reader, db):
    page = welsh(reader.post(reverse("stories:plan-create"), {"text": "", "organisation": "nowhere"}), 422)
    assert "<title>Gwall: " in page
    assert "Mae problem wedi codi" in page
    assert "Dywedwch wrthym mewn brawddeg neu ddwy" in page
    assert "Nid ydym yn adnabod y sefydliad hwnnw" in page


def test_browse(reader, shelf):
    page = welsh(reader.get(reverse("stories:story-list"), {"outcome": ["failed", "mixed"], "q": "tablets"}))
    assert "2 stori" in page
    assert "Canlyniad: Ni weithiodd" in page
    assert "2 wedi'u dewis" in page
    assert "Clirio pob hidlydd" in page


def test_a_story_in_english_stands_in_a_welsh_page(reader, shelf):
    _here, _there, stories = shelf
    page = welsh(reader.get(stories[0].get_absolute_url()))
    assert "Cofnod gwersi" in page
    assert "Beth aeth o'i le, a pham" in page
    assert "2 fis" in page
    assert '<h1 class="lp-story__title" lang="en">' in page


@pytest.mark.parametrize("view", ["topic-list", "organisation-list"])
def test_lists(reader, shelf, view):
    welsh(reader.get(reverse(f"stories:{view}")))


def test_an_organisation(reader, shelf):
    here, there, _stories = shelf
    page = welsh(reader.get(reverse("stories:organisation-detail", args=[here.code])))
    assert "Cyngor (pob gwasanaeth lleol) yng Nghymru, yn gwasanaethu 92,000 o bobl, gwledig." in page
    assert there.name_cy in page


def test_signing_in(reader, db):
    address = reverse("account_request_login_code")
    assert "E-bost" in welsh(reader.get(address))
    assert "Rhowch gyfeiriad e-bost dilys." in welsh(reader.post(address, {"email": "nobody"}))
    sent = reader.post(reverse("account_signup"), {"email": "eleri@council.example"}, follow=True)
    assert "Teipiwch y cod" in welsh(sent)
    wrong = reader.post(sent.request["PATH_INFO"], {"code": "XXXX"})
    assert "Nid yw'r cod yn gywir." in welsh(wrong)


def test_the_code_comes_in_welsh(reader, db, mailoutbox):
    reader.post(reverse("account_signup"), {"email": "eleri@council.example"})
    assert mailoutbox[0].subject == "Eich cod ar gyfer y Porth Dysgu"
    assert "Teipiwch y cod hwn" in mailoutbox[0].body


@pytest.mark.parametrize("status", ERRORS)
def test_an_error_page_is_welsh_first(status):
    with override("cy"):
        page = render_to_string(f"{status}.html")
    assert '<html lang="cy"' in page
    first = page.split('<div class="lp-bilingual__first">')[1].split('<div class="lp-bilingual__second" lang="en">')[0]
    assert english_in(f'<html lang="cy">{page}') == set()
    assert re.search(r"<h1[^>]*>\w", first)
    assert not set(Text(f'<html lang="cy">{first}').pieces) & KNOWN


def test_a_missing_page_is_answered_in_welsh(reader, db):
    page = welsh(reader.get("/nowhere/"), 404)
    assert "Ni allwn ddod o hyd i'r dudalen honno" in page


@pytest.mark.parametrize("page", HELP)
def test_a_page_of_prose_says_in_welsh_that_it_is_in_english(reader, db, page):
    text = reader.get(reverse(f"site:{page}")).content.decode()
    assert '<html lang="cy"' in text
    assert '<main lang="en">' in text
    assert re.search(r'lang="cy">Nid yw\'r dudalen hon wedi\'i chyfieithu eto', text)


@pytest.mark.parametrize(
    ("number", "words"), [(1, "1 mis"), (2, "2 fis"), (3, "3 mis"), (8, "8 mis"), (11, "11 mis"), (24, "24 mis")]
)
def test_numbers_mutate_what_they_count(number, words):
    with override("cy"):
        assert ngettext("%(number)d month", "%(number)d months", number) % {"number": number} == words


def test_dates_name_their_month_in_welsh():
    with override("cy"):
        assert date_format(TODAY) == "2 Tachwedd 2026"
        assert date_format(TODAY.replace(month=7)) == "2 Gorffennaf 2026"
