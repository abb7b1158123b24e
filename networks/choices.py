"""The fixed vocabularies that describe a public body: codes that the database, import and similarity all share."""

from django.db import models
from django.utils.translation import gettext_lazy as _

GROUP_SIZE = 8
"""Hierarchical codes are 8 * group + member, so that two codes share a group when code // 8 is equal."""


class Sector(models.IntegerChoices):
    """The group of a kind: kind // 8."""

    LOCAL = 1, _("Local government")
    HEALTH = 2, _("Health")
    POLICE = 3, _("Police")
    FIRE = 4, _("Fire and rescue")
    CENTRAL = 5, _("Government departments and agencies")
    EDUCATION = 6, _("Education and skills")
    OTHER = 7, _("Other public bodies")


class Kind(models.IntegerChoices):
    """What sort of body it is. 0 stands for "not known" and is never front line."""

    UNKNOWN = 0, _("Public body of a kind not known")
    COUNCIL = 8, _("Council (all local services)")
    DISTRICT = 9, _("District council")
    COUNTY = 10, _("County council")
    COMBINED = 11, _("Combined or regional authority")
    HEALTH_BOARD = 16, _("Health board")
    NHS_TRUST = 17, _("NHS trust")
    CARE_BOARD = 18, _("Integrated care board")
    POLICE_FORCE = 24, _("Police force")
    FIRE_SERVICE = 32, _("Fire and rescue service")
    DEPARTMENT = 40, _("Government department")
    AGENCY = 41, _("Government agency or public body")
    INSPECTORATE = 42, _("Auditor, inspectorate or regulator")
    UNIVERSITY = 48, _("University")
    COLLEGE = 49, _("Further education college")
    NATIONAL_PARK = 56, _("National park authority")
    HOUSING = 57, _("Housing association")


FRONT_LINE_KINDS = frozenset(
    kind for kind in Kind.values if kind not in {Kind.UNKNOWN, Kind.DEPARTMENT, Kind.AGENCY, Kind.INSPECTORATE}
)
"""Kinds whose verified staff may read stories for the front line: not central government, not auditors or
inspectors, not unknown kinds."""


class Nation(models.IntegerChoices):
    WALES = 1, _("Wales")
    ENGLAND = 2, _("England")
    SCOTLAND = 3, _("Scotland")
    NORTHERN_IRELAND = 4, _("Northern Ireland")
    UK = 5, _("United Kingdom")


IN_NATION = {
    Nation.WALES: _("in Wales"),
    Nation.ENGLAND: _("in England"),
    Nation.SCOTLAND: _("in Scotland"),
    Nation.NORTHERN_IRELAND: _("in Northern Ireland"),
    Nation.UK: _("in the UK"),
}
"""Each nation with its preposition: Welsh mutates ("yng Nghymru")."""


def in_nation(nation: int | None) -> object:
    """Where, in words; the whole UK for what is not known."""
    return IN_NATION[Nation(nation)] if nation else IN_NATION[Nation.UK]


class Region(models.IntegerChoices):
    """The twelve regions and nations of UK statistics; 0 for bodies that serve a whole nation or the UK."""

    NORTH_EAST = 1, _("North East")
    NORTH_WEST = 2, _("North West")
    YORKSHIRE = 3, _("Yorkshire and The Humber")
    EAST_MIDLANDS = 4, _("East Midlands")
    WEST_MIDLANDS = 5, _("West Midlands")
    EAST = 6, _("East of England")
    LONDON = 7, _("London")
    SOUTH_EAST = 8, _("South East")
    SOUTH_WEST = 9, _("South West")
    WALES = 10, _("Wales")
    SCOTLAND = 11, _("Scotland")
    NORTHERN_IRELAND = 12, _("Northern Ireland")


class Rurality(models.IntegerChoices):
    """Four classes in a fixed order, so that one step is one step of likeness."""

    URBAN = 0, _("Urban")
    URBAN_WITH_RURAL = 1, _("Urban with rural areas")
    RURAL = 2, _("Rural")
    SPARSE = 3, _("Sparse and rural")


class Deprivation(models.IntegerChoices):
    """Quintile of the average area deprivation of the UK's councils: 1 is the most deprived fifth."""

    MOST = 1, _("Most deprived fifth")
    MORE = 2, _("More deprived than most")
    MIDDLE = 3, _("Middle")
    LESS = 4, _("Less deprived than most")
    LEAST = 5, _("Least deprived fifth")


class TopicGroup(models.TextChoices):
    PROBLEM = "problem", _("Problem")
    USERS = "users", _("Who it serves")
    CONSTRAINT = "constraint", _("Constraint")
    METHOD = "method", _("Method")
    SERVICE = "service", _("Service area")


class MeetingFormat(models.TextChoices):
    CALL = "call", _("Call")
    VIDEO = "video", _("Video call")
    VISIT = "visit", _("Visit")
    SHADOWING = "shadowing", _("Shadowing")
    MENTORING = "mentoring", _("Mentoring")
    SECONDMENT = "secondment", _("Secondment")


class CardAudience(models.TextChoices):
    """Who may see a person's card."""

    PUBLIC = "public", _("Anybody")
    MEMBERS = "members", _("Verified public servants")
    NETWORKS = "networks", _("Members of my networks")


class Language(models.TextChoices):
    """In which somebody can talk."""

    ENGLISH = "en", _("English")
    WELSH = "cy", _("Welsh")
    BSL = "bfi", _("British Sign Language")


class Weekday(models.TextChoices):
    """As `date.weekday` counts them."""

    MONDAY = "0", _("Monday")
    TUESDAY = "1", _("Tuesday")
    WEDNESDAY = "2", _("Wednesday")
    THURSDAY = "3", _("Thursday")
    FRIDAY = "4", _("Friday")


class EventKind(models.TextChoices):
    IN_PERSON = "in_person", _("In person")
    ONLINE = "online", _("Online")
    OPEN_DAY = "open_day", _("Open day")
    VISIT = "visit", _("Site visit")
