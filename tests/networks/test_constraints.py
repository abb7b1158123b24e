"""What the database itself refuses of people, organisations, topics and networks, on SQLite and on PostgreSQL."""

import datetime

import pytest
from django.apps import apps
from django.db import DataError, IntegrityError, models, transaction
from django.db.models import CheckConstraint, UniqueConstraint

from learning_portal.common.actions import record
from learning_portal.common.models import AuditEvent, Away, Limit, MailStop, Message, ModeratorInvitation, User
from networks.choices import Nation, TopicGroup
from networks.models import (
    Admission,
    Affiliation,
    Answer,
    Block,
    CardPrompt,
    CoffeeChoice,
    CoffeeRound,
    CoffeeSeat,
    CoffeeSeries,
    Contact,
    Introduction,
    IntroductionStep,
    LeftReport,
    Membership,
    Network,
    NetworkPost,
    Organisation,
    Pledge,
    Preferences,
    Question,
    QuestionChoice,
    Report,
    Sponsorship,
    Topic,
)
from tests.factories import (
    TODAY,
    AdmissionFactory,
    AffiliationFactory,
    BlockFactory,
    CoffeeChoiceFactory,
    CoffeeRoundFactory,
    CoffeeSeatFactory,
    CoffeeSeriesFactory,
    ContactFactory,
    IntroductionFactory,
    IntroductionStepFactory,
    MembershipFactory,
    NetworkFactory,
    NetworkPostFactory,
    OrganisationFactory,
    QuestionChoiceFactory,
    QuestionFactory,
    ReportFactory,
    TopicFactory,
    UserFactory,
)
from tests.networks import event_rows

pytestmark = pytest.mark.django_db

REFUSED = (IntegrityError, DataError, ValueError)
"""PostgreSQL's own column says DataError to what is too long, and its driver ValueError to a NUL."""


def given(**fields) -> Pledge:
    signed = {"organisation": OrganisationFactory(), "name": "Ann Example", "role": "Chief Executive", "on": TODAY}
    return Pledge.objects.create(**{"user": UserFactory(), **signed, **fields})


VALID = {
    AuditEvent: lambda: record(by="test", verb="did", subject="it"),
    Away: lambda: Away.objects.create(user=UserFactory(), until=TODAY),
    ModeratorInvitation: lambda: invited("a@council.example"),
    User: UserFactory,
    Organisation: OrganisationFactory,
    Affiliation: AffiliationFactory,
    Topic: TopicFactory,
    Network: NetworkFactory,
    Membership: MembershipFactory,
    Contact: ContactFactory,
    Introduction: IntroductionFactory,
    IntroductionStep: IntroductionStepFactory,
    Block: BlockFactory,
    Report: ReportFactory,
    CardPrompt: lambda: CardPrompt.objects.create(contact=ContactFactory(), asked_on=TODAY),
    LeftReport: lambda: reported_left(),
    CoffeeChoice: CoffeeChoiceFactory,
    CoffeeRound: CoffeeRoundFactory,
    CoffeeSeat: lambda: CoffeeSeatFactory(said_on=TODAY),
    CoffeeSeries: CoffeeSeriesFactory,
    Pledge: lambda: given(),
    Preferences: lambda: Preferences.objects.create(user=UserFactory(), formats="call"),
    Sponsorship: lambda: asked(),
    Admission: lambda: AdmissionFactory(),
    NetworkPost: NetworkPostFactory,
    Question: QuestionFactory,
    QuestionChoice: QuestionChoiceFactory,
    Answer: lambda: answered(),
    **event_rows.VALID,
}
"""A row of each model that the database takes."""
OUTBOX = {Message, MailStop, Limit}
"""tests/common/test_outbox_constraints.py has theirs."""


def invited(address: str) -> ModeratorInvitation:
    return ModeratorInvitation.objects.create(address=address, by="test")


def asked(**values) -> Sponsorship:
    found = {"organisation": OrganisationFactory(), "capacity": "employee", **values}
    return Sponsorship.objects.create(**{"user": found.pop("user", None) or UserFactory(), **found})


def asked_twice() -> None:
    first = IntroductionStepFactory()
    with transaction.atomic():
        IntroductionStepFactory(introduction=first.introduction, number=2)


def reported_left(**values) -> LeftReport:
    return LeftReport.objects.create(
        **{"contact": values.pop("contact", None) or ContactFactory(), "by": UserFactory(), "on": TODAY, **values}
    )


