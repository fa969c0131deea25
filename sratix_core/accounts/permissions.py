"""What each role may do: presets over one table, readable in one look. A tenant's own roles are rows of `roles`.

A permission of level `event` can be given for single events, one of level `organization` for single organizations that
take part in the tenant's events; one of level `tenant` only for the whole tenant.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

EVENT_VIEW = "event.view"
EVENT_EDIT = "event.edit"
DEVICE_EDIT = "device.edit"
ORDER_LOOKUP = "order.lookup"
ORDER_VIEW = "order.view"
MONEY_VIEW = "money.view"
ORDER_EDIT = "order.edit"
ATTENDEE_VIEW = "attendee.view"
EXPORT = "export.make"
CHECKIN_SCAN = "checkin.scan"
CHECKIN_VIEW = "checkin.view"
INCIDENT_WRITE = "incident.write"
INCIDENT_CLOSE = "incident.close"
SETTINGS_EDIT = "settings.edit"
PLUGIN_EDIT = "plugin.edit"
AUDIT_VIEW = "audit.view"
FINANCE_VIEW = "finance.view"
FINANCE_EDIT = "finance.edit"
MEMBER_EDIT = "member.edit"
API_KEY_EDIT = "api_key.edit"
ORGANIZATION_VIEW = "organization.view"
ORGANIZATION_EDIT = "organization.edit"
ORGANIZATION_NAMES = "organization.names"
ORGANIZATION_PEOPLE = "organization.people"
ORGANIZATION_MAKE = "organization.make"

Level = Literal["event", "tenant", "organization"]
Scope = Literal["platform", "tenant", "event", "organization", "own"]


@dataclass(frozen=True)
class Permission:
    """One line of the table; `area` groups lines on pages."""

    name: str
    level: Level
    area: str
    title: str


@dataclass(frozen=True)
class Role:
    """One column of the table. `scopes` says where it can be held: `platform` and `own` are never given to members."""

    key: str
    title: str
    what: str
    scopes: tuple[Scope, ...]


OWNER = "owner"
ORGANIZATION_ADMIN = "organization_admin"

PRESETS = (
    Role("super_admin", "Super admin", "Runs the installation, on the platform pages.", ("platform",)),
    Role(OWNER, "Owner", "Owns the tenant: everything, and who works here.", ("tenant",)),
    Role("event_admin", "Event admin", "Plans, sells and settles events.", ("tenant", "event")),
    Role("staff", "Staff", "Looks an order up, sees who comes, scans, keeps the notes.", ("tenant", "event")),
    Role("volunteer", "Volunteer", "Scans tickets and writes down what happens.", ("tenant", "event")),
    Role("scanner", "Scanner", "A shared device at the door: scans and nothing else.", ("tenant", "event")),
    Role(
        ORGANIZATION_ADMIN,
        "Organization admin",
        "Runs one organization that takes part: its people, billing, orders and tickets.",
        ("organization",),
    ),
    Role(
        "exhibitor", "Exhibitor", "Has a stand: sees the event and its programme.", ("event", "organization")
    ),
    Role("sponsor", "Sponsor", "Supports an event: sees it and its programme.", ("event", "organization")),
    Role(
        "partner",
        "Partner",
        "Works with you: sees the event and its programme.",
        ("tenant", "event", "organization"),
    ),
    Role("attendee", "Attendee", "Sees the own orders by the link in the mail, no dashboard.", ("own",)),
)

_COLUMNS = ("owner", "event_admin", "staff", "volunteer", "scanner", "exhibitor", "sponsor", "partner")

#    permission      level     area            what it allows                                     own adm sta vol sca exh spo par
_ROWS = (
    (EVENT_VIEW,     "event",  "Event",        "See the event, its pools and its programme",     "x   x   x   x   x   x   x   x"),
    (EVENT_EDIT,     "event",  "Event",        "Change the event, ticket types and programme",   "x   x   .   .   .   .   .   ."),
    (DEVICE_EDIT,    "event",  "Event",        "Pair scanners and end their keys",               "x   x   .   .   .   .   .   ."),
    (ORDER_LOOKUP,   "event",  "Orders",       "Look one order up by e-mail or code",            "x   x   x   .   .   .   .   ."),
    (ORDER_VIEW,     "event",  "Orders",       "See all orders and what was sold",               "x   x   .   .   .   .   .   ."),
    (MONEY_VIEW,     "event",  "Orders",       "See amounts, payments and sales figures",        "x   x   .   .   .   .   .   ."),
    (ORDER_EDIT,     "event",  "Orders",       "Mark as paid, cancel, replace and void tickets", "x   x   .   .   .   .   .   ."),
    (ATTENDEE_VIEW,  "event",  "Orders",       "See who comes",                                  "x   x   x   .   .   .   .   ."),
    (EXPORT,         "event",  "Orders",       "Take lists of people and orders out",            "x   x   .   .   .   .   .   ."),
    (CHECKIN_SCAN,   "event",  "Door",         "Scan tickets and let people in",                 "x   x   x   x   x   .   .   ."),
    (CHECKIN_VIEW,   "event",  "Door",         "See arrivals, gates and every scan",             "x   x   x   .   .   .   .   ."),
    (INCIDENT_WRITE, "event",  "Door",         "Write incident notes and see the own ones",      "x   x   x   x   .   .   .   ."),
    (INCIDENT_CLOSE, "event",  "Door",         "See everybody's incident notes and close them",  "x   x   x   .   .   .   .   ."),
    (SETTINGS_EDIT,  "tenant", "Organization", "Change name, look and settings",                 "x   x   .   .   .   .   .   ."),
    (PLUGIN_EDIT,    "tenant", "Organization", "Switch plugins on and off",                      "x   x   .   .   .   .   .   ."),
    (AUDIT_VIEW,     "tenant", "Organization", "Read who did what",                              "x   x   .   .   .   .   .   ."),
    (FINANCE_VIEW,   "tenant", "Organization", "See the books and take them out",                "x   x   .   .   .   .   .   ."),
    (FINANCE_EDIT,   "tenant", "Organization", "Close differences and read statements again",    "x   x   .   .   .   .   .   ."),
    (MEMBER_EDIT,    "tenant", "Organization", "Invite and remove members, make roles",          "x   .   .   .   .   .   .   ."),
    (API_KEY_EDIT,   "tenant", "Organization", "Make and end API keys",                          "x   .   .   .   .   .   .   ."),
    (ORGANIZATION_VIEW,   "organization", "Partners", "See an organization, what it bought, who comes",    "x   x   x   .   .   .   .   ."),
    (ORGANIZATION_EDIT,   "organization", "Partners", "Change its name, address and billing details",      "x   x   .   .   .   .   .   ."),
    (ORGANIZATION_NAMES,  "organization", "Partners", "Write who uses its tickets",                        "x   x   .   .   .   .   .   ."),
    (ORGANIZATION_PEOPLE, "organization", "Partners", "Invite and remove its people",                      "x   x   .   .   .   .   .   ."),
    (ORGANIZATION_MAKE,   "tenant",       "Partners", "Make and delete organizations, say what they are",  "x   x   .   .   .   .   .   ."),
)  # fmt: skip

PERMISSIONS: tuple[Permission, ...] = tuple(Permission(*row[:4]) for row in _ROWS)  # type: ignore[arg-type]
KNOWN: frozenset[str] = frozenset(p.name for p in PERMISSIONS)
OF_ORGANIZATIONS: frozenset[str] = frozenset(p.name for p in PERMISSIONS if p.level == "organization")
OF_EVENTS: frozenset[str] = frozenset(p.name for p in PERMISSIONS if p.level == "event")

ROLES: dict[str, frozenset[str]] = {
    key: frozenset(row[0] for row in _ROWS if row[4].split()[column] == "x")
    for column, key in enumerate(_COLUMNS)
}
"""The roles members can hold, each with its permissions."""

IN_ORGANIZATION: dict[str, frozenset[str]] = {
    ORGANIZATION_ADMIN: OF_ORGANIZATIONS,
    **dict.fromkeys(("exhibitor", "sponsor", "partner"), frozenset({ORGANIZATION_VIEW, ORGANIZATION_NAMES})),
}
"""What a role allows to whoever holds it in one organization, and there only."""

PRESET_KEYS: frozenset[str] = frozenset(role.key for role in PRESETS)


def in_order(names: Iterable[str]) -> list[str]:
    """Those of `names` that are permissions, in the order of the table."""
    held = set(names)
    return [p.name for p in PERMISSIONS if p.name in held]
