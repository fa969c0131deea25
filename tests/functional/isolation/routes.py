"""Every route of the application, from the application, and the published table of who may call it, from the tables that rooms keep by hand.

A route or a method without its row fails `test_matrix.py`, so that nobody adds an address without deciding who may open it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from pyramid.registry import Registry

from sratix_core.accounts.permissions import SETTINGS_EDIT
from sratix_core.api.framework import Endpoint
from tests.architecture.permissions_page import permission_of
from tests.functional.api import rows
from tests.functional.api.surface import OPERATIONS
from tests.functional.dashboard import matrix as dashboard
from tests.functional.platform import matrix as platform

HOLE = re.compile(r"\{(\w+)(?::(?:[^{}]|\{[^{}]*\})*)?\}|\*(\w+)")

PUBLIC = "public"
"""Anybody, with any credential that opens something, or with none."""
DEVICE = "device"
"""A scanner's key and nothing else."""
CREDENTIAL = "credential"
"""A login, a token or a key, of anybody."""
HERE = "here"
"""Whoever sits at the machine; everybody else finds nothing."""
ADMIN = "platform.admin"

_PUBLIC = {"GET": PUBLIC}
_BOTH = {"GET": PUBLIC, "POST": PUBLIC}
_POST = {"POST": PUBLIC}

OTHERS: dict[str, dict[str, str]] = {
    "static": _PUBLIC,
    "health": _PUBLIC,
    "health.ready": _PUBLIC,
    "api.health": _PUBLIC,
    "metrics": {"GET": HERE},
    "home": _PUBLIC,
    "account.login": _BOTH,
    "account.logout": _POST,
    "account.password": {"GET": "signed_in", "POST": "signed_in"},
    "account.logins": {"GET": "signed_in"},
    "account.logins_others": {"POST": "signed_in"},
    "account.login_end": {"POST": "signed_in"},
    "account.invitation": _BOTH,
    "sign_up": _BOTH,
    "sign_up.link": _BOTH,
    "reference.openapi": _PUBLIC,
    "reference.docs": _PUBLIC,
    "api.public_events": _PUBLIC,
    "api.public_event": _PUBLIC,
    "api.availability": _PUBLIC,
    "api.public_promo_code": _PUBLIC,
    "api.public_quotes": _POST,
    "api.public_orders": _POST,
    "api.public_order": _PUBLIC,
    "api.public_payments": _POST,
    "api.public_cancellation": _POST,
    "api.scans": {"POST": DEVICE},
    "api.scan_reversal": {"POST": DEVICE},
    "api.manifest": {"GET": DEVICE},
    "api.token": _POST,
    "api.refresh": _POST,
    "api.revoke": _POST,
    "api.me": {"GET": CREDENTIAL},
    "api.my_tickets": {"GET": "signed_in"},
    "api.my_payment_methods": {"GET": "signed_in"},
    "api.my_payment_method": {"DELETE": "signed_in"},
    "my": {"GET": "signed_in"},
    "my.past": {"GET": "signed_in"},
    "my.orders": {"GET": "signed_in"},
    "my.methods": {"GET": "signed_in"},
    "my.methods_at": {"POST": "signed_in"},
    "my.method_removal": {"GET": "signed_in", "POST": "signed_in"},
    "my.settings": {"GET": "signed_in", "POST": "signed_in"},
    "my.ticket": {"GET": "signed_in", "POST": "signed_in"},
    "my.ticket_png": {"GET": "signed_in"},
    "my.ticket_ics": {"GET": "signed_in"},
    "files": _PUBLIC,
    "shop.home": _PUBLIC,
    "shop.brand": _PUBLIC,
    "shop.event": _PUBLIC,
    "shop.event_ics": _PUBLIC,
    "shop.programme": _PUBLIC,
    "shop.programme_ics": _PUBLIC,
    "shop.session": _PUBLIC,
    "shop.session_ics": _PUBLIC,
    "shop.cart": _BOTH,
    "shop.names": _BOTH,
    "shop.pay": _BOTH,
    "shop.code": _BOTH,
    "shop.value": _BOTH,
    "shop.release": _POST,
    "shop.order": _PUBLIC,
    "shop.resend": _POST,
    "shop.sold_mail": _POST,
    "shop.cancel": _BOTH,
    "shop.difference": _BOTH,
    "shop.difference_undone": _POST,
    "shop.exchange": _BOTH,
    "shop.return": _BOTH,
    "shop.payment": _BOTH,
    "shop.payment_return": _PUBLIC,
    "shop.billing": _BOTH,
    "shop.invoices": _POST,
    "shop.invoice": _PUBLIC,
    "inbound.payment": _POST,
    "inbound.platform": _POST,
    "shop.ticket": _BOTH,
    "shop.ticket_png": _PUBLIC,
    "shop.document": _PUBLIC,
    "email_smtp.mailbox": {"GET": HERE},
    "email_smtp.mail": {"GET": HERE},
    "email_smtp.html": {"GET": HERE},
    "email_smtp.file": {"GET": HERE},
    "attendee_notes.page": {"GET": "attendee_notes.read", "POST": "attendee_notes.write"},
    "attendee_notes.note": {"POST": "attendee_notes.write"},
    "member_prices.page": {"GET": "member_prices.edit", "POST": "member_prices.edit"},
    "member_prices.member": {"POST": "member_prices.edit"},
    "gift_cards.list": {"GET": "gift_cards.view"},
    "gift_cards.new": {"GET": "gift_cards.issue", "POST": "gift_cards.issue"},
    "gift_cards.batch_csv": {"POST": "gift_cards.issue"},
    "gift_cards.card": {"GET": "gift_cards.view"},
    "gift_cards.code": {"POST": "gift_cards.issue"},
    "gift_cards.blocking": {"POST": "gift_cards.issue"},
    "gift_cards.ending": {"GET": "gift_cards.issue", "POST": "gift_cards.issue"},
    "gift_cards.unblocking": {"POST": "gift_cards.issue"},
    "stripe.connection": {"GET": SETTINGS_EDIT},
    "stripe.check": {"POST": SETTINGS_EDIT},
    "stripe.endpoint": {"POST": SETTINGS_EDIT},
    "stripe.account": {"GET": SETTINGS_EDIT, "POST": SETTINGS_EDIT},
    "stripe.account_pages": {"POST": SETTINGS_EDIT},
    "stripe.script": _PUBLIC,
    "bank_transfer.payments": {"GET": "bank_transfer.read"},
    "bank_transfer.statements": {"GET": "bank_transfer.read", "POST": "bank_transfer.decide"},
    "bank_transfer.statement": {"GET": "bank_transfer.read"},
    "bank_transfer.layout": {"POST": "bank_transfer.decide"},
    "bank_transfer.deletion": {"POST": "bank_transfer.decide"},
    "bank_transfer.payment": {"GET": "bank_transfer.read"},
    "bank_transfer.assignment": {"POST": "bank_transfer.decide"},
    "bank_transfer.settlement": {"POST": "bank_transfer.decide"},
    "bank_transfer.dismissal": {"POST": "bank_transfer.decide"},
    "bank_transfer.return": {"POST": "bank_transfer.decide"},
    "bank_transfer.returned": {"POST": "bank_transfer.decide"},
    "bank_transfer.reopening": {"POST": "bank_transfer.decide"},
}
"""What belongs to no table of a room: the shop, signing in, what the installation answers, and the bundled plugins' pages."""

