"""Tokens with which a person stops kinds of mail, without signing in. Good for nothing else, and for no other person.

They hold no date and stay good: a mail may lie for years before somebody has enough of its kind.
"""

import dataclasses
import hashlib
from collections.abc import Sequence

from django.core.signing import BadSignature, Signer

from .kinds import UnknownKind, kind_of


@dataclasses.dataclass(frozen=True)
class Subscriber:
    """Who stops mail: a user, or an address without an account, of which only the hash is kept."""

    user_id: int | None = None
    address_sha256: str = ""

    @classmethod
    def of(cls, user_id: int | None, address: str) -> "Subscriber":
        if user_id is not None:
            return cls(user_id)
        return cls(None, hashlib.sha256(address.lower().encode()).hexdigest())


def may_be_stopped(name: str) -> bool:
    """Whether there is such a kind, and it does not answer what the person did."""
    try:
        return not kind_of(name).answers
    except UnknownKind:
        return False


def _signer() -> Signer:
    return Signer(sep=".", salt="learning_portal.mail.stop")


def token_for(subscriber: Subscriber, kinds: Sequence[str]) -> str:
    """What stands in the address of the page that stops these kinds."""
    who = subscriber.user_id if subscriber.user_id is not None else subscriber.address_sha256
    return _signer().sign_object([who, *kinds])


def read(token: str) -> tuple[Subscriber, list[str]] | None:
    """Who stops which kinds; None for what is no token of ours, or names a kind that cannot be stopped."""
    try:
        who, *kinds = _signer().unsign_object(token)
    except (BadSignature, ValueError):
        return None
    if not kinds or not all(may_be_stopped(name) for name in kinds):
        return None
    return (Subscriber(user_id=who) if isinstance(who, int) else Subscriber(address_sha256=who)), kinds
