"""The installation's secret key inside an archive: only under a passphrase, never plain."""

from __future__ import annotations

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from sratix_core.backup.archive import BackupError
from sratix_core.context import KeyRing
from sratix_core.values.ids import RandomSource

SALT, NONCE = 16, 12
COST = 2**16
"""scrypt with r=8: 64 MB and about a fifth of a second for every guess."""


def fingerprint(secret_key: str) -> str:
    """Tells two secret keys apart and nothing about either."""
    return KeyRing(secret_key).mac("backup", b"which key").hex()[:32]


def seal(secret_key: str, passphrase: str, random: RandomSource) -> bytes:
    """The key under AES-256-GCM, the passphrase stretched by scrypt; salt and nonce lead."""
    salt, nonce = random.bytes(SALT), random.bytes(NONCE)
    return salt + nonce + AESGCM(_stretched(passphrase, salt)).encrypt(nonce, secret_key.encode(), None)


def unseal(sealed: bytes, passphrase: str) -> str:
    """The key again. Raises `BackupError` for another passphrase."""
    salt, nonce, rest = sealed[:SALT], sealed[SALT : SALT + NONCE], sealed[SALT + NONCE :]
    try:
        return AESGCM(_stretched(passphrase, salt)).decrypt(nonce, rest, None).decode()
    except InvalidTag as error:
        raise BackupError("SRATIX_BACKUP_PASSPHRASE is not the one this archive was made with.") from error


def _stretched(passphrase: str, salt: bytes) -> bytes:
    return Scrypt(salt=salt, length=32, n=COST, r=8, p=1).derive(passphrase.encode())
