"""From a cart, or from units claimed this moment, to an order: names checked, then all of it written together."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from sratix_core.analytics import metrics
from sratix_core.audit import events as log
from sratix_core.audit.models import AuditEntry, EventLog
from sratix_core.audit.service import recorded
from sratix_core.catalog.models import TicketType
from sratix_core.checkout.models import Cart
from sratix_core.checkout.service import must_be_open, place
from sratix_core.db.rows import insert_together
from sratix_core.errors import Refused
from sratix_core.invoices import automatic
from sratix_core.jobs.models import Job
from sratix_core.ledger.acts import charge
from sratix_core.ledger.models import LedgerEntry
from sratix_core.ledger.posting import entries
from sratix_core.messages.models import Message
from sratix_core.messages.service import first_letter
from sratix_core.orders.buyers import Buyer, checked_buyer, checked_holders
from sratix_core.orders.models import Order, OrderLine
from sratix_core.orders.numbers import free_code
from sratix_core.orders.secrets import new_secret
from sratix_core.orders.states import OrderState
from sratix_core.orders.terms import entry_of
from sratix_core.payments.attempts import PAY_AT_ONCE
from sratix_core.payments.paying import begin_placed
from sratix_core.payments.providers import provider_named
from sratix_core.payments.stored import Part, covered, pay
from sratix_core.plugins.paying import ICallsOut
from sratix_core.plugins.requesting import IRequestsPayment
from sratix_core.pricing.lines import LineKind, PricedLine
from sratix_core.promotions import uses
from sratix_core.search import service as search
from sratix_core.search.models import SearchTerm
from sratix_core.tenancy.objects import in_writing
from sratix_core.tickets.issuing import Drawn, Holder, draw_up
from sratix_core.tickets.models import HOLDING, Ticket, TicketState
from sratix_core.values import text

if TYPE_CHECKING:
    from sratix_core.context import TenantContext
    from sratix_core.events.models import Event

__all__ = ["Bought", "Buyer", "Deal", "Holder", "Placed", "place_lines", "place_order"]


@dataclass(frozen=True)
class Bought:
    """A line of an order to be, at the price of the moment when its units were taken; a fee has no ticket type."""

    priced: PricedLine
    ticket_type: TicketType | None


@dataclass(frozen=True)
class Deal:
    """What is ordered at the prices that were frozen, and the code whose use is held for it."""

    lines: Sequence[Bought]
    tax_included: bool = True
    rounding_minor: int = 0
    promo_code_id: uuid.UUID | None = None
    promo_code: str = ""
    code_discount_minor: int = 0
    vat_number: str = ""

    @property
    def total_minor(self) -> int:
        return sum(line.priced.total_minor for line in self.lines) + self.rounding_minor

    @property
    def value_minor(self) -> int:
        """What of the total is value that is sold: no other value pays for it."""
        return sum(line.priced.total_minor for line in self.lines if line.priced.kind == LineKind.VALUE)


@dataclass(frozen=True)
class Named:
    """What an order will be called. Drawn before any unit is claimed: others wait for what follows a claim."""

    id: uuid.UUID
    code: str

    @classmethod
    def drawn(cls, ctx: TenantContext, order_id: uuid.UUID | None = None) -> Named:
        """A free code, and an id unless there is one."""
        return cls(order_id or ctx.ids.new(), free_code(ctx))


@dataclass(frozen=True)
class Placed:
    """A fresh order, the secret of its page, and the rows that were written below it."""

    order: Order
    secret: str
    lines: list[dict[str, Any]]
    drawn: Drawn


def place_order(
    ctx: TenantContext,
    event: Event,
    cart: Cart,
    buyer: Buyer,
    holders: Sequence[Holder],
    provider: str | None,
    stored: Sequence[Part] = (),
) -> tuple[Order, str]:
    """Turn an open cart into an order; the order and the secret of its page. What `stored` pays of it is taken with it.

    A free order is paid at once and needs no provider. Raises `Invalid`, `CartGone`, `Refused`, `Conflict`.
    """
    must_be_open(ctx, cart)
    deal = Deal(
        [Bought(x.priced(), x.ticket_type) for x in cart.lines],
        bool(cart.quote["terms"]["tax_included"]),
        cart.rounding_minor,
        cart.promo_code_id,
        cart.promo_code,
        cart.code_discount_minor,
        cart.vat_number,
    )
    placed = place_lines(ctx, event, deal, buyer, holders, provider, cart.locale, cart, stored=stored)
    return placed.order, placed.secret


def place_lines(
    ctx: TenantContext,
    event: Event,
    deal: Deal,
    buyer: Buyer,
    holders: Sequence[Holder],
    provider: str | None,
    locale: str,
    cart: Cart | None = None,
    organization_id: uuid.UUID | None = None,
    named: Named | None = None,
    stored: Sequence[Part] = (),
) -> Placed:
    """Order what is held: by the open `cart`, which ends here, or claimed by this very transaction, which has it `named` before.

    Raises as `place_order`.
    """
    buyer = checked_buyer(buyer)
    people = checked_holders(holders, _tickets(deal.lines))
    lines, total = deal.lines, deal.total_minor
    rest = total - covered(stored)
    if stored and rest < min(deal.value_minor, total):
        raise Refused("value_for_value")
    chosen = stored[0].provider if stored and not rest else provider_named(ctx, provider, event, rest)
    requests = IRequestsPayment.providedBy(chosen)
    at_once = ICallsOut.providedBy(chosen) and not requests
    term = PAY_AT_ONCE if at_once else timedelta(days=chosen.term_days(ctx))
    named = named or Named.drawn(ctx)
    order_id, code = named.id, named.code
    with (
        ctx.db.no_autoflush
    ):  # a cart of this unit has its entry waiting; it goes with the order's, in one statement
        if cart is not None:
            place(ctx, cart, order_id)
        _respect_buyer_limits(ctx, lines, buyer.email)
    now = ctx.clock.now()
    paid = total == 0
    secret, hashed, sealed = new_secret(ctx)
    row: dict[str, Any] = {
        "id": order_id,
        "event_id": event.id,
        "cart_id": cart.id if cart is not None else None,
        "organization_id": organization_id,
        "code": code,
        "secret_hash": hashed,
        "secret_sealed": sealed,
        "state": OrderState.PAID if paid else OrderState.AWAITING_PAYMENT,
        "buyer_name": buyer.name,
        "buyer_email": buyer.email,
        "buyer_company": buyer.company,
        "buyer_vat_number": deal.vat_number,
        "buyer_fold": text.fold(buyer.name)[:160],
        "locale": locale,
        "total_minor": total,
        "tax_minor": sum(line.priced.tax_minor for line in lines),
        "fee_minor": sum(line.priced.net_minor for line in lines if line.priced.kind == LineKind.FEE),
        "value_minor": deal.value_minor,
        "tax_included": deal.tax_included,
        "rounding_minor": deal.rounding_minor,
        "promo_code_id": deal.promo_code_id,
        "promo_code": deal.promo_code,
        "code_discount_minor": deal.code_discount_minor,
        "currency": event.currency,
        "provider": chosen.name,
        "created_at": now,
        "updated_at": now,
        "paid_at": now if paid else None,
        "expires_at": None if paid else now + term,
    }
    order = in_writing(ctx.db, Order, row, event=event)
    acted = recorded(ctx, "order.placed", "order", order_id, event.id, total=total, provider=chosen.name)
    order_lines = _lines(ctx, order, lines)
    issued = TicketState.VALID if paid else TicketState.RESERVED
    units = [line for line in order_lines if line["kind"] != LineKind.FEE]
    drawn = draw_up(ctx, order, units, people, issued)
    figures = metrics.order_placed(order.state, total)
    for state, kinds in ((issued, LineKind.TICKET), (TicketState.VALUE, LineKind.VALUE)):
        counted = {x["ticket_type_id"]: x["quantity"] for x in units if x["kind"] == kinds}
        figures |= metrics.tickets_issued(state, counted)
    said = [log.happened(ctx, "order.placed", "order", order.id, event_id=event.id, figures=figures)]
    if paid:
        said.append(log.happened(ctx, "order.paid", "order", order.id, event_id=event.id))
    terms = search.terms(ctx, entry_of(order), *drawn.entries(order.code))
    letters: list[tuple[dict[str, Any], dict[str, Any]]] = []
    # Who is on the way to the payment page, or paid by card, needs no letter about how to pay.
    if paid or (rest and not at_once):
        kind = "order_confirmation" if paid else "order_placed_unpaid"
        letters.append(first_letter(ctx, kind, order.buyer_email, order.locale, order))
    insert_together(
        ctx.db,
        (AuditEntry, acted),
        (Order, [row]),
        (EventLog, drawn.events + said),
        (OrderLine, order_lines),
        (LedgerEntry, entries(ctx, charge(order, order.id))),
        *drawn.rows(),
        (SearchTerm, terms),
        (Message, [letter for letter, _ in letters]),
        (Job, [job for _, job in letters]),
    )
    if deal.promo_code_id is not None:
        held_by = cart.id if cart is not None else None
        uses.give_on(ctx, deal.promo_code_id, order.id, held_by, buyer.email, deal.code_discount_minor)
    if letters:
        automatic.ask(ctx, order)
    ctx.db.flush()
    ctx.hooks.notify("order_placed", ctx=ctx, order=order)
    order = pay(ctx, order, stored)
    if paid:
        ctx.hooks.notify("order_paid", ctx=ctx, order=order)
    elif requests and rest:
        # Whoever placed it: the request goes out, at the latest with the reconciler.
        begin_placed(ctx, order, event)
    return Placed(order, secret, order_lines, drawn)


def _lines(ctx: TenantContext, order: Order, lines: Sequence[Bought]) -> list[dict[str, Any]]:
    return [
        {
            "id": ctx.ids.new(),
            "order_id": order.id,
            **line.priced.columns(),
            "currency": order.currency,
            "position": i,
        }
        for i, line in enumerate(lines)
    ]


def _tickets(lines: Sequence[Bought]) -> int:
    return sum(line.priced.quantity for line in lines if line.ticket_type is not None)


def _respect_buyer_limits(ctx: TenantContext, lines: Sequence[Bought], email: str) -> None:
    """A type's limit per buyer counts live tickets; its row is locked so that two carts of one buyer queue.

    The lock lets the rows through that only point at the type, so carts go on opening meanwhile.
    """
    limited = [(t, x.priced.quantity) for x in lines if (t := x.ticket_type) is not None and t.max_per_buyer]
    for kind, quantity in sorted(limited, key=lambda pair: pair[0].id):
        locked = select(TicketType.id).where(TicketType.id == kind.id).with_for_update(key_share=True)
        ctx.db.scalars(locked).one()
        has = ctx.db.scalar(
            select(func.count())
            .select_from(Ticket)
            .join(Order, (Order.tenant_id == Ticket.tenant_id) & (Order.id == Ticket.order_id))
            .where(
                Ticket.ticket_type_id == kind.id,
                Ticket.state.in_(HOLDING),
                Order.buyer_email == email,
            )
        )
        if kind.max_per_buyer is not None and (has or 0) + quantity > kind.max_per_buyer:
            raise Refused("buyer_limit", name=kind.name, most=kind.max_per_buyer, has=has)
