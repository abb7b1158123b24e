"""What a moderator can do with an item: in which states, what it asks for, and what is said afterwards."""

import dataclasses
from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from learning_portal.common.models import User

from .actions import moderate
from .choices import IN_MODERATION, IN_POOL, Status
from .forms.moderation import AskForm, MaybeReasonForm, MergeForm, ReasonForm
from .models import Story

Act = Callable[[User, Story, "Seen", Mapping[str, Any]], object]
STORY, CHANGE = "story", "change"
UNDECIDED = (Status.SUBMITTED, Status.AWAITING)


@dataclasses.dataclass(frozen=True)
class Seen:
    """What the moderator's page showed when they decided: the state, and the hash of the newest words."""

    status: str
    sha256: str


@dataclasses.dataclass(frozen=True)
class Deed:
    """One of them. `act` raises Refused and Stale like the verbs that it calls."""

    name: str
    label: Promise
    explained: Promise
    done: Promise
    states: tuple[Status, ...]
    act: Act
    form: type[forms.Form] | None = None
    warning: bool = False
    stays: bool = False
    """Whether the moderator goes on with this item afterwards."""
    of: frozenset[str] = frozenset({STORY, CHANGE})
    """What it can be done with."""

    def fits(self, story: Story) -> bool:
        return story.status in self.states and (CHANGE if story.revises_id else STORY) in self.of


DEEDS: dict[str, Deed] = {
    deed.name: deed
    for deed in (
        Deed(
            "approve",
            _("Approve"),
            _("You would publish the newest text as it is."),
            _("Approved. Thank you."),
            UNDECIDED,
            lambda by, story, seen, data: moderate.approve(by=by, story=story, sha256=seen.sha256, seen=seen.status),
        ),
        Deed(
            "restore",
            _("Show it again"),
            _("With the words that its author approved."),
            _("The story is shown again."),
            (Status.HIDDEN,),
            lambda by, story, seen, data: moderate.restore(by=by, story=story),
        ),
        Deed(
            "hide",
            _("Hide it at once"),
            _("Nobody but its author and its moderators can open it until it is shown again."),
            _("The story is hidden."),
            (Status.PUBLISHED,),
            lambda by, story, seen, data: moderate.hide(by=by, story=story, reason=data["reason"]),
            MaybeReasonForm,
            warning=True,
            stays=True,
        ),
        Deed(
            "ask",
            _("Ask its author"),
            _("They are told that a message waits, and nothing else. An anonymous author finds it behind the receipt."),
            _("Your question is sent."),
            IN_POOL,
            lambda by, story, seen, data: moderate.ask(by=by, story=story, text=data["text"]),
            AskForm,
            stays=True,
        ),
        Deed(
            "send_back",
            _("Return it to its author"),
            _("They may change it and send it again."),
            _("The story is returned to its author."),
            (*UNDECIDED, Status.APPROVED),
            lambda by, story, seen, data: moderate.send_back(
                by=by, story=story, reason=data["reason"], seen=seen.status
            ),
            ReasonForm,
        ),
        Deed(
            "merge",
            _("Merge it with another story"),
            _("For a story that tells the same as another. This one is closed for good."),
            _("The story is merged with the other."),
            IN_POOL,
            lambda by, story, seen, data: moderate.merge(by=by, story=story, into=data["into"]),
            MergeForm,
            warning=True,
            of=frozenset({STORY}),
        ),
        Deed(
            "retire",
            _("Retire it"),
            _("For a story that has had its day. It leaves the shelf for good."),
            _("The story is retired."),
            (Status.PUBLISHED,),
            lambda by, story, seen, data: moderate.retire(by=by, story=story, reason=data["reason"]),
            MaybeReasonForm,
            warning=True,
        ),
        Deed(
            "withdraw",
            _("Withdraw it"),
            _("For a story that must not be told here. It is closed for good."),
            _("The story is withdrawn."),
            (*IN_POOL, Status.PUBLISHED),
            lambda by, story, seen, data: moderate.withdraw(
                by=by, story=story, reason=data["reason"], seen=seen.status
            ),
            ReasonForm,
            warning=True,
            of=frozenset({STORY}),
        ),
        Deed(
            "refuse_change",
            _("Refuse the change"),
            _("The change is erased and its author is told why. The published story stays as it is."),
            _("The change is refused. The published story stays as it is."),
            IN_MODERATION,
            lambda by, story, seen, data: moderate.refuse_change(
                by=by, story=story, reason=data["reason"], seen=seen.status
            ),
            ReasonForm,
            warning=True,
            of=frozenset({CHANGE}),
        ),
    )
}


def form_of(deed: Deed, user: User, data: Mapping[str, str] | None = None) -> forms.Form | None:
    """The form that a deed asks for, its ids apart from those of the others on the page."""
    if deed.form is None:
        return None
    more: dict[str, Any] = (
        {"visible": Story.objects.visible_to(user).filter(revises=None)} if deed.form is MergeForm else {}
    )
    return deed.form(data, auto_id=f"id_{deed.name}_%s", **more)
