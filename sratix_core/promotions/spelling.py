"""The one spelling of a code, so that two people who read it from a poster type the same."""

from __future__ import annotations

import re
import unicodedata

from sratix_core.values.codes import ORDER_ALPHABET
from sratix_core.values.ids import RandomSource
from sratix_core.values.text import BadText, clean

LONGEST, SHORTEST = 40, 2
_ALLOWED = re.compile(r"[^\W_][\w.-]*", re.UNICODE)
DRAWN = 10
"""Letters of a code that is drawn: 28^10 are 48 bits, of which nobody guesses one in ten thousand tries."""


def spelled(typed: str) -> str:
    """NFKC, upper case, no spaces; "" for what is no code. Spelling twice changes nothing."""
    if len(typed) > 4 * LONGEST:
        return ""
    try:
        code = clean(unicodedata.normalize("NFKC", typed), 4 * LONGEST)
    except BadText:
        return ""
    code = unicodedata.normalize("NFKC", "".join(code.split()).casefold().upper())
    fits = SHORTEST <= len(code) <= LONGEST and _ALLOWED.fullmatch(code) and code.casefold().upper() == code
    return code if fits else ""


def drawn(random: RandomSource, prefix: str = "") -> str:
    """A code that cannot be guessed, after an optional prefix: `SUMMER-4HKWX9P7AB`."""
    letters = "".join(ORDER_ALPHABET[random.below(len(ORDER_ALPHABET))] for _ in range(DRAWN))
    return f"{prefix}-{letters}" if prefix else letters
