"""Receipts: what is shown, what is kept, and what people write when they copy one."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stories import receipts
from stories.actions import Refused, tell
from stories.choices import ReceiptKind, Voice
from stories.models import Receipt
from stories.receipt_rights import Deed
from tests.factories import TODAY, UserFactory
from tests.stories.telling import place, start, teller

all_bits = st.integers(0, 2**128 - 1)


@given(all_bits)
def test_a_receipt_is_read_as_it_was_written(bits):
    text = receipts.write(bits)
    assert receipts.read(text) == bits
    assert [len(group) for group in text.split("-")] == [5] * 6
    assert not set(text) & set("ilou")


@given(all_bits, st.sampled_from(["upper", "spaced", "run together", "look-alikes"]))
def test_however_it_is_copied(bits, how):
    text = receipts.write(bits)
    copied = {
        "upper": text.upper(),
        "spaced": f"  {text.replace('-', ' ')}\n",
        "run together": text.replace("-", ""),
        "look-alikes": text.replace("0", "O").replace("1", "l").replace("v", "u"),
    }[how]
    assert receipts.sha256(copied) == receipts.sha256(text)


@given(all_bits, st.integers(0, 29), st.integers(1, 31))
def test_a_slip_of_the_pen_is_noticed(bits, place, step):
    letters = receipts.write(bits).replace("-", "")
    alphabet = receipts.ALPHABET
    wrong = alphabet[(alphabet.index(letters[place]) + step) % 32]
    with pytest.raises(ValueError):
        receipts.read(letters[:place] + wrong + letters[place + 1 :])


@given(st.text(max_size=40))
def test_anything_else_is_no_receipt(text):
    with pytest.raises(ValueError):
        receipts.read(text)


def test_no_two_are_alike():
    assert len({receipts.make() for _number in range(1000)}) == 1000


@pytest.mark.django_db
class TestKept:
    def test_only_the_hash_is(self):
        story, receipt = tell.start_story(by=teller(), kind="lessons", voice=Voice.ANONYMOUS, language="en")
        kept = Receipt.objects.get()
        assert kept.sha256 == receipts.sha256(receipt)
        assert (kept.story, kept.kind, kept.expires_on) == (story, ReceiptKind.AUTHOR, None)
        assert Receipt.objects.holding(story.pk, receipt.upper(), TODAY) == kept
        assert Receipt.objects.holding(None, receipt, TODAY) == kept

    def test_it_opens_no_other_story(self):
        one, other = start(teller()), start(teller())
        receipt = tell.hand(story=one, kind=ReceiptKind.AUTHOR)
        assert Receipt.objects.holding(other.pk, receipt, TODAY) is None

    @pytest.mark.parametrize("text", ["", "x", "0" * 30, "\x00" * 30, "é" * 30, receipts.write(7)])
    def test_nonsense_opens_nothing(self, text):
        assert Receipt.objects.holding(start(teller()).pk, text, TODAY) is None

    def test_it_runs_out(self):
        story = start(teller())
        receipt = tell.hand(story=story, kind=ReceiptKind.COLLEAGUE, expires_on=TODAY)
        assert not Receipt.objects.holding(story.pk, receipt, TODAY).may(Deed.WRITE)
        assert Receipt.objects.holding(story.pk, receipt, TODAY + datetime.timedelta(days=1)) is None

    def test_without_a_name_it_runs_out_by_the_week(self):
        story = start(teller(), Voice.CONFIDENTIAL)
        tell.hand(story=story, kind=ReceiptKind.LEAVING, expires_on=datetime.date(2026, 11, 5))
        assert Receipt.objects.get(kind=ReceiptKind.LEAVING).expires_on == datetime.date(2026, 11, 9)

    @pytest.mark.parametrize("voice", Voice.values)
    def test_ones_own_opens_again_if_the_service_knows_whose_it_is(self, voice):
        by = teller()
        story = start(by, voice)
        with pytest.raises(Refused):
            tell.open_mine(by=UserFactory(), story=story)
        if voice == Voice.ANONYMOUS:
            with pytest.raises(Refused):
                tell.open_mine(by=by, story=story)
        else:
            assert Receipt.objects.holding(story.pk, tell.open_mine(by=by, story=story), TODAY).may(Deed.WRITE)


@pytest.mark.django_db
def test_whoever_works_nowhere_starts_nothing():
    with pytest.raises(Refused):
        start(UserFactory())
    with pytest.raises(Refused):
        start(teller(), organisation=place())
