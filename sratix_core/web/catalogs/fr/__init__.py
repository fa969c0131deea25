"""French as it is written in Switzerland, formal address, narrow spaces before : ; ? and %. What attendees read."""

from sratix_core.web.catalogs.fr import (
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
    states,
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
    **states.SENTENCES,
    **value.SENTENCES,
}
