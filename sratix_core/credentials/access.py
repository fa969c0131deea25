"""Access tokens: signed, good for a quarter of an hour, and without any rights in them (RFC 9068 in shape).

A token says who it is for and which sign-in it comes from. What that person may do is read from their membership at use.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sratix_core.context import KeyRing

if TYPE_CHECKING:
    from joserfc.jwk import OctKey

# joserfc is imported where a token is made or read: 2 MB that a process of a shop and its scanners never needs.
LIFE = timedelta(minutes=15)
ALGORITHM = "HS256"
TYPE = "at+jwt"
AUDIENCE = "sratix-api"
LONGEST = 1_000


@dataclass(frozen=True)
class Claims:
    """What a genuine token says: a user, by the family of one sign-in."""

    user_id: uuid.UUID
    family_id: uuid.UUID


def _key(keys: KeyRing) -> OctKey:
    from joserfc.jwk import OctKey

    return OctKey.import_key(keys.mac("access-token", ALGORITHM.encode()))


def issue(keys: KeyRing, issuer: str, claims: Claims, jti: uuid.UUID, now: datetime) -> str:
    """A token for `claims`. `issuer` is the installation's base URL."""
    from joserfc import jwt

    issued = int(now.timestamp())
    said = {
        "iss": issuer,
        "aud": AUDIENCE,
        "sub": str(claims.user_id),
        "sid": str(claims.family_id),
        "jti": str(jti),
        "iat": issued,
        "exp": issued + int(LIFE.total_seconds()),
    }
    return jwt.encode({"alg": ALGORITHM, "typ": TYPE}, said, _key(keys), algorithms=[ALGORITHM])


def _decoded(keys: KeyRing, token: str) -> Any:
    """The token under the present key, or under the previous one while that is changed."""
    from joserfc import jwt
    from joserfc.errors import BadSignatureError

    try:
        return jwt.decode(token, _key(keys), algorithms=[ALGORITHM])
    except BadSignatureError:
        if keys.previous is None:
            raise
        return _decoded(keys.previous, token)


def read(keys: KeyRing, issuer: str, token: str, now: datetime) -> Claims | None:
    """What a token says, None unless it is ours, for us and not over."""
    if len(token) > LONGEST:
        return None
    from joserfc import jwt
    from joserfc.errors import JoseError

    moment = int(now.timestamp())
    rules = jwt.JWTClaimsRegistry(
        now=moment,
        iss={"essential": True, "value": issuer},
        aud={"essential": True, "value": AUDIENCE},
        exp={"essential": True},
        iat={"essential": True},
    )
    try:
        found = _decoded(keys, token)
        rules.validate(found.claims)
        if (
            found.header.get("typ") != TYPE or found.claims["exp"] <= moment
        ):  # the library lets the last second pass
            return None
        return Claims(uuid.UUID(found.claims["sub"]), uuid.UUID(found.claims["sid"]))
    except (JoseError, ValueError, TypeError, KeyError, AttributeError):
        return None
