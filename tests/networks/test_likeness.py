"""Places like yours: values, ranking and words, without a database."""

import dataclasses
import math
import random

import pytest
from django.utils.functional import Promise
from hypothesis import given
from hypothesis import strategies as st

from networks import geography, gower, likeness
from networks.choices import Deprivation, Kind, Nation, Rurality
from networks.gower import Likeness
from networks.likeness import PLACE_DIMENSIONS, PLACE_WEIGHTS, describe, places_like, rank, values_from, values_of
from networks.telling import passed_over
from tests.benchmarks import places


@dataclasses.dataclass(frozen=True)
class Body:
    """A made-up organisation."""

    code: str = "here"
    kind: int = Kind.COUNCIL
    nation: int = Nation.WALES
    population: int | None = 92_000
    staff: int | None = 4_000
    budget: int | None = 250_000_000
    area_km2: float | None = 1_150.0
    latitude: float | None = 52.4
    longitude: float | None = -3.5
    rurality: int | None = Rurality.RURAL
    deprivation: int | None = Deprivation.MIDDLE
    deprivation_score: float | None = 21.0


HERE = Body()
CITY = Body(
    "city",
    nation=Nation.ENGLAND,
    population=550_000,
    staff=18_000,
    budget=2_000_000_000,
    area_km2=115.0,
    latitude=53.48,
    longitude=-2.24,
    rurality=Rurality.URBAN,
    deprivation=Deprivation.MOST,
    deprivation_score=42.0,
)
UNKNOWN = Body("unknown", Kind.UNKNOWN, Nation.UK, *[None] * 9)
FIGURES = [field.name for field in dataclasses.fields(Body) if field.default is not None][3:]


def without(body, *names):
    return dataclasses.replace(body, **dict.fromkeys(names))


def words_of(reader, other):
    return {line.point.dimension.name: line.words for line in describe(reader, other).lines}


def test_weights_are_small_whole_numbers_and_name_every_value():
    assert set(PLACE_WEIGHTS) == {d.name for d in PLACE_DIMENSIONS} == set(values_from(HERE, CITY))
    assert all(d.weight == PLACE_WEIGHTS[d.name] and 0 <= d.weight <= 4 for d in PLACE_DIMENSIONS)


def test_values_are_thousandths_of_a_decade_and_codes():
    values = values_of(HERE)
    assert values["population"] == 4_964
    assert values["density"] == round(1000 * math.log10(80))
    assert values["deprivation"] == 2 * round(1000 * math.log10(21))
    assert (values["kind"], values["nation"], values["rurality"]) == (8, 1, 2)


def test_unknown_figures_have_no_value():
    assert {name for name, value in values_of(UNKNOWN).items() if value is not None} == {"nation"}


def test_a_fifth_of_deprivation_stands_in_for_a_missing_score():
    known = without(HERE, "deprivation_score")
    assert values_of(known)["deprivation"] == values_of(HERE)["deprivation"]
    assert values_of(without(known, "deprivation"))["deprivation"] is None


def test_distance_is_seen_from_the_reader():
    assert values_from(HERE, HERE)["distance"] == 0
    apart = geography.kilometres(geography.position(HERE), geography.position(CITY))
    assert values_from(HERE, CITY)["distance"] == round(1000 * math.log10(1 + apart / 20))
    assert values_from(HERE, UNKNOWN)["distance"] is values_from(UNKNOWN, HERE)["distance"] is None


@pytest.mark.parametrize(
    ("a", "b", "km"),
    [
        ((51.4816, -3.1791), (51.5074, -0.1278), 211),
        ((51.4816, -3.1791), (51.4816, -3.1791), 0),
        ((0, 0), (0, 180), 20_015),
    ],
)
def test_distances_of_known_places(a, b, km):
    assert geography.kilometres(geography.on_sphere(*a), geography.on_sphere(*b)) == pytest.approx(km, abs=1)


def test_big_cities_pull_more_from_nearby():
    pulls = [geography.city_pull(geography.on_sphere(*where)) for where in [(51.5, -0.1), (52.2, 0.1), (58.5, -4.0)]]
    assert pulls == sorted(pulls, reverse=True)


def test_the_most_alike_come_first_and_never_the_reader():
    twin, near = dataclasses.replace(HERE, code="twin"), dataclasses.replace(HERE, code="near", population=110_000)
    found = rank(HERE, [CITY, HERE, near, UNKNOWN, twin])
    assert [other.code for _, other in found][:2] == ["twin", "near"]
    assert found[0][0] == 1000
    assert {other.code for _, other in found} == {"twin", "near", "city", "unknown"}


