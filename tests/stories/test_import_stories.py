"""`import_stories`: somebody else's records through a mapping file, all or none."""

import gzip
import importlib
import io
import json

import pytest
from django.core.management import CommandError, call_command

from learning_portal.common.models import AuditEvent
from networks.choices import TopicGroup
from networks.models import Organisation, Topic
from stories import content
from stories.choices import Audience, Delivery, Evaluation, Origin, Outcome, Stage, Status, Voice
from stories.importing.mapping import parse_mapping
from stories.importing.records import BadRecord, read_record
from stories.importing.rules import BadMapping
from stories.models import ImportedFacts, SearchDocument, Story, StoryContext, StoryTopic, Version
from stories.models.search import Term
from stories.search.spelling import suggest_spelling
from tests.factories import OrganisationFactory, TopicFactory

MAPPING = {
    "source_name": "County lessons",
    "source_licence": "Open Government Licence v3.0",
    "kind": "lessons",
    "blank": ["^n/a$"],
    "source_id": {"column": "id"},
    "title": {"column": "title"},
    "summary": {"columns": ["abstract", "event"], "excerpt": True},
    "outcome": {"column": "result", "values": {"Red": "failed", "Green": "worked"}},
    "organisation": {"column": "council"},
    "sections": {
        "wrong": {"column": "event"},
        "differently": {
            "join": [{"column": "advice"}, {"column": "abstract", "heading": "In short"}],
        },
    },
}
HEAD = "id,title,event,advice,abstract,result,council\n"
ROWS = (
    "1,Tablets without signal,The vans lost it.,Try them first.,They did not work.,Red,Glan Council\n"
    "2,Rotas that held,Nothing broke.,Ask the crews.,,Green,Nowhere Council\n"
)


@pytest.fixture
def load(tmp_path):
    """Import this file under this mapping; what the command said."""

    def run(data: str | bytes, *options: str, mapping: dict = MAPPING, name: str = "records.csv") -> str:
        path, map_path = tmp_path / name, tmp_path / "map.json"
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        map_path.write_text(json.dumps(mapping))
        out = io.StringIO()
        call_command("import_stories", str(path), "--map", str(map_path), *options, stdout=out, stderr=out)
        return out.getvalue()

    return run


def draft(record: dict, **changes):
    """What the mapping, so changed, makes of a record that is otherwise whole."""
    whole = {"id": "1", "title": "T", "event": "E", "advice": "", "abstract": "", "result": "Red", "council": ""}
    return read_record(parse_mapping({**MAPPING, **changes}), {**whole, **record})


# --- It works -------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_records_become_public_named_stories_of_their_source(load):
    glan = OrganisationFactory(name_en="Glan Council", population=92_000)

    said = load(HEAD + ROWS)

    assert "2 new, 0 changed, 0 unchanged, 0 bad rows." in said
    story = Story.objects.get(source_id="1")
    assert (story.origin, story.voice, story.audience) == (Origin.IMPORTED, Voice.NAMED, Audience.PUBLIC)
    assert (story.status, story.outcome, story.kind) == (Status.PUBLISHED, Outcome.FAILED, "lessons")
    assert (story.source_name, story.source_licence) == ("County lessons", "Open Government Licence v3.0")
    assert (story.organisation, story.source_organisation) == (glan, "")
    assert story.content.title == "Tablets without signal"
    assert story.content.summary == "They did not work."
    assert story.content.wrong == "The vans lost it."
    assert story.content.differently == "Try them first.\n\nIn short: They did not work."
    assert Version.objects.get(story=story).written_by == Version.Writer.IMPORT
    assert StoryContext.objects.get(story=story).population == 4964
    assert set(SearchDocument.objects.values_list("story_id", flat=True)) == set(
        Story.objects.values_list("pk", flat=True)
    )