OPEN = frozenset({PUBLIC, DEVICE, CREDENTIAL, HERE})
"""Kinds of access that the view itself decides; the rest is decided by permission, before the view."""


OF_PROVIDERS = {"mode": "test", "method": "pm_1", "provider": "stripe", "address": "live-" + "0" * 32}
"""What addresses of payment providers name beside the ids."""


@dataclass(frozen=True)
class Route:
    """One address: its methods with the permission their view was registered with."""

    name: str
    pattern: str
    asks: dict[str, str]

    @property
    def holes(self) -> list[str]:
        return [a or b for a, b in HOLE.findall(self.pattern)]

    @property
    def is_api(self) -> bool:
        return self.pattern.startswith("/api/")

    def address(self, ids: dict[str, str], **other: str) -> str:
        """The address with its holes filled."""
        known = {
            **OF_PROVIDERS,
            **ids,
            **({"secret": ids["cart"]} if "/cart/" in self.pattern else {}),
            **other,
        }
        if self.name == "platform.tenant_status":
            known["status"] = "suspended"
        return HOLE.sub(lambda hole: known[hole[1] or hole[2]], self.pattern)


def routes(registry: Registry) -> dict[str, Route]:
    """Every route that has a view, as the application itself knows them."""
    views = [each["introspectable"] for each in registry.introspector.get_category("views") or ()]
    found = {}
    for each in registry.introspector.get_category("routes") or ():
        name, pattern = each["introspectable"]["name"], each["introspectable"]["pattern"]
        asks = {
            method: permission_of(registry, view)
            for view in views
            if view["route_name"] == name
            for method in _methods(view["request_methods"])
        }
        found[name] = Route(name, pattern, asks)
    return found


def _methods(given: Any) -> list[str]:
    return [m for m in ([given] if isinstance(given, str) else given) if m != "HEAD"]


def operations() -> dict[tuple[str, str], Endpoint]:
    """The operations of the API by route and method."""
    return {(e.route_name, e.method): e for e in OPERATIONS}


def published() -> dict[str, dict[str, str]]:
    """The whole table: route to method to who may."""
    table: dict[str, dict[str, str]] = {**dashboard.MATRIX, **OTHERS}
    for name, methods in platform.MATRIX.items():
        who = dashboard.ANYBODY if name in platform.ANY_LOGIN else ADMIN
        table[name] = dict.fromkeys(methods, who)
    for (route, method), operation in operations().items():
        if operation.name in rows.PERMISSIONS:
            table.setdefault(route, {})[method] = rows.PERMISSIONS[operation.name]
    return table
