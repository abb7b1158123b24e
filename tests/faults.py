"""Guards taken out: each function plants one fault. `test_planted_faults` shows that every one is noticed."""

import functools
import logging
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied
from django.core.mail import send_mail
from django.core.signing import Signer
from django.db.models import Q
from django.http import HttpResponse
from django.utils.crypto import get_random_string

from learning_portal.common.admin import UserAdmin
from learning_portal.common.one_button import Purpose
from learning_portal.common.views import errors
from networks.models import Affiliation, Membership, Organisation
from networks.models.network import MembershipQuerySet
from stories import access, context, filters, listing, of_bodies, plan_check, plans
from stories.access import StoryQuerySet
from stories.choices import Audience, Status
from stories.models import AuthorLink, SharedPlan, Story, StoryContext
from stories.models.telling import ReceiptQuerySet
from stories.search import index
from stories.search.predicate import keys_statement
from stories.views import meet as meet_views
from stories.views import plans as plan_views
from stories.views import reports
from stories.views import story as story_view
from stories.views.telling import receipt as receipt_view
from tests import worlds

Plant = Callable[[pytest.MonkeyPatch], None]

# --- Faults in who may read -----------------------------------------------------------------------------------------


def door(visible: Callable) -> Plant:
    return lambda m: m.setattr(StoryQuerySet, "visible_to", visible)


def cached_door(m: pytest.MonkeyPatch) -> None:
    keys = functools.cache(
        lambda user: list(Story.objects.filter(access.in_audience(user)).values_list("pk", flat=True))
    )
    m.setattr(StoryQuerySet, "visible_to", lambda self, user: self.filter(pk__in=keys(user)))


def any_network(m: pytest.MonkeyPatch) -> None:
    m.setattr(access, "_named_networks", lambda: Membership.objects.filter(left_on=None))


def every_pool(m: pytest.MonkeyPatch) -> None:
    waiting = Q(status__in=access.IN_POOL)
    m.setattr(access, "in_pool", lambda user: waiting if user.has_role("moderator") else Q(pk=0))


def any_member_moderates(m: pytest.MonkeyPatch) -> None:
    original = MembershipQuerySet.filter

    def forgetful(self, *conditions, **fields):
        fields.pop("is_convenor", None)
        return original(self, *conditions, **fields)

    m.setattr(MembershipQuerySet, "filter", forgetful)


def team_reads(self, user):
    if user.is_authenticated and user.has_role("programme team"):
        return self.filter(status=Status.PUBLISHED)
    return self.filter(status=Status.PUBLISHED, audience=Audience.PUBLIC)


def capacity_ignored(self):
    return self.verified().filter(organisation__kind__in=[8])


def shared_domain_ignored(self):
    return self.verified().filter(capacity="employee", organisation__kind__in=[8])


def kind_ignored(self):
    return self.verified().filter(capacity="employee")


def all_published(user):
    return Story.objects.filter(status=Status.PUBLISHED)


def without_door(module) -> Plant:
    """A page that starts somewhere else than at `visible_to`."""
    stories = SimpleNamespace(objects=SimpleNamespace(visible_to=all_published, cards_of=Story.objects.cards_of))
    return lambda m: m.setattr(module, "Story", stories)


# --- Faults in what a refusal says ----------------------------------------------------------------------------------


def when_refused(react: Callable[[], object]) -> Plant:
    """Something happens when a story is there and may not be read, and only then."""
    original = story_view.get_object_or_404

    def found(stories, **key):
        if not stories.filter(**key).exists() and Story.objects.filter(**key).exists():
            react()
        return original(stories, **key)

    return lambda m: m.setattr(story_view, "get_object_or_404", found)


def forbid() -> None:
    raise PermissionDenied


def say_so() -> None:
    logging.getLogger("stories").info("Somebody may not read this story.")


def write_to_author() -> None:
    send_mail("Somebody tried to read your story", "", None, ["author@portal.example"])


def token_on_404(m: pytest.MonkeyPatch) -> None:
    m.setattr(errors, "_page", lambda status: HttpResponse(get_random_string(32), status=status))


class AnyAudience(str):
    """Equal to every audience, so that nothing counts as restricted."""

    def __eq__(self, other):
        return True

    def __ne__(self, other):
        return False

    __hash__ = str.__hash__


def no_noindex(m: pytest.MonkeyPatch) -> None:
    m.setattr(story_view, "Audience", SimpleNamespace(PUBLIC=AnyAudience()))


# --- Faults in what is counted, ranked and shown beside -------------------------------------------------------------


def counts_all(module) -> Plant:
    original = filters.count
    return lambda m: m.setattr(module, "count", lambda stories, *more: original(all_published(None), *more))


