"""What a principal may do in one tenant: a value, made once per request from a role, a token or a key."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from sratix_core.accounts.permissions import OF_EVENTS


@dataclass(frozen=True)
class Grants:
    """Permissions held `everywhere` in the tenant, more of them in single `events` and `organizations`.

    `label` names the role or key for logs; `inside` is False for whoever has no place in the tenant itself, only
    in an organization that takes part.
    """

    label: str
    everywhere: frozenset[str]
    events: Mapping[uuid.UUID, frozenset[str]] = field(default_factory=dict)
    organizations: Mapping[uuid.UUID, frozenset[str]] = field(default_factory=dict)
    inside: bool = True

    def allows(
        self, permission: str, event_id: uuid.UUID | None = None, organization_id: uuid.UUID | None = None
    ) -> bool:
        """Whether `permission` is held, in that event or organization where one is named."""
        return (
            permission in self.everywhere
            or (event_id is not None and permission in self.events.get(event_id, frozenset()))
            or (
                organization_id is not None
                and permission in self.organizations.get(organization_id, frozenset())
            )
        )

    def covers(self, permissions: Iterable[str], event_id: uuid.UUID | None = None) -> bool:
        """Whether all of `permissions` are held; in a single event only those count that an event can have."""
        wanted = set(permissions) if event_id is None else set(permissions) & OF_EVENTS
        return all(self.allows(permission, event_id) for permission in wanted)

    def events_with(self, permission: str) -> frozenset[uuid.UUID] | None:
        """The events in which `permission` is held; None means every one of the tenant."""
        if permission in self.everywhere:
            return None
        return frozenset(event for event, held in self.events.items() if permission in held)

    def within(self, allowed: frozenset[str]) -> Grants:
        """The part of these grants that lies in `allowed`, everywhere and in each event."""
        events = {event: held & allowed for event, held in self.events.items()}
        organizations = {one: held & allowed for one, held in self.organizations.items()}
        return replace(self, everywhere=self.everywhere & allowed, events=events, organizations=organizations)