def test_ties_keep_the_given_order():
    twins = [dataclasses.replace(HERE, code=code) for code in "bca"]
    assert [other.code for _, other in rank(HERE, twins)] == ["b", "c", "a"]


def test_a_body_of_which_little_is_known_does_not_lead():
    """Plain Gower would compare it by the two facts that it states, and call it wholly alike."""
    close = dataclasses.replace(HERE, code="close", population=100_000, staff=4_400)
    sparse = without(dataclasses.replace(HERE, code="sparse"), *FIGURES)
    assert gower.similarity(PLACE_DIMENSIONS, values_from(HERE, HERE), values_from(HERE, sparse)) == 1000
    assert [other.code for _, other in rank(HERE, [sparse, close])] == ["close", "sparse"]


def test_a_reader_of_whom_nothing_is_known_still_gets_an_answer():
    assert [other.code for _, other in rank(UNKNOWN, [HERE, CITY])] == ["here", "city"]


@given(st.lists(st.sampled_from(FIGURES), unique=True), st.lists(st.sampled_from(FIGURES), unique=True))
def test_any_figure_may_be_missing_on_either_side(mine, theirs):
    reader, other = without(HERE, *mine), without(CITY, *theirs)
    ((thousandths, _),) = rank(reader, [other])
    found = describe(reader, other)
    assert 0 <= thousandths <= 1000
    assert abs(found.score - thousandths / 10) <= 0.6
    assert sum(line.point.points for line in found.lines) == found.score
    assert all(line.words for line in found.lines)


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind != Kind.UNKNOWN])
def test_any_kind_of_body_finds_its_like(kind):
    reader = dataclasses.replace(without(HERE, "population", "area_km2"), code="reader", kind=kind)
    same = dataclasses.replace(reader, code="same", staff=4_500)
    other = dataclasses.replace(CITY, kind=Kind.UNIVERSITY if kind != Kind.UNIVERSITY else Kind.COUNCIL)
    assert rank(reader, [other, same])[0][1] is same


def test_likenesses_in_words():
    words = words_of(HERE, dataclasses.replace(HERE, code="twin", population=96_000, latitude=52.5))
    assert words["population"] == "similar population (92,000 and 96,000)"
    assert words["distance"] == "11 km away"
    assert words["kind"] == "the same kind of body"
    assert words["nation"] == "in the same nation"
    assert words["deprivation"] == "similar deprivation"


def test_differences_in_words_say_which_way():
    words = words_of(HERE, CITY)
    assert words["population"] == "more people (550,000 against 92,000)"
    assert words["density"] == "more densely populated (4,800 against 80 people per km²)"
    assert words["budget"] == "larger yearly budget (£2,000 million against £250 million)"
    assert words["nation"] == "in another nation (England)"
    assert words["deprivation"] == "more deprived"
    assert words_of(CITY, HERE)["population"] == "fewer people (92,000 against 550,000)"


@pytest.mark.parametrize(("population", "words"), [(119_000, "similar"), (70_800, "similar"), (120_000, "more people")])
def test_similar_is_up_to_a_factor_of_1_3(population, words):
    """Whoever reads "similar" beside 130,000 and 75,000 believes nothing else."""
    found = describe(HERE, dataclasses.replace(HERE, code="other", population=population))
    line = next(line for line in found.lines if line.point.dimension.name == "population")
    assert line.point.likeness is Likeness.LIKE, "the score is kinder than the words"
    assert line.words.startswith(words)
    assert (line.words in found.likenesses) == (words == "similar")
    assert (line.words in found.differences) == (words != "similar")


def test_three_times_as_dense_is_no_likeness():
    """26 and 80 people per km² were once comparable."""
    sparse, denser = (dataclasses.replace(HERE, code=str(area), area_km2=area) for area in (3_500.0, 1_150.0))
    assert words_of(sparse, denser)["density"] == "more densely populated (80 against 26 people per km²)"


def test_a_card_names_the_kind_and_does_not_tell_it_as_a_difference():
    board = dataclasses.replace(HERE, code="board", kind=Kind.HEALTH_BOARD)
    found = describe(HERE, board)
    assert found.differences == ["another kind of body (Health board)"]
    assert found.unlike == ""