def answered(**fields) -> Answer:
    choice = fields.pop("choice", None) or QuestionChoiceFactory()
    return Answer.objects.create(
        choice=choice, question=choice.question, user=fields.pop("user", None) or UserFactory()
    )


def set_to(row: models.Model, **values) -> None:
    with transaction.atomic():
        type(row).objects.filter(pk=row.pk).update(**values)


def constraints_of(kind: type) -> list[tuple[type[models.Model], str]]:
    found = [(model, constraint) for model in VALID for constraint in model._meta.constraints]
    return [(model, constraint.name) for model, constraint in found if isinstance(constraint, kind)]


CHECKS = [
    ("organisation_kind_known", Organisation, {"kind": 7}),
    ("organisation_nation_known", Organisation, {"nation": 0}),
    ("organisation_region_known", Organisation, {"region": 13}),
    ("organisation_rurality_known", Organisation, {"rurality": 4}),
    ("organisation_deprivation_known", Organisation, {"deprivation": 6}),
    ("organisation_named", Organisation, {"name_en": ""}),
    *(
        ("organisation_code_fits_addresses", Organisation, {"code": code})
        for code in ("", "A/1", "a b", "A?1", "%41", "ŵ", "a\n", ".", "..", "suggest")
    ),
    ("organisation_area_positive", Organisation, {"area_km2": 0.0}),
    ("organisation_area_positive", Organisation, {"area_km2": -1.0}),
    ("organisation_on_earth", Organisation, {"latitude": 91.0, "longitude": 0.0}),
    ("organisation_on_earth", Organisation, {"latitude": 0.0, "longitude": -181.0}),
    ("organisation_on_earth", Organisation, {"latitude": 52.0}),
    ("organisation_not_its_own_successor", Organisation, {"replaced_by": models.F("pk")}),
    ("affiliation_verified_by_somebody", Affiliation, {"verified_by": ""}),
    ("affiliation_capacity_known", Affiliation, {"capacity": "king"}),
    ("topic_bit_fits_a_mask", Topic, {"bit": 63}),
    ("topic_service_has_code", Topic, {"group": TopicGroup.SERVICE}),
    ("topic_service_has_code", Topic, {"code": 9}),
    ("topic_group_known", Topic, {"group": "free"}),
    ("contact_named", Contact, {"name": ""}),
    ("pledge_signed", Pledge, {"name": ""}),
    ("pledge_signed", Pledge, {"role": ""}),
    ("contact_limit_sane", Contact, {"monthly_limit": 32}),
    ("contact_audience_known", Contact, {"audience": "king"}),
    ("contact_deputy_is_another", Contact, {"deputy": models.F("pk")}),
    ("contact_moved_to_another", Contact, {"moved_to": models.F("pk")}),
    ("cardprompt_times_sane", CardPrompt, {"times": 0}),
    ("cardprompt_times_sane", CardPrompt, {"times": 3}),
    ("leftreport_state_known", LeftReport, {"state": "maybe"}),
    ("sponsorship_state_known", Sponsorship, {"state": "perhaps"}),
    ("sponsorship_capacity_known", Sponsorship, {"capacity": "king"}),
    ("introduction_state_known", Introduction, {"state": "perhaps", "ended_on": TODAY}),
    ("introduction_holder_known", Introduction, {"holder": "king"}),
    ("introduction_format_known", Introduction, {"format": "seance"}),
    ("introduction_result_known", Introduction, {"result": "perhaps"}),
    ("introduction_asks_something", Introduction, {"questions": ""}),
    ("introduction_somebody_is_asked", Introduction, {"host": None}),
    ("introduction_somebody_is_asked", Introduction, {"asked_on": None}),
    ("introduction_somebody_is_asked", Introduction, {"state": "at_desk"}),
    ("introduction_due_is_asked", Introduction, {"state": "accepted", "due_on": TODAY}),
    ("introduction_meets_once_agreed", Introduction, {"visit": 1}),
    ("introduction_meets_once_agreed", Introduction, {"followed_up_on": TODAY}),
    ("introduction_ended_is_dated", Introduction, {"state": "declined"}),
    ("introduction_ended_is_dated", Introduction, {"ended_on": TODAY}),
    ("introduction_meetings_few", Introduction, {"meetings": 2}),
    ("introduction_meetings_few", Introduction, {"meetings": 4, "is_mentoring": True}),
    ("introductionstep_verb_known", IntroductionStep, {"verb": "guessed"}),
    ("report_says_something", Report, {"words": ""}),
    ("sponsorship_by_another", Sponsorship, {"sponsor": models.F("user")}),
    ("network_how_to_join_known", Network, {"how_to_join": "knock"}),
    ("network_state_known", Network, {"state": "dead"}),
    ("network_named", Network, {"name_en": ""}),
    ("network_elsewhere_has_address", Network, {"how_to_join": "elsewhere"}),
    ("network_elsewhere_has_address", Network, {"elsewhere_url": "https://network.example/"}),
    ("network_merged_into_another", Network, {"state": "merged"}),
    ("network_merged_into_another", Network, {"merged_into": models.F("pk")}),
    ("network_merged_into_another", Network, {"state": "merged", "merged_into": models.F("pk")}),
    ("network_asked_by_thread", Network, {"rest_asked_on": TODAY}),
    ("network_asked_by_thread", Network, {"rest_thread": 5}),
    ("network_asked_by_thread", Network, {"rest_asked_on": TODAY, "rest_thread": 5, "state": "resting"}),
    ("admission_kind_known", Admission, {"kind": "knock", "by": models.F("user")}),
    ("admission_of_somebody", Admission, {"address": "a@council.example"}),
    ("admission_asked_by_themselves", Admission, {"kind": "invited"}),
    ("admission_asked_by_themselves", Admission, {"by": models.F("user")}),
    ("admission_invitation_taken_back", Admission, {"taken_back_on": TODAY}),
    ("networkpost_says_something", NetworkPost, {"words": ""}),
    ("question_asks_something", Question, {"text": ""}),
    ("question_closes_later", Question, {"closes_on": models.F("asked_on")}),
    ("questionchoice_says_something", QuestionChoice, {"label": ""}),
    ("coffeechoice_part_known", CoffeeChoice, {"part": "tea"}),
    ("coffeechoice_no_says_no_more", CoffeeChoice, {"part": "no", "reach": "01874"}),
    ("coffeeseries_rhythm_known", CoffeeSeries, {"rhythm": "daily"}),
    ("coffeeseries_has_seed", CoffeeSeries, {"seed": ""}),
    ("coffeeseries_runs_or_stopped", CoffeeSeries, {"next_on": None}),
    ("coffeeseries_runs_or_stopped", CoffeeSeries, {"stopped_on": TODAY}),
    ("coffeeseries_runs_or_stopped", CoffeeSeries, {"stopped_on": TODAY, "next_on": None, "is_held": True}),
    ("coffeeround_state_known", CoffeeRound, {"state": "later", "sent_on": TODAY}),
    ("coffeeround_numbered", CoffeeRound, {"number": 0}),
    ("coffeeround_sent_has_day", CoffeeRound, {"state": "sent"}),
    ("coffeeround_sent_has_day", CoffeeRound, {"sent_on": TODAY}),
    ("coffeeround_asked_when_sent", CoffeeRound, {"asked_on": TODAY}),
    ("coffeeseat_guest_has_hosts", CoffeeSeat, {"is_guest": True, "group": 0}),
    ("coffeeseat_answer_has_day", CoffeeSeat, {"met": "yes"}),
    ("coffeeseat_answer_has_day", CoffeeSeat, {"answered_on": TODAY}),
    ("coffeeseat_answer_has_day", CoffeeSeat, {"met": "perhaps", "answered_on": TODAY}),
    ("coffeeseat_words_have_day", CoffeeSeat, {"words": "Tuesday?", "said_on": None}),
    *event_rows.CHECKS,
]


