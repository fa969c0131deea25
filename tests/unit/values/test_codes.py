"""A code has one spelling, and only that spelling is read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sratix_core.values.codes import (
    CROCKFORD,
    ORDER_ALPHABET,
    NotCanonical,
    decode,
    encode,
    order_code,
    secret,
)
from sratix_core.values.ids import SeededRandom, SystemRandom


@given(st.binary(max_size=80))
def test_what_is_encoded_is_decoded(data: bytes) -> None:
    code = encode(data)
    assert decode(code) == data
    assert len(code) == -(-len(data) * 8 // 5)
    assert set(code) <= set(CROCKFORD)


@given(st.text(CROCKFORD, max_size=40))
def test_whatever_is_read_is_the_only_spelling_of_its_bytes(code: str) -> None:
    try:
        data = decode(code)
    except NotCanonical:
        return
    assert encode(data) == code


def test_known_codes() -> None:
    assert encode(b"") == ""
    assert encode(b"\x00") == "00"
    assert encode(b"\xff") == "ZW"
    assert encode(b"foobar") == "CSQPYRK1E8"
    assert len(encode(bytes(16))) == 26


@pytest.mark.parametrize(
    "code",
    [
        "csqpyrk1e8",  # lower case
        "CSQPYRK1E8======",  # padding
        "CSQPYRKIE8", "CSQPYRKLE8", "OSQPYRK1E8", "USQPYRK1E8",  # look-alike letters
        "0", "000", "000000",  # lengths that no bytes have
        "ZX", "01",  # spare bits
        "CSQP-YRK1E8", " CSQPYRK1E8", "CSQPYRK1E8\n", "СSQPYRK1E8", "٠٠", "0\x00",
    ],
)  # fmt: skip
def test_other_spellings_are_refused(code: str) -> None:
    with pytest.raises(NotCanonical):
        decode(code)


@given(st.text(max_size=20))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        decode(text)
    except NotCanonical:
        assert text


def test_an_order_code_has_five_letters_that_nobody_confuses() -> None:
    random = SeededRandom(3)
    codes = [order_code(random) for _ in range(500)]
    assert {len(code) for code in codes} == {5}
    assert set("".join(codes)) == set(ORDER_ALPHABET)
    assert not set(ORDER_ALPHABET) & set("0OI12S56G4") - set("SG")


def test_a_secret_carries_128_bits() -> None:
    made = secret(SystemRandom())
    assert len(decode(made)) == 16
    assert made != secret(SystemRandom())
