"""`import_organisations`: registers of other people's making, all or none."""

import gzip
import io

import pytest
from django.core.management import CommandError, call_command

from learning_portal.common.models import AuditEvent
from networks.actions import save_organisations
from networks.choices import Kind, Nation, Region, Rurality
from networks.importing.bodies import Body
from networks.models import Organisation
from tests.factories import OrganisationFactory

pytestmark = pytest.mark.django_db

OTHERS = """\
org_id,name,short_name,sector,org_type,nation,region,code,population_2020,area_km2,lat,lon,rural_urban,\
deprivation_score,deprivation_quintile
la-W1,Glan County Council,Glan,local government,Welsh unitary authority,Wales,Wales,W1,92000.0,1500.5,52.1,-3.9,\
Sparse and rural,21.5,3.0
la-W2,Bro Council,Bro,local government,Welsh unitary authority,Wales,Wales,W2,,,,,,,
gd-dft,Department for Moving (DfM),Department for Moving (DfM),central government,Department,UK,,dfm,,,,,,,
"""
OURS = "code,name_en,name_cy,aliases,kind,nation,region,population,staff,budget,replaced_by,source\n"


@pytest.fixture
def load(tmp_path):
    """Import this text; what the command said."""

    def run(text: str | bytes, *options: str, name: str = "bodies.csv") -> str:
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        out = io.StringIO()
        call_command("import_organisations", str(path), *options, stdout=out)
        return out.getvalue()

    return run


def everything() -> list[tuple]:
    return sorted(Organisation.objects.values_list())


def test_another_register_is_understood(load):
    said = load(OTHERS)

    assert "3 added, 0 changed, 0 unchanged" in said
    glan = Organisation.objects.get(code="W1")
    assert (glan.name_en, glan.kind, glan.nation, glan.region) == (
        "Glan County Council",
        Kind.COUNCIL,
        Nation.WALES,
        Region.WALES,
    )
    assert (glan.population, glan.area_km2, glan.latitude, glan.longitude) == (92_000, 1500.5, 52.1, -3.9)
    assert (glan.rurality, glan.deprivation, glan.deprivation_score) == (Rurality.SPARSE, 3, 21.5)
    assert (glan.aliases, glan.is_example, glan.source) == ("Glan", False, "bodies.csv")
    assert Organisation.objects.get(code="W2").population is None


def test_columns_that_nothing_is_made_of_are_named_once(load):
    assert load(OTHERS).count("Columns that were not used: sector.") == 1


def test_a_government_body_loses_the_short_name_behind_its_name(load):
    load(OTHERS)
    department = Organisation.objects.get(code="dfm")
    assert (department.name_en, department.aliases, department.kind) == (
        "Department for Moving",
        "DfM",
        Kind.DEPARTMENT,
    )


@pytest.mark.parametrize(
    ("org_type", "name", "kind"),
    [
        ("Non-metropolitan district", "Adur District Council", Kind.DISTRICT),
        ("Scottish unitary authority", "Angus Council", Kind.COUNCIL),
        ("Combined authority", "Tees Valley Combined Authority", Kind.COMBINED),
        ("Local health board", "Glan Health Board", Kind.HEALTH_BOARD),
        ("Police force area", "Glan (police force area)", Kind.POLICE_FORCE),
        ("Agency or public body", "Forms Agency", Kind.AGENCY),
        ("Agency or public body", "High Fells National Park Authority", Kind.NATIONAL_PARK),
        ("Agency or public body", "HM Inspectorate of Forms", Kind.INSPECTORATE),
        ("Department", "Office for Standards in Forms (Ofsted)", Kind.INSPECTORATE),
        ("Agency or public body", "Department for Environment, Food & Forms (Defraf)", Kind.DEPARTMENT),
        ("Agency or public body", "The Northern Government (The Northern Government)", Kind.DEPARTMENT),
        ("Department", "Other", Kind.UNKNOWN),
    ],
)
def test_the_kind_follows_from_the_register_s_word_and_from_the_name(load, org_type, name, kind):
    load(f'code,name,org_type,nation\nA,"{name}",{org_type},UK\n')
    assert Organisation.objects.get(code="A").kind == kind


def test_a_kind_in_our_own_words_is_taken_at_its_word(load):
    load(f"{OURS}A,Inspectorate of Gates,,,agency,uk,,,,,,\n")
    assert Organisation.objects.get(code="A").kind == Kind.AGENCY


