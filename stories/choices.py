"""The fixed vocabularies of a story."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class StoryKind(models.TextChoices):
    LESSONS = "lessons", _("Lessons record")
    SUMMARY = "summary", _("Project summary")


class Outcome(models.TextChoices):
    WORKED = "worked", _("It worked")
    MIXED = "mixed", _("Mixed results")
    FAILED = "failed", _("It did not work")
    STOPPED = "stopped", _("Stopped early")
    EARLY = "early", _("Too early to say")


FIRST_YEAR, LAST_YEAR = 1900, 2100
"""A story's year lies between them, both included: what the database takes, imports read and browse offers."""


class Audience(models.TextChoices):
    """Who may read a story, from widest to narrowest."""

    PUBLIC = "public", _("Anyone")
    MEMBERS = "members", _("Verified public servants")
    FRONT_LINE = "front_line", _("People in front-line bodies")
    NETWORK = "network", _("Members of named networks")


NOT_WIDER: dict[str, tuple[Audience, ...]] = {
    Audience.PUBLIC: tuple(Audience),
    Audience.MEMBERS: (Audience.MEMBERS, Audience.FRONT_LINE),
    Audience.FRONT_LINE: (Audience.FRONT_LINE,),
    Audience.NETWORK: (Audience.NETWORK,),
}
"""The audiences all of whose readers are also readers of another: members of a network may work nowhere."""


class Voice(models.TextChoices):
    NAMED = "named", _("Named")
    CONFIDENTIAL = "confidential", _("Confidential: the service knows who wrote it, readers do not")
    ANONYMOUS = "anonymous", _("Anonymous: nobody knows who wrote it")


class Status(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    RETURNED = "returned", _("Returned")
    AWAITING = "awaiting", _("Awaiting approval")
    APPROVED = "approved", _("Approved")
    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    RETIRED = "retired", _("Retired")
    HIDDEN = "hidden", _("Hidden after a report")


IN_MODERATION = (Status.SUBMITTED, Status.RETURNED, Status.AWAITING, Status.APPROVED)
IN_POOL = (*IN_MODERATION, Status.HIDDEN)
"""What whoever moderates may open."""


class Pool(models.TextChoices):
    """Who moderates a story: see `pools.py`."""

    NETWORK = "network", _("Convenors of the network")
    FRONT_LINE = "front_line", _("Moderators who work at a front-line body")
    MODERATORS = "moderators", _("Moderators")


class ReceiptKind(models.TextChoices):
    """What a receipt is for. All but the colleague's are the author's own, handed to somebody else."""

    AUTHOR = "author", _("Author")
    LEAVING = "leaving", _("Leaving link")
    INTERVIEW = "interview", _("Interview")
    COLLEAGUE = "colleague", _("Shown to a colleague")


class Verb(models.TextChoices):
    """What was decided about a story, and by whom: the author unless a moderator is named."""

    SUBMITTED = "submitted", _("Sent in by its author")
    EDITED = "edited", _("Changed by a moderator")
    ASKED = "asked", _("Question asked by a moderator")
    APPROVED = "approved", _("Approved by a moderator")
    RETURNED = "returned", _("Returned by a moderator")
    AUTHOR_APPROVED = "author_approved", _("Approved by its author")
    PUBLISHED = "published", _("Published")
    HIDDEN = "hidden", _("Hidden by a moderator")
    RESTORED = "restored", _("Shown again by a moderator")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    RETIRED = "retired", _("Retired by a moderator")
    MERGED = "merged", _("Merged with another by a moderator")
    HANDED = "handed", _("Handed to the next moderator")
    REVEALED = "revealed", _("Its author was revealed to the custodian")
    KEPT = "kept", _("Link to its author erased")
    CURATED = "curated", _("The service's own words were changed")
    REFUSED = "refused", _("A change refused by a moderator")


class Origin(models.TextChoices):
    TOLD = "told", _("Told here")
    IMPORTED = "imported", _("Imported")
    EXAMPLE = "example", _("Invented for the demo")


class Evaluation(models.TextChoices):
    NONE = "none", _("Not evaluated")
    OWN = "own", _("Evaluated by the team itself")
    INDEPENDENT = "independent", _("Independently evaluated")


class Delivery(models.IntegerChoices):
    IN_HOUSE = 1, _("In-house")
    SHARED = 2, _("Shared with other bodies")
    PARTNERSHIP = 3, _("Partnership")
    OUTSOURCED = 4, _("Outsourced")
    GRANT = 5, _("Grant-funded third party")
    TRADING = 6, _("Own company")


class Stage(models.IntegerChoices):
    IDEA = 0, _("Idea")
    DESIGN = 1, _("Design")
    PILOT = 2, _("Pilot")
    ROLLOUT = 3, _("Roll-out")
    RUNNING = 4, _("Running")


class SizeBand(models.IntegerChoices):
    """By population served, or by staff where a body serves no one place."""

    SMALL = 1, _("Small: up to 100,000 people, or 1,000 staff")
    MEDIUM = 2, _("Medium: up to 250,000 people, or 5,000 staff")
    LARGE = 3, _("Large: up to 750,000 people, or 15,000 staff")
    VERY_LARGE = 4, _("Very large")


class Progress(models.TextChoices):
    ON_TRACK = "on_track", _("On track")
    WOBBLING = "wobbling", _("Wobbling")
    STUCK = "stuck", _("Stuck")
    CHANGED_COURSE = "changed_course", _("Changed course")
    STOPPED = "stopped", _("Stopped")


class ReportReason(models.TextChoices):
    PERSONAL = "personal", _("It tells too much about a person")
    WRONG = "wrong", _("Something in it is wrong")
    UNFAIR = "unfair", _("It is unfair")
    OTHER = "other", _("Something else")


class HelpedKind(models.TextChoices):
    CHANGE = "change", _("This changes what I'll do")
    THANKS = "thanks", _("Thank you")


class Uptake(models.TextChoices):
    """What somebody made of a story from elsewhere."""

    ADOPTED = "adopted", _("We are using it")
    ADAPTING = "adapting", _("We are adapting it")
    NOT_FOR_US = "not_for_us", _("It is not for us")
    STOPPED = "stopped", _("We used it and stopped")


IN_USE = (Uptake.ADOPTED, Uptake.ADAPTING)
GIVEN_UP = (Uptake.STOPPED, Uptake.NOT_FOR_US)
