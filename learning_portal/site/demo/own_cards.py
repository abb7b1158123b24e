"""The cards of those demo people whom one signs in as, so that requests come to them."""

import datetime
from typing import NamedTuple

from learning_portal.common.models import User
from networks.choices import Language
from networks.models import Affiliation, Contact, Topic


class Own(NamedTuple):
    email: str
    role: str
    formats: str
    monthly_limit: int
    can_help_with: tuple[str, ...]
    wants_to_learn: tuple[str, ...]
    languages: str = Language.ENGLISH.value


OWN = (
    Own(
        "member@portal.example",
        "Policy lead, local services",
        "call|video",
        2,
        ("funding-cliff-edge", "one-year-money", "too-many-reports"),
        ("delayed-discharge", "users-not-involved", "pilot-not-scaled", "staff-do-not-use-it"),
        "cy|en",
    ),
    Own(
        "frontline@portal.example",
        "Housing options team leader",
        "call|video|visit|shadowing",
        3,
        ("demand-exceeds-capacity", "homeless-people", "handover-between-teams", "homelessness"),
        ("knowledge-lost", "burnout", "peer-learning", "terms-conditions-mismatch"),
        "cy|en",
    ),
    Own(
        "network@portal.example",
        "Flow coordinator, community hospitals",
        "call|video|visit",
        2,
        ("waiting-lists", "missed-appointments", "hospital-care"),
        ("delayed-discharge", "professional-boundaries", "co-location"),
    ),
    Own(
        "convenor@portal.example",
        "Head of community services",
        "call|video|visit|mentoring",
        4,
        ("delayed-discharge", "professional-boundaries", "travel-and-distance", "community-nursing", "older-people"),
        ("volunteer-drop-off", "dashboards-analytics", "peer-learning"),
        "cy|en",
    ),
    Own(
        "convenor-two@portal.example",
        "Home care commissioning manager",
        "call|video",
        2,
        ("rostering-shifts", "recruitment-retention", "home-care"),
        ("self-rostering-scheduling", "waiting-lists", "strengths-based-practice"),
    ),
)


def load_own_cards(*, today: datetime.date) -> None:
    """After the other cards, which tell their owners by having none yet."""
    topics = {topic.slug: topic for topic in Topic.objects.all()}
    for own in OWN:
        user = User.objects.get(email=own.email)
        body = Affiliation.objects.verified().select_related("organisation").get(user=user).organisation
        card = Contact.objects.create(
            user=user,
            name=user.name,
            role=own.role,
            organisation=body,
            formats=own.formats,
            languages=own.languages,
            working_days="0|1|2|3|4",
            monthly_limit=own.monthly_limit,
            team_mailbox=f"team-{body.code.lower()}@portal.example",
            verified_on=today - datetime.timedelta(days=20),
        )
        card.can_help_with.set([topics[slug] for slug in own.can_help_with])
        card.wants_to_learn.set([topics[slug] for slug in own.wants_to_learn])
