"""Issuing: one live invoice per order, whoever asks and however often; several orders of an organization on one.

A number is only taken by the transaction that writes the invoice; what is drawn of it comes later, by a job (N4).
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select

from sratix_core.errors import NotFound, Refused
from sratix_core.invoices import vat_checks
from sratix_core.invoices.billing import buyer_of, party_of
from sratix_core.invoices.credits import credit_note, credit_share, on_credit
from sratix_core.invoices.draft import drafted
from sratix_core.invoices.models import Invoice, InvoiceBuyer, InvoiceKind, InvoiceOrder, VatState
from sratix_core.invoices.settings import InvoiceSettings, ready
from sratix_core.invoices.shares import Standing, hold_orders, standing
from sratix_core.invoices.writing import About, Share, local_day, write
from sratix_core.orders.models import Order
from sratix_core.orders.states import HOLDS_UNITS, OrderState
from sratix_core.organizations.models import Organization
from sratix_core.plugins.invoicing import InvoiceParty

if TYPE_CHECKING:
    from sratix_core.context import TenantContext

MOST_ORDERS = 200
__all__ = ["consolidate", "correct", "credit_note", "invoiceable", "issue", "on_credit", "proforma", "renew"]


def issue(ctx: TenantContext, order: Order) -> Invoice:
    """The order's live invoice, issued now if there is none.

    Raises `Refused`: "invoicing_not_set_up", "order_state" for an order that ended, "nothing_to_invoice" for a free one.
    """
    settings = ready(ctx)
    (held,) = hold_orders(ctx, [order.id])
    stands = standing(ctx, held.id)
    if stands.invoice is not None and stands.left > 0:
        return stands.invoice
    if held.state not in HOLDS_UNITS:
        raise Refused("order_state", state=held.state, target="invoiced")
    if held.total_minor <= 0:
        raise Refused("nothing_to_invoice")
    about = About(held.event_id, held.id, held.organization_id, due_on=due_on(ctx, settings, held))
    return _issued(ctx, settings, [(held, stands)], buyer_of(ctx, held), held.locale, about)


def renew(ctx: TenantContext, order: Order) -> None:
    """Invoice an order anew that was invoiced, ended and came back, as the books charge it anew (N3). Call it in that transaction.

    Never refuses: where the sender was emptied meanwhile there is none, and `verify` says so.
    """
    if standing(ctx, order.id).invoice is not None:
        with suppress(Refused):
            issue(ctx, order)


def _issued(
    ctx: TenantContext,
    settings: InvoiceSettings,
    orders: Sequence[tuple[Order, Standing]],
    buyer: InvoiceParty,
    locale: str,
    about: About,
) -> Invoice:
    draft = drafted(settings, [order for order, _ in orders], buyer, locale, _refuted(ctx, buyer))
    shares = [Share(o.id, s.turn, o.total_minor, o.tax_minor) for o, s in orders]
    invoice = write(ctx, InvoiceKind.INVOICE, settings, draft, about, shares)
    for order, _ in orders:
        # What was credited before there was an invoice stands beside it, so that both together are what the books say.
        if credited := int(getattr(order, "credited_minor", 0)):
            value = int(getattr(order, "credited_value_minor", 0))
            credit_share(ctx, settings, invoice, order, credited, ctx.ids.new(), "credited", value)
    return invoice


def _refuted(ctx: TenantContext, buyer: InvoiceParty) -> bool:
    """Whether VIES said that the buyer's number is nobody's; no answer refutes nothing."""
    number = buyer.vat_number
    return bool(number) and vat_checks.state_of(ctx, number, buyer.country) == VatState.INVALID


def due_on(ctx: TenantContext, settings: InvoiceSettings, order: Order) -> date | None:
    """Until when it is to be paid: while the seats are kept, or the tenant's term; None for what is paid."""
    if order.state != OrderState.AWAITING_PAYMENT:
        return None
    if order.expires_at is not None:
        return local_day(ctx, order.expires_at)
    return local_day(ctx, ctx.clock.now()) + timedelta(days=settings.term_days)


