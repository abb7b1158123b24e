"""`load_topics`: the vocabulary is reworded freely and renumbered never."""

import io

import pytest
from django.core.management import CommandError, call_command

from learning_portal.common.models import AuditEvent
from networks.models import Topic

pytestmark = pytest.mark.django_db

HEAD = "slug,group,bit,code,name_en,name_cy,meaning_en,meaning_cy,words_en,words_cy\n"
SIGNAL = "signal,problem,0,,Poor signal,Signal gwael,No connection.,Dim cysylltiad.,not spots|coverage,mannau gwan\n"
WASTE = "waste,service,0,32,Waste,Gwastraff,Bins.,Biniau.,bins,biniau\n"


@pytest.fixture
def load(tmp_path):
    def run(rows: str) -> str:
        path = tmp_path / "topics.csv"
        path.write_text(HEAD + rows)
        out = io.StringIO()
        call_command("load_topics", str(path), stdout=out)
        return out.getvalue()

    return run


def test_topics_are_loaded_and_the_second_run_changes_nothing(load):
    assert "2 added" in load(SIGNAL + WASTE)
    signal, waste = Topic.objects.order_by("slug")
    assert (signal.group, signal.bit, signal.code, signal.name, signal.name_cy) == (
        "problem",
        0,
        None,
        "Poor signal",
        "Signal gwael",
    )
    assert (signal.words_en, waste.code) == ("not spots|coverage", 32)
    assert "0 added, 0 changed, 2 unchanged" in load(SIGNAL + WASTE)
    assert AuditEvent.objects.count() == 1


def test_words_may_change(load):
    load(SIGNAL)
    assert "1 changed" in load(SIGNAL.replace("Poor signal", "No signal"))
    assert Topic.objects.get().name == "No signal"


def test_a_dry_run_writes_nothing(tmp_path):
    path, out = tmp_path / "topics.csv", io.StringIO()
    path.write_text(HEAD + SIGNAL)
    call_command("load_topics", str(path), "--dry-run", stdout=out)
    assert out.getvalue() == "Topics: 1 added, 0 changed, 0 unchanged (dry run: nothing was written).\n"
    assert not Topic.objects.exists()
    assert not AuditEvent.objects.exists()


def test_a_topic_that_left_the_file_stays(load):
    load(SIGNAL + WASTE)
    load(WASTE)
    assert Topic.objects.count() == 2


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (SIGNAL.replace("problem,0", "problem,1"), "line 2: signal has the bit 0, which never changes"),
        (SIGNAL.replace("problem", "method"), "line 2: signal has the group problem, which never changes"),
        (WASTE.replace("32", "33"), "line 2: waste has the code 32, which never changes"),
        (SIGNAL.replace("signal,", "another,", 1), "line 2: problem bit 0 belongs to signal"),
        (WASTE.replace("waste,service,0", "bins,service,1"), "line 2: .* belongs to waste"),
        (WASTE.replace("32", ""), "line 2: a service area, and nothing else, has a code"),
        (SIGNAL.replace("problem,0,", "problem,0,8"), "line 2: a service area, and nothing else, has a code"),
        (SIGNAL.replace("problem", "troubles"), 'line 2: the group "troubles" is none of'),
        (SIGNAL.replace("problem,0", "problem,x"), 'line 2: the bit "x" is not a whole number'),
        ("new,problem,63,,New,Newydd,M.,Y.,,\n", "line 2: a bit is 0 to 62"),
        ("new,problem,5,,New,,M.,Y.,,\n", "line 2: name_cy"),
        ("new thing,problem,5,,New,Newydd,M.,Y.,,\n", "line 2: slug"),
        (f"new,problem,5,,New,Newydd,{'m' * 201},Y.,,\n", "line 2: meaning_en"),
        (
            "new,problem,5,,New,Newydd,M.,Y.,,\nnew,problem,6,,Newer,Newydd,M.,Y.,,\n",
            'line 3: the slug "new" stands twice',
        ),
        ("new,problem,5,,New,Newydd,M.,Y.,,\nold,problem,5,,Old,Hen,M.,Y.,,\n", "line 3: problem bit 5 belongs to new"),
    ],
)
def test_numbers_are_neither_changed_nor_given_again(load, rows, message):
    load(SIGNAL + WASTE)
    before = sorted(Topic.objects.values_list())
    with pytest.raises(CommandError, match=message):
        load(rows)
    assert sorted(Topic.objects.values_list()) == before


def test_a_missing_column_is_named(tmp_path):
    path = tmp_path / "topics.csv"
    path.write_text("slug,group\na,problem\n")
    with pytest.raises(CommandError, match='lacks "bit"'):
        call_command("load_topics", str(path))


def test_the_vocabulary_that_comes_with_the_portal_loads_twice():
    call_command("load_topics", stdout=io.StringIO())
    count = Topic.objects.count()
    out = io.StringIO()
    call_command("load_topics", stdout=out)
    assert count >= 150
    assert f"0 added, 0 changed, {count} unchanged" in out.getvalue()
