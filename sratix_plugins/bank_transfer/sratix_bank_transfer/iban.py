"""IBANs: checked by ISO 13616 (ISO 7064 mod 97-10 over the rearranged digits), written in groups of four for people."""

from __future__ import annotations

import re

LENGTHS = {
    "AD": 24, "AT": 20, "BE": 16, "BG": 22, "CH": 21, "CY": 28, "CZ": 24, "DE": 22, "DK": 18, "EE": 20, "ES": 24,
    "FI": 18, "FR": 27, "GB": 22, "GR": 27, "HR": 21, "HU": 28, "IE": 22, "IS": 26, "IT": 27, "LI": 21, "LT": 20,
    "LU": 20, "LV": 21, "MC": 27, "MT": 31, "NL": 18, "NO": 15, "PL": 28, "PT": 25, "RO": 24, "SE": 24, "SI": 19,
    "SK": 24, "SM": 27,
}  # fmt: skip
"""Countries of the single euro payments area; others are checked by their digits alone."""


def checked_iban(typed: str) -> str:
    """The IBAN without spaces, upper case. Raises ValueError with a sentence to show."""
    iban = re.sub(r"[\s.-]", "", typed).upper()
    if not re.fullmatch(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}", iban):
        raise ValueError("This is not an IBAN: it starts with a country and two digits, such as CH93.")
    wanted = LENGTHS.get(iban[:2])
    if wanted is not None and len(iban) != wanted:
        raise ValueError(f"An IBAN of {iban[:2]} has {wanted} characters, this one has {len(iban)}.")
    if int("".join(str(int(c, 36)) for c in iban[4:] + iban[:4])) % 97 != 1:
        raise ValueError("The check digits do not match: compare it with your bank's letter.")
    return iban


def grouped(iban: str) -> str:
    """`CH93 0076 2011 6238 5295 7`."""
    return " ".join(iban[i : i + 4] for i in range(0, len(iban), 4))


def is_swiss(iban: str) -> bool:
    """Whether a QR-bill may name it: Switzerland and Liechtenstein only."""
    return iban[:2] in ("CH", "LI")


def is_qr_iban(iban: str) -> bool:
    """Whether its institution number (IID) is one of those kept for QR references, 30000 to 31999."""
    return is_swiss(iban) and "30000" <= iban[4:9] <= "31999"


def in_sepa(iban: str) -> bool:
    """Whether a SEPA transfer reaches it; a QR-IBAN is for QR-bills alone."""
    return iban[:2] in LENGTHS and not is_qr_iban(iban)
