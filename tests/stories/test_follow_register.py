"""Stories follow the register: what an import or the admin changes of an organisation shows in what they are compared
and filtered by."""

import re

import pytest
from django.core.management import call_command
from django.urls import reverse

from networks.choices import Kind, Nation, Region
from networks.models import Organisation
from stories.actions import follow_register
from stories.choices import Status, Voice
from stories.models import StoryContext
from tests.factories import OrganisationFactory, lessons, make_story

pytestmark = pytest.mark.django_db


def change(body: Organisation, **facts) -> None:
    Organisation.objects.filter(pk=body.pk).update(**facts)


def contexts() -> list[tuple]:
    return sorted(StoryContext.objects.values_list())


def test_every_fact_is_followed_and_nothing_else_changes():
    body = OrganisationFactory(population=133_000, rurality=3)
    story, draft = make_story(organisation=body, cost=50_000), make_story(organisation=body, status=Status.DRAFT)
    others = [make_story(), make_story(voice=Voice.CONFIDENTIAL)]
    before = dict(zip((row[0] for row in contexts()), contexts(), strict=True))
    facts = {"population": 900_000, "staff": 12_000, "budget": 10**9, "rurality": 0, "deprivation": 1}
    change(body, **facts, kind=Kind.NHS_TRUST, nation=Nation.ENGLAND, region=Region.LONDON)

    assert follow_register() == 2

    for pk in (story.pk, draft.pk):
        row = StoryContext.objects.get(pk=pk)
        assert (row.population, row.staff, row.budget, row.rurality, row.deprivation) == (5954, 4079, 9000, 0, 0)
        assert (row.kind, row.sector, row.nation, row.region, row.size) == (17, 2, 2, 7, 4)
    assert StoryContext.objects.get(pk=story.pk).cost == 4699
    after = dict(zip((row[0] for row in contexts()), contexts(), strict=True))
    assert [after[other.pk] for other in others] == [before[other.pk] for other in others]
    assert follow_register() == 0


def test_a_figure_that_becomes_unknown_is_followed_too():
    body = OrganisationFactory(population=133_000, staff=5_000)
    story = make_story(organisation=body)
    change(body, population=None, staff=None, rurality=None)
    assert follow_register() == 1
    row = StoryContext.objects.get(pk=story.pk)
    assert (row.population, row.staff, row.size, row.rurality) == (None, None, None, None)


@pytest.mark.parametrize("command", [("tick",), ("reindex", "--no-meaning"), ("reindex", "--check", "--no-meaning")])
def test_the_facets_follow_an_import_with_the_next_command(client, tmp_path, capsys, command):
    body = OrganisationFactory(code="P1", name_en="Powys", population=133_000, rurality=3)
    make_story(content=lessons(title="Told here"), organisation=body)
    path = tmp_path / "bodies.csv"
    path.write_text("code,name_en,nation,population,rurality\nP1,Powys,Wales,900000,Urban\n")
    call_command("import_organisations", str(path))

    call_command(*command)

    browse = reverse("stories:story-list")
    assert "Told here" in client.get(browse, {"size": "4", "rurality": "0"}).content.decode()
    assert "Told here" not in client.get(browse, {"size": "2"}).content.decode()
    assert re.search(r"1 stories|follow_register: 1", capsys.readouterr().out)
    call_command(*command)
    assert "the register" not in capsys.readouterr().out


@pytest.mark.parametrize("number", [1, 30])
def test_it_costs_the_same_for_many(number, django_assert_num_queries):
    for _ in range(number):
        make_story()
    with django_assert_num_queries(2):
        follow_register()


def test_no_organisation_at_all_is_nothing_to_follow():
    assert follow_register() == 0
