"""Errors as facts: what went wrong and the data that belongs to it, without a sentence and without HTTP.

`web/messages.py` turns the code into words, `web/errors.py` into a response; a room raises and never formats.
"""

from __future__ import annotations

from typing import Any


class DomainError(Exception):
    """A rule of the product said no. `code` names the rule, `data` carries what the sentence needs."""

    code = "error"

    def __init__(self, code: str | None = None, **data: Any) -> None:
        self.code = code or type(self).code
        self.data = data
        super().__init__(self.code, data)


class Refused(DomainError):
    """The request is understood and will not be done in the present state."""

    code = "refused"


class Invalid(DomainError):
    """Input that cannot be used; `fields` maps a field name to an error code."""

    code = "invalid"

    def __init__(self, fields: dict[str, str], **data: Any) -> None:
        self.fields = fields
        super().__init__("invalid", fields=fields, **data)


class NotFound(DomainError):
    """No such thing for this principal; a foreign id and an unknown id are the same."""

    code = "not_found"


class Conflict(DomainError):
    """Somebody else was faster, or the same request is already being done."""

    code = "conflict"


class Unavailable(DomainError):
    """Something outside or below is missing for now; trying again later is right."""

    code = "unavailable"


# What a call to the outside can come to instead of an answer; money needs the difference between the last two. None carries the
# address, a name or a system's message: what our resolver or network knows is not for who wrote the address.
class AddressRefused(Refused):
    """Not an address that we call: spelled oddly, not https, a name that nobody has, or not on the public internet.

    The four are not told apart. Nothing was sent.
    """

    code = "outside_address"


class NotSent(Unavailable):
    """Not one byte of the request left: no connection, no TLS. The same call may be made again."""

    code = "outside_not_reached"


class OutcomeUnknown(Unavailable):
    """The request left and no usable answer came: it may have been done. Ask what happened before doing it again."""

    code = "outside_unknown"


class InsideTransaction(RuntimeError):
    """A mistake of the caller: a transaction is open, and its locks would wait for the outside. `request.checkpoint()` first."""
