"""The programme team brings its list of projects; each becomes a draft, and its lead is asked."""

import datetime
import io
import json
import zipfile

import openpyxl
import pytest
from allauth.account.models import EmailAddress
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from learning_portal.common.mail.compose import mail_of, told, weekly_mail_of
from learning_portal.common.models import Message, Role, User
from learning_portal.common.public_ids import encode
from networks.choices import Nation
from networks.importing import sheets
from networks.models import Organisation
from stories.access import authored_by
from stories.actions import Refused, change, invite, leave, projects, tell
from stories.choices import Status, StoryKind, Voice
from stories.models import AuthorLink, Draft, InvitedProject, ProjectList, Receipt, Story
from stories.telling import words
from stories.telling.forms import WordsForm
from stories.telling.kinds import telling_of
from tests.cast import give_role
from tests.factories import OrganisationFactory, TopicFactory, UserFactory, make_story, summary
from tests.stories.holding import form_of
from tests.stories.telling import moderators

pytestmark = pytest.mark.django_db

BACKEND = "django.contrib.auth.backends.ModelBackend"
PAGE = "/projects/"
DAY = datetime.timedelta(days=1)
HEADER = ["Organisation", "Project name", "Lead email", "Cost", "Start date", "End date", "Ref"]
LEAD = "lead@council.example"


def row(name: str = "Tablets on rounds", lead: str = LEAD, **other: str) -> list[str]:
    said = {"cost": "£1.2m", "starts": "2024-04-01", "ends": "31/03/2026", "ref": "", "organisation": "Example Council"}
    said |= other
    return [said["organisation"], name, lead, said["cost"], said["starts"], said["ends"], said["ref"]]


def csv_of(*rows: list[str], header: list[str] = HEADER) -> bytes:
    return "\n".join(",".join(f'"{cell}"' for cell in cells) for cells in (header, *rows)).encode()


def xlsx_of(*rows: list, header: list = HEADER) -> bytes:
    book = openpyxl.Workbook()
    for cells in (header, *rows):
        book.active.append(cells)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def put_in(client, data: bytes, name: str = "list.csv"):
    return client.post(PAGE, {"file": SimpleUploadedFile(name, data)})


def refused(client, data: bytes, name: str = "list.csv") -> str:
    """What the page says of a file that it does not take."""
    answer = put_in(client, data, name)
    assert answer.status_code == 422
    assert not ProjectList.objects.exists()
    return answer.content.decode()


def dry_run(client, data: bytes, name: str = "list.csv") -> str:
    answer = put_in(client, data, name)
    assert answer.status_code == 302, answer.content.decode()
    return client.get(answer["Location"]).content.decode()


def take(client) -> None:
    kept = ProjectList.objects.get()
    assert client.post(reverse("stories:project-match", args=[kept.pk]), {"do": "take"}).status_code == 302


def bring(client, *rows: list[str]) -> None:
    put_in(client, csv_of(*rows))
    take(client)


@pytest.fixture(autouse=True)
def council():
    return OrganisationFactory(code="EX1", name_en="Example Council", name_cy="Cyngor Enghraifft")


@pytest.fixture
def team(client):
    person = UserFactory()
    give_role(person, Role.PROGRAMME_TEAM)
    client.force_login(person, backend=BACKEND)
    return person


def lead_signs_in(client, email: str = LEAD, *, proved: bool = True) -> User:
    lead = User.objects.filter(email=email).first() or UserFactory(email=email)
    EmailAddress.objects.filter(user=lead).update(verified=proved)
    client.force_login(lead, backend=BACKEND)
    return lead