@pytest.mark.django_db
def test_words_are_counted_at_once(load):
    """On a server without a tick no word had a count, and spelling never helped."""
    load(HEAD + ROWS)
    assert Term.objects.filter(stem="tablet").exists()
    assert suggest_spelling("tabblets") == "tablets"
    load(HEAD + ROWS.replace("Tablets", "Xylophones"))
    assert Term.objects.filter(stem="xylophon").exists()
    assert not Term.objects.filter(stem="tablet").exists()


@pytest.mark.django_db
def test_an_organisation_that_the_register_does_not_have_stays_as_text(load):
    said = load(HEAD + ROWS)
    story = Story.objects.get(source_id="2")
    assert (story.organisation, story.source_organisation, story.place) == (None, "Nowhere Council", "Nowhere Council")
    assert 'no single organisation is named "Nowhere Council" (1 stories keep it as text)' in said


@pytest.mark.django_db
@pytest.mark.parametrize("named", ["W1", "Glan Council", "cyngor glan", "The Glan", "Glan & Bro"])
def test_an_organisation_is_found_by_its_code_or_any_of_its_names(load, named):
    glan = OrganisationFactory(
        code="W1", name_en="Glan Council", name_cy="Cyngor Glân", aliases="The Glan|Glan and Bro"
    )
    load(HEAD + f"1,T,E,,,Red,{named}\n")
    assert Story.objects.get().organisation == glan


@pytest.mark.django_db
def test_a_name_of_several_bodies_is_no_name_and_an_invented_body_is_never_meant(load):
    OrganisationFactory(name_en="Glan One", aliases="Glan")
    OrganisationFactory(name_en="Glan Two", aliases="Glan")
    OrganisationFactory(name_en="Invented Council", is_example=True)
    load(HEAD + "1,T,E,,,Red,Glan\n2,T,E,,,Red,Invented Council\n")
    assert not Story.objects.exclude(organisation=None).exists()


@pytest.mark.django_db
def test_a_merged_body_keeps_its_stories_and_of_two_of_a_name_the_living_one_is_meant(load):
    old = OrganisationFactory(code="OLD", name_en="Old District", aliases="Glan")
    load(HEAD + "1,T,E,,,Red,Old District\n")
    new = OrganisationFactory(code="NEW", name_en="New Council", aliases="Glan")
    Organisation.objects.filter(pk=old.pk).update(replaced_by=new)

    load(HEAD + "1,T,E,,,Red,Old District\n2,T,E,,,Red,Glan\n")

    assert Story.objects.get(source_id="1").organisation == old
    assert Story.objects.get(source_id="2").organisation == new


@pytest.mark.django_db
def test_json_lines_and_gzip_are_read_alike(load):
    records = [
        {"id": 1, "title": "A", "event": "E", "advice": None, "abstract": "", "result": "Red", "council": ""},
        {"id": "b", "title": "B", "event": ["One", "Two"], "advice": "", "abstract": "", "result": "green"},
    ]
    data = "\n".join(json.dumps(record) for record in records)
    assert "2 new" in load(gzip.compress(data.encode()), name="records.jsonl.gz")
    assert Story.objects.get(source_id="1").content.title == "A"
    assert Story.objects.get(source_id="b").content.wrong == "One\n\nTwo"
    assert "2 unchanged" in load(data, name="records.jsonl")


@pytest.mark.django_db
def test_topics_come_from_tables_and_patterns_at_most_four_of_a_group_and_one_service(load):
    for number in range(6):
        TopicFactory(slug=f"p{number}", group=TopicGroup.PROBLEM, bit=number)
    TopicFactory(slug="ict", group=TopicGroup.SERVICE, bit=0, code=59)
    TopicFactory(slug="waste", group=TopicGroup.SERVICE, bit=1, code=32)
    topics = [
        {"column": "council", "values": {"All": ["p0", "p1", "p2", "p3", "p4", "ict", "waste"]}, "other": []},
        {"column": "event", "matches": {"signal": "p5", "nothing": "p0"}},
        "p1",
    ]
    mapping = {**MAPPING, "topics": topics}
    said = load(HEAD + "1,T,Lost signal,,,Red,All\n2,T,Nothing. No signal.,,,Red,Else\n", mapping=mapping)

    one, two = (set(Story.objects.get(source_id=key).topics.names()) for key in "12")
    slugs = dict(StoryTopic.objects.values_list("tag__name", "tag__slug"))
    assert {slugs[name] for name in one} == {"p0", "p1", "p2", "p3", "ict"}
    assert {slugs[name] for name in two} == {"p5", "p0", "p1"}
    assert "were left out: 3 times" in said
    assert StoryContext.objects.get(story__source_id="1").service == 59


