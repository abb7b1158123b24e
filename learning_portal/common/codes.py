"""The codes that were mailed for one sign-in: an earlier one, still in time, stays good. Pure."""

from collections.abc import Sequence

GOOD_FOR = 15 * 60
"""Seconds. The mail says so in words."""
KEPT = 20

Sent = tuple[str, str, float]
"""Address, code, and when it was sent, in seconds since 1970."""


def with_code(sent: Sequence[Sent], address: str, code: str, now: float) -> list[Sent]:
    """The codes that are good now that one more was sent. Those for another address are none of this sign-in."""
    if not code or any(code == known for _address, known, _at in sent):
        return still_good(sent, address, now)
    return [*still_good(sent, address, now), (address, code, now)][-KEPT:]


def still_good(sent: Sequence[Sent], address: str, now: float) -> list[Sent]:
    return [(to, code, at) for to, code, at in sent if to == address and 0 <= now - at <= GOOD_FOR]