def statistics_of_all(m: pytest.MonkeyPatch) -> None:
    original = index.weigh
    m.setattr(index, "weigh", lambda content, labels, *, is_public: original(content, labels, is_public=True))


def beside(name: str) -> Plant:
    original = getattr(story_view.related, name)
    return lambda m: m.setattr(
        story_view.related, name, lambda *about: original(*about[:-1], keys_statement(all_published(None)))
    )


def cut_before_hidden_go(m: pytest.MonkeyPatch) -> None:
    original = listing.rank.text_scores
    m.setattr(listing.rank, "found", lambda text, stories: original(text, all_published(None), limit=10))


def best_of_all(m: pytest.MonkeyPatch) -> None:
    original = plan_check.rank.in_either_language

    def scores(text, stories, **more):
        return original(text, all_published(None), **more)

    m.setattr(plan_check.rank, "in_either_language", scores)


def reports_of_all(m: pytest.MonkeyPatch) -> None:
    m.setattr(reports, "_looked_after", lambda request: Story.objects.all())


def pool_of_all(m: pytest.MonkeyPatch) -> None:
    """Whoever moderates anything moderates everything."""
    m.setattr(StoryQuerySet, "looked_after_by", lambda self, user: self.all())


def own_too(m: pytest.MonkeyPatch) -> None:
    """Moderators decide about what they wrote."""
    m.setattr(StoryQuerySet, "looked_after_by", lambda self, user: self.filter(access.moderated_by(user)))


# --- Faults in what hides an author ---------------------------------------------------------------------------------


def employer_of(story: Story) -> Organisation | None:
    link = AuthorLink.objects.filter(story=story).first()
    return Affiliation.objects.get(user=link.user).organisation if link else None


def place_is_the_body(m: pytest.MonkeyPatch) -> None:
    original = Story.place
    m.setattr(Story, "place", property(lambda story: str(employer_of(story) or original.fget(story))))


def context_of_the_body(m: pytest.MonkeyPatch) -> None:
    original = worlds.tell

    def tell(stage, name, **how):
        story = original(stage, name, **how)
        StoryContext.objects.filter(pk=story.pk).update(**context.of_organisation(how["employer"]))

    m.setattr(worlds, "tell", tell)


def name_of_the_body_indexed(m: pytest.MonkeyPatch) -> None:
    original = index.weigh_story

    def weigh_story(story):
        employer = employer_of(story)
        labels = [employer.name_en] if employer else []
        return index.weigh(story.published_version.content, labels, is_public=True) if labels else original(story)

    m.setattr(index, "weigh_story", weigh_story)


def body_lists_what_its_people_told(m: pytest.MonkeyPatch) -> None:
    """The page of a body asks where authors work, instead of whose name stands on the story."""
    original = StoryQuerySet.filter

    def by_people(self, *conditions, **fields):
        if not isinstance(fields.get("organisation__in"), list):
            return original(self, *conditions, **fields)
        people = Affiliation.objects.filter(organisation__in=fields["organisation__in"]).values("user")
        told = AuthorLink.objects.filter(user__in=people).values("story")
        return original(self, Q(organisation__in=fields["organisation__in"]) | Q(pk__in=told))

    m.setattr(of_bodies, "named", lambda stories: stories)
    m.setattr(StoryQuerySet, "filter", by_people)


def staff_delete_people(m: pytest.MonkeyPatch) -> None:
    m.setattr(UserAdmin, "has_delete_permission", lambda self, request, obj=None: True, raising=False)


# --- Faults in whose plan it is -------------------------------------------------------------------------------------


def plans_for_all(m: pytest.MonkeyPatch) -> None:
    m.setattr(plans, "find", lambda session, key: plans.Plan("Tablets for home carers"))


def plans_for_ever(m: pytest.MonkeyPatch) -> None:
    m.setattr(plan_views, "find_shared_plan", lambda token: SharedPlan.objects.first())


# --- Faults in whose story it is ------------------------------------------------------------------------------------


def receipts_for_all(m: pytest.MonkeyPatch) -> None:
    """Whoever knows the address of a told story opens its pages."""
    m.setattr(ReceiptQuerySet, "holding", lambda self, story, text, today: self.filter(story=story).first())


def anybodys_receipt(m: pytest.MonkeyPatch) -> None:
    """The receipt of one story opens the pages of every other."""
    m.setattr(ReceiptQuerySet, "holding", lambda self, story, text, today: self.first())
    m.setattr(receipt_view, "opened_by", lambda receipt, pk: receipt.story)


def meetings_for_all(m: pytest.MonkeyPatch) -> None:
    m.setattr(meet_views, "theirs", lambda request, key: meet_views._rows().get(pk=key))


def one_purpose(m: pytest.MonkeyPatch) -> None:
    m.setattr(Purpose, "_signer", lambda self: Signer(sep=".", salt="every purpose"))
