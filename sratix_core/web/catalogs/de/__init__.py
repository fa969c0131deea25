"""German as it is written in Switzerland (ss, never ß), formal address. One module per surface."""

from sratix_core.web.catalogs.de import (
    account,
    frame,
    installation,
    messages,
    my,
    office,
    pages,
    platform,
    shop,
)

SENTENCES: dict[str, str] = {
    **my.SENTENCES,
    **frame.SENTENCES,
    **platform.SENTENCES,
    **installation.SENTENCES,
    **account.SENTENCES,
    **pages.SENTENCES,
    **shop.SENTENCES,
    **messages.SENTENCES,
    **office.SENTENCES,
}
