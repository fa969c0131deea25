"""How long the parts of a postal address may be: what the structured address of a QR-bill holds, so that none is ever cut there.

SIX, Implementation Guidelines QR-bill v2.3, annex A: data elements `Name`, `StrtNmOrAdrLine1`, `PstCd` and `TwnNm`.
"""

from __future__ import annotations

NAME = 70
STREET = 70
POSTAL_CODE = 16
TOWN = 35
