"""What each role may do in a tenant: the whole table, readable in one look. A custom role is a later row, not a new idea."""

from __future__ import annotations

EVENT_VIEW = "event.view"
EVENT_EDIT = "event.edit"
ORDER_VIEW = "order.view"
ORDER_EDIT = "order.edit"
ATTENDEE_VIEW = "attendee.view"
CHECKIN_SCAN = "checkin.scan"
CHECKIN_VIEW = "checkin.view"
SETTINGS_EDIT = "settings.edit"
PLUGIN_EDIT = "plugin.edit"
MEMBER_EDIT = "member.edit"
DEVICE_EDIT = "device.edit"
API_KEY_EDIT = "api_key.edit"
AUDIT_VIEW = "audit.view"
EXPORT = "export.make"

_DOOR = frozenset({EVENT_VIEW, CHECKIN_SCAN})
_STAFF = _DOOR | {ORDER_VIEW, ATTENDEE_VIEW, CHECKIN_VIEW}
_ADMIN = _STAFF | {EVENT_EDIT, ORDER_EDIT, SETTINGS_EDIT, PLUGIN_EDIT, DEVICE_EDIT, AUDIT_VIEW, EXPORT}
_OWNER = _ADMIN | {MEMBER_EDIT, API_KEY_EDIT}

ROLES: dict[str, frozenset[str]] = {"owner": _OWNER, "admin": _ADMIN, "staff": _STAFF, "door": _DOOR}
