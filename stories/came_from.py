"""Where the reader of a story came from: the answer to a plan, a list that they searched or filtered, or elsewhere.

An answer names its plan in the address of each story, by the key that opens nothing in another session; a list is known
by the address that the browser says it came from. From an answer the story is compared with the plan, so that it has
one score on both pages.
"""

import dataclasses
from urllib.parse import urlsplit

from django.http import HttpRequest, QueryDict
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext as _

from . import plans
from .actions import find_shared_plan
from .forms import PlanOptionsForm
from .models import SharedPlan
from .plan_check import Reader, reader_of
from .plans import Plan


@dataclasses.dataclass(frozen=True)
class CameFrom:
    """The way back, and what the story is compared with."""

    url: str
    label: str
    reader: Reader | None = None
    """What the reader planned; None where they came from no plan."""
    plan: Plan | None = None
    key: str = ""
    """Of the plan in the reader's session."""

    @property
    def keeping(self) -> str:
        """The query by which a link to another story keeps the plan."""
        return f"?plan={self.key}" if self.key else ""


def came_from(request: HttpRequest) -> CameFrom:
    key = request.GET.get("plan", "")
    if plan := plans.find(request.session, key):
        return _from_plan(plan, reverse("stories:plan-detail", args=[key]), plans.answer_to(request.session, key), key)
    view, arguments, path, query = _page_before(request)
    if view == "stories:plan-shared" and (shared := find_shared_plan(arguments["token"])):
        return _from_plan(plan_of(shared), path, query)
    if view == "stories:story-list" and query:
        return CameFrom(f"{path}?{query}", _("Back to your search"))
    return CameFrom(reverse("stories:story-list"), _("All stories"))


def plan_of(shared: SharedPlan) -> Plan:
    """A colleague's plan, as it was shared."""
    return Plan(shared.text, shared.organisation.code if shared.organisation else "")


def _from_plan(plan: Plan, path: str, query: str, key: str = "") -> CameFrom:
    options = PlanOptionsForm(QueryDict(query)).options()
    url = f"{path}?{query}" if query else path
    label = _("Back to your plan") if key else _("Back to the plan")
    return CameFrom(url, label, reader_of(plan, options), plan, key)


def _page_before(request: HttpRequest) -> tuple[str, dict[str, str], str, str]:
    """Of the page of ours that led here: its view and the arguments in its path, the path, the query."""
    try:
        before = urlsplit(request.headers.get("Referer", ""))
        match = resolve(before.path)
    except (ValueError, Resolver404):
        return "", {}, "", ""
    ours = f"{before.scheme}://{before.netloc}/" == request.build_absolute_uri("/")
    return (match.view_name, match.kwargs, before.path, before.query) if ours else ("", {}, "", "")
