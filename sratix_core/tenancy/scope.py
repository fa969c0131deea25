"""The three answers to "whose data?": one tenant's, what signing in needs, or everyone's for a stated reason.

A session cannot exist without one and never changes it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["tenant", "identity", "system"]


@dataclass(frozen=True, slots=True)
class TenantScope:
    """The rows of one tenant, and the global tables that any reader may see."""

    tenant_id: int
    kind: Kind = "tenant"

    def __post_init__(self) -> None:
        if type(self.tenant_id) is not int:
            raise TypeError(f"a tenant is named by its integer id, not by {self.tenant_id!r}")


@dataclass(frozen=True, slots=True)
class IdentityScope:
    """Logins, tokens and hosts, before a tenant is known; no tenant's rows."""

    kind: Kind = "identity"


@dataclass(frozen=True, slots=True)
class SystemScope:
    """Crosses tenants on purpose; the reason is a sentence for review and for the log."""

    reason: str
    kind: Kind = "system"

    def __post_init__(self) -> None:
        if not self.reason.strip():
            raise ValueError("a system scope needs a sentence that says why")


Scope = TenantScope | IdentityScope | SystemScope