@pytest.mark.parametrize(("name", "model", "values"), CHECKS, ids=lambda value: value if isinstance(value, str) else "")
def test_a_check_refuses(name, model, values):
    row = VALID[model]()
    with pytest.raises(IntegrityError, match=name):
        set_to(row, **values)


@pytest.mark.parametrize(
    ("model", "values"),
    [
        (Organisation, {"latitude": -90.0, "longitude": 180.0}),
        (Organisation, {"code": "azAZ09._-"}),
        (Organisation, {"code": ".suggest"}),
        (Organisation, {"latitude": None, "longitude": None, "area_km2": None, "rurality": None, "deprivation": None}),
        (Affiliation, {"verified_on": None, "verified_by": ""}),
        (Topic, {"bit": 62}),
        (Topic, {"group": TopicGroup.SERVICE, "code": 9}),
        (Contact, {"monthly_limit": 31}),
        (Introduction, {"meetings": 3, "is_mentoring": True}),
        (Introduction, {"state": "at_desk", "host": None, "asked_on": None}),
        (Introduction, {"state": "declined", "ended_on": TODAY}),
        (Network, {"name_en": "", "name_cy": "Rhwydwaith"}),
        (Network, {"how_to_join": "elsewhere", "elsewhere_url": "https://network.example/"}),
        (Network, {"rest_asked_on": TODAY, "rest_thread": 5}),
        *event_rows.WITHIN,
    ],
)
def test_what_is_just_within_is_taken(model, values):
    set_to(VALID[model](), **values)


