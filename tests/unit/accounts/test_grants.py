"""What a principal holds everywhere and in single events."""

from __future__ import annotations

import uuid

from sratix_core.accounts.grants import Grants

ONE, OTHER = uuid.UUID(int=1), uuid.UUID(int=2)


def test_a_grant_in_one_event_counts_there_only() -> None:
    grants = Grants("door", frozenset({"event.view"}), {ONE: frozenset({"checkin.scan"})})
    assert grants.allows("event.view")
    assert grants.allows("event.view", OTHER)
    assert grants.allows("checkin.scan", ONE)
    assert not grants.allows("checkin.scan", OTHER)
    assert not grants.allows("checkin.scan")