@pytest.mark.django_db
def test_columns_that_the_mapping_does_not_use_are_named_once(load):
    said = load("note,id,title,event,advice,abstract,result,council\nx,1,T,E,,,Red,\nx,2,T,E,,,Red,\n")
    assert said.count("Columns that the mapping does not use: note.") == 1


# --- Again ----------------------------------------------------------------------------------------------------------


def shelf() -> list[tuple]:
    tables = (Story, Version, StoryContext, StoryTopic, SearchDocument, ImportedFacts)
    return [row for model in tables for row in sorted(model.objects.values_list(), key=str)]


@pytest.mark.django_db
def test_the_second_run_changes_nothing(load):
    OrganisationFactory(name_en="Glan Council")
    load(HEAD + ROWS)
    before, events = shelf(), AuditEvent.objects.count()

    assert "0 new, 0 changed, 2 unchanged" in load(HEAD + ROWS)
    assert shelf() == before
    assert AuditEvent.objects.count() == events


@pytest.mark.django_db
def test_new_words_are_a_new_version_and_the_other_story_is_left_alone(load):
    load(HEAD + ROWS)
    story = Story.objects.get(source_id="1")
    published_on = story.published_on

    assert "0 new, 1 changed, 1 unchanged" in load(HEAD + ROWS.replace("The vans lost it.", "Every van lost it."))

    story.refresh_from_db()
    assert story.content.wrong == "Every van lost it."
    assert [version.content.wrong for version in story.versions()] == ["Every van lost it.", "The vans lost it."]
    assert (story.status, story.published_on) == (Status.PUBLISHED, published_on)
    assert Version.objects.filter(story__source_id="2").count() == 1
    assert "vans" not in SearchDocument.objects.get(story=story).words


@pytest.mark.django_db
def test_a_new_fact_needs_no_new_version(load):
    TopicFactory(slug="signal")
    load(HEAD + ROWS)
    glan = OrganisationFactory(name_en="Glan Council", population=92_000)

    said = load(HEAD + ROWS.replace("Red", "Green"), mapping={**MAPPING, "topics": ["signal"]})

    assert "0 new, 2 changed, 0 unchanged" in said
    story = Story.objects.get(source_id="1")
    assert (story.outcome, story.organisation, story.source_organisation) == (Outcome.WORKED, glan, "")
    context = StoryContext.objects.get(story=story)
    assert (context.problem_n, context.population) == (1, 4964)
    assert Version.objects.count() == 2


@pytest.mark.django_db
def test_a_moderator_s_correction_outlives_an_unchanged_source(load):
    load(HEAD + ROWS)
    story = Story.objects.get(source_id="1")
    words = content.LessonsRecord(title="Corrected", wrong="The vans lost it.")
    Version.of(story, words, number=2, written_by=Version.Writer.MODERATOR).save()
    story.published_version = story.versions().first()
    story.save()

    assert "0 changed, 2 unchanged" in load(HEAD + ROWS)
    load(HEAD + ROWS.replace("Red", "Green"))

    story.refresh_from_db()
    assert (story.content.title, story.outcome) == ("Corrected", Outcome.WORKED)


def correct(source_id: str, *topics, **facts) -> Story:
    """What a moderator corrects of an imported story."""
    Story.objects.filter(source_id=source_id).update(**facts)
    story = Story.objects.get(source_id=source_id)
    for topic in topics:
        StoryTopic.objects.create(content_object=story, tag=topic)
    return story


