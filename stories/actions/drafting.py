"""Keep what is being written: nothing that was acknowledged is lost or written over."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ..choices import ReceiptKind
from ..models import Draft, Receipt, Story
from ..receipt_rights import OPEN, Deed, may
from ..weeks import monday_of
from .deciding import locked
from .refused import Refused, Stale


@dataclasses.dataclass(frozen=True)
class Saved:
    """What became of a save. `number`: the one to name with the next. `stale`: it was kept as a second version."""

    number: int
    stale: bool


def canonical(words: Mapping[str, object]) -> str:
    """The JSON in which a draft is kept."""
    return json.dumps(words, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@transaction.atomic
def save_draft(*, story: Story, words: Mapping[str, object], read: int, kind: str = ReceiptKind.AUTHOR) -> Saved:
    """Keep what was typed. `read`: the number of the draft that it was typed into; `kind`: of the receipt under which
    it was. Compare-and-set: a stale save writes over nothing and is kept beside. Raises Refused once the story is out
    of its author's hands, and for others as soon as its author sent it in."""
    _check_may_write(story, kind)
    text = canonical(words)
    if take_turn(story, read, words=text, week=monday_of(timezone.localdate())):
        return Saved(read + 1, stale=False)
    draft = Draft.objects.filter(story=story, story__status__in=OPEN).select_for_update(of=("self",)).first()
    if draft is None:
        raise Refused(_("This story can no longer be changed here."))
    if draft.words == text:
        return Saved(draft.number, stale=False)
    Draft.objects.filter(story=story).update(other_words=text)
    return Saved(draft.number, stale=True)


def _check_may_write(story: Story, kind: str) -> None:
    """The story stays locked, so that it is not sent in between this and the save."""
    if not may(kind, locked(story).status, Deed.WRITE):
        raise Refused(_("This story can no longer be changed here."))
    if kind == ReceiptKind.AUTHOR:
        # Whoever writes for them after this has something new to say.
        Receipt.objects.filter(story=story, is_told=True).update(is_told=False)


def take_turn(story: Story, read: int, **values: object) -> bool:
    """Compare-and-set: whoever changes the number that both read goes on, and nobody else.

    The number stands in the statement itself, not in a subquery as `story__status` would make it: PostgreSQL asks
    anew only of the former when it has waited for another.
    """
    is_open = Story.objects.filter(pk=story.pk, status__in=OPEN)
    draft = Draft.objects.filter(story__in=is_open, number=read)
    return bool(draft.update(number=read + 1, **values))


@transaction.atomic
def choose_draft(*, story: Story, number: int, words: Mapping[str, object], kind: str = ReceiptKind.AUTHOR) -> Saved:
    """Go on with these words and let the other version go. Raises Stale if the draft has moved on meanwhile, and
    Refused like `save_draft`."""
    _check_may_write(story, kind)
    if not take_turn(story, number, words=canonical(words), other_words=""):
        raise Stale(_("This was changed in another window. Look at both versions again."))
    return Saved(number + 1, stale=False)
