"""The public shop: a tenant's events, the cart, the checkout and the buyer's page. Works without a script and without an account.

Addresses start with the tenant's slug; on a host of the tenant's own the slug is left out (see `web.scope`).
"""

from __future__ import annotations

from pyramid.config import Configurator

from sratix_core.shop.front import Kept

ROUTES = (
    ("files", "/files/{tenant}/{file}"),
    ("shop.home", "/{tenant}/"),
    ("shop.brand", "/{tenant}/brand.css"),
    ("shop.event", "/{tenant}/{event}/"),
    ("shop.event_ics", "/{tenant}/{event}/event.ics"),
    ("shop.programme", "/{tenant}/{event}/programme/"),
    ("shop.programme_ics", "/{tenant}/{event}/programme.ics"),
    ("shop.session", "/{tenant}/{event}/programme/{session}/"),
    ("shop.session_ics", "/{tenant}/{event}/programme/{session}/session.ics"),
    ("shop.cart", "/{tenant}/{event}/cart/"),
    ("shop.names", "/{tenant}/{event}/cart/{secret}/"),
    ("shop.pay", "/{tenant}/{event}/cart/{secret}/pay/"),
    ("shop.code", "/{tenant}/{event}/cart/{secret}/code/"),
    ("shop.value", "/{tenant}/{event}/cart/{secret}/value/"),
    ("shop.release", "/{tenant}/{event}/cart/{secret}/release/"),
    ("shop.order", "/{tenant}/{event}/orders/{code}/{secret}/"),
    ("shop.payment", "/{tenant}/{event}/orders/{code}/{secret}/payment/"),
    ("shop.payment_return", "/{tenant}/{event}/orders/{code}/{secret}/payment/return/"),
    ("shop.difference", "/{tenant}/{event}/orders/{code}/{secret}/difference/"),
    ("shop.difference_undone", "/{tenant}/{event}/orders/{code}/{secret}/difference/undone/"),
    ("shop.resend", "/{tenant}/{event}/orders/{code}/{secret}/mails/"),
    ("shop.sold_mail", "/{tenant}/{event}/orders/{code}/{secret}/sold/{ticket}/mails/"),
    ("shop.cancel", "/{tenant}/{event}/orders/{code}/{secret}/cancellation/"),
    ("shop.return", "/{tenant}/{event}/orders/{code}/{secret}/return/"),
    ("shop.ticket", "/{tenant}/{event}/orders/{code}/{secret}/tickets/{ticket}/"),
    ("shop.exchange", "/{tenant}/{event}/orders/{code}/{secret}/tickets/{ticket}/exchange/"),
    ("shop.ticket_png", "/{tenant}/{event}/orders/{code}/{secret}/tickets/{ticket}/qr.png"),
    ("shop.billing", "/{tenant}/{event}/orders/{code}/{secret}/billing/"),
    ("shop.invoices", "/{tenant}/{event}/orders/{code}/{secret}/invoices/"),
    ("shop.invoice", "/{tenant}/{event}/orders/{code}/{secret}/invoices/{invoice}/{output}"),
    ("shop.document", "/{tenant}/{event}/orders/{code}/{secret}/documents/{output}"),
)

CONTENTS, PAGES = 64, 128
"""How many events and how many drawn pages (about 20 kB each) a process keeps."""


def includeme(config: Configurator) -> None:
    for name, pattern in ROUTES:
        config.add_route(name, pattern)
    for name, most in (("fronts", CONTENTS), ("standings", PAGES), ("pages", PAGES)):
        config.registry[name] = Kept(most)
    config.scan("sratix_core.shop")