def slugs_of(story: Story) -> set[str]:
    return set(StoryTopic.objects.filter(content_object=story).values_list("tag__slug", flat=True))


@pytest.fixture
def signal() -> dict:
    """A mapping that gives every record a topic; there is another one."""
    TopicFactory(slug="signal", bit=0), TopicFactory(slug="rota", bit=1)
    return {**MAPPING, "topics": ["signal"]}


@pytest.mark.django_db
def test_corrected_facts_and_topics_outlive_an_unchanged_source(load, signal):
    load(HEAD + ROWS, mapping=signal)
    other = OrganisationFactory(name_en="Another Council")
    story = correct("1", Topic.objects.get(slug="rota"), outcome=Outcome.MIXED, organisation=other)

    assert "0 changed, 2 unchanged" in load(HEAD + ROWS, mapping=signal)

    story.refresh_from_db()
    assert (story.outcome, story.organisation) == (Outcome.MIXED, other)
    assert slugs_of(story) == {"signal", "rota"}


@pytest.mark.django_db
def test_of_a_changed_record_only_what_changed_is_taken(load, signal):
    load(HEAD + ROWS, mapping=signal)
    story = correct("1", Topic.objects.get(slug="rota"), outcome=Outcome.MIXED)

    said = load(HEAD + ROWS.replace("Glan Council", "Glan & Bro"), mapping=signal)

    assert "1 changed, 1 unchanged" in said
    story.refresh_from_db()
    assert (story.source_organisation, story.outcome) == ("Glan & Bro", Outcome.MIXED)
    assert slugs_of(story) == {"signal", "rota"}
    assert StoryContext.objects.get(story=story).problem == 3
    load(HEAD + ROWS.replace("Red", "Green"), mapping={**MAPPING, "topics": ["rota"]})
    story.refresh_from_db()
    assert (story.outcome, slugs_of(story)) == (Outcome.WORKED, {"rota"})


@pytest.mark.django_db
def test_a_correction_stays_when_the_source_comes_back_to_what_it_said(load):
    """Red, corrected to mixed; then Green is news, and so is Red again."""
    load(HEAD + ROWS)
    story = correct("1", outcome=Outcome.MIXED)
    for result, outcome in (("Red", Outcome.MIXED), ("Green", Outcome.WORKED), ("Red", Outcome.FAILED)):
        load(HEAD + ROWS.replace("Red", result))
        story.refresh_from_db()
        assert story.outcome == outcome


@pytest.mark.django_db
def test_stories_from_before_facts_were_kept_count_as_said_so(load, signal):
    load(HEAD + ROWS, mapping=signal)
    ImportedFacts.objects.all().delete()
    assert "0 changed, 2 unchanged" in load(HEAD + ROWS, mapping=signal)
    correct("1", outcome=Outcome.MIXED)
    assert "0 changed, 2 unchanged" in load(HEAD + ROWS, mapping=signal)


@pytest.mark.django_db
@pytest.mark.parametrize("status", [Status.WITHDRAWN, Status.RETIRED])
def test_what_was_taken_down_here_stays_down(load, status):
    load(HEAD + ROWS)
    Story.objects.filter(source_id="1").update(status=status)

    said = load(HEAD + ROWS.replace("The vans", "All vans"))

    assert "1 were taken down here and stay so." in said
    assert Story.objects.get(source_id="1").status == status
    assert Version.objects.filter(story__source_id="1").count() == 1


@pytest.mark.django_db
def test_stories_that_left_the_source_stay_and_are_counted(load):
    load(HEAD + ROWS)
    said = load(HEAD + ROWS.splitlines()[0] + "\n")
    assert "1 stories of this source are not in the file; they stay." in said
    assert Story.objects.count() == 2


@pytest.mark.django_db
def test_the_same_id_of_another_source_is_another_story(load):
    load(HEAD + ROWS)
    assert "2 new" in load(HEAD + ROWS, mapping={**MAPPING, "source_name": "Another county"})
    assert Story.objects.count() == 4


