"""Files that can be made of tickets, offered by the plugins this tenant has on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from sratix_core.context import TenantContext
    from sratix_core.tickets.models import Ticket


class Output(Protocol):
    """What the core asks of `ITicketOutput`."""

    name: str
    title: str
    content_type: str

    def render(self, ctx: TenantContext, tickets: Sequence[Ticket]) -> bytes: ...


def outputs_for(ctx: TenantContext) -> list[Output]:
    """All outputs, in the order of their plugins."""
    return [output for answer in ctx.hooks.ticket_outputs(ctx=ctx) for output in answer]


def output_named(ctx: TenantContext, name: str) -> Output | None:
    """The output of that name, None when no enabled plugin has it."""
    return next((o for o in outputs_for(ctx) if o.name == name), None)