# --- The list ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("made", "name"), [(csv_of, "list.csv"), (xlsx_of, "list.xlsx"), (xlsx_of, "LIST.XLSX")])
def test_a_list_becomes_drafts(client, team, council, made, name):
    page = dry_run(client, made(row(), row("Bins", "other@council.example", cost="", starts="", ends="")), name)
    assert "2 new projects" in page
    assert not Story.objects.exists()
    assert not Message.objects.exists()
    take(client)
    assert not ProjectList.objects.exists()
    story = InvitedProject.objects.get(name="Tablets on rounds").story
    assert (story.kind, story.status, story.voice) == (StoryKind.SUMMARY, Status.DRAFT, Voice.NAMED)
    assert (story.organisation, story.cost, story.months, story.year) == (council, 1_200_000, 23, 2024)
    assert json.loads(Draft.objects.get(story=story).words) == {"telling": "project", "title": "Tablets on rounds"}
    assert not AuthorLink.objects.exists()
    assert not Receipt.objects.exists()


def test_dates_and_figures_of_a_workbook_are_read(client, team):
    cells = ["EX1", "Tablets", LEAD, 250_000.0, datetime.date(2024, 4, 1), datetime.datetime(2024, 10, 1), 7]
    dry_run(client, xlsx_of(cells), "list.xlsx")
    take(client)
    invited = InvitedProject.objects.get()
    assert (invited.own_id, invited.story.cost, invited.story.months) == ("7", 250_000, 6)


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        (row(name=""), "“Name of the project” is empty"),
        (row(lead="nobody"), "“nobody” is not an email address"),
        (row(organisation="Nowhere"), "“Nowhere” is no organisation of the register"),
        (row(cost="a lot"), "“a lot” is not a cost in pounds"),
        (row(cost="-5"), "“-5” is not a cost in pounds"),
        (row(starts="31/02/2024"), "“31/02/2024” is not a date"),
        (row(starts="2026-04-01", ends="2025-04-01"), "It ends before it starts"),
        (row(starts="1950", ends="2050"), "It lasts longer than 50 years"),
        (row(name="a" * 121), "“Name of the project” is longer than 120 characters"),
        (["only one"], "It has more or fewer cells than the first line"),
    ],
)
def test_bad_rows_are_named(client, team, cells, reason):
    page = dry_run(client, csv_of(row(), cells))
    assert f"Line 3: {reason}" in page.replace("&#x27;", "'")
    assert "1 line that cannot be used" in page
    take(client)
    assert InvitedProject.objects.count() == 1


@pytest.mark.parametrize("formula", ['=HYPERLINK("https://x.example";"y")', "=1+1", "+1+cmd|x", "@SUM(A1)", "-A1"])
@pytest.mark.parametrize("made", [csv_of, xlsx_of])
def test_formulas_are_shown_as_text_and_go_nowhere(client, team, made, formula):
    typed = formula if made is xlsx_of else formula.replace('"', "'")
    page = dry_run(client, made(row(name=typed)), "list.csv" if made is csv_of else "list.xlsx")
    assert "holds a formula" in page
    assert 'href="https://x.example' not in page
    take(client)
    assert not InvitedProject.objects.exists()


def test_columns_are_matched_by_hand(client, team):
    header = ["A", "B", "C", "D", "E", "F", "G"]
    page = dry_run(client, csv_of(row(), header=header))
    assert "new project" not in page
    kept = ProjectList.objects.get()
    address = reverse("stories:project-match", args=[kept.pk])
    assert client.post(address, {"do": "match", "organisation": "A"}).status_code == 422
    assert client.post(address, {"do": "match", "organisation": "A", "name": "A", "lead": "C"}).status_code == 422
    assert client.post(address, {"do": "match", "organisation": "A", "name": "Z", "lead": "C"}).status_code == 422
    assert client.post(address, {"do": "take"}).status_code == 302
    assert ProjectList.objects.exists()
    assert client.post(address, {"do": "match", "organisation": "A", "name": "B", "lead": "C"}).status_code == 302
    assert "1 new project" in client.get(address).content.decode()


