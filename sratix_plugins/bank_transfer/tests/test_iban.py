"""An account number with a slip of the finger is not stored."""

from __future__ import annotations

import pytest

from sratix_bank_transfer.iban import checked_iban, grouped


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("CH93 0076 2011 6238 5295 7", "CH9300762011623852957"),
        ("de89370400440532013000", "DE89370400440532013000"),
        (" FR14 2004 1010 0505 0001 3M02 606 ", "FR1420041010050500013M02606"),
        ("LI21-0881-0000-2324-013A-A", "LI21088100002324013AA"),
    ],
)
def test_a_right_one_is_stored_without_spaces_and_shown_in_groups(typed: str, stored: str) -> None:
    assert checked_iban(typed) == stored
    assert grouped(stored).replace(" ", "") == stored
    assert max(map(len, grouped(stored).split())) == 4


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "not an IBAN"),
        ("CH", "not an IBAN"),
        ("12345678901234567890", "not an IBAN"),
        ("CH93 0076 2011 6238 5295", "has 21 characters, this one has 20"),
        ("CH93 0076 2011 6238 5295 8", "check digits"),
        ("CH93 0076 2011 6283 5295 7", "check digits"),
        ("CH93<script>alert(1)</script>", "not an IBAN"),
    ],
)
def test_a_wrong_one_is_refused_with_what_to_look_at(typed: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        checked_iban(typed)