# --- It refuses -----------------------------------------------------------------------------------------------------

BAD = (
    f"{HEAD}"
    "1,Good,E,,,Red,\n"
    ",No id,E,,,Red,\n"
    "3,,E,,,Red,\n"
    "4,No words,,,,Red,\n"
    "5,Blue,E,,,Blue,\n"
    f"6,Long,{'x' * (content.IMPORTED_LIMIT + 1)},,,Red,\n"
    f"7,{'t' * 301},E,,,Red,\n"
    "1,Again,E,,,Red,\n"
    "9,Short,E\n"
    "10,No outcome,E,,,,\n"
)


@pytest.mark.django_db
def test_every_bad_row_is_named_and_nothing_is_written(load):
    with pytest.raises(CommandError) as refused:
        load(BAD)

    reasons = dict(line.strip().split(": ", 1) for line in str(refused.value).splitlines()[1:])
    assert reasons == {
        "line 3": "it has no source_id",
        "line 4": "it has no title",
        "line 5": "no section has any words",
        "line 6": 'outcome: "Blue" is not in its table of values',
        "line 7": f"sections.wrong: {content.IMPORTED_LIMIT + 1:,} characters, and the limit is "
        f"{content.IMPORTED_LIMIT:,}; nothing is cut",
        "line 8": "title: 301 characters, and the limit is 300; nothing is cut",
        "line 9": 'the source_id "1" stands on line 2 already',
        "line 10": "it has 3 cells, the header has 7",
        "line 11": "it has no outcome",
    }
    assert shelf() == []
    assert not AuditEvent.objects.exists()


@pytest.mark.django_db
def test_skip_bad_imports_the_good_rows_and_still_names_the_bad(load):
    said = load(BAD, "--skip-bad")
    assert "1 new, 0 changed, 0 unchanged, 9 bad rows." in said
    assert "line 11: it has no outcome" in said
    assert Story.objects.get().content.title == "Good"


@pytest.mark.django_db
def test_a_dry_run_says_what_would_happen_and_writes_nothing(load):
    said = load(HEAD + ROWS, "--dry-run")
    assert "2 new, 0 changed, 0 unchanged, 0 bad rows (dry run: nothing was written)." in said
    assert shelf() == []
    with pytest.raises(CommandError, match="9 bad rows"):
        load(BAD, "--dry-run")


@pytest.mark.django_db
def test_nothing_is_half_written_when_the_last_story_fails(load, monkeypatch):
    def broken(stories):
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(importlib.import_module("stories.actions.shelve"), "reindex_many", broken)
    with pytest.raises(RuntimeError):
        load(HEAD + ROWS)
    assert shelf() == []


@pytest.mark.django_db
def test_new_stories_do_not_stay_when_a_changed_one_fails(load, monkeypatch):
    def broken(**options):
        raise RuntimeError("the disk is full")

    load(HEAD + ROWS)
    before = shelf()
    monkeypatch.setattr("stories.importing.run.revise_many", broken)
    with pytest.raises(RuntimeError):
        load(HEAD + ROWS.replace("Red", "Green") + "3,New,E,,,Red,\n")
    assert shelf() == before


