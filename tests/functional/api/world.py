"""An organizer with one of everything, as the holes of the API's paths."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from sqlalchemy import select

from sratix_core.context import TenantContext
from sratix_core.decisions.service import keep
from sratix_core.errors import Refused
from sratix_core.orders.models import Order
from sratix_core.payments.models import PaymentAttempt
from sratix_core.payments.states import AttemptKind, AttemptState
from sratix_core.search.views import save
from sratix_core.tenants.models import Member
from sratix_core.tenants.service import switch_plugin
from sratix_core.tickets.models import Ticket
from sratix_core.values.trace import Trace
from tests.functional.dashboard.full import Full, make_full
from tests.functional.shop.market import SETUP, Market
from tests.gift_cards import make_card


@dataclass(frozen=True)
class Ids:
    """`own` fills the holes of paths and bodies."""

    full: Full
    own: dict[str, str]


def make_ids(market: Market, slug: str = "", name: str = "Full") -> Ids:
    full = make_full(market, slug, name=name)
    tenant_id = full.stall.world.tenant.id
    with market.runtime.engines.begin(SETUP) as db:
        for plugin in ("gift_cards", "stripe"):
            switch_plugin(db, market.runtime.sources, tenant_id, plugin, True)
    market.runtime.engines.tenants.invalidate(tenant_id)
    with full.stall.world.open() as ctx:
        ticket = ctx.db.get_one(Ticket, uuid.UUID(full.ids["ticket"]))
        reference = f"{name}-{full.ids['ticket'][-6:]}"
        keep(ctx, reference, Refused("sold_out", name="x"), Trace(), None)
        owner = ctx.db.scalars(select(Member.user_id).where(Member.role == "owner")).first()
        card = make_card(ctx)
        own = {
            **full.ids,
            "card": str(card.id),
            "batch": str(card.batch_id),
            "request": str(voided_request(ctx, ticket.order).id),
            "view": str(save(ctx, owner, "dashboard.orders", "Mine", "state=paid").id),
            "attendee": str(ticket.attendee_id),
            "gate": full.gate,
            "reference": reference,
            "provider": "stripe",
            "mode": "test",
            "method": "pm_1",
        }
    return Ids(full, own)


def voided_request(ctx: TenantContext, order: Order) -> PaymentAttempt:
    """A request for payment that Stripe once sent for this order, and that was taken back."""
    now = ctx.clock.now()
    attempt = PaymentAttempt(
        id=ctx.ids.new(),
        order_id=order.id,
        kind=AttemptKind.PAY,
        state=AttemptState.CANCELLED,
        provider="stripe_invoice",
        mode="test",
        amount_minor=4900,
        currency="CHF",
        reference=f"in_{ctx.ids.new().hex}",
        created_at=now,
        updated_at=now,
    )
    ctx.db.add(attempt)
    ctx.db.flush()
    return attempt
