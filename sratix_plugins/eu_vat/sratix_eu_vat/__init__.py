"""Reverse charge within the European Union: a business abroad pays without VAT what is taxed where its business is.

Directive 2006/112/EC: services to a business are supplied where it is established (article 44), and it owes the tax (article
196). Admission to an event, and what goes with admission, is supplied where the event takes place (article 53), unless it is
attended online (directive (EU) 2022/542, since 2025). Which is which the organizer says of every ticket type; the usual answer is
"at the event", and then this plugin says nothing.
"""

from __future__ import annotations

from collections.abc import Mapping

from sratix_core.plugin import (
    DataUse,
    PluginInfo,
    TaxBuyer,
    TaxLine,
    TaxRate,
    TenantContext,
    hookimpl,
    seller_vat_number,
)
from sratix_eu_vat.german import GERMAN

__all__ = ["info"]

info = PluginInfo(
    name="eu_vat",
    title="Reverse charge in the EU",
    version="0.1.0",
    category="finance",
    description="Businesses of other EU states pay without VAT what is taxed where they are.",
)


@hookimpl
def register_sentences() -> Mapping[str, Mapping[str, str]]:
    return {"de": GERMAN}


@hookimpl
def data_inventory() -> list[DataUse]:
    return []


@hookimpl
def tax_rate(ctx: TenantContext, line: TaxLine, buyer: TaxBuyer | None) -> TaxRate | None:
    """No tax on what a business of another member state owes it for."""
    if buyer is None or not buyer.in_eu or buyer.refuted or not line.at_customer:
        return None
    seller = seller_vat_number(ctx)
    if seller.verdict != "right" or not seller.in_eu or seller.country == buyer.country:
        return None
    return TaxRate(0, "eu_article_44", reverse_charge=True)
