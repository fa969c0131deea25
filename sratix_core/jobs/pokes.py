"""The hint that new work was committed. Only a hint: losing every one of them delays work by one sweep (2 s), no more.

Listeners belong to the process, not to a request: a runner in it, or the wake-up queue that reaches other processes.
"""

from __future__ import annotations

from collections.abc import Callable

import structlog
from sqlalchemy import event
from sqlalchemy.orm import Session

log = structlog.get_logger("sratix.jobs")

_PENDING = "sratix.jobs.poke"
_listeners: list[Callable[[], None]] = []


def subscribe(listener: Callable[[], None]) -> None:
    """Call `listener` after every commit that left work behind. It must return at once and may be called in any thread."""
    _listeners.append(listener)


def unsubscribe(listener: Callable[[], None]) -> None:
    if listener in _listeners:
        _listeners.remove(listener)


def after_commit(session: Session) -> None:
    """Poke once this session's transaction has committed; a rollback forgets it."""
    if _PENDING not in session.info:
        session.info[_PENDING] = False
        event.listen(session, "after_commit", _committed)
        event.listen(session, "after_rollback", _rolled_back)
    session.info[_PENDING] = True


def _committed(session: Session) -> None:
    if session.info.get(_PENDING):
        session.info[_PENDING] = False
        poke()


def _rolled_back(session: Session) -> None:
    session.info[_PENDING] = False


def poke() -> None:
    """Tell every listener; what a listener raises is logged, because the act it follows is already committed."""
    for listener in tuple(_listeners):
        try:
            listener()
        except Exception as error:
            log.warning("wakeup_lost", exc_info=error)