@pytest.mark.django_db
def test_a_byte_order_mark_is_no_part_of_the_first_record(load):
    record = {"id": "1", "title": "T", "event": "E", "advice": "", "abstract": "", "result": "Red", "council": ""}
    assert "1 new" in load(b"\xef\xbb\xbf" + json.dumps(record).encode(), name="records.jsonl")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("data", "name", "message"),
    [
        (b"", "records.csv", "records.csv is empty"),
        (b"id,title\n1,T\n", "records.csv", "has no column abstract, advice, council, event, result"),
        (HEAD.encode() + b"1,\xff,E,,,Red,\n", "records.csv", r"not UTF-8 \(see line 2\)"),
        (b"PK", "records.xlsx", "neither CSV nor JSON lines"),
        (b'{"id": 1}\n', "records.jsonl", "has no column"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(load, data, name, message):
    with pytest.raises(CommandError, match=message):
        load(data, name=name)


@pytest.mark.django_db
def test_lines_that_are_no_objects_are_bad_rows(load):
    good = json.dumps(dict.fromkeys(HEAD.strip().split(","), "x") | {"result": "Red"})
    with pytest.raises(CommandError) as refused:
        load(f'{good}\n{{"id": \n\n[1, 2]\n', name="records.jsonl")
    assert "line 2: it is not JSON" in str(refused.value)
    assert "line 4: it is not a JSON object" in str(refused.value)


@pytest.mark.django_db
def test_every_line_is_named_where_none_can_be_read(load):
    with pytest.raises(CommandError) as refused:
        load('{"id": 1\n[1]\n', name="records.jsonl")
    assert "2 bad rows" in str(refused.value)
    assert "line 1: it is not JSON" in str(refused.value)
    assert "line 2: it is not a JSON object" in str(refused.value)
    assert "0 new, 0 changed, 0 unchanged, 2 bad rows" in load("[1]\n[2]\n", "--skip-bad", name="records.jsonl")


@pytest.mark.django_db
def test_a_topic_that_is_not_loaded_is_named(load):
    with pytest.raises(CommandError, match=r"map\.json: topics: there is no signal\. Run load_topics"):
        load(HEAD + ROWS, mapping={**MAPPING, "topics": ["signal"]})


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"colour": "red"}, "colour is not known here"),
        ({"kind": "poem"}, "kind: poem is none of"),
        ({"source_licence": ""}, "lacks source_licence"),
        ({"source_name": "n" * 121}, "source_name: expected 1 to 120"),
        ({"outcome": "splendid"}, "outcome: splendid is none of"),
        ({"outcome": {"column": "result", "values": {"Red": "bad"}}}, "outcome: bad is none of"),
        ({"outcome": {"column": "x", "otherwise": "bad"}}, "outcome: bad is none of"),
        ({"title": {"column": "a", "template": "b"}}, "title: give one of"),
        ({"title": {"colum": "a"}}, "title: colum is not known here"),
        ({"title": ["a"]}, "title: expected a text or an object"),
        ({"title": {"column": "title", "excerpt": True}}, "title: only a summary may be an excerpt"),
        ({"months": {"from": {"column": "a"}}}, "months: give one of"),
        ({"cost": {"column": "a", "multiplier": 0}}, "cost.multiplier: expected a number above 0"),
        ({"cost": {"column": "a", "multiplier": 1e400}}, "cost.multiplier: expected a number above 0, and at most"),
        ({"cost": {"column": "a", "multiplier": 10**13}}, "cost.multiplier: expected a number above 0, and at most"),
        ({"cost": {"column": "a", "multiplier": float("nan")}}, "cost.multiplier: expected a number above 0"),
        ({"sections": {"wrong": {"join": "a"}}}, r"sections\.wrong\.join: expected a list"),
        ({"sections": {"wrong": {"join": ["a", 1]}}}, r"sections\.wrong\.join\[1\]: expected a text or an object"),
        ({"cost": {"column": "a", "unreadable": "guess"}}, 'cost.unreadable: "refuse" or "skip"'),
        ({"sections": {"poem": "x"}}, "sections: poem is not known here"),
        ({"sections": {}}, "lacks sections"),
        ({"topics": "signal"}, "topics: expected a list"),
        ({"blank": ["("]}, r"blank\[0\]: \( is no regular expression"),
        ({"organisation": {"column": "a", "values": {"x": 1}}}, "organisation.values.x: expected a text"),
    ],
)
def test_a_mapping_that_cannot_be_used_names_the_place(changes, message):
    with pytest.raises(BadMapping, match=message):
        parse_mapping({**MAPPING, **changes})


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["{", "[]", '{"kind": "lessons"}'])
def test_a_mapping_file_that_is_none_is_told_in_words(tmp_path, text):
    (tmp_path / "map.json").write_text(text)
    with pytest.raises(CommandError, match=r"map\.json"):
        call_command("import_stories", str(tmp_path / "none.csv"), "--map", str(tmp_path / "map.json"))


