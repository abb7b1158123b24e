"""Who is of the programme team, and pages that are there for nobody else."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.http import Http404, HttpRequest

from .models import Role, User


def is_team(user: User | AnonymousUser) -> bool:
    return user.is_authenticated and user.has_role(Role.PROGRAMME_TEAM)


def members_of_team() -> QuerySet[User]:
    """Whom to mail about the team's work."""
    return User.objects.filter(is_active=True, groups__name=Role.PROGRAMME_TEAM)


def check_team(request: HttpRequest) -> None:
    """Raises Http404 for everybody else. A visitor may be of the team: `login_required` stands before it."""
    if not is_team(request.user):
        raise Http404("Not for this reader.")
