"""Whether this thread has a transaction open, in any session. What goes to the outside asks before it leaves."""

from __future__ import annotations

import threading
from typing import Any
from weakref import WeakSet

from sqlalchemy import event

from sratix_core.tenancy.session import ScopedSession


class _Here(threading.local):
    def __init__(self) -> None:
        self.begun: WeakSet[ScopedSession] = WeakSet()


_here = _Here()


def open_unit() -> bool:
    """Whether a session that began in this thread holds a transaction now, or work that waits for one."""
    return any(session.in_transaction() for session in _here.begun)


# Not `after_begin`, which waits for the first statement: what is only added yet must be committed before the outside knows, too.
@event.listens_for(ScopedSession, "after_transaction_create")
def _begun(session: ScopedSession, transaction: Any) -> None:
    if transaction.parent is None:
        _here.begun.add(session)


@event.listens_for(ScopedSession, "after_transaction_end")
def _ended(session: ScopedSession, transaction: Any) -> None:
    if transaction.parent is None:
        _here.begun.discard(session)