# --- Rules of the mapping ---------------------------------------------------------------------------------------------


def test_html_entities_and_control_characters_are_cleaned():
    words = draft({"title": "A\x00 <b>title</b>", "event": "<p>One &amp; two</p><p>Three\x07</p><script>x</script>"})
    assert words.content.title == "A title"
    assert words.content.wrong == "One & two\n\nThree"


def test_a_long_text_makes_an_excerpt_that_says_so_and_stands_whole_in_its_section():
    event = " ".join(f"word{number}" for number in range(90))
    words = draft({"event": event}).content
    assert words.summary == " ".join(event.split()[: content.SUMMARY_LIMIT]) + "…"
    assert words.wrong == event


def test_an_excerpt_of_what_stands_nowhere_whole_is_refused():
    with pytest.raises(BadRecord, match="stands in no section"):
        draft({"abstract": "word " * 50}, sections={"wrong": {"column": "event"}})


def test_a_summary_that_is_no_excerpt_is_refused_when_it_is_too_long():
    with pytest.raises(BadRecord, match="summary: 50 words, and the limit is 40"):
        draft({"event": "word " * 50}, summary={"column": "event"})


def test_blank_cells_fall_through_to_the_next_column_and_to_otherwise():
    title = {"columns": ["abstract", "advice"], "otherwise": {"template": "Record {id}"}}
    assert draft({"abstract": " N/A ", "advice": "B"}, title=title).content.title == "B"
    assert draft({"abstract": "n/a"}, title=title).content.title == "Record 1"
    with pytest.raises(BadRecord, match="no title"):
        draft({"abstract": "n/a"}, title={"template": "About {abstract}"})


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ({"column": "event", "if": ["advice", "abstract"]}, "E"),
        ({"column": "event", "if": ["abstract"]}, ""),
        ({"column": "event", "unless": ["advice"]}, ""),
        ({"column": "event", "if": {"result": ["RED", "Amber"]}}, "E"),
        ({"column": "event", "unless": {"result": ["red"]}, "otherwise": {"column": "advice"}}, "A"),
    ],
)
def test_conditions(rule, expected):
    sections = {"wrong": rule, "happened": "Always."}
    assert draft({"advice": "A"}, sections=sections, summary="S").content.wrong == expected


def test_values_may_be_kept_refused_or_blanked():
    table = {"column": "council", "values": {"MOD": "Ministry of Defence"}}
    assert draft({"council": " mod "}, organisation=table).organisation == "Ministry of Defence"
    assert draft({"council": "XYZ"}, organisation={**table, "other": True}).organisation == "XYZ"
    assert draft({"council": "XYZ"}, organisation={**table, "other": []}).organisation == ""
    with pytest.raises(BadRecord, match='organisation: "XYZ" is not in its table'):
        draft({"council": "XYZ"}, organisation=table)


@pytest.mark.parametrize(
    ("text", "multiplier", "pounds"),
    [("1,234.5", 1, 1234), ("£1.5", 1_000_000, 1_500_000), ("13.14m", 1_000_000, 13_140_000), ("£2 bn", 1, 2 * 10**9)],
)
def test_costs(text, multiplier, pounds):
    assert draft({"advice": text}, cost={"column": "advice", "multiplier": multiplier}).facts["cost"] == pounds


def test_no_multiplier_makes_a_cost_that_is_no_number():
    with pytest.raises(BadRecord, match=r"cost: £.* is more than"):
        draft({"advice": "9" * 15}, cost={"column": "advice", "multiplier": 10**12})


