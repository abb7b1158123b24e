"""Two texts side by side, cut where they differ and where something may give somebody away."""

from hypothesis import given
from hypothesis import strategies as st

from stories.comparing import MOST_WORDS, Piece, changes, pieces
from stories.identity.kinds import Kind, Mark, Suggestion

WORDS = st.lists(st.sampled_from(["a", "b", "c", "town", "Powys", "<b>"]), max_size=12)
TEXTS = st.builds(lambda words, gap: gap.join(words), WORDS, st.sampled_from([" ", "\n", "  "]))


def mark(text: str, start: int, end: int) -> Mark:
    return Mark("wrong", start, end, Kind.PLACE, text[start:end], Suggestion.AREA)


def kept(text: str, ranges) -> list[str]:
    """The words outside of the ranges."""
    for start, end in reversed(ranges):
        text = text[:start] + " " + text[end:]
    return text.split()


@given(TEXTS, TEXTS)
def test_without_what_changed_both_say_the_same(before, after):
    went, came = changes(before, after)
    assert kept(before, went) == kept(after, came)


@given(TEXTS)
def test_equal_texts_have_no_change(text):
    assert changes(text, text) == ([], [])


@given(TEXTS, TEXTS, st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=3))
def test_pieces_joined_give_the_text_again(before, after, places):
    marks = [mark(after, start, end) for start, end in places if start < end <= len(after)]
    _went, came = changes(before, after)
    found = pieces(after, came, marks)
    assert "".join(piece.text for piece in found) == after
    assert all(piece.text for piece in found)
    changed = "".join(piece.text for piece in found if piece.changed)
    assert changed == "".join(after[start:end] for start, end in came)


def test_a_mark_that_is_half_new_is_cut():
    text = "a market town in Powys"
    found = pieces(text, [(0, 8)], [mark(text, 2, 13)])
    assert [(piece.text, piece.changed, piece.mark is not None) for piece in found] == [
        ("a ", True, False),
        ("market", True, True),
        (" town", False, True),
        (" in Powys", False, False),
    ]


def test_of_endless_texts_all_counts_as_changed():
    long = "word " * (MOST_WORDS + 1)
    assert changes(long, long) == ([], [])
    assert changes(long, "short") == ([(0, len(long) - 1)], [(0, 5)])
    assert changes("", long) == ([], [(0, len(long) - 1)])


def test_a_text_without_change_is_one_piece():
    assert pieces("as it was", [], []) == [Piece("as it was")]
    assert pieces("", [], []) == []
