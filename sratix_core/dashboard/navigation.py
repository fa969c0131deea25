"""What the dashboard's navigation offers, each entry with the permission it takes: an event's pages and the organizer's."""

from __future__ import annotations

from sratix_core.accounts.permissions import (
    API_KEY_EDIT,
    ATTENDEE_VIEW,
    AUDIT_VIEW,
    CHECKIN_SCAN,
    CHECKIN_VIEW,
    DEVICE_EDIT,
    EVENT_EDIT,
    EVENT_VIEW,
    FINANCE_VIEW,
    INCIDENT_WRITE,
    MEMBER_EDIT,
    ORDER_LOOKUP,
    ORDER_VIEW,
    ORGANIZATION_VIEW,
    PLUGIN_EDIT,
    SETTINGS_EDIT,
)
from sratix_core.web.permissions import MEMBER

EVENT_NAV = (
    ("", "dashboard.event", "Overview", "layout-dashboard", EVENT_VIEW),
    ("", "dashboard.orders", "Orders", "receipt", ORDER_VIEW),
    ("", "dashboard.order_lookup", "Look up an order", "receipt", ORDER_LOOKUP),
    ("", "dashboard.attendees", "Attendees", "users", ATTENDEE_VIEW),
    ("", "dashboard.checkin", "Check-in", "scan-qr-code", CHECKIN_VIEW),
    ("", "dashboard.scan", "Scan", "scan-qr-code", CHECKIN_SCAN),
    ("Sell", "dashboard.types", "Tickets & pools", "ticket", EVENT_EDIT),
    ("Sell", "dashboard.prices", "Prices & taxes", "scale", EVENT_EDIT),
    ("Sell", "dashboard.codes", "Promo codes", "ticket-percent", EVENT_EDIT),
    ("Sell", "dashboard.event_edit", "Event page", "globe", EVENT_EDIT),
    ("Run", "dashboard.programme", "Programme", "calendar", EVENT_VIEW),
    ("Run", "dashboard.incidents", "Incidents", "triangle-alert", INCIDENT_WRITE),
    ("Run", "dashboard.devices", "Devices", "scan-line", DEVICE_EDIT),
)
SPARED = {"dashboard.order_lookup": ORDER_VIEW, "dashboard.scan": CHECKIN_VIEW}
"""What whoever holds the permission has better: it stays out of their navigation."""

TENANT_NAV = (
    ("Organization", "dashboard.events", "Events", "calendar", MEMBER),
    ("Organization", "dashboard.venues", "Venues", "map-pin", EVENT_EDIT),
    ("Organization", "dashboard.organizations", "Partner organizations", "handshake", ORGANIZATION_VIEW),
    ("Organization", "dashboard.members", "Members", "users", MEMBER_EDIT),
    ("Organization", "dashboard.finance", "Finance", "landmark", FINANCE_VIEW),
    ("Organization", "dashboard.invoices", "Invoices", "file-text", FINANCE_VIEW),
    ("Organization", "dashboard.plugins", "Plugins", "blocks", PLUGIN_EDIT),
    ("Organization", "dashboard.api_keys", "API keys", "key-round", API_KEY_EDIT),
    ("Organization", "dashboard.why", "Why?", "circle-question-mark", ORDER_LOOKUP),
    ("Organization", "dashboard.audit", "Audit", "history", AUDIT_VIEW),
    ("Organization", "dashboard.settings", "Settings", "settings", SETTINGS_EDIT),
)
