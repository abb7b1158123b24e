"""A network asks its members: one answer each, told from five up, and who chose what is erased."""

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from learning_portal.common.refused import Refused
from networks import network_questions as verbs
from networks.counting import Tally, tally
from networks.models import Answer, Question, QuestionChoice
from tests.factories import QuestionChoiceFactory, QuestionFactory
from tests.networks.networking import NASTY, convened, days_later, mails, member_of, servant, signed_in

pytestmark = pytest.mark.django_db


def new(network) -> str:
    return reverse("networks:question-new", args=[network.slug])


def page(question: Question) -> str:
    return reverse("networks:question", args=[question.network.slug, question.pk])


def asked(answers=(), **fields) -> tuple:
    """A question with two choices, and so many who chose each."""
    network, convenor = convened()
    question = QuestionFactory(network=network, **fields)
    choices = [QuestionChoiceFactory(question=question, number=number + 1) for number in range(2)]
    for choice, number in zip(choices, answers, strict=False):
        for _one in range(number):
            Answer.objects.create(question=question, choice=choice, user=member_of(network))
    return question, choices, convenor


# --- How it is counted ----------------------------------------------------------------------------------------------


def test_fewer_than_five_answers_tell_nothing():
    assert tally({1: 4, 2: 0}, is_closed=True) is None
    assert tally({}, is_closed=True) is None


def test_fewer_than_five_of_a_choice_are_not_told():
    assert tally({1: 7, 2: 4, 3: 0}, is_closed=True) == {1: Tally(7, True), 2: Tally(None, True), 3: Tally(None, True)}


def test_while_it_is_open_only_steps_of_five_are_told():
    assert tally({1: 9, 2: 5}, is_closed=False) == {1: Tally(5, False), 2: Tally(5, False)}


@given(st.dictionaries(st.integers(), st.integers(0, 200), max_size=6))
def test_nobody_is_counted_out(votes):
    for is_closed in (True, False):
        told = tally(votes, is_closed=is_closed)
        assert (told is None) is (sum(votes.values()) < 5)
        for key, one in (told or {}).items():
            assert (one.number is None) is (votes[key] < 5)
            assert one.number is None or 5 <= one.number <= votes[key]


# --- Ask ------------------------------------------------------------------------------------------------------------

FORM = {"text": "How often should we meet?", "choice_1": "Monthly", "choice_2": "Never"}


def test_a_convenor_asks_the_members():
    network, convenor = convened()
    member = member_of(network)
    response = signed_in(convenor).post(new(network), FORM)
    question = Question.objects.get()
    assert response["Location"] == page(question)
    assert [choice.label for choice in QuestionChoice.objects.all()] == ["Monthly", "Never"]
    assert (mails("network_question", member), mails("network_question", convenor)) == (1, 0)
    assert "How often" in signed_in(member).get(f"/networks/{network.slug}/").content.decode()
    with days_later(28):
        assert question.is_open(verbs.timezone.localdate())
    with days_later(29):
        assert not question.is_open(verbs.timezone.localdate())


def test_there_are_questions_ready():
    network, convenor = convened()
    content = signed_in(convenor).get(f"{new(network)}?ready=2").content.decode()
    assert 'value="How often should we meet?"' in content
    assert 'value="Every month"' in content
    for nonsense in ("99", "x", "\x00", "9" * 30):
        assert signed_in(convenor).get(new(network), {"ready": nonsense}).status_code == 200


@pytest.mark.parametrize(
    "changed",
    [{"text": ""}, {"choice_2": ""}, {"choice_2": "monthly"}, *({name: text} for name in FORM for text in NASTY[:3])],
)
def test_it_needs_a_question_and_two_choices(changed):
    network, convenor = convened()
    response = signed_in(convenor).post(new(network), {**FORM, **changed})
    assert response.status_code == 422
    assert not Question.objects.exists()


