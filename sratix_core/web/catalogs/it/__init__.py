"""Italian as it is written in Switzerland, formal address; what buyers and people who sign in read. One module per surface."""

from __future__ import annotations

from sratix_core.web.catalogs.it import (
    account,
    cards,
    changes,
    frame,
    invoices,
    messages,
    my,
    office,
    pages,
    paying,
    prices,
    refunds,
    requests,
    shop,
    value,
)

SENTENCES: dict[str, str] = {
    **account.SENTENCES,
    **cards.SENTENCES,
    **changes.SENTENCES,
    **frame.SENTENCES,
    **invoices.SENTENCES,
    **messages.SENTENCES,
    **my.SENTENCES,
    **office.SENTENCES,
    **pages.SENTENCES,
    **paying.SENTENCES,
    **prices.SENTENCES,
    **refunds.SENTENCES,
    **requests.SENTENCES,
    **shop.SENTENCES,
    **value.SENTENCES,
}
