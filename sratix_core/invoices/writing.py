"""Writing what is issued: the only place that inserts invoices. Rows once written are never touched again."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from sratix_core.audit.events import happened
from sratix_core.audit.models import AuditEntry, EventLog
from sratix_core.audit.service import recorded
from sratix_core.db.appendonly import canonical, content_hash
from sratix_core.db.rows import insert_together
from sratix_core.invoices.draft import Draft
from sratix_core.invoices.models import Invoice, InvoiceBuyer, InvoiceKind, InvoiceOrder, InvoiceTax
from sratix_core.invoices.numbers import Taken, take, year_ends
from sratix_core.invoices.papers import ask_all
from sratix_core.invoices.settings import InvoiceSettings
from sratix_core.tenancy.objects import in_writing

if TYPE_CHECKING:
    from sratix_core.context import TenantContext

HELD_YEARS = 10
"""From the end of the fiscal year (Swiss Code of Obligations, article 958f)."""


@dataclass(frozen=True)
class Share:
    """An order's part of an invoice."""

    order_id: uuid.UUID
    turn: int
    total: int
    tax: int


@dataclass(frozen=True)
class About:
    """What a document belongs to; `due_on` is None for what is paid or asks for nothing."""

    event_id: uuid.UUID | None
    order_id: uuid.UUID | None = None
    organization_id: uuid.UUID | None = None
    refers_to: uuid.UUID | None = None
    cause_id: uuid.UUID | None = None
    due_on: date | None = None


def local_day(ctx: TenantContext, at: datetime) -> date:
    """The day it is where the tenant is."""
    return at.astimezone(ZoneInfo(ctx.tenant.timezone)).date()


def buyer_hash(buyer: Mapping[str, Any], salt: bytes) -> bytes:
    """SHA-256 (32 bytes) over salt and buyer: once both are erased, it says nothing about anybody."""
    spelled = json.dumps(canonical(buyer), sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(salt + spelled.encode()).digest()


def row_hash(row: Mapping[str, Any]) -> bytes:
    """SHA-256 (32 bytes) over all columns of an invoice but the hash itself."""
    return content_hash(row)


def write(
    ctx: TenantContext,
    kind: InvoiceKind,
    settings: InvoiceSettings,
    draft: Draft,
    about: About,
    shares: Sequence[Share] = (),
) -> Invoice:
    """Give it a number and write it. The counter is the last statement before the insert; a proforma has none.

    Whoever waits for the counter waits for what comes after it: it is written in one message, and not read again.
    """
    ctx.db.flush()
    salt, buyer, document = ctx.random.bytes(16), asdict(draft.buyer), draft.document(settings)
    invoice_id, hashed = ctx.ids.new(), buyer_hash(buyer, salt)
    taken = _number(ctx, kind, settings)
    at = taken.at if taken else ctx.clock.now()
    prefix = settings.credit_prefix if kind == InvoiceKind.CREDIT_NOTE else settings.prefix
    row: dict[str, Any] = {
        "tenant_id": ctx.tenant.id,
        "id": invoice_id,
        "kind": kind.value,
        "series": taken.series if taken else None,
        "fiscal_year": taken.fiscal_year if taken else None,
        "number": taken.number if taken else None,
        "label": taken.label(prefix) if taken else None,
        "order_id": about.order_id,
        "event_id": about.event_id,
        "organization_id": about.organization_id,
        "refers_to": about.refers_to,
        "cause_id": about.cause_id,
        "currency": draft.currency,
        "net_minor": draft.net,
        "tax_minor": draft.tax,
        "rounding_minor": draft.rounding,
        "total_minor": draft.total,
        "reverse_charge": draft.reverse_charge,
        "locale": draft.locale,
        "issued_at": at,
        "issued_on": local_day(ctx, at).isoformat(),
        "due_on": about.due_on.isoformat() if about.due_on else None,
        "issued_by": ctx.actor.id if ctx.actor.kind == "user" else None,
        "document": document,
        "buyer_hash": hashed,
    }
    row["content_hash"] = row_hash(row)
    hold = _hold_until(ctx, settings, taken)
    held = {"id": invoice_id, "buyer": buyer, "salt": salt, "hold_until": hold, "erased_at": None}
    action = f"invoice.{'proforma' if taken is None else kind.value}_issued"
    acted = recorded(
        ctx, action, "invoice", invoice_id, about.event_id, order=about.order_id, number=row["label"]
    )
    said = happened(ctx, action, "invoice", invoice_id, event_id=about.event_id, order=about.order_id)
    insert_together(
        ctx.db,
        (Invoice, [row]),
        (InvoiceTax, _tax_rows(ctx, invoice_id, draft)),
        (InvoiceOrder, _order_rows(ctx, invoice_id, shares)),
        (InvoiceBuyer, [held]),
        (AuditEntry, acted),
        (EventLog, [said]),
    )
    invoice = in_writing(ctx.db, Invoice, row)
    ask_all(ctx, invoice)
    ctx.db.flush()
    return invoice


def _number(ctx: TenantContext, kind: InvoiceKind, settings: InvoiceSettings) -> Taken | None:
    return None if kind == InvoiceKind.PROFORMA else take(ctx, kind.value, settings.fiscal_start)


def _tax_rows(ctx: TenantContext, invoice_id: uuid.UUID, draft: Draft) -> list[dict[str, Any]]:
    return [
        {
            "id": ctx.ids.new(),
            "invoice_id": invoice_id,
            "category": rate.category,
            "tax_bp": rate.bp,
            "net_minor": rate.net,
            "tax_minor": rate.tax,
        }
        for rate in draft.rates
    ]


def _order_rows(ctx: TenantContext, invoice_id: uuid.UUID, shares: Sequence[Share]) -> list[dict[str, Any]]:
    return [
        {
            "id": ctx.ids.new(),
            "invoice_id": invoice_id,
            "order_id": share.order_id,
            "turn": share.turn,
            "total_minor": share.total,
            "tax_minor": share.tax,
        }
        for share in shares
    ]


def _hold_until(ctx: TenantContext, settings: InvoiceSettings, taken: Taken | None) -> datetime | None:
    if taken is None:
        return None
    return year_ends(taken.fiscal_year + HELD_YEARS, ctx.tenant.timezone, settings.fiscal_start)
