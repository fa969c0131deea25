"""Owns the codes people and scanners read: Crockford base32 with one spelling, order codes, secrets.

A code that could be spelled in two ways could be admitted twice, so only the canonical spelling is read.
"""

from __future__ import annotations

import base64

from sratix_core.values.ids import RandomSource

# Douglas Crockford's Base 32: no I, L, O, U. His decoder forgives look-alikes and lower case; ours does not.
CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
ORDER_ALPHABET = (
    "ABCDEFGHJKLMNPQRSTUVWXYZ3789"  # told apart in print and on the phone: no 0/O, 1/I, 2/Z, 5/S, 6/G
)

_RFC4648 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_TO_CROCKFORD = bytes.maketrans(_RFC4648, CROCKFORD.encode())
_TO_RFC4648 = bytes.maketrans(CROCKFORD.encode(), _RFC4648)
_LETTERS = frozenset(CROCKFORD)


class NotCanonical(ValueError):
    """Not the one spelling of any bytes: lower case, padding, a look-alike letter, a wrong length, spare bits."""


def encode(data: bytes) -> str:
    """Bytes, most significant bit first, as upper-case Crockford base32 without padding; 16 bytes give 26."""
    return base64.b32encode(data).rstrip(b"=").translate(_TO_CROCKFORD).decode("ascii")


def decode(code: str) -> bytes:
    """The bytes that `encode` wrote as exactly this string. Raises `NotCanonical` for every other spelling."""
    if not _LETTERS.issuperset(code) or len(code) % 8 not in (0, 2, 4, 5, 7):
        raise NotCanonical("not Crockford base32 in its canonical spelling")
    padded = code.encode("ascii").translate(_TO_RFC4648) + b"=" * (-len(code) % 8)
    data = base64.b32decode(padded)
    if encode(data) != code:  # the last letter carried bits that belong to no byte
        raise NotCanonical("not Crockford base32 in its canonical spelling")
    return data


def order_code(random: RandomSource) -> str:
    """Five letters to say on the phone, one of 17 million: a name for an order, not a secret."""
    return "".join(ORDER_ALPHABET[random.below(len(ORDER_ALPHABET))] for _ in range(5))


def secret(random: RandomSource) -> str:
    """26 letters with 128 bits of chance, for an address only its owner knows."""
    return encode(random.bytes(16))
