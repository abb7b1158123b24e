"""Any verb in any order, by host, asker, desk and tick: what must hold of every request to meet, always."""

import datetime

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from learning_portal.common.actions import deliver_mail
from networks import introductions as verbs
from networks.introductions import NotAsked, Outcome, Proposal
from networks.meeting import cap
from networks.models import Contact, Introduction, IntroductionStep
from networks.models.introduction import OPEN
from tests.factories import UserFactory
from tests.networks.introducing import MONDAY, REQUEST, make_asker, make_host, moment, on
from tests.strength import FULL, marks
from tests.worlds import savepoint

pytestmark = marks


class Life(RuleBasedStateMachine):
    """Three hosts, of whom one is the deputy of another; three who ask; days go by."""

    def __init__(self):
        super().__init__()
        self.kept = savepoint()
        self.kept.__enter__()
        self.today = MONDAY
        deputy = make_host(monthly_limit=1)
        self.hosts = [deputy, make_host(deputy=deputy, team_mailbox="t@council.example", monthly_limit=1), make_host()]
        self.askers = [make_asker() for _ in range(2)] + [UserFactory(email="x@supplier.example")]
        self.team = UserFactory()
        self.ended: dict[int, str] = {}

    def teardown(self):
        self.kept.__exit__(None, None, None)

    def one(self, number: int) -> Introduction | None:
        rows = list(Introduction.objects.select_related("host__user", "asker").order_by("pk"))
        return rows[number % len(rows)] if rows else None

    @rule(asker=st.integers(0, 2), host=st.integers(0, 2), passes=st.booleans())
    def ask(self, asker, host, passes):
        request = verbs.Request(REQUEST.questions, "call", may_pass_to=("deputy", "team") if passes else ())
        with on(self.today):
            try:
                verbs.ask(by=self.askers[asker], host=self.hosts[host], request=request, today=self.today)
            except NotAsked:
                return

    @rule(number=st.integers(0, 50), verb=st.sampled_from(["accept", "not_now", "decline", "all", "block"]))
    def answer(self, number, verb):
        made = self.one(number)
        if made is None or made.host is None:
            return
        both = {"introduction": made, "host": made.host, "today": self.today}
        proposal = Proposal(moment(self.today + datetime.timedelta(days=5)), "Here", is_for_all=verb == "all")
        if verb in ("accept", "all"):
            verbs.accept(**both, proposal=proposal)
        elif verb == "block":
            verbs.block(**both)
        else:
            {"not_now": verbs.not_now, "decline": verbs.decline}[verb](**both)

    @rule(number=st.integers(0, 50), did_meet=st.booleans())
    def say(self, number, did_meet):
        if (made := self.one(number)) is not None and made.state in ("accepted", "unheard"):
            self.ended.pop(made.pk, None)
            verbs.say(introduction=made, outcome=Outcome(did_meet), today=self.today)

    @rule(number=st.integers(0, 50))
    def withdraw(self, number):
        if (made := self.one(number)) is not None:
            verbs.withdraw(by=made.asker, introduction=made, today=self.today)

    @rule(number=st.integers(0, 50), by_host=st.booleans(), days=st.integers(1, 40))
    def move(self, number, by_host, days):
        if (made := self.one(number)) is not None:
            when = {"meets_at": moment(self.today + datetime.timedelta(days=days)), "seen": made.meets_at}
            verbs.move_meeting(introduction=made, place="There", by_host=by_host, today=self.today, **when)

    @rule(number=st.integers(0, 50), by_host=st.booleans())
    def call_off(self, number, by_host):
        if (made := self.one(number)) is not None:
            verbs.call_off(introduction=made, by_host=by_host, today=self.today)

    @rule(number=st.integers(0, 50), host=st.integers(0, 2), nobody=st.booleans())
    def desk(self, number, host, nobody):
        if (made := self.one(number)) is None:
            return
        if nobody:
            verbs.nobody_found(by=self.team, introduction=made, today=self.today)
            return
        with on(self.today):
            try:
                verbs.hand_over(by=self.team, introduction=made, host=self.hosts[host], today=self.today)
            except NotAsked:
                return

    @rule(host=st.integers(0, 2), archived=st.booleans())
    def leave(self, host, archived):
        fields = {"archived_on": self.today} if archived else {"paused_until": self.today + datetime.timedelta(days=9)}
        Contact.objects.filter(pk=self.hosts[host].pk).update(**fields)

    @rule(days=st.integers(1, 12))
    def tick(self, days):
        self.today += datetime.timedelta(days=days)
        with on(self.today):
            verbs.note_due(today=self.today)
            verbs.pass_on_unanswered(today=self.today)
            verbs.follow_up(now=moment(self.today))
            verbs.close_unheard(today=self.today)
            deliver_mail(now=moment(self.today))

    @invariant()
    def nobody_is_over_their_limit(self):
        loads = Introduction.objects.loads(self.today)
        assert all(loads.get(host.pk, 0) <= cap(host.monthly_limit) for host in self.hosts)

    @invariant()
    def what_has_ended_stays_ended(self):
        for key, state in Introduction.objects.exclude(state__in=OPEN).values_list("pk", "state"):
            assert self.ended.setdefault(key, state) == state

    @invariant()
    def nobody_is_asked_twice_and_the_first_step_says_who_got_it(self):
        steps = IntroductionStep.objects.filter(verb__in=["asked", "team_asked"]).values_list(
            "introduction", "contact", "verb"
        )
        assert len(set(steps)) == len(steps)
        firsts = IntroductionStep.objects.filter(number=1).values_list("verb", flat=True)
        assert set(firsts) <= {"asked", "team_asked", "to_desk", "away", "withdrawn", "unanswered"}


def test_any_verb_in_any_order():
    examples = settings(
        max_examples=60 if FULL else 6,
        stateful_step_count=30,
        deadline=None,
        derandomize=not FULL,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Life, settings=examples)
