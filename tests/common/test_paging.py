"""Pages of a list: a page that does not exist becomes the nearest one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learning_portal.common.paging import page_of

ITEMS = range(45)


@pytest.mark.parametrize(
    ("asked", "number"),
    [
        (None, 1),
        ("", 1),
        ("1", 1),
        ("3", 3),
        (" 2 ", 2),
        ("002", 2),
        ("0", 1),
        ("-1", 1),
        ("4", 3),
        ("9" * 9, 3),
        ("9" * 30, 3),
        ("9" * 5_000, 3),
        ("0" * 5_000 + "2", 2),
        ("1.5", 1),
        ("1e9", 1),
        ("x", 1),
        ("\u0662", 1),
        ("²", 1),
        ("\x00", 1),
    ],
)
def test_the_page_that_was_asked_for_or_the_nearest(asked, number):
    page = page_of(ITEMS, asked, 20)
    assert page.number == number
    assert list(page) == list(ITEMS[20 * (number - 1) : 20 * number])


def test_an_empty_list_has_one_page():
    page = page_of([], "7", 20)
    assert (page.number, list(page), page.has_other_pages()) == (1, [], False)


def test_what_is_counted_already_is_not_counted_again():
    page = page_of(ITEMS[:20], "2", 20, total=41)
    assert (page.paginator.num_pages, list(page)) == (3, [])


@given(st.one_of(st.none(), st.text(max_size=40), st.integers().map(str)), st.integers(0, 100), st.integers(1, 30))
def test_any_text_gives_a_page(asked, length, size):
    page = page_of(range(length), asked, size)
    assert 1 <= page.number <= page.paginator.num_pages
    assert bool(list(page)) == bool(length)
