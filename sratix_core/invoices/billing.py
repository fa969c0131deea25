"""To whom an order's invoice goes: what the buyer typed for it, the organization it was bought for, or the buyer's name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from sratix_core.audit.service import record
from sratix_core.errors import Invalid
from sratix_core.invoices import vat, vat_checks
from sratix_core.invoices.models import BillingAddress
from sratix_core.organizations.models import Organization
from sratix_core.plugins.invoicing import InvoiceParty
from sratix_core.values import postal, text

if TYPE_CHECKING:
    from sratix_core.context import TenantContext
    from sratix_core.orders.models import Order

LENGTHS = {
    "name": postal.NAME, "company": postal.NAME, "street": postal.STREET, "postal_code": postal.POSTAL_CODE,
    "city": postal.TOWN, "country": 2, "vat_number": 40, "reference": 80,
}  # fmt: skip


def address_of(ctx: TenantContext, order: Order) -> BillingAddress | None:
    """What was typed for this order, if anything was."""
    found: BillingAddress | None = ctx.db.scalar(
        select(BillingAddress).where(BillingAddress.order_id == order.id)
    )
    return found


def save_address(ctx: TenantContext, order: Order, typed: Mapping[str, Any]) -> BillingAddress:
    """Write over the order's billing address; what was issued before keeps its own.

    Raises `Invalid`: `required` (a name or a company; street, place and country), `too_long`, `unreadable`, `country`,
    `vat_number` for a number whose check digits are wrong, `vat_number_priced` for another than an order without VAT was
    priced for.
    """
    columns = checked(typed)
    row = address_of(ctx, order)
    number = vat.read(columns["vat_number"], columns["country"]).number if columns["vat_number"] else ""
    if number != order.buyer_vat_number and any(line.reverse_charge for line in order.lines):
        raise Invalid({"vat_number": "vat_number_priced"}, number=order.buyer_vat_number)
    if row is None:
        row = BillingAddress(id=ctx.ids.new(), order_id=order.id)
        ctx.db.add(row)
    for name, value in columns.items():
        setattr(row, name, value)
    row.updated_at = ctx.clock.now()
    if row.vat_number:
        vat_checks.ask(ctx, row.vat_number, row.country)
    record(ctx, "order.billing_changed", "order", order.id, event_id=order.event_id)
    ctx.db.flush()
    return row


def checked(typed: Mapping[str, Any]) -> dict[str, str]:
    """An address as it was typed, cleaned. Raises `Invalid`."""
    fields: dict[str, str] = {}
    columns: dict[str, str] = {}
    for name, most in LENGTHS.items():
        try:
            columns[name] = " ".join(text.clean(str(typed.get(name) or ""), most).split())
        except text.BadText as error:
            fields[name] = "too_long" if error.reason == "too_long" else "unreadable"
    for name in ("street", "postal_code", "city", "country"):
        if name not in fields and not columns[name]:
            fields[name] = "required"
    if not {"name", "company"} & set(fields) and not (columns["name"] or columns["company"]):
        fields["name"] = "required"
    country = columns.get("country", "").upper()
    if country and not (len(country) == 2 and country.isascii() and country.isalpha()):
        fields["country"] = "country"
    number = columns.get("vat_number", "")
    if number and vat.read(number, country).verdict == "wrong":
        fields["vat_number"] = "vat_number"
    if fields:
        raise Invalid(fields)
    columns["country"] = country
    return columns


def buyer_of(ctx: TenantContext, order: Order) -> InvoiceParty:
    """Whom an invoice of this order would address now."""
    own = address_of(ctx, order)
    if own is not None:
        return InvoiceParty(email=order.buyer_email, **{n: getattr(own, n) for n in LENGTHS})
    if order.organization_id is not None:
        return party_of(ctx.db.get_one(Organization, order.organization_id))
    return InvoiceParty(
        name=order.buyer_name,
        company=order.buyer_company,
        email=order.buyer_email,
        vat_number=order.buyer_vat_number,
    )


def party_of(organization: Organization) -> InvoiceParty:
    """An organization as the one that is addressed."""
    names = ("street", "postal_code", "city", "country", "vat_number", "reference")
    return InvoiceParty(
        name="",
        company=organization.name,
        email=organization.billing_email,
        **{n: getattr(organization, n) for n in names},
    )
