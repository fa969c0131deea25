"""A ticket is good for one event, one key, one epoch, in one spelling, and nothing else passes."""

from __future__ import annotations

import io
import uuid

import pytest
import segno
from hypothesis import given
from hypothesis import strategies as st

from sratix_core.values import signing
from sratix_core.values.codes import CROCKFORD, decode, encode
from sratix_core.values.ids import SeededRandom

PRIVATE = signing.new_key(SeededRandom("event"))
PUBLIC = signing.public(PRIVATE)
EVENT = uuid.UUID("0195d8f0-0000-7000-8000-000000000001")
TICKET = uuid.UUID("0195d8f0-0000-7000-8000-0000000000aa")
PAYLOAD = signing.sign_ticket(PRIVATE, 1, 2, EVENT, TICKET)
ORDER = 2**252 + 27742317777372353535851937790883648493  # of the Ed25519 group, RFC 8032 §5.1

ids = st.uuids()
octets = st.integers(0, 255)


@given(ids, ids, octets, octets)
def test_a_signed_ticket_is_read_back_and_verifies(
    event: uuid.UUID, ticket: uuid.UUID, kid: int, epoch: int
) -> None:
    payload = signing.sign_ticket(PRIVATE, kid, epoch, event, ticket)
    claim = signing.parse(payload)
    assert (claim.ticket_id, claim.kid, claim.epoch, len(claim.signature)) == (ticket, kid, epoch, 64)
    assert signing.verify(PUBLIC, payload, event)


def test_the_payload_has_the_agreed_shape() -> None:
    ticket, signature = PAYLOAD.split(":")
    assert decode(ticket) == TICKET.bytes
    assert decode(signature)[:2] == bytes([1, 2])
    assert (len(ticket), len(signature), len(PAYLOAD)) == (26, 106, 133)


def test_the_signed_bytes_are_the_documented_ones() -> None:
    assert signing.message(EVENT, TICKET, 1, 2) == (
        b"\x00\x0fsratix-ticket-1\x00\x10"
        + EVENT.bytes
        + b"\x00\x10"
        + TICKET.bytes
        + b"\x00\x01\x01\x00\x01\x02"
    )


def test_keys_and_signatures_match_rfc_8032() -> None:
    seed = bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
    assert signing.public(seed).hex() == "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
    assert len(PRIVATE) == 32
    assert signing.sign_ticket(PRIVATE, 1, 2, EVENT, TICKET) == PAYLOAD


def test_every_flipped_bit_is_refused() -> None:
    ticket, signature = (decode(half) for half in PAYLOAD.split(":"))
    raw = ticket + signature
    for bit in range(len(raw) * 8):
        forged = bytearray(raw)
        forged[bit // 8] ^= 0x80 >> bit % 8
        assert not signing.verify(
            PUBLIC, f"{encode(bytes(forged[:16]))}:{encode(bytes(forged[16:]))}", EVENT
        ), bit


def test_every_changed_character_is_refused() -> None:
    for at, letter in enumerate(PAYLOAD):
        for other in CROCKFORD + CROCKFORD.lower() + "ILOUilou:=- ":
            if other != letter:
                assert not signing.verify(PUBLIC, PAYLOAD[:at] + other + PAYLOAD[at + 1 :], EVENT), (
                    at,
                    other,
                )


def test_another_event_key_or_ticket_is_refused() -> None:
    stranger = signing.new_key(SeededRandom("other event"))
    assert not signing.verify(PUBLIC, PAYLOAD, uuid.UUID(int=EVENT.int + 1))
    assert not signing.verify(signing.public(stranger), PAYLOAD, EVENT)
    assert not signing.verify(PUBLIC, signing.sign_ticket(stranger, 1, 2, EVENT, TICKET), EVENT)
    swapped = signing.sign_ticket(PRIVATE, 1, 2, TICKET, EVENT)
    assert not signing.verify(PUBLIC, swapped, EVENT)


@pytest.mark.parametrize(
    "payload",
    [
        "", ":", PAYLOAD.lower(), PAYLOAD + "=", PAYLOAD + "\n", " " + PAYLOAD, PAYLOAD.replace(":", ""),
        PAYLOAD.replace(":", "::"), PAYLOAD[:-1], PAYLOAD + "0", PAYLOAD + ":", PAYLOAD[:-1] + "Z",
        PAYLOAD[:25] + "Z" + PAYLOAD[26:], PAYLOAD.replace("0", "O"), PAYLOAD.replace("0", "\uff10"),
        str(TICKET) + ":" + PAYLOAD.split(":")[1], "0" * 100_000,
    ],
)  # fmt: skip
def test_a_payload_in_another_spelling_is_malformed(payload: str) -> None:
    assert payload != PAYLOAD
    with pytest.raises(signing.Malformed):
        signing.parse(payload)
    assert signing.verify(PUBLIC, payload, EVENT) is False


@given(st.text(max_size=140))
def test_any_text_is_answered(payload: str) -> None:
    assert signing.verify(PUBLIC, payload, EVENT) is False


def test_a_second_signature_cannot_be_derived_from_the_first() -> None:
    ticket, signed = PAYLOAD.split(":")[0], decode(PAYLOAD.split(":")[1])
    shifted = int.from_bytes(signed[34:], "little") + ORDER
    assert not signing.verify(
        PUBLIC, f"{ticket}:{encode(signed[:34] + shifted.to_bytes(32, 'little'))}", EVENT
    )


@pytest.mark.parametrize(("kid", "epoch"), [(256, 0), (0, 256), (-1, 0), (0, -1)])
def test_a_key_id_or_epoch_beyond_one_byte_is_refused(kid: int, epoch: int) -> None:
    with pytest.raises(ValueError, match="one byte"):
        signing.sign_ticket(PRIVATE, kid, epoch, EVENT, TICKET)


def test_the_payload_fits_the_agreed_qr_code() -> None:
    code = segno.make(PAYLOAD, error="m", boost_error=False, micro=False)
    assert (code.version, code.mode) == (6, "alphanumeric")
    code.save(io.BytesIO(), kind="svg")