def test_three_are_open_at_a_time():
    network, convenor = convened()
    assert [signed_in(convenor).post(new(network), FORM).status_code for _ in range(4)] == [302, 302, 302, 422]
    with pytest.raises(Refused):
        verbs.pose(by=convenor, network=network, text="a", choices=["b", "c"], language="en")


def test_nobody_else_asks():
    network, _convenor = convened()
    member = member_of(network)
    for other in (member, servant()):
        assert signed_in(other).post(new(network), FORM).status_code == 404
        with pytest.raises(Refused):
            verbs.pose(by=other, network=network, text="a", choices=["b", "c"], language="en")
    resting, convenor = convened(state="resting")
    assert signed_in(convenor).get(new(resting)).status_code == 404


# --- Answer ---------------------------------------------------------------------------------------------------------


def test_one_answer_each_which_they_may_change():
    question, choices, _convenor = asked()
    member = member_of(question.network)
    client = signed_in(member)
    assert "when you have answered" in client.get(page(question)).content.decode()
    for choice in choices:
        assert client.post(page(question), {"choice": choice.pk}).status_code == 302
        assert Answer.objects.get(user=member).choice == choice
    assert "Fewer than five have answered" in client.get(page(question)).content.decode()


@pytest.mark.parametrize("choice", ["", "1", "x", "\x00", "9" * 30, "other"])
def test_only_its_own_choices_are_taken(choice):
    question, _choices, _convenor = asked()
    other = QuestionChoiceFactory()
    member = member_of(question.network)
    typed = other.pk if choice == "other" else choice
    assert signed_in(member).post(page(question), {"choice": typed}).status_code == 422
    with pytest.raises(Refused):
        verbs.answer_question(by=member, question=question, choice=other)
    assert not Answer.objects.exists()


def test_what_was_answered_is_told_from_five_up():
    question, _choices, convenor = asked((6, 3))
    member = Answer.objects.first().user
    content = signed_in(member).get(page(question)).content.decode()
    assert "at least 5" in content
    assert "fewer than five" in content
    assert "when you have answered" in signed_in(convenor).get(page(question)).content.decode()
    with days_later(29):
        content = signed_in(convenor).get(page(question)).content.decode()
        assert '<dd class="govuk-summary-list__value">6</dd>' in content
        assert "3" not in content.split("What members answered")[1].split("</dl>")[0]


def test_when_it_closes_who_chose_what_is_erased():
    question, choices, convenor = asked((6, 3))
    assert verbs.count_questions() == 0
    with days_later(29):
        assert (verbs.count_questions(), verbs.count_questions()) == (1, 0)
        assert not Answer.objects.exists()
        assert [choice.votes for choice in QuestionChoice.objects.all()] == [6, 3]
        content = signed_in(convenor).get(page(question)).content.decode()
        assert '<dd class="govuk-summary-list__value">6</dd>' in content
        assert signed_in(convenor).post(page(question), {"choice": choices[0].pk}).status_code == 422
    assert not Answer.objects.exists()


def test_for_others_it_is_not_there():
    question, choices, _convenor = asked()
    other_network, _other = convened()
    stranger = servant()
    assert signed_in(stranger).get(page(question)).status_code == 404
    assert signed_in(stranger).post(page(question), {"choice": choices[0].pk}).status_code == 404
    with pytest.raises(Refused):
        verbs.answer_question(by=stranger, question=question, choice=choices[0])
    member = member_of(other_network)
    elsewhere = reverse("networks:question", args=[other_network.slug, question.pk])
    assert signed_in(member).get(elsewhere).status_code == 404


def test_a_convenor_erases_it():
    question, _choices, convenor = asked((2, 0))
    member = Answer.objects.first().user
    signed_in(member).post(page(question), {"do": "erase"})
    assert Question.objects.exists()
    assert signed_in(convenor).post(page(question), {"do": "erase"}).status_code == 302
    assert not Question.objects.exists()
    assert not Answer.objects.exists()
