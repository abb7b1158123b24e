"""Requests to meet: one at least in every state, some from stories and some from cards, and a full matching desk.

Each is made by the verbs of the service, on the day on which it would have been. The mails are taken away at the end
of loading.
"""

import datetime

from django.db.models import QuerySet

from learning_portal.common.models import User
from networks import introductions as verbs
from networks.choices import MeetingFormat
from networks.introductions import passing
from networks.models import Contact, Introduction, IntroductionStep
from networks.working_days import after_working_days
from stories.actions import meet
from stories.models import Watch

from .asked import DESK, UNHELPED, WAITING, Asked
from .came import CAME
from .stage import Stage

State, Verb = Introduction.State, IntroductionStep.Verb
Result = Introduction.Result
TEAM = "programme@portal.example"
ANSWERED_AFTER = 3
FOLLOWED_UP_AFTER = 15


def load_introductions(stage: Stage) -> None:
    for asked in WAITING:
        _ask(stage, asked)
    _meetings(stage)
    _refusals(stage)
    _passed_on(stage)
    _desk(stage)
    _note_due(stage)
    _watch(stage)


def _ask(stage: Stage, asked: Asked) -> Introduction:
    """Sent so many days ago."""
    request = verbs.Request(
        questions=asked.questions,
        format=asked.format,
        days=asked.days,
        plan=asked.plan,
        may_pass_to=asked.may_pass_to,
        topics=tuple(stage.topics[slug] for slug in asked.topics),
    )
    by, today = stage.user(asked.asker), stage.day(-asked.days_ago)
    if not asked.host:
        return verbs.desk.ask_desk(by=by, request=request, today=today)
    host = stage.card(asked.host)
    if not asked.story:
        return verbs.ask(by=by, host=host, request=request, today=today)
    return meet.ask_about(by=by, story=stage.stories[asked.story], host=host, request=request, today=today)


def _agreed(stage: Stage, asked: Asked, meets: int, place: str, words: str = "", for_all: bool = False) -> Introduction:
    """The host said yes three days later, to a day so many days from now."""
    introduction = _ask(stage, asked)
    proposal = verbs.Proposal(stage.at(meets, 10), place, words, for_all)
    answered = stage.day(min(0, ANSWERED_AFTER - asked.days_ago))
    if not verbs.accept(introduction=introduction, host=stage.card(asked.host), proposal=proposal, today=answered):
        raise LookupError(asked.asker)
    introduction.refresh_from_db()
    return introduction


def _followed_up(stage: Stage, introduction: Introduction, on: datetime.date) -> None:
    """Both were asked what came of it."""
    Introduction.objects.filter(pk=introduction.pk).update(followed_up_on=on)
    introduction.refresh_from_db()


def _meetings(stage: Stage) -> None:
    """Agreed and to come, over, and of which nobody said anything."""
    for came in CAME:
        over = _agreed(stage, came.asked, -came.met_days_ago, came.place)
        _followed_up(stage, over, stage.day(FOLLOWED_UP_AFTER - came.met_days_ago))
        outcome = verbs.Outcome(came.did_meet, came.result)
        said = meet.say_what_came(
            introduction=over, outcome=outcome, today=stage.day(FOLLOWED_UP_AFTER + 2 - came.met_days_ago)
        )
        assert said, came.asked.asker
    _to_come(stage)
    _together(stage)
    _called_off(stage)
    _silent(stage)
    _mentoring(stage)


def _to_come(stage: Stage) -> None:
    """One that Mared goes to."""
    mared = Asked(
        "Mared Ellis",
        "Clodagh Heaney",
        9,
        (
            "What did the ward stop doing on the day when pharmacists began to write the prescriptions?",
            "What would you ask a health board that says it has done this already?",
        ),
        MeetingFormat.VIDEO,
        story="waiting-for-tablets-to-go-home",
        plan="We are writing the terms of a grant for getting people home from hospital before the weekend.",
        topics=("delayed-discharge", "handover-between-teams"),
    )
    _agreed(stage, mared, 6, "Teams. I send the link the evening before.", "Bring the draft terms, however rough.")


def _together(stage: Stage) -> None:
    """A visit that three share."""
    together = [
        Asked(
            name,
            "Geraint Mostyn",
            6,
            (question,),
            MeetingFormat.VISIT,
            story="scans-in-a-shoe-shop",
            topics=("waiting-lists", "estate-closure"),
        )
        for name, question in (
            ("Morven Gillespie", "How did you get the landlord to let you take the window out?"),
            ("Clodagh Heaney", "Who sits at the desk when the booking clerk is ill?"),
        )
    ]
    for asked in together:
        _ask(stage, asked)
    shabana = Asked(
        "Shabana Karim",
        "Geraint Mostyn",
        5,
        ("What do people do who cannot manage the stairs of the car park?",),
        MeetingFormat.VISIT,
        story="scans-in-a-shoe-shop",
        topics=("waiting-lists",),
    )
    place = "The scanning centre, above the car park. Level 2, not level 1."
    _agreed(stage, shabana, 12, place, "You all asked within a week, so come together: I make the tea.", for_all=True)


def _called_off(stage: Stage) -> None:
    """One that its host could not keep."""
    asked = Asked(
        "Shabana Karim",
        "Clodagh Heaney",
        12,
        ("Who told the families that the bed was needed, and what did they say?",),
        MeetingFormat.CALL,
        story="waiting-for-tablets-to-go-home",
        topics=("delayed-discharge",),
    )
    agreed = _agreed(stage, asked, 4, "I ring you at ten.")
    verbs.call_off(introduction=agreed, by_host=True, today=stage.day(-2))


