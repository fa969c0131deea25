"""The published table of the API: what each operation asks for, and a body that it takes. Written by hand, compared with the operations.

An operation without a row fails `test_document.py`. In a body, `{type}` and the like stand for ids of the organizer.
"""

from __future__ import annotations

from typing import Any

from sratix_core.accounts.permissions import (
    ATTENDEE_VIEW,
    AUDIT_VIEW,
    CHECKIN_SCAN,
    CHECKIN_VIEW,
    EVENT_EDIT,
    EVENT_VIEW,
    MEMBER_EDIT,
    ORDER_EDIT,
    ORDER_VIEW,
    PLUGIN_EDIT,
    SETTINGS_EDIT,
)

TIMES = {"starts_at": "2027-03-10T09:00:00Z", "ends_at": "2027-03-10T17:00:00Z"}

PERMISSIONS: dict[str, str] = {
    "get_tenant": EVENT_VIEW,
    "list_members": MEMBER_EDIT,
    "get_member": MEMBER_EDIT,
    "list_plugins": PLUGIN_EDIT,
    "change_plugin": PLUGIN_EDIT,
    "list_settings": SETTINGS_EDIT,
    "change_settings": SETTINGS_EDIT,
    "list_audit": AUDIT_VIEW,
    "list_events": EVENT_VIEW,
    "create_event": EVENT_EDIT,
    "get_event": EVENT_VIEW,
    "change_event": EVENT_EDIT,
    "publish_event": EVENT_EDIT,
    "cancel_event": EVENT_EDIT,
    "archive_event": EVENT_EDIT,
    "withdraw_event": EVENT_EDIT,
    "list_venues": EVENT_EDIT,
    "create_venue": EVENT_EDIT,
    "get_venue": EVENT_EDIT,
    "change_venue": EVENT_EDIT,
    "list_sessions": EVENT_VIEW,
    "create_session": EVENT_EDIT,
    "get_session": EVENT_VIEW,
    "change_session": EVENT_EDIT,
    "delete_session": EVENT_EDIT,
    "list_speakers": EVENT_VIEW,
    "create_speaker": EVENT_EDIT,
    "get_speaker": EVENT_VIEW,
    "change_speaker": EVENT_EDIT,
    "delete_speaker": EVENT_EDIT,
    "list_ticket_types": EVENT_VIEW,
    "create_ticket_type": EVENT_EDIT,
    "get_ticket_type": EVENT_VIEW,
    "change_ticket_type": EVENT_EDIT,
    "list_capacity_pools": EVENT_EDIT,
    "create_capacity_pool": EVENT_EDIT,
    "get_capacity_pool": EVENT_EDIT,
    "change_capacity_pool": EVENT_EDIT,
    "list_orders": ORDER_VIEW,
    "create_order": ORDER_EDIT,
    "get_order": ORDER_VIEW,
    "pay_order": ORDER_EDIT,
    "cancel_order": ORDER_EDIT,
    "mail_order": ORDER_EDIT,
    "explain_order": ORDER_VIEW,
    "list_attendees": ATTENDEE_VIEW,
    "get_attendee": ATTENDEE_VIEW,
    "change_attendee": ORDER_EDIT,
    "list_tickets": ORDER_VIEW,
    "get_ticket": ORDER_VIEW,
    "get_ticket_code": ORDER_EDIT,
    "rotate_ticket": ORDER_EDIT,
    "void_ticket": ORDER_EDIT,
    "list_gates": CHECKIN_SCAN,
    "create_gate": EVENT_EDIT,
    "list_scans": CHECKIN_VIEW,
    "create_scan": CHECKIN_SCAN,
    "explain_scan": CHECKIN_VIEW,
    "list_check_ins": CHECKIN_VIEW,
    "get_occupancy": CHECKIN_VIEW,
    "get_stats": CHECKIN_VIEW,
    "get_timeline": CHECKIN_VIEW,
    "get_entry_stats": CHECKIN_VIEW,
    "get_scanner_stats": CHECKIN_VIEW,
    "list_devices": CHECKIN_VIEW,
    "create_device": EVENT_EDIT,
    "get_device": CHECKIN_VIEW,
    "revoke_device": EVENT_EDIT,
    "get_decision": ORDER_VIEW,
}

BODIES: dict[str, dict[str, Any]] = {
    "create_token": {"email": "somebody@example.org", "password": "not theirs at all"},
    "refresh_token": {"refresh_token": "srx_refresh_of_nobody"},
    "revoke_token": {"refresh_token": "srx_refresh_of_nobody"},
    "change_plugin": {"enabled": True},
    "change_settings": {"values": {"term_days": 12}},
    "create_event": {"name": "Autumn fair", **TIMES, "venue_id": "{venue}"},
    "change_event": {"tagline": "Robots and people", "venue_id": "{venue}"},
    "create_venue": {"name": "Kursaal", "city": "Bern", "country": "CH", "capacity": 900},
    "change_venue": {"capacity": 450},
    "create_session": {"title": "Opening", **TIMES, "speaker_ids": ["{speaker}"], "capacity": 40},
    "change_session": {"room": "Attic", "speaker_ids": ["{speaker}"]},
    "create_speaker": {"name": "Ada Muster", "company": "Acme"},
    "change_speaker": {"bio": "Builds robots."},
    "create_ticket_type": {
        "name": "Student",
        "price": {"amount": 1900, "currency": "CHF"},
        "capacity": 20,
        "pool_ids": ["{pool}"],
    },
    "change_ticket_type": {"description": "With lunch", "pool_ids": ["{pool}"]},
    "create_capacity_pool": {"name": "Hall", "capacity": 300},
    "change_capacity_pool": {"capacity": 250},
    "create_order": {
        "lines": [{"ticket_type_id": "{type}", "quantity": 1}],
        "buyer": {"name": "Ann Miller", "email": "ann@example.org"},
    },
    "pay_order": {"reference": "2027-0001"},
    "change_attendee": {"name": "Bea Keller"},
    "create_gate": {"name": "Side door"},
    "create_scan": {"ticket_id": "{ticket}", "gate_id": "{gate}"},
    "create_device": {"name": "Phone 7", "gate_id": "{gate}"},
    "scan_ticket": {"code": "not a ticket"},
}


def filled(value: Any, ids: dict[str, str]) -> Any:
    """A body with the ids in their places."""
    if isinstance(value, dict):
        return {k: filled(v, ids) for k, v in value.items()}
    if isinstance(value, list):
        return [filled(v, ids) for v in value]
    return ids[value[1:-1]] if isinstance(value, str) and value.startswith("{") else value
