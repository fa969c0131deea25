"""German as it is written in Switzerland (ss, never ß), formal address. One module per surface."""

from sratix_core.web.catalogs.de import account, messages, my, office, pages, shop

SENTENCES: dict[str, str] = {
    **my.SENTENCES,
    **account.SENTENCES,
    **pages.SENTENCES,
    **shop.SENTENCES,
    **messages.SENTENCES,
    **office.SENTENCES,
}
