"""No page tells one body of a band from another: filters, points, search and orders leave at least five together."""

import collections
from collections.abc import Callable, Iterator
from random import Random

import pytest
from django.core.management import call_command

from networks.models import Organisation
from stories import bands, context
from stories.models import StoryContext
from tests import band_pages, faults, worlds
from tests.band_pages import (
    FIVE,
    Question,
    Told,
    draw_register,
    facets,
    orders,
    points,
    searches,
    shelving,
    step_of,
    tell_everywhere,
    too_few,
    untrue,
)
from tests.strength import FULL, marks
from tests.worlds import by_meaning, savepoint

pytestmark = marks

SHARE = 1.0 if FULL else 0.025
STEPS = {
    "kind/nation/size/rurality",
    "kind/nation/size",
    "kind/size",
    "kind/half",
    "sector",
    "any",
}


def real_register() -> list[Organisation]:
    """The bodies that come with the portal."""
    call_command("load_register", verbosity=0)
    return list(Organisation.objects.filter(is_example=False).current())


def drawn_register(sorts: int = 6) -> list[Organisation]:
    return Organisation.objects.bulk_create(draw_register(Random(3), sorts))


REGISTERS = {"real": real_register, "drawn": drawn_register}


@pytest.fixture(params=REGISTERS)
def told(request, db) -> Iterator[Told]:
    """A story at every body of a register that has every step of the ladder."""
    with by_meaning():
        told = tell_everywhere(REGISTERS[request.param](), Random(7), SHARE)
        assert {step_of(band) for band in told.bands.values()} == STEPS
        yield told


def test_no_answers_together_leave_fewer_than_five_bodies(told, request):
    assert too_few(told) == []
    worlds.count(request, "answers about unnamed stories", told.asked)


def test_what_filters_say_is_so_of_the_body_and_of_five(told):
    assert untrue(told) == []


# --- Planted faults -------------------------------------------------------------------------------------------------


def made_up(m: pytest.MonkeyPatch) -> None:
    """What a band says changes with each reading."""
    random = Random(1)
    m.setattr(bands, "facts", lambda band: {"sector": 1, "size": random.choice([1, 2, 3, 4])})


def of_another_band(m: pytest.MonkeyPatch) -> None:
    """What a band says is the same each time, and is not so."""
    m.setattr(bands, "facts", lambda band: {"sector": 3, "nation": 4, "size": 1 + len(band) % 4, "rurality": 3})


def with_deprivation(m: pytest.MonkeyPatch) -> None:
    """A band says how deprived the body is, after bodies were banded without it."""
    assign, of_band = shelving.bands_of, context.of_band

    def bands_of(bodies):
        found = assign(bodies)
        return {body.code: f"{found[body.code]}/deprivation={body.deprivation or ''}" for body in bodies}

    in_words = bands.in_words
    m.setattr(bands, "in_words", lambda band: in_words(band.rpartition("/deprivation")[0]))
    m.setattr(shelving, "bands_of", bands_of)
    m.setattr(context, "of_band", lambda band: of_band(band) | {"deprivation": bands.facts(band).get("deprivation")})


def of_the_body(m: pytest.MonkeyPatch) -> None:
    """An unnamed story is compared by the figures of whoever employs its author."""

    def tell(bodies, *how):
        told = tell_everywhere(bodies, *how)
        for key, body in told.bodies.items():
            StoryContext.objects.filter(pk=key).update(**context.of_organisation(body))
        return told

    m.setattr(band_pages, "tell_everywhere", tell)


def finest_that_five_match(m: pytest.MonkeyPatch) -> None:
    """A body gets the finest description that five match, also those that have a finer one."""

    def assign(places):
        places = list(places)
        matching = collections.Counter(band for place in places for band in bands.ladder(place))
        return {place.code: next(b for b in bands.ladder(place) if matching[b] >= FIVE) for place in places}

    m.setattr(bands, "assign", assign)


def questioned(*questions: Question) -> Callable[[Told], list[str]]:
    return lambda told: too_few(told, questions)


FAULTS: dict[str, tuple[Callable[[pytest.MonkeyPatch], None], Callable[[Told], list[str]]]] = {
    "a band's facts are made up": (made_up, questioned(facets)),
    "deprivation stands in the band": (with_deprivation, questioned(points)),
}
if FULL:
    FAULTS |= {
        "the body's names are indexed": (faults.name_of_the_body_indexed, questioned(searches)),
        "bands do not partition": (finest_that_five_match, questioned(facets, points)),
        "a band's facts are another's": (of_another_band, untrue),
        "deprivation stands in the band, by order": (with_deprivation, questioned(orders)),
        "the body's figures are compared": (of_the_body, questioned(orders)),
        "the body's figures are filtered by": (of_the_body, questioned(facets)),
        "the body is the place": (faults.place_is_the_body, questioned(points)),
        "two are enough": (lambda m: m.setattr(bands, "FLOOR", 2), questioned(points)),
        "what is left over stays alone": (
            lambda m: m.setattr(bands, "_fill_last", lambda found: found),
            questioned(points),
        ),
    }


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_noticed(db, monkeypatch, name, request):
    plant, check = FAULTS[name]
    if FULL:  # `make test` has asked the same of another register above
        with savepoint():
            assert check(told_anew()) == []
    plant(monkeypatch)
    assert check(told_anew()) != []
    worlds.count(request, "planted faults caught", 1)


def told_anew() -> Told:
    """A story at each body of the ladder itself, of which a tenth are asked for: of two, chance missed a fault."""
    return band_pages.tell_everywhere(drawn_register(sorts=0), Random(7), max(SHARE, 0.1))