# --- Once only ------------------------------------------------------------------------------------------------------


def twice(factory, **values) -> None:
    factory(**values)
    with transaction.atomic():
        factory(**values)


def twice_invited() -> None:
    network, by = NetworkFactory(), UserFactory()
    for address in ("one@council.example", "ONE@council.example"):
        AdmissionFactory(network=network, by=by, user=None, address=address, kind="invited")


def twice_previewed(series: CoffeeSeries) -> None:
    for number in (1, 2):
        with transaction.atomic():
            CoffeeRoundFactory(series=series, number=number)


UNIQUE = {
    "introduction_one_open": lambda: twice(IntroductionFactory, asker=UserFactory(), host=ContactFactory()),
    "introductionstep_number_once": lambda: twice(
        IntroductionStepFactory, introduction=IntroductionFactory(), verb="declined"
    ),
    "introductionstep_asks_once": lambda: asked_twice(),
    "block_once": lambda: twice(BlockFactory, contact=ContactFactory(), user=UserFactory()),
    "report_once": lambda: twice(ReportFactory, introduction=IntroductionFactory()),
    "user_email_unique": lambda: twice(UserFactory, email="one@council.example"),
    "affiliation_once_at_a_time": lambda: twice(
        AffiliationFactory, user=UserFactory(), organisation=OrganisationFactory()
    ),
    "topic_bit_once_a_group": lambda: twice(TopicFactory, bit=5),
    "topic_code_once": lambda: twice(TopicFactory, group=TopicGroup.SERVICE, code=9),
    "pledge_once": lambda: twice(given, user=UserFactory(), organisation=OrganisationFactory()),
    "leftreport_one_waits": lambda: twice(reported_left, contact=ContactFactory()),
    "sponsorship_one_waits": lambda: twice(asked, user=UserFactory()),
    "moderatorinvitation_one_waits": lambda: (invited("one@council.example"), invited("ONE@council.example")),
    "admission_one_waits_for_a_person": lambda: twice(AdmissionFactory, user=UserFactory(), network=NetworkFactory()),
    "admission_one_waits_for_an_address": lambda: twice_invited(),
    "questionchoice_number_once": lambda: twice(QuestionChoiceFactory, question=QuestionFactory(), number=1),
    "answer_once": lambda: twice(answered, user=UserFactory(), choice=QuestionChoiceFactory()),
    "coffeechoice_once": lambda: twice(CoffeeChoiceFactory, user=UserFactory(), network=NetworkFactory()),
    "coffeeseries_one_runs": lambda: twice(CoffeeSeriesFactory, network=NetworkFactory()),
    "coffeeround_once": lambda: twice(
        CoffeeRoundFactory, series=CoffeeSeriesFactory(), state="sent", sent_on=TODAY, number=2
    ),
    "coffeeround_one_preview": lambda: twice_previewed(CoffeeSeriesFactory()),
    "coffeeseat_once": lambda: twice(CoffeeSeatFactory, round=CoffeeRoundFactory(), user=UserFactory()),
    "membership_once_at_a_time": lambda: twice(MembershipFactory, user=UserFactory(), network=NetworkFactory()),
    **event_rows.UNIQUE,
}


@pytest.mark.parametrize("name", UNIQUE)
def test_a_second_one_is_refused(name):
    with pytest.raises(IntegrityError, match=r"(?i)unique"):
        UNIQUE[name]()


