"""What a call to the outside can come to instead of an answer. Money needs the difference between the last two.

None carries the address, a name or a system's message: what our resolver or network knows is not for who wrote the address.
"""

from __future__ import annotations

from sratix_core.errors import Refused, Unavailable


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
