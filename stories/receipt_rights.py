"""What each kind of receipt may do, by the state of its story: one table, which every page of telling asks. Pure."""

import enum

from .choices import IN_MODERATION, ReceiptKind, Status


class Deed(enum.Enum):
    LOOK = "look"
    """Read the story as it stands."""
    COMMENT = "comment"
    """Leave a word for its author."""
    WRITE = "write"
    """Change the draft."""
    SEND = "send"
    """Check it, send it in, and add to it."""
    HAND = "hand"
    """Hand links to others, and end them."""
    DECIDE = "decide"
    """See how it stands, answer, approve, take it back; hold the receipt."""


OPEN = (Status.DRAFT, *IN_MODERATION, Status.HIDDEN)
"""Where an author may still write."""
SHOWN = (Status.DRAFT, *IN_MODERATION)
"""Where a story is shown to whom its author handed a link: not once it is published for its own readers, and not when
it is withdrawn or hidden."""

WRITER = {Deed.LOOK: SHOWN, Deed.COMMENT: SHOWN, Deed.WRITE: (Status.DRAFT,)}
"""Who writes for the author. What the author has sent in nobody else changes, not even when it comes back."""
RIGHTS: dict[ReceiptKind, dict[Deed, tuple[Status, ...]]] = {
    ReceiptKind.AUTHOR: {
        Deed.LOOK: tuple(Status),
        Deed.WRITE: OPEN,
        Deed.SEND: OPEN,
        Deed.HAND: SHOWN,
        Deed.DECIDE: tuple(Status),
    },
    ReceiptKind.LEAVING: WRITER,
    ReceiptKind.INTERVIEW: WRITER,
    ReceiptKind.COLLEAGUE: {Deed.LOOK: SHOWN, Deed.COMMENT: SHOWN},
}
DAYS = (7, 14, 28)
"""For how long an author may hand a link to somebody."""
USUAL_DAYS = {ReceiptKind.LEAVING: 28, ReceiptKind.INTERVIEW: 28, ReceiptKind.COLLEAGUE: 14}


def may(kind: str, status: str, deed: Deed) -> bool:
    """Whether a receipt of this kind does this while its story is in this state."""
    return status in RIGHTS[ReceiptKind(kind)].get(deed, ())


def is_for(kind: str, deed: Deed) -> bool:
    """Whether a receipt of this kind ever does this."""
    return deed in RIGHTS[ReceiptKind(kind)]


def handed_in(status: str) -> list[ReceiptKind]:
    """The kinds that an author hands to others in this state: those that may do in it all that they are for."""
    others = [kind for kind in ReceiptKind if kind != ReceiptKind.AUTHOR]
    return [kind for kind in others if all(may(kind, status, deed) for deed in RIGHTS[kind])]
