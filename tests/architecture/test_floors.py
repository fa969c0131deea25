"""Imports go down only: the floors of docs/architecture.md, walked over every module.

A new room must be given its floor here, in the same change that adds it.
"""

from __future__ import annotations

from tests.architecture.source import CORE, PLUGINS, imports, module_name, python_files, relative

ROOMS = [
    "tenants", "accounts", "files", "events", "catalog", "checkout", "orders",
    "payments", "ledger", "tickets", "checkin", "devices", "audit", "messages", "decisions", "members", "incidents", "credentials",
    "search", "analytics", "idempotency", "signup", "health", "exports", "organizations", "invoices", "pricing", "promotions",
    "reconciliation", "refunds", "saved_methods", "drawing",
]  # fmt: skip
DELIVERY = ["web", "shop", "my", "inbound", "dashboard", "platform", "account", "api", "realtime", "egress"]

FLOORS: dict[str, int] = {
    "values": 0,
    "errors": 1,
    "settings": 1,
    "db": 2,
    "tenancy": 2,
    "hookspecs": 2,
    "plugins": 2,
    "context": 2,
    "runtime": 2,
    "invariants": 2,
    "models": 3,
    **dict.fromkeys(ROOMS, 3),
    # A room enqueues a job (floor 3); the runner that works them off is delivery.
    "jobs": 3,
    "jobs.runner": 4,
    "jobs.carrier": 4,
    "jobs.wakeups": 4,
    # The whole installation as an archive: reads what rooms keep, works for no tenant.
    "backup": 3,
    "rotation": 3,
    # The facade gathers what plugins may use, so it sees everything below it and nothing of ours imports it.
    "plugin": 4,
    **dict.fromkeys(DELIVERY, 4),
    # What authors of plugins try theirs with: a whole application; nothing of the product imports it but the command.
    "plugindev": 5,
    "app": 5,
    "asgi": 5,
    "bridge": 5,
    "demo": 5,
    "cli": 5,
}
DELIVERY_LIBRARIES = {
    "pyramid",
    "webob",
    "pyramid_jinja2",
    "pyramid_tm",
    "huey",
    "uvicorn",
    "click",
}


def floor_of(module: str) -> int | None:
    """Floor of the longest prefix that the table knows; None for the package itself or a stranger."""
    parts = module.removeprefix("sratix_core").strip(".").split(".")
    for length in range(len(parts), 0, -1):
        if (known := FLOORS.get(".".join(parts[:length]))) is not None:
            return known
    return None


def core_modules() -> list[tuple[str, list[tuple[str, int]]]]:
    found = []
    for path in python_files():
        if path.is_relative_to(CORE):
            found.append((module_name(path), [(item.target, item.line) for item in imports(path)]))
    return found


def test_every_core_module_has_a_floor() -> None:
    homeless = [name for name, _ in core_modules() if name != "sratix_core" and floor_of(name) is None]
    assert homeless == [], "\n".join(homeless)


def test_imports_go_down_only() -> None:
    upward = []
    for name, targets in core_modules():
        own = floor_of(name)
        for target, line in targets:
            floor = floor_of(target) if target.startswith("sratix_core.") else None
            if own is not None and floor is not None and floor > own:
                upward.append(f"{name}:{line} (floor {own}) imports {target} (floor {floor})")
    assert upward == [], "\n".join(upward)


def test_nothing_below_delivery_knows_the_web() -> None:
    found = []
    for name, targets in core_modules():
        floor = floor_of(name)
        if floor is not None and floor <= 3:
            for target, line in targets:
                if target.split(".")[0] in DELIVERY_LIBRARIES:
                    found.append(f"{name}:{line} imports {target}")
    assert found == [], "\n".join(found)


def test_nothing_in_the_core_imports_the_facade_or_a_plugin() -> None:
    packages = {path.name for path in PLUGINS.glob("*/sratix_*") if path.is_dir()}
    found = []
    for name, targets in core_modules():
        for target, line in targets:
            if target == "sratix_core.plugin" or target.split(".")[0] in packages:
                found.append(f"{name}:{line} imports {target}")
    assert found == [], "\n".join(found)


def test_plugins_import_the_facade_and_nothing_else_of_ours() -> None:
    found = []
    for path in python_files():
        if not path.is_relative_to(PLUGINS):
            continue
        own = module_name(path).split(".")[0]
        for item in imports(path):
            head = item.target.split(".")[0]
            ours = head.startswith("sratix_") and head != own
            facade = item.target == "sratix_core.plugin" or item.target.startswith("sratix_core.plugin.")
            bare = item.target == "sratix_core"
            if ours and not facade and not bare:
                found.append(f"{relative(path)}:{item.line} imports {item.target}")
    assert found == [], "\n".join(found)
