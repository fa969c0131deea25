"""The published matrix: what each route of the dashboard asks for, by method. Written by hand, compared with the routes.

A route or a method without a row fails `test_roles.py`, so that nobody adds a page without deciding who may open it.
"""

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
    EXPORT,
    INCIDENT_CLOSE,
    INCIDENT_WRITE,
    MEMBER_EDIT,
    MONEY_VIEW,
    OF_EVENTS,
    ORDER_EDIT,
    ORDER_LOOKUP,
    ORDER_VIEW,
    PLUGIN_EDIT,
    ROLES,
    SETTINGS_EDIT,
)

ANYBODY = "signed_in"
MEMBER = "member"

MATRIX: dict[str, dict[str, str]] = {
    "dashboard": {"GET": ANYBODY},
    "dashboard.home": {"GET": MEMBER},
    "dashboard.events": {"GET": MEMBER},
    "dashboard.event_new": {"GET": EVENT_EDIT, "POST": EVENT_EDIT},
    "dashboard.venues": {"GET": EVENT_EDIT, "POST": EVENT_EDIT},
    "dashboard.venue": {"GET": EVENT_EDIT, "POST": EVENT_EDIT},
    "dashboard.plugins": {"GET": PLUGIN_EDIT},
    "dashboard.plugin": {"GET": PLUGIN_EDIT, "POST": SETTINGS_EDIT},
    "dashboard.plugin_switch": {"POST": PLUGIN_EDIT},
    "dashboard.plugin_pause": {"POST": PLUGIN_EDIT},
    "dashboard.event_plugin": {"GET": SETTINGS_EDIT, "POST": SETTINGS_EDIT},
    "dashboard.settings": {"GET": SETTINGS_EDIT},
    "dashboard.settings_section": {"POST": SETTINGS_EDIT},
    "dashboard.members": {"GET": MEMBER_EDIT},
    "dashboard.api_keys": {"GET": API_KEY_EDIT, "POST": API_KEY_EDIT},
    "dashboard.api_key": {"GET": API_KEY_EDIT, "POST": API_KEY_EDIT},
    "dashboard.invitations": {"POST": MEMBER_EDIT},
    "dashboard.invitation_mail": {"POST": MEMBER_EDIT},
    "dashboard.invitation_end": {"POST": MEMBER_EDIT},
    "dashboard.member": {"GET": MEMBER_EDIT, "POST": MEMBER_EDIT},
    "dashboard.member_removal": {"GET": MEMBER_EDIT, "POST": MEMBER_EDIT},
    "dashboard.roles": {"GET": MEMBER_EDIT},
    "dashboard.role_new": {"GET": MEMBER_EDIT, "POST": MEMBER_EDIT},
    "dashboard.role": {"GET": MEMBER_EDIT, "POST": MEMBER_EDIT},
    "dashboard.role_deletion": {"GET": MEMBER_EDIT, "POST": MEMBER_EDIT},
    "dashboard.incidents": {"GET": INCIDENT_WRITE, "POST": INCIDENT_WRITE},
    "dashboard.incident_closure": {"POST": INCIDENT_CLOSE},
    "dashboard.audit": {"GET": AUDIT_VIEW},
    "dashboard.search": {"GET": EVENT_VIEW},
    "dashboard.event": {"GET": EVENT_VIEW},
    "dashboard.event_edit": {"GET": EVENT_EDIT, "POST": EVENT_EDIT},
    "dashboard.event_status": {"GET": EVENT_EDIT, "POST": EVENT_EDIT},
    "dashboard.types": {"GET": EVENT_EDIT, "POST": EVENT_EDIT},
    "dashboard.type_new": {"GET": EVENT_EDIT, "POST": EVENT_EDIT},
    "dashboard.type": {"GET": EVENT_EDIT, "POST": EVENT_EDIT},
    "dashboard.pool": {"POST": EVENT_EDIT},
    "dashboard.programme": {"GET": EVENT_VIEW},
    "dashboard.session": {"GET": EVENT_EDIT, "POST": EVENT_EDIT},
    "dashboard.session_delete": {"GET": EVENT_EDIT, "POST": EVENT_EDIT},
    "dashboard.speaker": {"GET": EVENT_EDIT, "POST": EVENT_EDIT},
    "dashboard.speaker_delete": {"GET": EVENT_EDIT, "POST": EVENT_EDIT},
    "dashboard.style_guide": {"GET": EVENT_VIEW},
    "dashboard.why": {"GET": ORDER_LOOKUP},
    "dashboard.why_order": {"GET": MONEY_VIEW},
    "dashboard.why_scan": {"GET": CHECKIN_VIEW},
    "dashboard.order_lookup": {"GET": ORDER_LOOKUP},
    "dashboard.orders": {"GET": ORDER_VIEW},
    "dashboard.orders_export": {"POST": EXPORT},
    "dashboard.orders_mails": {"GET": ORDER_EDIT, "POST": ORDER_EDIT},
    "dashboard.orders_cancellations": {"GET": ORDER_EDIT, "POST": ORDER_EDIT},
    "dashboard.views": {"POST": EVENT_VIEW},
    "dashboard.views_removal": {"POST": EVENT_VIEW},
    "dashboard.order": {"GET": ORDER_VIEW},
    "dashboard.order_print": {"GET": ORDER_VIEW},
    "dashboard.order_payment": {"GET": ORDER_EDIT, "POST": ORDER_EDIT},
    "dashboard.order_cancel": {"GET": ORDER_EDIT, "POST": ORDER_EDIT},
    "dashboard.order_mail": {"POST": ORDER_EDIT},
    "dashboard.ticket_rotate": {"GET": ORDER_EDIT, "POST": ORDER_EDIT},
    "dashboard.ticket_void": {"GET": ORDER_EDIT, "POST": ORDER_EDIT},
    "dashboard.attendees": {"GET": ATTENDEE_VIEW},
    "dashboard.attendees_export": {"POST": EXPORT},
    "dashboard.checkin": {"GET": CHECKIN_VIEW},
    "dashboard.scan": {"GET": CHECKIN_SCAN, "POST": CHECKIN_SCAN},
    "dashboard.admit": {"POST": CHECKIN_SCAN},
    "dashboard.gates": {"POST": EVENT_EDIT},
    "dashboard.devices": {"GET": DEVICE_EDIT, "POST": DEVICE_EDIT},
    "dashboard.device": {"GET": DEVICE_EDIT, "POST": DEVICE_EDIT},
    "dashboard.device_end": {"GET": DEVICE_EDIT, "POST": DEVICE_EDIT},
}


def allowed(role: str, permission: str, *, everywhere: bool, of_event: bool) -> bool:
    """Whether the published table opens a page to a role: held everywhere, or only in the event of the address."""
    if permission in {ANYBODY, MEMBER}:
        return True
    return permission in ROLES[role] if everywhere else of_event and permission in ROLES[role] & OF_EVENTS
