"""The demo's stories and organisations, and what the portal answers to a plan."""

from __future__ import annotations

from django.test import Client

from networks.models import Organisation
from stories.choices import Audience, StoryKind, Voice
from stories.models import ProgressUpdate, Story

PLAN = "We want to give police officers tablets so that they can take statements on the road instead of in notebooks."
FAR_PLAN = "Open a space port for tourists on the moon."
OPENED_BY = {
    "visitor": (
        "lessons",
        "summary",
        "unnamed story",
        "welsh story",
        "organisation",
        "council",
        "plan",
        "weak plan",
        "shared plan",
    ),
    "reader": ("restricted story",),
}
"""Who opens what."""


def fill(visitor: Client) -> dict[str, str]:
    """The paths of all of it, by name. The visitor types two plans."""
    return {**demo_paths(), **plan_paths(visitor)}


def demo_paths() -> dict[str, str]:
    """A story of each sort, the first by its key, and two organisations."""
    public = Story.objects.filter(audience=Audience.PUBLIC, language="en").order_by("pk")
    told = public.filter(voice=Voice.NAMED, pk__in=ProgressUpdate.objects.values("story"))
    sorts = {
        "lessons": told.filter(kind=StoryKind.LESSONS),
        "summary": told.filter(kind=StoryKind.SUMMARY),
        "unnamed story": public.exclude(voice=Voice.NAMED),
        "welsh story": Story.objects.filter(audience=Audience.PUBLIC, language="cy"),
        "restricted story": Story.objects.filter(audience=Audience.MEMBERS),
    }
    paths = {name: stories.order_by("pk")[0].get_absolute_url() for name, stories in sorts.items()}
    invented = told.exclude(organisation=None)[0].organisation
    real = Organisation.objects.filter(is_example=False, name_en__startswith="Powys").first()
    return paths | {
        name: f"/organisations/{body.code}/" for name, body in (("organisation", invented), ("council", real))
    }


def plan_paths(visitor: Client) -> dict[str, str]:
    """The answers to two plans of this visitor, and the address of one for a colleague."""
    weak = visitor.post("/plan/", {"text": FAR_PLAN})["Location"]
    close = visitor.post("/plan/", {"text": PLAN, "organisation": "X-W01"})["Location"]
    key, query = close.split("?")
    shared = visitor.post(f"{key}share/?{query}", follow=True).context["address"]
    return {"plan": close, "weak plan": weak, "shared plan": shared.split("testserver")[1]}
