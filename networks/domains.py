"""From the domain of a proved e-mail address to the bodies whose people have it.

A domain is declared on the organisation, and matches exactly: "powys.gov.uk" is neither "x-powys.gov.uk" nor
"schools.powys.gov.uk". An entry that begins with a dot, ".powys.gov.uk", declares everything below it.
"""

import re
from collections.abc import Iterable

from django.db.models import Q

from learning_portal.common.models import User

from .models import Organisation
from .resolve import successor

DOMAIN = re.compile(r"(?=.{4,253}\Z)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]")
"""Plain ASCII: a letter that only looks like another makes a domain of ours to nobody."""


def domain_of(email: str) -> str:
    """The part after the last @, in small letters; nothing for what is no domain."""
    domain = email.rpartition("@")[2].lower()
    return domain if DOMAIN.fullmatch(domain) else ""


def proved_domain(user: User) -> str:
    """The domain of their address, if a code that went there came back; else nothing."""
    return domain_of(user.email) if user.has_proved_address else ""


def declares(entries: str, domain: str) -> bool:
    """Whether one of these entries, separated by |, is this domain or declares what is below it."""
    declared = [entry.strip().lower() for entry in entries.split("|")]
    return any(entry == domain or (entry.startswith(".") and domain.endswith(entry)) for entry in declared if entry)


def bodies_of(domain: str) -> list[Organisation]:
    """The current bodies whose people have this domain, in the order of their names; of merged ones, what they
    became."""
    if not domain:
        return []
    near = Organisation.objects.filter(_may_declare(domain)).select_related("replaced_by")
    found = (successor(body) for body in near if declares(body.email_domains, domain))
    return sorted({body.pk: body for body in found if body}.values(), key=lambda body: (body.name.casefold(), body.pk))


def _may_declare(domain: str) -> Q:
    """Narrows in the database what `declares` decides."""
    parts = domain.split(".")
    wanted = Q(email_domains__icontains=domain)
    for place in range(1, len(parts) - 1):
        wanted |= Q(email_domains__icontains="." + ".".join(parts[place:]))
    return wanted


def is_mixed(bodies: Iterable[Organisation]) -> bool:
    """Whether a domain that these share counts for none of them as front line: nobody can see from an address at which
    of them somebody works."""
    return any(not body.front_line for body in bodies)
