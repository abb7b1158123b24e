"""Verbs about where people work and what they like to learn: keyword-only, `by=`, in a transaction."""

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone

from learning_portal.common.actions import post, record
from learning_portal.common.models import User
from learning_portal.common.team import is_team

from .choices import MeetingFormat
from .domains import bodies_of, domain_of, is_mixed, proved_domain
from .mail_kinds import SPONSOR_ASKED, WORK_ANSWERED
from .models import Affiliation, Contact, Organisation, Preferences, Sponsorship, Topic
from .succession import archive

BY_DOMAIN = "e-mail domain"


class NotTheirs(Exception):
    """Their address does not show that they work there, or it is not theirs to say so."""


@transaction.atomic
def work_by_domain(*, by: User, organisation: Organisation, capacity: str) -> Affiliation:
    """They work at one of the bodies that have their proved domain. Raises NotTheirs for any other."""
    domain = proved_domain(by)
    bodies = bodies_of(domain)
    if organisation.pk not in {body.pk for body in bodies}:
        raise NotTheirs
    Sponsorship.objects.filter(user=by, state=Sponsorship.State.ASKED).delete()
    return _verify(by, organisation, capacity, BY_DOMAIN, domain=domain, is_mixed=is_mixed(bodies))


def _verify(user: User, organisation: Organisation, capacity: str, verified_by: str, **how) -> Affiliation:
    affiliation, _made = Affiliation.objects.update_or_create(
        user=user,
        organisation=organisation,
        ended_on=None,
        defaults={
            "capacity": capacity,
            "verified_on": timezone.localdate(),
            "verified_by": verified_by,
            "domain": "",
            "is_mixed": False,
            **how,
        },
    )
    return affiliation


@transaction.atomic
def ask_sponsor(*, by: User, organisation: Organisation, capacity: str, name: str, sponsor: str = "") -> Sponsorship:
    """Ask the colleague with this address, or else the programme team. Whether the address is that of a colleague is
    not told. An earlier question is taken back."""
    User.objects.filter(pk=by.pk).update(name=name)
    Sponsorship.objects.filter(user=by, state=Sponsorship.State.ASKED).delete()
    found = User.objects.filter(email=sponsor.strip().lower()).exclude(pk=by.pk).first() if sponsor else None
    if found and not vouches(found, organisation):
        found = None
    asked = Sponsorship.objects.create(user=by, organisation=organisation, capacity=capacity, sponsor=found)
    if found:
        # An address and not words of theirs: nobody mails others through us.
        post(to=found, kind=SPONSOR_ASKED.name, context={"email": by.email, "key": asked.pk})
    return asked


def vouches(user: User, organisation: Organisation) -> bool:
    """Whether they are a verified employee there, now."""
    return _employed(user, organisation).exists()


def _employed(user: User, organisation: Organisation):
    employees = Affiliation.objects.verified().filter(capacity=Affiliation.Capacity.EMPLOYEE)
    return employees.filter(user=user, organisation=organisation)


def may_decide(user: User, asked: Sponsorship) -> bool:
    """The named colleague while they work there, or the programme team; nobody about themselves."""
    if user.pk == asked.user_id:
        return False
    is_sponsor = asked.sponsor_id == user.pk and vouches(user, asked.organisation)
    return is_sponsor or is_team(user)


@transaction.atomic
def decide(*, by: User, asked: Sponsorship, confirm: bool) -> bool:
    """Confirm or refuse; False if somebody else was first or it is too late. Raises NotTheirs."""
    if not may_decide(by, asked):
        raise NotTheirs
    state = Sponsorship.State.CONFIRMED if confirm else Sponsorship.State.REFUSED
    if not Sponsorship.objects.waiting().filter(pk=asked.pk).update(state=state):
        return False
    if confirm:
        own = None if is_team(by) else _employed(by, asked.organisation).first()
        # Nobody gives more than they have.
        _verify(asked.user, asked.organisation, asked.capacity, by.email, is_mixed=bool(own and own.is_mixed))
    record(by=by.email, verb=f"{state} where somebody works", subject=f"{asked.user.email}, {asked.organisation.code}")
    post(to=asked.user, kind=WORK_ANSWERED.name, context={"confirmed": int(confirm)})
    return True


@transaction.atomic
def leave_work(*, by: User, key: int) -> bool:
    """They work there no more; False where they never did. Their card there comes down too."""
    theirs = Affiliation.objects.filter(pk=key, user=by, ended_on=None)
    organisations = list(theirs.values_list("organisation", flat=True))
    if not theirs.update(ended_on=timezone.localdate()):
        return False
    for contact in Contact.objects.there().filter(user=by, organisation__in=organisations):
        archive(contact=contact)
    return True


@transaction.atomic
def save_preferences(
    *, by: User, knows: Collection[Topic] = (), wants: Collection[Topic] = (), formats: Collection[str] = ()
) -> Preferences:
    """What they know, want to learn, and how. With nothing, it is kept that they were asked."""
    chosen = "|".join(value for value in MeetingFormat.values if value in formats)
    preferences, _made = Preferences.objects.update_or_create(user=by, defaults={"formats": chosen})
    preferences.knows.set(knows)
    preferences.wants.set(wants)
    return preferences


def erase_old_sponsorships() -> int:
    """Questions past their date, answered or not; how many."""
    return Sponsorship.objects.over().delete()[0]


@transaction.atomic
def follow_domains() -> int:
    """Bodies come to share a domain, or cease to: what that makes of verified people; how many changed."""
    changed = 0
    current = Affiliation.objects.filter(ended_on=None).exclude(domain="")
    for domain in current.values_list("domain", flat=True).distinct():
        mixed = is_mixed(bodies_of(domain_of(f"@{domain}")))
        changed += current.filter(domain=domain).exclude(is_mixed=mixed).update(is_mixed=mixed)
    return changed
