"""German as it is written in Switzerland (ss, never ß), formal address. One module per surface."""

from sratix_core.web.catalogs.de import (
    account,
    cards,
    changes,
    frame,
    installation,
    invoices,
    messages,
    my,
    office,
    pages,
    platform,
    prices,
    refunds,
    shop,
    webhooks,
)

SENTENCES: dict[str, str] = {
    **changes.SENTENCES,
    **refunds.SENTENCES,
    **my.SENTENCES,
    **frame.SENTENCES,
    **webhooks.SENTENCES,
    **platform.SENTENCES,
    **installation.SENTENCES,
    **account.SENTENCES,
    **pages.SENTENCES,
    **prices.SENTENCES,
    **shop.SENTENCES,
    **cards.SENTENCES,
    **messages.SENTENCES,
    **office.SENTENCES,
    **invoices.SENTENCES,
}