def test_the_second_run_changes_nothing(load):
    load(OTHERS)
    before = everything()
    events = AuditEvent.objects.count()

    assert "0 added, 0 changed, 3 unchanged" in load(OTHERS)
    assert everything() == before
    assert AuditEvent.objects.count() == events == 1


def test_a_blank_never_overwrites_what_is_known_and_a_figure_does(load):
    OrganisationFactory(code="W1", name_en="Glan", population=1, staff=3_900, budget=7, rurality=0, source="By hand")
    OrganisationFactory(code="W2", name_en="Bro", population=5_000)

    load(OTHERS)

    glan, bro = (Organisation.objects.get(code=code) for code in ("W1", "W2"))
    assert (glan.population, glan.staff, glan.budget, glan.rurality) == (92_000, 3_900, 7, Rurality.SPARSE)
    assert glan.source == "By hand; bodies.csv"
    assert bro.population == 5_000


def test_another_register_s_name_becomes_another_name_and_our_own_column_renames(load):
    OrganisationFactory(code="W1", name_en="Cyngor Glan", kind=Kind.COUNCIL, aliases="The Glan")

    load(OTHERS)
    assert Organisation.objects.values_list("name_en", "aliases").get(code="W1") == (
        "Cyngor Glan",
        "The Glan|Glan County Council|Glan",
    )

    load(f"{OURS}W1,Glan Council,,,council,wales,wales,,,,,\n")
    assert Organisation.objects.values_list("name_en", "aliases").get(code="W1") == (
        "Glan Council",
        "The Glan|Glan County Council|Glan|Cyngor Glan",
    )


def test_codes_that_several_rows_share_give_way_to_their_ids(load):
    """Directorates that carry the code of their department."""
    head = "org_id,code,name,org_type,nation\n"
    load(f"{head}gd-a,dept,Department for Forms,Department,UK\ngd-b,dept,Forms Finance,Agency or public body,UK\n")
    assert set(Organisation.objects.values_list("code", flat=True)) == {"gd-a", "gd-b"}


def test_a_body_under_another_code_is_found_by_its_name(load):
    OrganisationFactory(code="estyn-here", name_en="Estyn", kind=Kind.INSPECTORATE, nation=Nation.WALES)

    said = load("code,name,org_type,nation\ngd-estyn,ESTYN,Agency or public body,Wales\n")

    assert "gd-estyn is estyn-here here, by its name." in said
    assert Organisation.objects.count() == 1


@pytest.mark.parametrize(
    ("kind", "nation", "is_example"),
    [
        (Kind.FIRE_SERVICE, Nation.WALES, False),
        (Kind.COUNCIL, Nation.SCOTLAND, False),
        (Kind.COUNCIL, Nation.WALES, True),
    ],
)
def test_the_same_name_elsewhere_or_of_another_sector_is_another_body(load, kind, nation, is_example):
    OrganisationFactory(code="X", name_en="Glan", kind=kind, nation=nation, is_example=is_example)
    load("code,name,org_type,nation\nY,Glan,Welsh unitary authority,Wales\n")
    assert Organisation.objects.count() == 2


def test_a_body_whose_code_is_in_the_file_too_is_not_taken_for_another_by_its_name(load):
    OrganisationFactory(code="W1", name_en="Glan", kind=Kind.COUNCIL)
    head = "code,name,org_type,nation\n"
    load(f"{head}NEW,Glan,Unitary authority,Wales\nW1,Glan County Council,Unitary authority,Wales\n")
    assert set(Organisation.objects.values_list("code", flat=True)) == {"NEW", "W1"}


def test_other_names_come_from_a_file_of_their_own(load, tmp_path):
    aliases = tmp_path / "aliases.csv"
    aliases.write_text("alias,org_id\nGLAN,la-W1\nSir Glan,la-W1\nGlan County Council,la-W1\nY Fro,W2\n")

    load(OTHERS, "--aliases", str(aliases))

    assert Organisation.objects.get(code="W1").aliases == "Glan|Sir Glan"
    assert Organisation.objects.get(code="W2").aliases == "Bro|Y Fro"
    assert "0 added, 0 changed" in load(OTHERS, "--aliases", str(aliases))


