"""What an invoice of these orders would say now: lines, taxes by rate, totals. Arithmetic and no statement but reading orders."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from sratix_core.errors import Refused
from sratix_core.invoices import vat
from sratix_core.invoices.settings import InvoiceSettings
from sratix_core.invoices.words import word
from sratix_core.plugins.invoicing import InvoiceParty
from sratix_core.values.locale import format_date_range

if TYPE_CHECKING:
    from sratix_core.orders.models import Order

Line = dict[str, Any]
"""text, detail, quantity, unit, discount, net, tax, total (minor units), bp, category, order (its id), code."""


@dataclass(frozen=True)
class Rate:
    """One rate's part of an amount."""

    category: str
    bp: int
    net: int
    tax: int


@dataclass(frozen=True)
class Draft:
    """A document before it has a number. Amounts in minor units of `currency`."""

    buyer: InvoiceParty
    locale: str
    currency: str
    lines: Sequence[Line]
    rounding: int
    tax_included: bool
    reverse_charge: bool
    codes: Sequence[str]
    delivered_on: str = ""
    reason: str = ""
    rates: Sequence[Rate] = field(default=())

    @property
    def net(self) -> int:
        return sum(rate.net for rate in self.rates)

    @property
    def tax(self) -> int:
        return sum(rate.tax for rate in self.rates)

    @property
    def total(self) -> int:
        return self.net + self.tax + self.rounding

    def document(self, settings: InvoiceSettings) -> dict[str, Any]:
        """All that it says but the buyer, as it is stored and hashed."""
        names = ("street", "postal_code", "city", "country", "vat_number", "email", "website")
        seller = InvoiceParty("", settings.legal_name, **{n: getattr(settings, n) for n in names})
        return {
            "version": 1,
            "seller": asdict(seller),
            "lines": [dict(line) for line in self.lines],
            "tax_included": self.tax_included,
            "codes": list(self.codes),
            "delivered_on": self.delivered_on,
            "reason": self.reason,
            "footer": settings.footer,
        }


def rates_of(lines: Iterable[Line]) -> list[Rate]:
    """What each rate taxes, the highest first; the tax is the sum of the lines' own, never worked out again."""
    sums: dict[tuple[str, int], list[int]] = {}
    for line in lines:
        both = sums.setdefault((line["category"], line["bp"]), [0, 0])
        both[0] += line["net"]
        both[1] += line["tax"]
    return [Rate(c, bp, net, tax) for (c, bp), (net, tax) in sorted(sums.items(), key=lambda kv: -kv[0][1])]


def drafted(
    settings: InvoiceSettings,
    orders: Sequence[Order],
    buyer: InvoiceParty,
    locale: str,
    refuted: bool = False,
) -> Draft:
    """The draft over one order or several; `refuted` says that the buyer's VAT number is known to be nobody's.

    Raises `Refused("invoice_mixed")` for two currencies or two ways to state tax.
    """
    first = orders[0]
    if any((o.currency, o.tax_included) != (first.currency, first.tax_included) for o in orders):
        raise Refused("invoice_mixed")
    abroad = not refuted and vat.reverse_charged(
        vat.read(settings.vat_number, settings.country), vat.read(buyer.vat_number, buyer.country)
    )
    whole = abroad and not any(o.tax_minor for o in orders)
    usual = "Z" if settings.vat_number else "O"
    lines = [
        _line(order, line, "AE" if whole or (abroad and line.reverse_charge) else usual, locale)
        for order in orders
        for line in order.lines
    ]
    return Draft(
        buyer=buyer,
        locale=locale,
        currency=first.currency,
        lines=lines,
        rounding=sum(o.rounding_minor for o in orders),
        tax_included=first.tax_included,
        reverse_charge=any(line["category"] == "AE" for line in lines),
        codes=[o.code for o in orders],
        delivered_on=max(o.event.starts_at for o in orders).date().isoformat(),
        rates=rates_of(lines),
    )


def _line(order: Order, line: Any, untaxed: str, locale: str) -> Line:
    event = order.event
    if line.is_value:
        untaxed = (
            "O" if untaxed == "O" else "Z"
        )  # reverse charge is about what is delivered; this is not delivered yet
    name = (event.texts.get(locale) or {}).get("name") or event.name
    dates = format_date_range(event.starts_at, event.ends_at, event.timezone, locale)
    return {
        "text": line.name,
        "detail": word(locale, "sold_value") if line.is_value else f"{name}, {dates}",
        "quantity": line.quantity,
        "unit": line.unit_price_minor,
        "discount": line.discount_minor,
        "net": line.net_minor,
        "tax": line.tax_minor,
        "total": line.total_minor,
        "bp": line.tax_bp,
        "category": "S" if line.tax_bp else untaxed,
        "order": str(order.id),
        "code": order.code,
    }
