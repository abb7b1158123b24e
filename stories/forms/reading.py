"""What readers type: a plan, and how its answer is ordered."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from learning_portal.common.fields import CountedText
from networks.choices import Kind, Nation, TopicGroup
from networks.models import Organisation, Topic
from networks.resolve import LONGEST, nearly, resolve, suggest
from networks.widgets import OrganisationInput

from ..choices import Delivery
from ..plan_check import Options
from ..plans import TEXT_LIMIT

DETAILS = ("problem", "service", "users", "delivery", "budget")
BUDGETS = [
    ("5000", _("Under £10,000")),
    ("30000", _("£10,000 to £100,000")),
    ("300000", _("£100,000 to £1 million")),
    ("3000000", _("£1 million to £10 million")),
    ("30000000", _("More than £10 million")),
]
"""The value is the middle of each class, in pounds, by which projects are compared."""


def topic_choices(groups: Iterable[TopicGroup]) -> dict[str, list[tuple[str, str]]]:
    """The choices of each of these groups, in the order of the reader's language."""
    choices: dict[str, list[tuple[str, str]]] = {group: [] for group in groups}
    for topic in Topic.objects.filter(group__in=choices).defer("words_en", "words_cy"):
        choices[topic.group].append((topic.slug, topic.label))
    return {group: sorted(found, key=lambda choice: choice[1].casefold()) for group, found in choices.items()}


def with_blank(choices) -> list[tuple[str, object]]:
    return [("", _("Not stated")), *choices]


def with_any(choices) -> list[tuple[str, object]]:
    return [("", _("Any")), *((str(value), label) for value, label in choices)]


class PlanText(CountedText):
    """Two sentences come nowhere near the limit: its count would only distract."""

    widget = forms.Textarea(attrs={"rows": 6})
    count_from = 80


class PlanForm(forms.Form):
    """The front door: two questions, and a few more for those who like."""

    text = PlanText(
        label=_("Your plan"),
        help_text=_("Two sentences are enough. Please leave out names of people."),
        max_length=TEXT_LIMIT,
        error_messages={
            "required": _("Tell us in a sentence or two what you are planning"),
            "max_length": _("Shorten your plan to %(limit_value)s characters: it has %(show_value)s now"),
        },
    )
    organisation = forms.CharField(
        label=_("Where do you work?"),
        help_text=_("For example, Powys, or BCUHB."),
        required=False,
        max_length=LONGEST,
        widget=OrganisationInput,
        error_messages={"max_length": _("Shorten the name of your organisation to %(limit_value)d characters")},
    )
    problem = forms.ChoiceField(label=_("The problem"), required=False)
    service = forms.ChoiceField(label=_("Service area"), required=False)
    users = forms.ChoiceField(label=_("Who it serves"), required=False)
    delivery = forms.ChoiceField(
        label=_("How it will be delivered"), required=False, choices=lambda: with_blank(Delivery.choices)
    )
    budget = forms.ChoiceField(label=_("Size of the budget"), required=False, choices=lambda: with_blank(BUDGETS))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, choices in topic_choices((TopicGroup.PROBLEM, TopicGroup.SERVICE, TopicGroup.USERS)).items():
            self.fields[name].choices = with_blank(choices)

    def clean_text(self) -> str:
        text = " ".join(self.cleaned_data["text"].split())
        if sum(letter.isalpha() for letter in text) < 3:
            raise forms.ValidationError(_("Tell us in a sentence or two what you are planning"))
        return text

    def clean_organisation(self) -> Organisation | None:
        typed = self.cleaned_data["organisation"].strip()
        if not typed:
            return None
        found = resolve(typed)
        if found is None:
            raise forms.ValidationError(self._did_you_mean(typed))
        return found

    @staticmethod
    def _did_you_mean(typed: str) -> str:
        if names := "; ".join(organisation.name for organisation in suggest(typed, limit=5)):
            return _("More than one organisation has that name. Type one of: %(names)s") % {"names": names}
        if names := "; ".join(organisation.name for organisation in nearly(typed, limit=5)):
            return _("We do not know that organisation. Did you mean: %(names)s?") % {"names": names}
        return _("We do not know that organisation. Check the spelling, try its full name, or leave it empty")

    @property
    def has_details(self) -> bool:
        """Whether anything stands in the part that is folded away."""
        return any(self[name].value() for name in DETAILS)

    def chosen_topics(self) -> list[str]:
        names = ("problem", "service", "users")
        return [self.cleaned_data[name] for name in names if self.cleaned_data.get(name)]