def proforma(ctx: TenantContext, order: Order) -> Invoice:
    """What an invoice would say today, without a number; the same one again while nothing has changed. Raises as `issue`."""
    settings = ready(ctx)
    if order.state not in HOLDS_UNITS:
        raise Refused("order_state", state=order.state, target="invoiced")
    if order.total_minor <= 0:
        raise Refused("nothing_to_invoice")
    buyer, today = buyer_of(ctx, order), local_day(ctx, ctx.clock.now()).isoformat()
    draft = drafted(settings, [order], buyer, order.locale, _refuted(ctx, buyer))
    mine = (Invoice.order_id == order.id, Invoice.kind == InvoiceKind.PROFORMA)
    last = ctx.db.scalar(select(Invoice).where(*mine).order_by(Invoice.id.desc()).limit(1))
    if last is not None and last.issued_on == today and last.document == draft.document(settings):
        to = ctx.db.get_one(InvoiceBuyer, last.id)
        if InvoiceParty(**to.buyer) == buyer:
            return last
    about = About(order.event_id, order.id, order.organization_id, due_on=due_on(ctx, settings, order))
    return write(ctx, InvoiceKind.PROFORMA, settings, draft, about)


def invoiceable(
    ctx: TenantContext, organization_id: uuid.UUID, since: datetime, until: datetime
) -> list[Order]:
    """Orders of an organization from a period (`until` excluded) that are on no live invoice yet, the oldest first."""
    query = select(Order).where(
        Order.organization_id == organization_id,
        Order.created_at >= since,
        Order.created_at < until,
        Order.state.in_(HOLDS_UNITS),
        Order.total_minor > 0,
    )
    found = ctx.db.scalars(query.order_by(Order.created_at, Order.id).limit(MOST_ORDERS + 1))
    return [order for order in found if standing(ctx, order.id).left <= 0]


def consolidate(ctx: TenantContext, organization_id: uuid.UUID, since: datetime, until: datetime) -> Invoice:
    """One invoice over all of `invoiceable`.

    Raises `NotFound`, `Refused`: "nothing_to_invoice", "too_many_orders" beyond 200, "invoice_mixed".
    """
    settings = ready(ctx)
    organization = ctx.db.get(Organization, organization_id)
    if organization is None:
        raise NotFound("organization")
    ids = [order.id for order in invoiceable(ctx, organization_id, since, until)]
    held = [(o, standing(ctx, o.id)) for o in hold_orders(ctx, ids)] if ids else []
    open_ones = [(o, s) for o, s in held if s.left <= 0 and o.state in HOLDS_UNITS]
    if not open_ones:
        raise Refused("nothing_to_invoice")
    if len(open_ones) > MOST_ORDERS:
        raise Refused("too_many_orders", most=MOST_ORDERS)
    orders = [o for o, _ in open_ones]
    events = {o.event_id for o in orders}
    days = [due for o in orders if (due := due_on(ctx, settings, o))]
    about = About(
        events.pop() if len(events) == 1 else None,
        organization_id=organization_id,
        due_on=max(days, default=None),
    )
    return _issued(ctx, settings, open_ones, party_of(organization), ctx.tenant.default_locale, about)


def correct(ctx: TenantContext, invoice: Invoice) -> Invoice:
    """Take an invoice back whole and issue it anew, to the address as it is now: an invoice itself never changes.

    Raises `Refused`: "not_an_invoice", "invoice_credited" where some of it was credited, and what `issue` raises.
    """
    if invoice.kind != InvoiceKind.INVOICE:
        raise Refused("not_an_invoice")
    settings = ready(ctx)
    on_it = select(InvoiceOrder.order_id).where(InvoiceOrder.invoice_id == invoice.id)
    orders = hold_orders(ctx, list(ctx.db.scalars(on_it)))
    for order in orders:
        stands = standing(ctx, order.id)
        if stands.invoice is not invoice or stands.credited:
            raise Refused("invoice_credited", number=invoice.label)
        if order.state not in HOLDS_UNITS:
            raise Refused("order_state", state=order.state, target="invoiced")
        credit_share(ctx, settings, invoice, order, stands.left, ctx.ids.new(), "corrected")
    if invoice.order_id is not None:
        return issue(ctx, orders[0])
    organization = ctx.db.get_one(Organization, invoice.organization_id)
    again = [(o, standing(ctx, o.id)) for o in orders]
    about = About(
        invoice.event_id,
        organization_id=organization.id,
        due_on=max((due for o in orders if (due := due_on(ctx, settings, o))), default=None),
    )
    return _issued(ctx, settings, again, party_of(organization), invoice.locale, about)
