"""A network asks its members how they like to learn and share. Who chose what is erased when the question closes."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Count, F
from django.utils import timezone
from django.utils.translation import gettext as _

from learning_portal.common.actions import post
from learning_portal.common.models import User
from learning_portal.common.refused import Refused

from .counting import Tally, tally
from .mail_kinds import NETWORK_QUESTION
from .models import Answer, Membership, Network, Question, QuestionChoice
from .network_access import convenes, membership_of

MOST_OPEN = 3
FEWEST_CHOICES, MOST_CHOICES = 2, 6


@transaction.atomic
def pose(*, by: User, network: Network, text: str, choices: Sequence[str], language: str) -> Question:
    """A convenor asks the members; they hear of it in their weekly mail. Raises Refused."""
    if not convenes(by, network) or not network.is_active:
        raise Refused(_("Only a convenor of an active network does this."))
    Network.objects.select_for_update(of=("self",)).get(pk=network.pk)
    if Question.objects.open(timezone.localdate()).filter(network=network).count() >= MOST_OPEN:
        raise Refused(_("Three questions are open already. Wait until one of them closes."))
    question = Question.objects.create(network=network, by=by, text=text, language=language)
    QuestionChoice.objects.bulk_create(
        [QuestionChoice(question=question, number=number, label=label) for number, label in enumerate(choices, 1)]
    )
    for membership in Membership.objects.current().filter(network=network).exclude(user=by).select_related("user"):
        user = membership.user
        context: dict[str, str | int] = {
            "network": network.name_in(user.language),
            "slug": network.slug,
            "key": question.pk,
        }
        post(to=user, kind=NETWORK_QUESTION.name, context=context)
    return question


@transaction.atomic
def answer_question(*, by: User, question: Question, choice: QuestionChoice) -> None:
    """A member's answer, which they may change until it closes. Raises Refused."""
    still = Question.objects.open(timezone.localdate()).select_for_update(of=("self",)).filter(pk=question.pk).first()
    if still is None or not membership_of(by, question.network):
        raise Refused(_("This question is closed."))
    if choice.question_id != question.pk:
        raise Refused(_("Choose from the list"))
    Answer.objects.update_or_create(question=question, user=by, defaults={"choice": choice})


def answer_of(user: User, question: Question) -> Answer | None:
    return Answer.objects.filter(question=question, user=user).first()


def results_of(question: Question, choices: Sequence[QuestionChoice]) -> dict[int, Tally] | None:
    """By choice, from five up; None where fewer than five answered."""
    if question.is_counted:
        votes = {choice.pk: choice.votes for choice in choices}
    else:
        votes = {choice.pk: 0 for choice in choices} | _counted(question)
    return tally(votes, is_closed=not question.is_open(timezone.localdate()))


def _counted(question: Question) -> dict[int, int]:
    answers = Answer.objects.filter(question=question).order_by()
    return dict(answers.values_list("choice").annotate(number=Count("pk")))


@transaction.atomic
def take_question_back(*, by: User, question: Question) -> None:
    """A convenor erases a question with its answers. Raises Refused."""
    if not convenes(by, question.network):
        raise Refused(_("Only a convenor does this."))
    Question.objects.filter(pk=question.pk).delete()


def count_questions(*, today: datetime.date | None = None) -> int:
    """Close what is past its day: keep the numbers, erase who answered; how many."""
    over = Question.objects.to_count(today or timezone.localdate())
    return sum(_count(question) for question in over)


@transaction.atomic
def _count(question: Question) -> bool:
    """Only whoever closes it counts: a second count would find no answers."""
    if not Question.objects.filter(pk=question.pk, is_counted=False).update(is_counted=True):
        return False
    for choice, number in _counted(question).items():
        QuestionChoice.objects.filter(pk=choice).update(votes=F("votes") + number)
    Answer.objects.filter(question=question).delete()
    return True