def test_a_list_is_dropped(client, team):
    put_in(client, csv_of(row()))
    kept = ProjectList.objects.get()
    client.post(reverse("stories:project-match", args=[kept.pk]), {"do": "drop"})
    assert not ProjectList.objects.exists()
    assert not InvitedProject.objects.exists()
    with pytest.raises(Refused):
        projects.take_in(by=team, kept=kept)


def test_a_list_is_gone_the_next_day(client, team):
    put_in(client, csv_of(row()))
    assert projects.erase_old_lists() == 0
    assert projects.erase_old_lists(today=timezone.localdate() + DAY) == 1


def test_each_sees_their_own_list_alone(client, team):
    put_in(client, csv_of(row()))
    address = reverse("stories:project-match", args=[ProjectList.objects.get().pk])
    other = UserFactory()
    give_role(other, Role.PROGRAMME_TEAM)
    client.force_login(other, backend=BACKEND)
    assert client.get(address).status_code == client.post(address, {"do": "take"}).status_code == 404


# --- Files that are none ----------------------------------------------------------------------------------------------


def bomb() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("[Content_Types].xml", "<Types/>")
        parts.writestr("xl/worksheets/sheet1.xml", b"\0" * (sheets.LONGEST_UNPACKED + 1))
    return file.getvalue()


