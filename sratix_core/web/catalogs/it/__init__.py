"""Italian as it is written in Switzerland, formal address; what buyers and people who sign in read. One module per surface."""

from __future__ import annotations

from sratix_core.web.catalogs.it import (
    account,
    around,
    cards,
    changes,
    frame,
    giving,
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
    **around.SENTENCES,
    **cards.SENTENCES,
    **changes.SENTENCES,
    **frame.SENTENCES,
    **giving.SENTENCES,
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