@given(st.lists(st.lists(st.sampled_from("abcdef"), unique=True, max_size=5), max_size=12))
def test_no_difference_stands_on_all_the_cards_of_a_page(cards):
    """Unless none of them has another."""
    told = [own[place] for own, place in zip(cards, passed_over(cards), strict=True) if own]
    if len(cards) > 1 and len(told) == len(cards) and len(set(told)) == 1:
        assert all(len(own) == 1 for own in cards)


@given(st.lists(st.lists(st.sampled_from("abcdef"), unique=True, max_size=5), max_size=12))
def test_a_card_tells_one_of_its_first_three_differences(cards):
    for own, place in zip(cards, passed_over(cards), strict=True):
        assert 0 <= place < max(1, min(3, len(own)))


def test_what_few_cards_tell_is_left_alone():
    assert passed_over([["far", "urban"], ["urban", "far"], ["poor", "far"]]) == [0, 0, 0]


def test_places_are_not_all_told_by_one_difference():
    others = [
        dataclasses.replace(
            CITY, code=str(number), nation=Nation.ENGLAND, population=550_000, latitude=53.0 + number / 9
        )
        for number in range(6)
    ]
    assert len({comparison.unlike for comparison in places_like(HERE, others)}) > 1


def test_what_is_not_known_is_said():
    words = words_of(HERE, without(CITY, "staff"))
    assert words["staff"] == "Staff not known (counted as typical)"


def test_rurality_is_shown_and_not_counted():
    line = next(line for line in describe(HERE, CITY).lines if line.point.dimension.name == "rurality")
    assert (line.point.likeness, line.point.points) == (Likeness.NOT_COUNTED, 0)
    assert line.words == "otherwise urban or rural (Urban)"


def test_a_card_has_at_most_two_likenesses_and_one_difference():
    found = describe(HERE, dataclasses.replace(CITY, population=95_000, nation=Nation.WALES, staff=4_100))
    assert len(found.likenesses) > 2
    assert len(found.differences) > 1
    assert found.like == "; ".join(found.likenesses[:2])
    assert found.like.startswith("similar population")
    assert found.unlike == found.differences[0]
    assert found.unlike.startswith("more densely populated")


def test_places_like_are_the_first_ones_explained():
    twin = dataclasses.replace(HERE, code="twin")
    (found,) = places_like(HERE, [CITY, twin, UNKNOWN], limit=1)
    assert (found.organisation, found.score) == (twin, 100)


def test_words_are_translated_when_asked_not_when_loaded():
    """A page in Welsh must not get what an earlier page in English left behind."""
    loaded = [phrase for phrases in likeness.PHRASES.values() for phrase in phrases]
    assert all(isinstance(words, Promise) for words in [*loaded, *(d.label for d in PLACE_DIMENSIONS)])


# The benchmark: any file of councils, the same code.

HEADER = "code,tier,org_type,nation,population_2020,area_km2,lat,lon,rural_urban,deprivation_quintile,deprivation_score"


def write_councils(path, number):
    rng = random.Random(7)
    rows = [
        f"W{n:03},lower-or-single,Welsh unitary authority,Wales,"
        f"{rng.randint(50_000, 400_000)}.0,{rng.randint(50, 5_000)}.0,"
        f"{51 + 2 * rng.random():.4f},{-3 - rng.random():.4f},Rural,3.0,{rng.randint(10, 40)}.5"
        for n in range(number)
    ]
    rows.append("E999,upper,County,England,600000.0,3000.0,52.0,0.1,Rural,,")
    rows.append("E998,lower-or-single,Non-metropolitan district,England,,,,,,,")
    path.write_text("\n".join([HEADER, *rows]), encoding="utf-8")


def test_benchmark_ranks_60_of_the_lower_and_single_tier_councils(tmp_path, capsys):
    write_councils(tmp_path / "organisations.csv", 70)
    places.main(str(tmp_path / "organisations.csv"), str(tmp_path / "run.csv"))
    header, *rows = (tmp_path / "run.csv").read_text(encoding="utf-8").splitlines()
    assert header == "gss_code,rank,neighbour_gss"
    assert len(rows) == 71 * 60
    assert not any("E999" in row for row in rows)
    assert all(row.split(",")[0] != row.split(",")[2] for row in rows)
    assert [int(row.split(",")[1]) for row in rows[:60]] == list(range(1, 61))
    assert "71 councils" in capsys.readouterr().out
