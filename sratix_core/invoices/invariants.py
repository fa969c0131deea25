"""What `sratix verify` asks about invoices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, func, or_, select

from sratix_core.invariants import Check, Outcome
from sratix_core.invoices.models import (
    Invoice,
    InvoiceBuyer,
    InvoiceKind,
    InvoiceOrder,
    InvoiceSeries,
    InvoiceTax,
)
from sratix_core.invoices.writing import buyer_hash, row_hash
from sratix_core.ledger.accounts import Account
from sratix_core.ledger.models import LedgerEntry
from sratix_core.orders.models import Order

if TYPE_CHECKING:
    from sratix_core.tenancy.session import ScopedSession

SHOWN = 20
AT_ONCE = 500


def _counted(db: ScopedSession) -> int:
    return int(db.scalar(select(func.count()).select_from(Invoice)) or 0)


def gapless(db: ScopedSession) -> Outcome:
    """N1: the numbers of a series and a year are 1 to n, and the counter stands at n + 1."""
    of = (Invoice.tenant_id, Invoice.series, Invoice.fiscal_year)
    used = (
        select(
            *of,
            func.count().label("n"),
            func.min(Invoice.number).label("low"),
            func.max(Invoice.number).label("high"),
        )
        .where(Invoice.number.is_not(None))
        .group_by(*of)
        .subquery()
    )
    counter = and_(
        InvoiceSeries.tenant_id == used.c.tenant_id,
        InvoiceSeries.series == used.c.series,
        InvoiceSeries.fiscal_year == used.c.fiscal_year,
    )
    wrong = or_(
        used.c.low != 1,
        used.c.high != used.c.n,
        InvoiceSeries.next_number.is_(None),
        InvoiceSeries.next_number != used.c.n + 1,
    )
    query = (
        select(used.c.series, used.c.fiscal_year).outerjoin(InvoiceSeries, counter).where(wrong).limit(SHOWN)
    )
    faults = [f"{series} {year}: numbers are missing or used twice" for series, year in db.execute(query)]
    unused = select(InvoiceSeries.series, InvoiceSeries.fiscal_year).outerjoin(used, counter)
    unused = unused.where(used.c.n.is_(None), InvoiceSeries.next_number != 1).limit(SHOWN)
    faults += [f"{series} {year}: all numbers are missing" for series, year in db.execute(unused)]
    return Outcome(_counted(db), tuple(faults))


def unchanged(db: ScopedSession) -> Outcome:
    """N2: every document is as it was issued, its buyer too until the end of the hold; a credit note names an invoice."""
    faults: list[str] = []
    columns = [c for c in Invoice.__table__.c if c.key != "content_hash"]
    same = and_(InvoiceBuyer.tenant_id == Invoice.tenant_id, InvoiceBuyer.id == Invoice.id)
    query = select(Invoice, InvoiceBuyer).outerjoin(InvoiceBuyer, same).execution_options(yield_per=AT_ONCE)
    checked = 0
    for invoice, to in db.execute(query):
        checked += 1
        name = invoice.label or f"proforma {invoice.id}"
        if row_hash({c.key: getattr(invoice, c.key) for c in columns}) != invoice.content_hash:
            faults.append(f"{name}: it is not what was issued")
        if to is None or (to.erased_at is None and buyer_hash(to.buyer, to.salt) != invoice.buyer_hash):
            faults.append(f"{name}: its buyer is not who it was issued to")
        lines = invoice.document["lines"]
        sums = [sum(line[key] for line in lines) for key in ("net", "tax")]
        if sums != [invoice.net_minor, invoice.tax_minor]:
            faults.append(f"{name}: its lines are not its total")
        db.expunge(invoice)
    of = Invoice.__table__.alias("of")
    points = and_(of.c.tenant_id == Invoice.tenant_id, of.c.id == Invoice.refers_to)
    stray = select(Invoice.label).join(of, points).where(of.c.kind != InvoiceKind.INVOICE).limit(SHOWN)
    faults += [f"{label}: it credits what is no invoice" for label in db.scalars(stray)]
    return Outcome(checked, tuple(faults[:SHOWN]))


def _per(model: Any, key: Any, *sums: Any, where: Any = None) -> Any:
    query = select(
        model.tenant_id, key.label("key"), *(func.sum(s).label(f"s{i}") for i, s in enumerate(sums))
    )
    query = query if where is None else query.where(where)
    return query.group_by(model.tenant_id, key).subquery()


def _on(sub: Any, model: Any, key: Any) -> Any:
    return and_(sub.c.tenant_id == model.tenant_id, sub.c.key == key)


def adds_up(db: ScopedSession) -> Outcome:
    """N3: rates sum to the totals; an invoice is its orders at issue; what is invoiced less credits is what the books earned."""
    faults: list[str] = []
    rates = _per(InvoiceTax, InvoiceTax.invoice_id, InvoiceTax.net_minor, InvoiceTax.tax_minor)
    query = select(Invoice.label, Invoice.id).outerjoin(rates, _on(rates, Invoice, Invoice.id))
    zero = func.coalesce
    query = query.where(
        or_(zero(rates.c.s0, 0) != Invoice.net_minor, zero(rates.c.s1, 0) != Invoice.tax_minor)
    )
    faults += [f"{label or key}: its rates do not sum to it" for label, key in db.execute(query.limit(SHOWN))]

    shares = _per(InvoiceOrder, InvoiceOrder.invoice_id, InvoiceOrder.total_minor, InvoiceOrder.tax_minor)
    query = select(Invoice.label, Invoice.id).outerjoin(shares, _on(shares, Invoice, Invoice.id))
    query = query.where(
        Invoice.kind == InvoiceKind.INVOICE,
        or_(zero(shares.c.s0, 0) != Invoice.total_minor, zero(shares.c.s1, 0) != Invoice.tax_minor),
    )
    faults += [
        f"{label or key}: it is not the sum of its orders" for label, key in db.execute(query.limit(SHOWN))
    ]

    at_issue = and_(Order.tenant_id == InvoiceOrder.tenant_id, Order.id == InvoiceOrder.order_id)
    differs = or_(Order.total_minor != InvoiceOrder.total_minor, Order.tax_minor != InvoiceOrder.tax_minor)
    orders = select(Order.code).join(InvoiceOrder, at_issue).where(differs).limit(SHOWN)
    faults += [f"order {code}: its invoice has another total" for code in db.scalars(orders)]

    invoiced = _per(InvoiceOrder, InvoiceOrder.order_id, InvoiceOrder.total_minor)
    is_credit = Invoice.kind == InvoiceKind.CREDIT_NOTE
    credited = _per(Invoice, Invoice.order_id, Invoice.total_minor, where=is_credit)
    income = LedgerEntry.account.in_([Account.REVENUE, Account.SERVICE_FEES, Account.TAX])
    earned = _per(LedgerEntry, LedgerEntry.order_id, LedgerEntry.amount_minor, where=income)
    orders = (
        select(Order.code)
        .join(invoiced, _on(invoiced, Order, Order.id))
        .outerjoin(credited, _on(credited, Order, Order.id))
        .outerjoin(earned, _on(earned, Order, Order.id))
        .where(invoiced.c.s0 - zero(credited.c.s0, 0) != -zero(earned.c.s0, 0))
        .limit(SHOWN)
    )
    faults += [
        f"order {code}: invoices less credit notes are not what the books say" for code in db.scalars(orders)
    ]
    return Outcome(_counted(db), tuple(faults[:SHOWN]))


CHECKS = (
    Check("N1", "invoice numbers of a series and year have no gap and no duplicate", gapless),
    Check("N2", "every invoice is as it was issued, and every credit note names one", unchanged),
    Check("N3", "invoices, their rates, their orders and the books agree", adds_up),
)