def test_other_names_of_a_body_that_nobody_knows_are_refused(load, tmp_path):
    aliases = tmp_path / "aliases.csv"
    aliases.write_text("alias,org_id\nGlan,la-W1\nNowhere,la-W9\n")
    with pytest.raises(CommandError, match=r'line 3: \(aliases.csv\) there is no "la-W9" yet'):
        load(OTHERS, "--aliases", str(aliases))
    assert not Organisation.objects.exists()


def test_every_bad_row_is_named_and_nothing_is_written(load):
    bad = (
        "code,name,org_type,nation,population,lat,lon,rural_urban\n"
        "A,Good,County,England,5,1,1,Urban\n"
        ",No code,County,England,5,,,\n"
        "B,Bad kind,Parliament,England,many,,,\n"
        "C,Bad place,County,France,,95,0,\n"
        "D,Half a place,County,England,,50,,Hilly\n"
        "A,Again,County,England,,,,\n"
        "E,,County,England,,,,\n"
        "F,Part of a person,County,England,1.5,,,\n"
        "G,Short,County\n"
        f"H,{'long ' * 40},County,England,,,,\n"
    )
    with pytest.raises(CommandError) as refused:
        load(bad)

    told, *lines = str(refused.value).splitlines()
    reasons = dict(line.strip().split(": ", 1) for line in lines)
    assert told == "Nothing was written: 9 bad rows."
    assert [line.split(":")[0].strip() for line in lines] == [f"line {number}" for number in range(3, 12)]
    assert "no code" in reasons["line 3"]
    assert '"Parliament" is none of' in reasons["line 4"]
    assert '"many" is not a number' in reasons["line 4"]
    assert '"France"' in reasons["line 5"]
    assert "95 is not between -90 and 90" in reasons["line 5"]
    assert "come together" in reasons["line 6"]
    assert "stands on line 2 already" in reasons["line 7"]
    assert "needs a name" in reasons["line 8"]
    assert "not a whole number" in reasons["line 9"]
    assert "it has 3 cells, the header has 8" in reasons["line 10"]
    assert "160" in reasons["line 11"]
    assert not Organisation.objects.exists()
    assert not AuditEvent.objects.exists()


@pytest.mark.parametrize("code", ["ZU/1", "..", ".", "suggest", "a b", "ŵ", "A?", "#1", "%2e"])
def test_a_code_that_cannot_stand_in_an_address_is_a_bad_row(load, client, code):
    """The page of such a body could not be reached, and every page that named it was a 500."""
    with pytest.raises(CommandError, match="line 3: code: A code holds letters without accents"):
        load(f"code,name,nation\nA,Good,Wales\n{code},Bad,Wales\n")
    assert not Organisation.objects.exists()
    assert client.get("/organisations/?q=Bad").status_code == 200


def test_lines_are_counted_where_a_cell_holds_line_ends(load):
    with pytest.raises(CommandError, match="line 5: nation"):
        load('code,name,nation\nA,"Two\nlines",Wales\n\nB,Bad,Mars\n')


def test_too_many_other_names_are_refused_and_not_cut(load):
    names = "|".join(f"Name number {number}" for number in range(60))
    with pytest.raises(CommandError, match="line 2: its other names have"):
        load(f"{OURS}A,Glan,,{names},council,wales,,,,,,\n")


def test_a_dry_run_writes_nothing(load):
    said = load(OTHERS, "--dry-run")
    assert "3 added, 0 changed, 0 unchanged (dry run: nothing was written)" in said
    assert not Organisation.objects.exists()
    assert not AuditEvent.objects.exists()


def test_names_are_cleaned(load):
    load(b"code,name_en,nation,kind\nA\x00,<b>Glan &amp;  Bro</b>\x07,Wales,council\n")
    assert Organisation.objects.values_list("code", "name_en").get() == ("A", "Glan & Bro")


