"""VAT numbers: whether one can be right by its own check digits, whose country it is of, and who owes the tax.

The check digits are python-stdnum's (Swiss UID modulo 11, and each member state's own). A number that passes may still
belong to nobody: VIES knows (`vies`), and is asked without anybody waiting for it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

EU = frozenset(
    {
        *("AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU"),
        *("IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK"),
    }
)
"""Member states by ISO 3166; Greece writes its VAT numbers with EL."""

SHAPE = re.compile(r"[A-Z]{2}[A-Z0-9]{2,20}")
Verdict = Literal["right", "wrong", "unchecked"]


@dataclass(frozen=True)
class VatNumber:
    """`number` without spaces and marks, led by its country as VIES writes it; `country` by ISO 3166, empty if unknown.

    `unchecked`: of a country whose rules we do not know.
    """

    number: str
    country: str
    verdict: Verdict

    @property
    def in_eu(self) -> bool:
        return self.country in EU


def read(typed: str, country: str = "") -> VatNumber:
    """A number as it was typed: `CHE-116.281.710 MWST`, `ATU 13585627`, `IT00743110157`; `country` is that of the address."""
    from stdnum import get_cc_module  # brings the documentation system of Python along
    from stdnum.exceptions import ValidationError

    bare = re.sub(r"[^A-Z0-9]", "", typed.upper())[:40]
    lead = "GR" if bare[:2] == "EL" else bare[:2]
    known = {"CH" if bare.startswith("CHE") else lead, country.upper()} - {""}
    for of in sorted(known, key=lambda c: c != lead):
        module = get_cc_module(of.lower(), "vat") if of.isalpha() and len(of) == 2 else None
        if module is None:
            continue
        try:
            compact = module.validate(typed)
        except ValidationError:
            continue
        prefix = "EL" if of == "GR" else of
        return VatNumber(compact if compact.startswith(prefix) else prefix + compact, of, "right")
    of = lead if lead in EU | {"CH"} else country.upper()
    checkable = of in EU | {"CH"} or not SHAPE.fullmatch(bare)
    return VatNumber(bare, of, "wrong" if checkable else "unchecked")


def reverse_charged(seller: VatNumber, buyer: VatNumber) -> bool:
    """Whether the buyer owes the tax: both in the Union, in different states, with numbers that can be right.

    Directive 2006/112/EC, articles 44 and 196. What is taxed where it takes place (admission at the door, article 53) is the
    organizer's to know: the order's own tax decides, this only says whose debt an untaxed amount is.
    """
    sides = (seller, buyer)
    return all(side.verdict == "right" and side.in_eu for side in sides) and seller.country != buyer.country
