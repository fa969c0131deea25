"""What the walls between tenants raise: programming errors, answered with 500 and never shown to a person as such."""

from __future__ import annotations


class TenancyError(RuntimeError):
    """A piece of our own code left its tenant's room."""


class NoScope(TenancyError):
    """A session or a connection was used without saying whose data it is."""


class UnprovenStatement(TenancyError):
    """The compiled SQL does not show a tenant predicate for every scoped table, or contains raw text."""


class NotAReader(TenancyError):
    """A global table was read or written by a scope it does not name."""


class ForeignRow(TenancyError):
    """A row or a predicate of another tenant reached this session."""


class ForeignWrite(TenancyError):
    """An object or a row would be written for, or moved to, another tenant."""


class RawDoor(TenancyError):
    """A method that goes around the session's walls."""


class NestedWriter(TenancyError):
    """A thread that already writes asked for a second writing session on SQLite; it would wait for itself."""
