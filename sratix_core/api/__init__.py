"""The REST API under /api/v1: what a scanner, a widget or a program calls. Flat snake_case JSON, RFC 9457 errors."""

from __future__ import annotations

from pyramid.config import Configurator

from sratix_core import models as _all_models  # noqa: F401  (relationships resolve by name)
from sratix_core.api import framework, mine, public, public_orders, reference, scanner, tokens  # noqa: F401  (declared by being imported)
from sratix_core.api.credentials import bearer_of
from sratix_core.api.v1 import (  # noqa: F401
    analytics,
    api_keys,
    catalog,
    devices,
    door,
    event_refunds,
    events,
    figures,
    finance,
    finance_log,
    finance_report,
    incidents,
    invitations,
    invoice_files,
    invoice_settings,
    invoices,
    mass_acts,
    members,
    order_bulk,
    order_lookup,
    order_money,
    order_returns,
    order_value,
    ordering,
    orders,
    organization_orders,
    organization_people,
    organizations,
    organizer,
    payment_requests,
    plugins,
    pools,
    prices,
    programme,
    promo_codes,
    reasons,
    refund_policies,
    roles,
    search,
    ticket_bulk,
    tickets,
    venues,
    views,
)

ROUTES = tuple(dict.fromkeys((e.route, framework.ROOT + e.path) for e in framework.ENDPOINTS if e.route))
"""What answers without a member: by pattern, as the other rooms list theirs."""


def includeme(config: Configurator) -> None:
    config.add_request_method(bearer_of, "bearer", reify=True)
    config.include("sratix_core.api.limits")
    config.include("sratix_core.api.idempotency")
    config.include(framework)
    config.include(reference)  # after the operations: it shows them
    config.scan("sratix_core.api")