def test_an_address_in_other_letters_is_the_same_address():
    UserFactory(email="one@council.example")
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(email="ONE@council.example")


@pytest.mark.parametrize(
    ("factory", "ended"), [(AffiliationFactory, "ended_on"), (MembershipFactory, "left_on")], ids=["work", "network"]
)
def test_who_left_may_come_back(factory, ended):
    field = {AffiliationFactory: "organisation", MembershipFactory: "network"}[factory]
    first = factory(**{ended: TODAY + datetime.timedelta(days=1)})
    factory(**{"user": first.user, field: getattr(first, field)})


def test_a_convenor_may_write_down_several_actions_of_one_event():
    event_rows.recorded_twice_at_one_event()


def test_two_groups_may_use_one_bit():
    TopicFactory(bit=5)
    TopicFactory(bit=5, group=TopicGroup.USERS)


@pytest.mark.parametrize("field", ["code", "slug"])
def test_codes_and_slugs_are_unique(field):
    factory = OrganisationFactory if field == "code" else NetworkFactory
    with pytest.raises(IntegrityError):
        twice(factory, **{field: "same"})


# --- Text -----------------------------------------------------------------------------------------------------------

BOUNDED = [(model, name) for model, name in constraints_of(CheckConstraint) if name.endswith("_bounded")]


def bounded_field(model: type[models.Model], name: str) -> tuple[str, int]:
    """The field that a constraint bounds, and by how many characters."""
    field = name.removeprefix(f"{name.split('_')[0]}_").removesuffix("_bounded")
    return field, model._meta.get_field(field).max_length or 10_000


BESIDE = {
    "network_elsewhere_url_bounded": lambda: {"how_to_join": "elsewhere"},
    "admission_address_bounded": lambda: {"user": None, "kind": "invited", "by": UserFactory()},
}
"""What goes along with a text where another rule asks for it."""


@pytest.mark.parametrize(("model", "name"), BOUNDED, ids=lambda value: value if isinstance(value, str) else "")
class TestText:
    def test_as_much_as_it_holds_is_taken(self, model, name):
        field, limit = bounded_field(model, name)
        letter = "x" if (model, field) == (Organisation, "code") else "ŵ"
        set_to(VALID[model](), **{field: letter * limit}, **BESIDE.get(name, dict)())

    def test_a_letter_more_is_refused(self, model, name):
        field, limit = bounded_field(model, name)
        with pytest.raises(REFUSED):
            set_to(VALID[model](), **{field: "x" * (limit + 1)})

    def test_a_nul_is_refused(self, model, name):
        field, _limit = bounded_field(model, name)
        row = VALID[model]()
        for text in ("\x00", "a\x00b", "a" * 5 + "\x00"):
            with pytest.raises(REFUSED):
                set_to(row, **{field: text})


def columns_of_text(label: str) -> set[tuple[str, str]]:
    """The text columns of an app that hold neither a fixed choice nor a password's hash."""
    return {
        (model.__name__, field.name)
        for model in apps.get_app_config(label).get_models()
        if model not in OUTBOX
        for field in model._meta.get_fields()
        if isinstance(field, models.CharField | models.TextField) and not field.choices and field.name != "password"
    }


@pytest.mark.parametrize("label", ["common", "networks"])
def test_every_column_of_text_is_bounded(label):
    """SQLite takes megabytes in a varchar(200), and NUL bytes."""
    bounded = {(model.__name__, bounded_field(model, name)[0]) for model, name in BOUNDED}
    assert columns_of_text(label) - bounded == set()


# --- All of them ----------------------------------------------------------------------------------------------------


def test_every_constraint_is_tried():
    tried = {name for name, _model, _values in CHECKS} | set(UNIQUE) | {name for _model, name in BOUNDED}
    declared = {name for kind in (CheckConstraint, UniqueConstraint) for _model, name in constraints_of(kind)}
    assert declared == tried


def test_every_model_is_here():
    declared = {*apps.get_app_config("common").get_models(), *apps.get_app_config("networks").get_models()}
    assert {model for model in declared if not model._meta.auto_created} - OUTBOX == set(VALID)


def test_a_body_that_has_people_or_topics_is_not_deleted():
    affiliation = AffiliationFactory()
    with pytest.raises(models.ProtectedError):
        affiliation.organisation.delete()
    assert Nation(affiliation.organisation.nation) == Nation.WALES
