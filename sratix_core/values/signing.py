"""Owns the ticket payload in the QR code: `{ticket_id}:{signature}`, signed with the event's Ed25519 key.

Both halves are Crockford base32, 133 characters that fit QR alphanumeric mode, version 6 at level M (DESIGN D12).
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from sratix_core.values.codes import NotCanonical, decode, encode
from sratix_core.values.ids import RandomSource

DOMAIN = b"sratix-ticket-1"


class Malformed(ValueError):
    """Not a ticket payload in its one canonical spelling; says nothing about who signed it."""


@dataclass(frozen=True, slots=True)
class Payload:
    """What a QR code claims. `kid` names the event's key, `epoch` counts rotations, `signature` is 64 bytes."""

    ticket_id: uuid.UUID
    kid: int
    epoch: int
    signature: bytes


def new_key(random: RandomSource) -> bytes:
    """A private key: 32 bytes, the seed of RFC 8032 §5.1.5."""
    return random.bytes(32)


def public(private: bytes) -> bytes:
    """The 32-byte public key, which is all a scanner gets."""
    return Ed25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def message(event_id: uuid.UUID, ticket_id: uuid.UUID, kid: int, epoch: int) -> bytes:
    """The signed bytes: each field behind its length as two bytes, big endian, so no two tuples read alike.

    Fields: `sratix-ticket-1`, event (16), ticket (16), kid (1), epoch (1). Raises `ValueError` outside 0..255.
    """
    if not (0 <= kid <= 255 and 0 <= epoch <= 255):
        raise ValueError("kid and epoch are one byte each")
    fields = (DOMAIN, event_id.bytes, ticket_id.bytes, bytes([kid]), bytes([epoch]))
    return b"".join(len(field).to_bytes(2) + field for field in fields)


def sign_ticket(private: bytes, kid: int, epoch: int, event_id: uuid.UUID, ticket_id: uuid.UUID) -> str:
    """The payload for the QR code; the same inputs give the same payload. Raises `ValueError` outside 0..255."""
    key = Ed25519PrivateKey.from_private_bytes(private)
    signature = key.sign(message(event_id, ticket_id, kid, epoch))
    return f"{encode(ticket_id.bytes)}:{encode(bytes([kid, epoch]) + signature)}"


def parse(payload: str) -> Payload:
    """Read a payload without believing it. Raises `Malformed` for anything but the canonical spelling."""
    ticket, colon, signature = payload.partition(":")
    if not colon or len(ticket) != 26 or len(signature) != 106:
        raise Malformed("not a ticket payload")
    try:
        ticket_id, signed = decode(ticket), decode(signature)
    except NotCanonical as error:
        raise Malformed("not a ticket payload in its canonical spelling") from error
    return Payload(uuid.UUID(bytes=ticket_id), signed[0], signed[1], signed[2:])


def verify(public: bytes, payload: str, event_id: uuid.UUID) -> bool:
    """Whether the holder of the matching private key signed this ticket, kid and epoch for this event.

    False for a malformed payload. The caller picks the key by kid and compares the epoch with the ticket's.
    """
    try:
        claim = parse(payload)
    except Malformed:
        return False
    return is_signed(public, claim, event_id)


def is_signed(public: bytes, claim: Payload, event_id: uuid.UUID) -> bool:
    """As `verify`, for a payload that was read already."""
    try:
        key = Ed25519PublicKey.from_public_bytes(public)
        key.verify(claim.signature, message(event_id, claim.ticket_id, claim.kid, claim.epoch))
    except InvalidSignature:
        return False
    return True