class Lenient:
    """Cleans what stands in an address: what it does not know counts as not said."""

    def clean(self, value):
        try:
            return super().clean(value)
        except forms.ValidationError:
            return self.fallback


class LenientChoice(Lenient, forms.ChoiceField):
    fallback = ""


class LenientInteger(Lenient, forms.IntegerField):
    fallback = None


class LenientSlug(Lenient, forms.SlugField):
    fallback = ""


class LenientTopics(forms.MultipleChoiceField):
    """Slugs of topics, of which unknown ones are dropped."""

    def to_python(self, value) -> list[str]:
        return list(dict.fromkeys(str(item) for item in value or [] if "\x00" not in str(item)))[:40]

    def validate(self, value) -> None:
        """Unknown slugs find no topic, which is all that can happen."""


class OrganisationsForm(forms.Form):
    """Which organisations a list shows: everything here lives in the address."""

    mark_optional = False

    q = forms.CharField(label=_("Find an organisation by any of its names"), required=False, widget=forms.SearchInput)
    kind = LenientChoice(label=_("Kind of body"), required=False, choices=lambda: with_any(Kind.choices[1:]))
    nation = LenientChoice(label=_("Nation"), required=False, choices=lambda: with_any(Nation.choices))
    stories = forms.BooleanField(label=_("With stories"), required=False)

    def clean_q(self) -> str:
        return self.cleaned_data["q"][:LONGEST]

    def clean_kind(self) -> int | None:
        return int(self.cleaned_data["kind"]) if self.cleaned_data["kind"] else None

    def clean_nation(self) -> int | None:
        return int(self.cleaned_data["nation"]) if self.cleaned_data["nation"] else None


class PlanOptionsForm(forms.Form):
    """How an answer is ordered and narrowed: everything here lives in the address."""

    DIAL = [
        ("0", _("Same problem, any place")),
        ("20", _("Mostly the problem")),
        ("40", _("Problem first, then place")),
        ("70", _("Mostly the place")),
        ("100", _("Same kind of place, any problem")),
    ]
    SECTORS = [("any", _("Any sector")), ("prefer", _("Prefer mine")), ("only", _("Only mine"))]

    dial = LenientInteger(required=False, min_value=0, max_value=100)
    sector = LenientChoice(required=False, choices=SECTORS)
    topic = LenientTopics(required=False)
    delivery = LenientChoice(required=False, choices=lambda: with_blank(Delivery.choices))
    budget = LenientChoice(required=False, choices=lambda: with_blank(BUDGETS))
    wrong = LenientSlug(required=False, max_length=100)

    DEFAULT_DIAL = 40

    def clean_dial(self) -> int:
        dial = self.cleaned_data["dial"]
        return self.DEFAULT_DIAL if dial is None else dial

    def clean_sector(self) -> str:
        return self.cleaned_data["sector"] or "any"

    def options(self, topics: Iterable[Topic] | None = None) -> Options:
        """How the plan is to be answered. The topics in their order in the address; looked up unless they are given."""
        self.is_valid()
        cleaned = self.cleaned_data
        return Options(
            dial=cleaned["dial"],
            sector=cleaned["sector"],
            topics=tuple(_topics_of(cleaned["topic"]) if topics is None else topics),
            delivery=int(cleaned["delivery"]) if cleaned["delivery"] else None,
            budget=int(cleaned["budget"]) if cleaned["budget"] else None,
        )


def _topics_of(slugs: list[str]) -> list[Topic]:
    found = {topic.slug: topic for topic in Topic.objects.filter(slug__in=slugs)}
    return [found[slug] for slug in slugs if slug in found]
