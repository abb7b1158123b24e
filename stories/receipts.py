"""Receipts: 128 random bits, written in groups of five characters without look-alikes. Pure.

Two more characters and a half are a check, so that a slip of the pen is told from a receipt that opens nothing.
"""

import hashlib
import secrets

from learning_portal.common.public_ids import ALPHABET

BITS = 128
CHECK_BITS = 22
LENGTH = (BITS + CHECK_BITS) // 5
GROUP = 5
LOOK_ALIKES = str.maketrans("oilu", "011v")
"""What people write for a character that the alphabet leaves out."""


def make() -> str:
    """A new receipt as it is shown: "8n3kc-0v9te-...", six groups."""
    return write(secrets.randbits(BITS))


def write(bits: int) -> str:
    """The text of 128 bits."""
    whole = bits << CHECK_BITS | _check(bits)
    letters = "".join(ALPHABET[whole >> shift & 31] for shift in range(5 * (LENGTH - 1), -1, -5))
    return "-".join(letters[start : start + GROUP] for start in range(0, LENGTH, GROUP))


def read(text: str) -> int:
    """The 128 bits of a receipt, however it is spaced and spelt. Raises ValueError for what is none."""
    letters = "".join(text.lower().split()).replace("-", "").translate(LOOK_ALIKES)
    if len(letters) != LENGTH:
        raise ValueError(f"A receipt has {LENGTH} letters and figures.")
    whole = 0
    for letter in letters:
        whole = whole << 5 | ALPHABET.index(letter)
    bits = whole >> CHECK_BITS
    if whole & (1 << CHECK_BITS) - 1 != _check(bits):
        raise ValueError("A letter of the receipt is wrong.")
    return bits


def sha256(text: str) -> str:
    """The hash under which a receipt is kept: 64 hexadecimal digits. Raises ValueError for what is no receipt."""
    return hashlib.sha256(read(text).to_bytes(BITS // 8)).hexdigest()


def _check(bits: int) -> int:
    digest = hashlib.sha256(b"receipt" + bits.to_bytes(BITS // 8)).digest()
    return int.from_bytes(digest) & (1 << CHECK_BITS) - 1
