"""What a signed-in person holds, over all organizers: their tickets and orders. Whoever has no account keeps the link in the mail.

A page of one ticket names its tenant in the address, so it stands in that tenant's session; the lists ask tenant by tenant.
"""

from __future__ import annotations

from pyramid.config import Configurator

TICKET = "/my/{tenant}/tickets/{ticket}/"
METHODS = "/my/{tenant}/payment-methods/{provider}/"

ROUTES = (
    ("my", "/my/"),
    ("my.past", "/my/past/"),
    ("my.orders", "/my/orders/"),
    ("my.methods", "/my/payment-methods/"),
    ("my.settings", "/my/settings/"),
    ("my.ticket", TICKET),
    ("my.ticket_png", TICKET + "qr.png"),
    ("my.ticket_ics", TICKET + "event.ics"),
    ("my.methods_at", METHODS),
    ("my.method_removal", METHODS + "{mode}/{method}/removal/"),
)


def includeme(config: Configurator) -> None:
    for name, pattern in ROUTES:
        config.add_route(name, pattern)
    config.scan("sratix_core.my")
