import inspect

import pytest
from django.conf import settings

from learning_portal.common import room
from learning_portal.common.room import PLACES, with_room


@with_room
def page(request: str, *, name: str = "nobody") -> str:
    """What it says."""
    if not request:
        raise ValueError("Ask for something.")
    return f"{request} by {name}"


def test_the_function_is_the_same():
    assert page("A story") == "A story by nobody"
    assert page("A story", name="Ann") == "A story by Ann"
    assert (page.__name__, page.__doc__) == ("page", "What it says.")
    with pytest.raises(ValueError, match=r"Ask for something\."):
        page("")
    with pytest.raises(TypeError):
        page("A story", nobody="knows")


def test_it_calls_below_a_claim_of_room():
    def claimed_above() -> list[int]:
        return [above.frame.f_code.co_stacksize for above in inspect.stack()]

    assert max(claimed_above()) <= PLACES
    assert with_room(claimed_above)().count(PLACES) == claimed_above().count(PLACES) + 1


def test_it_stands_before_all_other_middleware():
    assert settings.MIDDLEWARE[0] == f"{room.__name__}.{room.roomy_pages.__name__}"