def test_a_gzipped_file_is_read(load):
    assert "3 added" in load(gzip.compress(OTHERS.encode()), name="bodies.csv.gz")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "bodies.csv is empty"),
        (b"\n \n", "bodies.csv is empty"),
        ("code,name,nation\nA,Ynys Môn,Wales\n".encode("latin-1"), r"not UTF-8 \(see line 2\). Save it again"),
        ("code,name,nation\nA,B,Wales\n".encode("utf-16"), "not UTF-8"),
        (b"code,name\nA,B\n", 'lacks "nation"'),
        (b"name,nation\nA,Wales\n", 'lacks "code"'),
        (b"code;name;nation\nA;B;Wales\n", "not separated by commas"),
        (b"code,name,name,nation\nA,B,C,Wales\n", 'more than one column named "name"'),
        (b'code,name,nation\nA,"B,Wales\n', "not readable as CSV from line 2"),
    ],
)
def test_a_file_that_cannot_be_read_says_what_to_do(load, data, message):
    with pytest.raises(CommandError, match=message):
        load(data)
    assert not Organisation.objects.exists()


def test_a_broken_gzip_and_a_missing_file_are_told_in_words(load, tmp_path):
    with pytest.raises(CommandError, match="not a whole gzip file"):
        load(gzip.compress(OTHERS.encode())[:60], name="bodies.csv.gz")
    with pytest.raises(CommandError, match="There is no file"):
        call_command("import_organisations", str(tmp_path / "none.csv"))


@pytest.mark.parametrize("header", ["Code,NAME,Nation", " code , Name_EN,NATION", "Org ID,Official-Name,Country"])
def test_capitals_and_spaces_of_headers_do_not_matter(load, header):
    assert "1 added" in load(f"{header}\nA,Glan,Wales\n")
    assert Organisation.objects.get().name_en == "Glan"


def test_headers_that_differ_in_capitals_only_are_one_column_twice(load):
    with pytest.raises(CommandError, match='more than one column named "name"'):
        load("code,Name,NAME,nation\nA,B,C,Wales\n")


def test_a_file_that_is_separated_by_tabs_is_still_told_so(load):
    with pytest.raises(CommandError, match="not separated by commas"):
        load("code\tname\tnation\nA\tB\tWales\n")


def test_a_byte_order_mark_is_no_part_of_the_first_column(load):
    assert "3 added" in load(b"\xef\xbb\xbf" + OTHERS.encode())


def test_a_merged_body_keeps_its_row_and_names_its_successor(load):
    old = OrganisationFactory(code="OLD", name_en="Old District", kind=Kind.DISTRICT, nation=Nation.ENGLAND)

    load(f"{OURS}OLD,Old District,,,district,england,,,,,NEW,\nNEW,New Council,,,council,england,,,,,,\n")

    old.refresh_from_db()
    assert old.replaced_by.code == "NEW"
    assert set(Organisation.objects.current().values_list("code", flat=True)) == {"NEW"}
    again = load(f"{OURS}OLD,Old District,,,district,england,,,,,NEW,\nNEW,New Council,,,council,england,,,,,,\n")
    assert "0 added, 0 changed, 2 unchanged" in again


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("A,Old,,,district,england,,,,,NOWHERE,\n", 'line 2: no organisation has the code "NOWHERE"'),
        ("A,Old,,,district,england,,,,,A,\n", "line 2: it is replaced by itself"),
        ("A,Old,,,district,england,,,,,B,\nB,New,,,district,england,,,,,A,\n", "lead back to itself"),
        ("A,Old,,,district,england,,,,,X,\n", "real and invented organisations do not replace each other"),
        ("X,Real,,,district,england,,,,,,\n", 'the code "X" belongs to an invented organisation'),
    ],
)
def test_successors_that_cannot_be_are_refused(load, rows, message):
    OrganisationFactory(code="X", is_example=True)
    with pytest.raises(CommandError, match=message):
        load(OURS + rows)
    assert Organisation.objects.count() == 1


def test_a_circle_through_the_register_is_refused(load):
    new = OrganisationFactory(code="NEW", kind=Kind.DISTRICT)
    OrganisationFactory(code="OLD", kind=Kind.DISTRICT, replaced_by=new)
    with pytest.raises(CommandError, match="lead back to itself"):
        load(f"{OURS}NEW,New,,,district,wales,,,,,OLD,\n")


def test_the_verb_takes_invented_bodies_too_and_writes_who_did_it():
    body = Body(line=1, code="X1", facts={"name_en": "Glan Council", "nation": 1, "kind": 8})
    save_organisations(bodies=[body], by="load_demo", is_example=True)
    assert Organisation.objects.get().is_example
    assert AuditEvent.objects.values_list("by", "verb", "detail").get() == (
        "load_demo",
        "loaded organisations",
        "1 added, 0 changed, 0 unchanged",
    )
