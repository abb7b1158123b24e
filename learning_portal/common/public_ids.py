"""Random 63-bit keys as 13 letters and digits, for addresses that can be read out over the telephone."""

import secrets

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
"""Crockford's base 32: no i, l, o or u to be mistaken."""
LENGTH = 13


def random_key() -> int:
    """63 random bits: a row's key tells neither its age nor its neighbours."""
    return secrets.randbits(63)


def encode(key: int) -> str:
    """The 13 characters of a key of 0 to 2**63 - 1."""
    return "".join(ALPHABET[(key >> shift) & 31] for shift in range(5 * (LENGTH - 1), -1, -5))


def decode(text: str) -> int:
    """The key of 13 characters of the alphabet. Raises ValueError for anything else."""
    if len(text) != LENGTH:
        raise ValueError("A public id has 13 characters.")
    key = 0
    for letter in text:
        key = key << 5 | ALPHABET.index(letter)
    if key >= 1 << 63:
        raise ValueError("A public id stands for 63 bits.")
    return key


class PublicIdConverter:
    """URL converter `<public_id:pk>`: only what `encode` wrote resolves, so that one story has one address."""

    regex = "[0-9a-hjkmnp-tv-z]{13}"

    def to_python(self, value: str) -> int:
        return decode(value)

    def to_url(self, value: int) -> str:
        return encode(value)