def with_part(name: str, text: str) -> bytes:
    """A workbook with one part written anew."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsx_of(row()))) as parts, zipfile.ZipFile(file, "w") as changed:
        for part in parts.namelist():
            if part != name:
                changed.writestr(part, parts.read(part))
        changed.writestr(name, text)
    return file.getvalue()


LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'
)


@pytest.mark.parametrize(
    ("data", "name", "says"),
    [
        (bomb(), "list.xlsx", sheets.UNPACKS),
        (xlsx_of(row()), "list.xlsm", sheets.HAS_MACROS),
        (with_part("xl/vbaProject.bin", "x"), "list.xlsx", sheets.HAS_MACROS),
        (with_part("[Content_Types].xml", "<Types>macroEnabled</Types>"), "list.xlsx", sheets.HAS_MACROS),
        (
            with_part("xl/worksheets/sheet1.xml", LAUGHS + SHEET.format("<row>&b;</row>")),
            "list.xlsx",
            sheets.UNREADABLE,
        ),
        (with_part("xl/worksheets/sheet1.xml", "<worksheet"), "list.xlsx", sheets.UNREADABLE),
        (with_part("xl/workbook.xml", LAUGHS + "<workbook/>"), "list.xlsx", sheets.UNREADABLE),
        (xlsx_of(row())[:500], "list.xlsx", sheets.UNREADABLE),
        (b"PK\x03\x04", "list.xlsx", sheets.UNREADABLE),
        (csv_of(row()), "list.xlsx", sheets.UNREADABLE),
        (xlsx_of(row()), "list.csv", sheets.UNREADABLE),
        (b"", "list.csv", sheets.EMPTY),
        (b"", "list.xlsx", sheets.UNREADABLE),
        (csv_of(), "list.csv", sheets.EMPTY),
        (xlsx_of(), "list.xlsx", sheets.EMPTY),
        ("Sefydliad,Prosiect\nTŷ,Tŷ".encode("cp1252", "replace") + b"\xff", "list.csv", sheets.UNREADABLE),
        (b'a,b\n"never closed', "list.csv", sheets.UNREADABLE),
        (b"a,a\n1,2", "list.csv", sheets.UNREADABLE),
        (csv_of(header=["x"] * 2) + b"\n1,2", "list.csv", sheets.UNREADABLE),
        (b",".join(b"c%d" % n for n in range(41)) + b"\n" + b"," * 40 + b"x", "list.csv", sheets.TOO_MANY_COLUMNS),
        (b"a\n" + b"x" * sheets.LONGEST_FILE, "list.csv", sheets.TOO_BIG),
        (b"a,b\n" + b"x,y\n" * (sheets.MOST_ROWS + 1), "list.csv", sheets.TOO_MANY_ROWS),
        (csv_of(row()), "list.pdf", sheets.NOT_A_LIST),
        (csv_of(row()), "list", sheets.NOT_A_LIST),
    ],
)
def test_what_is_no_list_is_refused_calmly(client, team, data, name, says):
    assert str(says) in refused(client, data, name)


def test_no_file_at_all_is_refused(client, team):
    assert client.post(PAGE).status_code == 422
    assert client.post(PAGE, {"file": "text"}).status_code == 422


def test_a_sheet_that_claims_a_million_rows_is_read_no_further(client, team):
    cell = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>far</t></is></c></row>'
    data = with_part("xl/worksheets/sheet1.xml", SHEET.format(cell))
    assert str(sheets.EMPTY) in refused(client, data, "list.xlsx")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encodings(client, team, encoding):
    data = csv_of(row("Tŷ Gŵyl")).decode().encode(encoding)
    assert "Tŷ Gŵyl" in dry_run(client, data)


def test_nul_and_markup_are_no_part_of_a_name(client, team):
    page = dry_run(client, csv_of(row("Tab\0lets <script>alert(1)</script>")))
    assert "Tablets" in page
    assert "<script>alert" not in page


@pytest.mark.prove
def test_ten_thousand_rows(client, team):
    many = [row(f"Project {number}", f"lead{number}@council.example") for number in range(sheets.MOST_ROWS)]
    data = csv_of(*many, header=HEADER)
    assert len(data) < sheets.LONGEST_FILE
    page = dry_run(client, data)
    assert "10,000 new projects" in page
    assert "And 9,950 more." in page
    take(client)
    assert Story.objects.count() == Draft.objects.count() == InvitedProject.objects.count() == sheets.MOST_ROWS


# --- Again ------------------------------------------------------------------------------------------------------------


def test_the_same_list_again_makes_nothing_new(client, team):
    bring(client, row(), row("Bins", ref="7"))
    assert "2 projects that are known already" in dry_run(
        client, csv_of(row(" TABLETS  on rounds"), row("Renamed", ref="7"))
    )
    take(client)
    assert InvitedProject.objects.count() == Story.objects.count() == 2
    assert "1 project that is known already" in dry_run(
        client, csv_of(row("Bins", ref="8"), row("tablets on rounds", ref="9"))
    )


def test_a_project_that_stands_twice_is_one(client, team):
    bring(client, row(), row("TABLETS on rounds"))
    assert InvitedProject.objects.count() == 1


def test_two_lists_at_once_make_one_draft(client, team, monkeypatch):
    put_in(client, csv_of(row()))
    found = projects.look(ProjectList.objects.get())
    take(client)
    assert projects._make(found.new) == 0
    assert Story.objects.count() == 1


# --- Mail -------------------------------------------------------------------------------------------------------------


def mails() -> int:
    return Message.objects.filter(kind="project_invited").count()


def delivered() -> None:
    Message.objects.update(state="sent", context={})


def test_one_mail_one_reminder_then_silence(client, team):
    bring(client, row())
    today = timezone.localdate()
    assert invite.invite_leads(today=today) == 1
    assert invite.invite_leads(today=today) == invite.remind_leads(today=today + 13 * DAY) == 0
    assert mails() == 1
    delivered()
    assert invite.remind_leads(today=today + 14 * DAY) == 1
    assert invite.remind_leads(today=today + 15 * DAY) == 0
    assert mails() == 2
    delivered()
    assert invite.forget_silent_leads(today=today + 41 * DAY) == 0
    assert invite.forget_silent_leads(today=today + 42 * DAY) == 1
    invited = InvitedProject.objects.get()
    assert (invited.lead, invited.story) == ("", None)
    assert not Story.objects.exists()
    assert mails() == 0
    bring(client, row())
    assert invite.invite_leads() == invite.remind_leads(today=today + 100 * DAY) == 0


def test_leaving_is_declining(client, team):
    bring(client, row())
    invite.invite_leads()
    leave.delete_account(by=lead_signs_in(client))
    assert InvitedProject.objects.get().lead == ""
    assert not Story.objects.exists()
    assert mails() == 0


@pytest.mark.parametrize(("again", "says"), [(False, "three questions, ten minutes"), (True, "the only reminder")])
def test_what_the_mail_says(again, says):
    found = told("project_invited", {"key": 7, "project": "Tablets & rounds", "again": again})
    text = found.words
    assert says in text
    assert "“Tablets & rounds”" in text
    assert f"/projects/{encode(7)}/" in text


@pytest.mark.parametrize(
    ("nation", "account", "language"),
    [(Nation.WALES, "", "+"), (Nation.ENGLAND, "", "en"), (Nation.WALES, "en", "en"), (Nation.WALES, "cy", "cy")],
)
def test_in_both_languages_in_wales_unless_they_have_chosen(client, team, council, nation, account, language):
    Organisation.objects.filter(pk=council.pk).update(nation=nation)
    if account:
        UserFactory(email=LEAD, language=account)
    bring(client, row())
    invite.invite_leads()
    assert Message.objects.get().language == language


@pytest.mark.parametrize("weekly", [False, True])
def test_both_languages_stand_in_one_mail_with_both_ways_to_stop_it(client, address, weekly):
    message = Message.objects.get()
    mail = weekly_mail_of(message, [message]) if weekly else mail_of(message)
    welsh, english = mail.subject.split(" / ")
    assert english == "Would you tell about your project?"
    assert welsh != english
    assert mail.body.count(address) == 2
    assert mail.body.index("tri chwestiwn") < mail.body.index("three questions, ten minutes")
    assert mail.body.count("/mail/stop/") == 2
    assert mail.extra_headers["List-Unsubscribe"]


def test_two_ticks_at_once_ask_once(client, team):
    bring(client, row())
    invited = InvitedProject.objects.get()
    assert invite._ask(invited, timezone.localdate(), invited_on=None)
    assert not invite._ask(invited, timezone.localdate(), invited_on=None)


# --- The lead ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def address(client, team):
    bring(client, row())
    invite.invite_leads()
    return reverse("stories:project-invited", args=[InvitedProject.objects.get().pk])


def test_the_lead_takes_the_draft_over(client, address):
    lead = lead_signs_in(client)
    page = client.get(address).content.decode()
    assert "Tablets on rounds" in page
    assert "1,200,000" in page
    assert client.post(address).status_code == 422
    answer = client.post(address, {"do": "start"})
    story = Story.objects.get()
    assert answer["Location"] == f"/tell/{story.public_id}/words/"
    assert "Tablets on rounds" in client.get(answer["Location"]).content.decode()
    assert Story.objects.filter(authored_by(lead)).get() == story
    assert InvitedProject.objects.get().lead == ""
    assert mails() == 0
    assert client.get(address)["Location"] == reverse("stories:tell-mine")
    assert client.post(address, {"do": "start"}).status_code == 404
    assert AuthorLink.objects.count() == 1


def test_three_questions_and_not_one_more(client, address):
    moderators()
    lead_signs_in(client)
    story = Story.objects.get()
    client.post(address, {"do": "start"})
    telling = telling_of(story.kind, story.in_person, words.read(Draft.objects.get().words)["telling"])
    assert set(telling.asked) - telling.optional - {"title"} == {"did", "lessons", "outcome"}
    answers = {"title": "Tablets on rounds", "did": "We bought tablets.", "lessons": "Try them.", "outcome": "failed"}
    page = f"/tell/{story.public_id}/"
    assert client.post(f"{page}words/", form_of(story, **answers))["Location"] == f"{page}check/"
    client.post(f"{page}check/", form_of(story, audience="public"))
    assert Story.objects.get().status == Status.SUBMITTED
    for left_out in ("did", "lessons", "outcome"):
        assert not WordsForm({**answers, left_out: ""}, telling=telling).is_valid()


def test_what_a_lead_was_not_asked_they_need_not_say_when_they_change_it():
    story = make_story(content=summary())
    assert change._typed(story, [])["telling"] == "project"
    assert change._typed(story, [TopicFactory(group="problem")])["telling"] == ""


def test_nobody_else_is_offered_so_few_questions(client, team):
    assert client.get("/tell/project/").status_code == 404


def test_the_lead_learns_before_they_start_that_their_organisation_stands_on_it(client, address):
    lead_signs_in(client)
    assert "your organisation stands on it" in client.get(address).content.decode()
    answer = client.post(address, {"do": "start"})
    assert "Make it confidential or anonymous" in client.get(answer["Location"]).content.decode()


def test_the_lead_declines(client, address):
    lead_signs_in(client)
    assert client.post(address, {"do": "decline"}).status_code == 302
    assert not Story.objects.exists()
    assert InvitedProject.objects.get().lead == ""
    assert mails() == 0
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(("email", "proved"), [("other@council.example", True), (LEAD, False)])
def test_nobody_else_finds_anything(client, address, email, proved):
    lead_signs_in(client, email, proved=proved)
    nothing = client.get(reverse("stories:project-invited", args=[1]))
    for answer in (client.get(address), client.post(address, {"do": "start"}), client.post(address, {"do": "decline"})):
        assert answer.status_code == 404
        assert answer.content == nothing.content
    invited = InvitedProject.objects.get()
    with pytest.raises(Refused):
        invite.accept(by=User.objects.get(email=email), invited=invited)
    assert not AuthorLink.objects.exists()


def test_the_guard_is_the_address(client, address, monkeypatch):
    """With the check of the address out, a stranger would take the draft: the test above notices."""
    stranger = lead_signs_in(client, "other@council.example")
    monkeypatch.setattr(invite, "invited_as", lambda user, key: InvitedProject.objects.get(pk=key))
    client.post(address, {"do": "start"})
    assert AuthorLink.objects.filter(user=stranger).exists()


def test_an_author_without_a_name_leaves_what_silence_leaves(client, address):
    lead = lead_signs_in(client)
    client.post(address, {"do": "start"})
    tell.change_voice(story=Story.objects.get(), voice=Voice.ANONYMOUS, by=lead)
    one = InvitedProject.objects.get()
    assert (one.lead, one.story, one.reminded_on) == ("", None, None)
    assert one.invited_on.weekday() == 0


# --- What came of it --------------------------------------------------------------------------------------------------


def test_counts(client, team, address):
    counted = InvitedProject.objects.counted
    assert counted() == {"invited": 1, "started": 0, "submitted": 0, "published": 0}
    story, _receipt = invite.accept(by=lead_signs_in(client), invited=InvitedProject.objects.get())
    assert counted() == {"invited": 1, "started": 1, "submitted": 0, "published": 0}
    Story.objects.filter(pk=story.pk).update(status=Status.SUBMITTED, pool="moderators")
    assert counted() == {"invited": 1, "started": 1, "submitted": 1, "published": 0}
    client.force_login(team, backend=BACKEND)
    page = client.get(PAGE).content.decode()
    assert "fewer than five" in page


def test_only_the_team_brings_lists(client):
    person = UserFactory()
    client.force_login(person, backend=BACKEND)
    assert client.get(PAGE).status_code == put_in(client, csv_of(row())).status_code == 404
    table = sheets.read_sheet("list.csv", csv_of(row()))
    with pytest.raises(Refused):
        projects.keep_list(by=person, table=table)
    assert PAGE not in client.get("/account/").content.decode()


def test_the_team_finds_the_page_from_its_account(client, team):
    assert PAGE in client.get("/account/").content.decode()
    assert client.put(PAGE).status_code == 405
