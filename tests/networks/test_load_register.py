"""`load_register`: the bodies that come with the portal, which never undo what an operator knows better."""

import io

import pytest
from django.core.management import CommandError, call_command

from learning_portal.common.models import AuditEvent
from networks.models import Organisation
from tests.factories import OrganisationFactory

pytestmark = pytest.mark.django_db

HEAD = "code,name_en,name_cy,aliases,kind,nation,region,population,staff,source\n"
GLAN = "W1,Glan Council,Cyngor Glan,Glan,council,wales,wales,92000,3900,Census\n"


@pytest.fixture
def load(tmp_path):
    def run(rows: str, *options: str) -> str:
        path = tmp_path / "register.csv"
        path.write_text(HEAD + rows)
        out = io.StringIO()
        call_command("load_register", str(path), *options, stdout=out)
        return out.getvalue()

    return run


def test_bodies_are_real_and_the_second_run_changes_nothing(load):
    assert "1 added" in load(GLAN)
    glan = Organisation.objects.get()
    assert (glan.is_example, glan.population, glan.name_cy, glan.source) == (False, 92_000, "Cyngor Glan", "Census")
    assert "0 added, 0 changed, 1 unchanged" in load(GLAN)


def test_it_fills_gaps_and_leaves_what_is_known(load):
    OrganisationFactory(code="W1", name_en="Glan", name_cy="", population=95_000, staff=None, source="Our own count")

    said = load(GLAN)

    glan = Organisation.objects.get()
    assert (glan.name_en, glan.name_cy, glan.population, glan.staff) == ("Glan", "Cyngor Glan", 95_000, 3_900)
    assert glan.source == "Our own count"
    assert "2 facts differ" in said  # the name and the population


def test_overwrite_takes_the_register_s_figures(load):
    OrganisationFactory(code="W1", name_en="Glan", population=95_000)
    load(GLAN, "--overwrite")
    assert Organisation.objects.values_list("name_en", "population").get() == ("Glan Council", 92_000)


def test_a_dry_run_writes_nothing(load):
    assert load(GLAN, "--dry-run") == "Register: 1 added, 0 changed, 0 unchanged (dry run: nothing was written).\n"
    assert not Organisation.objects.exists()
    assert not AuditEvent.objects.exists()


def test_a_bad_row_is_named_and_nothing_is_written(load):
    with pytest.raises(CommandError, match='line 3: nation: "mars"'):
        load(GLAN + "W2,Bro,,,council,mars,,,,\n")
    assert not Organisation.objects.exists()


def test_the_register_that_comes_with_the_portal_loads_twice():
    call_command("load_register", stdout=io.StringIO())
    count = Organisation.objects.count()
    out = io.StringIO()
    call_command("load_register", stdout=out)
    assert count >= 60
    assert not Organisation.objects.filter(is_example=True).exists()
    assert f"0 added, 0 changed, {count} unchanged" in out.getvalue()
