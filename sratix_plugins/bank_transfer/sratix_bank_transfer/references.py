"""Structured references that lead back to what is paid: QRR for a QR-IBAN, SCOR (ISO 11649) for any other account.

Both carry one number of at most 26 digits: what it is, whose it is, and which one. Nothing has to be stored to read it again.
"""

from __future__ import annotations

import hashlib
import re
import uuid
from dataclasses import dataclass
from typing import Literal

CODE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ3789"
"""Letters of the core's order codes, each a digit from 1 to 28, so that no two codes are one number."""

TABLE = (0, 9, 4, 6, 8, 2, 7, 1, 3, 5)
BASE36 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
KINDS: dict[str, int] = {"order": 1, "invoice": 2}
TENANTS = 10**7
LARGEST = 10**18


@dataclass(frozen=True)
class Subject:
    """What a reference is about: an order's `code`, or the `number` of an invoice as `invoice_number` makes it."""

    kind: Literal["order", "invoice"]
    tenant_id: int
    code: str = ""
    number: int = 0


def order_number(tenant_id: int, code: str) -> int:
    """The number of an order. Raises ValueError for a code with other letters or over 12 of them."""
    which = 0
    for letter in code:
        which = which * len(CODE_LETTERS) + CODE_LETTERS.index(letter) + 1
    return _whole(which, tenant_id, "order")


def invoice_number(tenant_id: int, key: uuid.UUID) -> int:
    """The number of an invoice over several orders: a digest of its id, since its own number may hold any letters."""
    which = int.from_bytes(hashlib.sha256(key.bytes).digest()[:16]) % LARGEST
    return _whole(which, tenant_id, "invoice")


def _whole(which: int, tenant_id: int, kind: str) -> int:
    if not (0 < which < LARGEST and 0 < tenant_id < TENANTS):
        raise ValueError("does not fit into a reference")
    return (which * TENANTS + tenant_id) * 10 + KINDS[kind]


def subject_of(number: int) -> Subject | None:
    """What a number was made for; None for one that was not made here."""
    rest, kind = divmod(number, 10)
    which, tenant_id = divmod(rest, TENANTS)
    if kind == KINDS["invoice"]:
        return Subject("invoice", tenant_id, number=number)
    if kind != KINDS["order"] or not which or not tenant_id:
        return None
    letters = ""
    while which:
        which, digit = divmod(which - 1, len(CODE_LETTERS))
        letters = CODE_LETTERS[digit] + letters
    return Subject("order", tenant_id, letters) if len(letters) <= 12 else None


def mod10(digits: str) -> int:
    """The check digit of a QR reference: modulo 10, recursive (SIX, annex B)."""
    carry = 0
    for digit in digits:
        carry = TABLE[(carry + int(digit)) % 10]
    return (10 - carry) % 10


def qrr(number: int) -> str:
    """27 digits, the last one checks the others."""
    digits = f"{number:026d}"
    return digits + str(mod10(digits))


def scor(number: int) -> str:
    """`RF`, two check digits (ISO 7064 mod 97-10), and the number in base 36: at most 21 characters."""
    body = ""
    while number:
        number, digit = divmod(number, 36)
        body = BASE36[digit] + body
    return f"RF{98 - _mod97(body + 'RF00'):02d}{body}"


def read(reference: str) -> Subject | None:
    """What a QRR or SCOR reference was made for, in any spacing; None when its check digits or its shape are wrong."""
    bare = re.sub(r"\s", "", reference).upper()
    if re.fullmatch(r"[0-9]{27}", bare) and mod10(bare[:26]) == int(bare[26]):
        return subject_of(int(bare[:26]))
    if re.fullmatch(r"RF[0-9]{2}[0-9A-Z]{1,21}", bare) and _mod97(bare[4:] + bare[:4]) == 1:
        return subject_of(int(bare[4:], 36))
    return None


def spaced(reference: str) -> str:
    """As people read it: a QRR in fives from the right, a SCOR in fours from the left."""
    if reference.startswith("RF"):
        return " ".join(reference[i : i + 4] for i in range(0, len(reference), 4))
    return " ".join([reference[:2], *(reference[i : i + 5] for i in range(2, len(reference), 5))])


def _mod97(text: str) -> int:
    return int("".join(str(int(c, 36)) for c in text)) % 97