def _silent(stage: Stage) -> None:
    """One whose asker has just been asked what came of it, and one of which we heard nothing."""
    lately = Asked(
        "Shabana Karim",
        "Bronagh McAtamney",
        38,
        ("Why did the second patch not want it?",),
        MeetingFormat.VIDEO,
        story="self-managing-home-care-teams",
        topics=("pilot-not-scaled",),
    )
    _followed_up(stage, _agreed(stage, lately, -17, "Teams"), stage.day(-3))
    never = Asked(
        "Philip Aldous",
        "Josie Tweddle",
        140,
        ("Who may see the list of callers?",),
        MeetingFormat.CALL,
        story="the-man-who-rang-341-times",
        topics=("data-sharing-refused",),
    )
    _followed_up(stage, _agreed(stage, never, -115, "By phone"), stage.day(-100))
    verbs.close_unheard(today=stage.day(-40))


def _mentoring(stage: Stage) -> None:
    """Owain meets Loveday for the second of three times next week."""
    asked = Asked(
        "Owain Pugh",
        "Loveday Trewhitt",
        45,
        ("How do you say no to a landlord whom you need next month?", "What do you look at every Monday?"),
        MeetingFormat.MENTORING,
        story="leasing-from-private-landlords",
        plan="I took over temporary accommodation in July. Nobody handed over, and the spend doubles every winter.",
        topics=("demand-exceeds-capacity", "homelessness"),
    )
    mentoring = _agreed(stage, asked, -24, "Teams", "Happy to. Three times an hour, then you are on your own.")
    _followed_up(stage, mentoring, stage.day(-9))
    outcome = verbs.Outcome(did_meet=True, result=Result.HELPED, next_meeting=stage.at(8, 14))
    verbs.say(introduction=mentoring, outcome=outcome, today=stage.day(-8))


def _refusals(stage: Stage) -> None:
    """Not now, no, and somebody who thought better of it."""
    later = _ask(
        stage,
        Asked("Conor Devenney", "Ishbel Finlayson", 34, ("Who pays for the adviser from April?",), MeetingFormat.CALL),
    )
    words = "We are in the middle of the ward move. Ask me again after Easter and I will make the time."
    verbs.not_now(introduction=later, host=stage.card("Ishbel Finlayson"), words=words, today=stage.day(-30))
    no = _ask(
        stage,
        Asked("Fiona Gilchrist", "Trevor Catchpole", 26, ("Can we see your script?",), MeetingFormat.CALL),
    )
    words = "I only know the bills. Judith in planning knows how the barn came to be on the list."
    verbs.decline(introduction=no, host=stage.card("Trevor Catchpole"), words=words, today=stage.day(-24))
    gone = _ask(
        stage,
        Asked("Owain Pugh", "Winston Ofori", 20, ("May we shadow one Saturday?",), MeetingFormat.SHADOWING),
    )
    verbs.withdraw(by=stage.user("Owain Pugh"), introduction=gone, today=stage.day(-18))


def _passed_on(stage: Stage) -> None:
    """To a deputy who is asked now, and to a colleague whom the host named."""
    unanswered = Asked(
        "Eilidh Farquharson",
        "Malcolm Treadgold",
        10,
        ("What did you pay twice, and how did you find out?",),
        MeetingFormat.VISIT,
        story="three-payrolls-before-one",
        topics=("legacy-system", "knowledge-lost"),
        may_pass_to=("deputy", "team"),
    )
    passing.pass_on(introduction=_ask(stage, unanswered), because=Verb.UNANSWERED, today=stage.day(-2))
    named = Asked(
        "Kirsty Rennie",
        "Conor Devenney",
        6,
        ("Whom did you lose in the month before the money ended?",),
        MeetingFormat.VIDEO,
        topics=("funding-cliff-edge",),
    )
    host, colleague = stage.card(named.host), stage.card("Declan Rafferty")
    verbs.redirect(introduction=_ask(stage, named), host=host, colleague=colleague, today=stage.day(-2))


def _desk(stage: Stage) -> None:
    """Requests that lie there; one for which it found somebody, and two for which it found nobody."""
    team = User.objects.get(email=TEAM)
    for asked in DESK:
        _ask(stage, asked)
    for asked in UNHELPED:
        verbs.nobody_found(by=team, introduction=_ask(stage, asked), today=stage.day(9 - asked.days_ago))
    found = _ask(
        stage,
        Asked(
            "Rhiannon Tipples",
            "",
            12,
            ("How do you keep a joint post when one of the two budgets goes?",),
            MeetingFormat.VIDEO,
            topics=("funding-cliff-edge", "professional-boundaries"),
        ),
    )
    verbs.hand_over(by=team, introduction=found, host=stage.card("Dominic Ayres"), today=stage.day(-2))


def _note_due(stage: Stage) -> None:
    """Five working days from when they were asked, as if the mail had left on that day; tomorrow at the earliest."""
    for introduction in _unanswered().select_related("host__organisation"):
        host: Contact | None = introduction.host
        if host is None or introduction.asked_on is None:
            continue
        due = after_working_days(introduction.asked_on, 5, host.organisation.nation)
        soonest = after_working_days(stage.today, 1, host.organisation.nation)
        Introduction.objects.filter(pk=introduction.pk).update(due_on=max(due, soonest))


def _unanswered() -> QuerySet[Introduction]:
    return Introduction.objects.filter(state=State.ASKED, due_on=None)


def _watch(stage: Stage) -> None:
    """Owain wants to hear when somebody has done it."""
    plan = "Keep the people who sit with tenants at court in post when the one-year grant ends in March."
    watch = Watch.objects.create(user=stage.user("Owain Pugh"), text=plan, organisation=stage.bodies["X-E08"])
    watch.topics.set([stage.topics["funding-cliff-edge"], stage.topics["tenants"]])