@pytest.mark.parametrize("text", ["$5m", "Exempt", "-3", "5 to 6", "1" * 400, "1e400"])
def test_a_cost_that_cannot_be_read_is_refused_or_left_out(text):
    with pytest.raises(BadRecord, match="cost: "):
        draft({"advice": text}, cost={"column": "advice"})
    skipped = draft({"advice": text}, cost={"column": "advice", "unreadable": "skip"})
    assert (skipped.facts["cost"], skipped.left_out) == (None, ("cost",))


@pytest.mark.parametrize(
    ("begins", "ends", "months"),
    [("2020-01-01", "2021-01-01", 12), ("01/04/2011", "2011-04-10", 1), ("", "2021-01-01", None)],
)
def test_months_are_counted_between_two_dates(begins, ends, months):
    span = {"from": {"column": "advice"}, "to": {"column": "abstract"}}
    dates = ["%Y-%m-%d", "%d/%m/%Y"]
    sections = {"wrong": {"column": "event"}}
    found = draft({"advice": begins, "abstract": ends}, months=span, dates=dates, summary="S", sections=sections)
    assert found.facts["months"] == months


@pytest.mark.parametrize(("text", "year"), [("2017", 2017), ("2017.0", 2017), ("1996-06-24", 1996)])
def test_years(text, year):
    assert draft({"advice": text}, year={"column": "advice"}).facts["year"] == year


@pytest.mark.parametrize(("field", "text"), [("year", "1066"), ("year", "soon"), ("months", "0"), ("months", "x")])
def test_a_number_that_cannot_be_is_refused(field, text):
    with pytest.raises(BadRecord, match=f"{field}: "):
        draft({"advice": text}, **{field: {"column": "advice"}})


def test_codes_of_ours_answers_and_links():
    found = draft(
        {"advice": "Roll it out", "abstract": "https://a.example/report"},
        stage="pilot",
        delivery="in_house",
        evaluation="independent",
        language="cy",
        answers={"reactions": {"column": "advice"}},
        links=[{"column": "abstract"}],
        source_url={"column": "abstract"},
    )
    assert (found.facts["stage"], found.facts["delivery"]) == (Stage.PILOT, Delivery.IN_HOUSE)
    assert (found.facts["evaluation"], found.facts["language"]) == (Evaluation.INDEPENDENT, "cy")
    assert found.content.answers == {"reactions": "Roll it out"}
    assert found.content.links == ["https://a.example/report"]


@pytest.mark.parametrize("field", ["source_url", "links"])
def test_only_http_addresses_are_links(field):
    rule = {"column": "advice"}
    with pytest.raises(BadRecord, match=f'{field}: "javascript:alert'):
        draft({"advice": "javascript:alert(1)"}, **{field: [rule] if field == "links" else rule})


@pytest.mark.parametrize(("number", "length"), [(20, 500), (1, 500)])
def test_as_many_and_as_long_links_as_a_record_may_have(number, length):
    addresses = [f"https://a.example/{place:03}/".ljust(length, "x") for place in range(number)]
    assert draft({"advice": [*addresses, addresses[0]]}, links=[{"column": "advice"}]).content.links == addresses


@pytest.mark.parametrize(
    ("number", "length", "reason"),
    [(1, 501, "links: 501 characters, and the limit is 500"), (21, 40, "links: 21, and the limit is 20")],
)
def test_too_long_or_too_many_links_are_a_bad_row(number, length, reason):
    addresses = [f"https://a.example/{place:03}/".ljust(length, "x") for place in range(number)]
    with pytest.raises(BadRecord, match=reason):
        draft({"advice": addresses}, links=[{"column": "advice"}])


def test_a_list_that_is_marked_by_bullets_stays_a_list():
    assert draft({"event": "We lost:\n• time\n• money"}).content.wrong == "We lost:\n\n• time\n\n• money"


def test_the_worked_mappings_of_the_documentation_can_be_read(settings):
    from stories.importing.mapping import read_mapping

    for path in sorted((settings.BASE_DIR / "docs" / "mappings").glob("*.json")):
        assert read_mapping(path).source_licence
