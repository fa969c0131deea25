"""The examinations behind `sratix doctor` (R249): each asks one thing of the host and never raises."""

from __future__ import annotations

import ctypes.util
import os
import socket
import ssl
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from http.client import HTTPException, HTTPSConnection

from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from sratix_core.db import migrate
from sratix_core.db.base import Base
from sratix_core.health import host, pulse, signs
from sratix_core.runtime import Runtime
from sratix_core.settings import Settings
from sratix_core.tenancy import doctor
from sratix_core.tenancy.scope import SystemScope
from sratix_core.tenants.models import Tenant
from sratix_core.tenants.plugin_health import HOLDING, held_everywhere, missing

MB = host.MB
OUTSIDE = "example.org"
"""Asked once for a TLS handshake and the time; any public host would do."""


@dataclass(frozen=True)
class Capability:
    """One line of the report; without what is `needed` the product cannot sell."""

    name: str
    ok: bool
    detail: str
    fallback: str = ""
    needed: bool = False


def python(runtime: Runtime) -> Capability:
    version = ".".join(map(str, sys.version_info[:3]))
    return Capability("Python", sys.version_info >= (3, 11), version, "Install Python 3.11 or newer.", True)


def database(runtime: Runtime) -> Capability:
    url, lacking = runtime.engines.dialect, "Start it, and check SRATIX_DATABASE_URL."
    try:
        with runtime.engines.begin(
            SystemScope("doctor looks whether the database answers"), write=False
        ) as db:
            count = db.scalar(select(func.count()).select_from(Tenant))
    except SQLAlchemyError as error:
        why = str(getattr(error, "orig", error)).splitlines()[0]
        return Capability("Database", False, f"{url}: {why}", f"{lacking} Then: sratix migrate.", True)
    return Capability("Database", True, f"{url}, {count} organizers", needed=True)


def schema(runtime: Runtime) -> Capability:
    try:
        problems = migrate.check(runtime.settings)
    except SQLAlchemyError as error:
        problems = [str(getattr(error, "orig", error)).splitlines()[0]]
    detail = "; ".join(problems[:3]) or "up to date"
    return Capability("Schema", not problems, detail, "Run sratix migrate.", True)


def tenancy(runtime: Runtime) -> Capability:
    problems = doctor.census(Base.metadata)
    try:
        problems += doctor.role_problems(runtime.engines)
    except SQLAlchemyError as error:
        problems.append(str(getattr(error, "orig", error)).splitlines()[0])
    detail = "; ".join(problems[:3]) or "every table says whose it is"
    return Capability("Tenant walls", not problems, detail, "sratix migrate, and the three roles.", True)


def queue(runtime: Runtime) -> Capability:
    settings = runtime.settings
    if not settings.redis_url:
        return Capability("Redis", False, "not set", "Optional: without it jobs start up to 2 s later.")
    said = host.redis_says(settings, 1)
    if said != "answers":
        return Capability("Redis", False, said, "Work goes on; jobs start up to 2 s later.")
    return Capability("Redis", True, "answers")


def workers(runtime: Runtime) -> Capability:
    cores = os.cpu_count() or 1
    where = "inside the web process" if runtime.settings.worker else "in sratix worker"
    return Capability(
        "Workers", True, f"jobs run {where}; {runtime.settings.threads} request threads on {cores} cores"
    )


def pdf(runtime: Runtime) -> Capability:
    lacking = [
        lib for lib in ("pango-1.0", "pangoft2-1.0", "harfbuzz-subset") if not ctypes.util.find_library(lib)
    ]
    detail = f"missing {', '.join(lacking)}" if lacking else "Pango and HarfBuzz are there"
    return Capability(
        "PDF", not lacking, detail, "Tickets come as web page and QR code; for PDF install Pango."
    )


def disk(runtime: Runtime) -> Capability:
    folder = runtime.settings.data_dir
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / f".doctor-{os.getpid()}"
        probe.write_bytes(b"x")
        probe.unlink()
    except OSError as error:
        detail = f"{folder}: {error.strerror}"
        return Capability("Disk", False, detail, "Make SRATIX_DATA_DIR writable.", needed=True)
    free = host.room(folder)[0] or 0
    detail = f"{folder} is writable, {free // MB} MB free"
    return Capability("Disk", free > signs.TOO_LITTLE, detail, "Free some space.", needed=True)


def memory(runtime: Runtime) -> Capability:
    try:
        total = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // MB
    except (ValueError, OSError):
        return Capability("Memory", True, "this system does not say")
    return Capability("Memory", total >= 400, f"{total} MB", "Use 512 MB or more, PDF tickets want 300 MB.")


def outbound(runtime: Runtime) -> Iterator[Capability]:
    """HTTPS to the outside, and the time there: a clock that is minutes off breaks TLS and sign-in codes."""
    try:
        line = HTTPSConnection(OUTSIDE, timeout=5, context=ssl.create_default_context())
        started = time.monotonic()
        line.request("HEAD", "/", headers={"User-Agent": "sratix-doctor"})
        answer = line.getresponse()
        there = parsedate_to_datetime(answer.headers["Date"])
        line.close()
    except (OSError, HTTPException, TypeError, ValueError) as error:
        why = getattr(error, "reason", None) or error
        yield Capability(
            "Outbound HTTPS", False, f"{type(error).__name__}: {why}", "Mail by SMTP and sales go on."
        )
        return
    yield Capability("Outbound HTTPS", True, f"{OUTSIDE} in {(time.monotonic() - started) * 1000:.0f} ms")
    off = abs((runtime.sources.clock.now() - there).total_seconds())
    yield Capability("Time", off < 30, f"{off:.0f} s off", "Let the system keep its time by NTP.")


def tls(runtime: Runtime) -> Capability:
    settings: Settings = runtime.settings
    lacking = "Put a proxy with TLS in front and set SRATIX_BASE_URL to its https address."
    detail = "people come by https" if settings.https else f"{settings.base_url} is not https"
    return Capability("TLS", settings.https, detail, lacking, needed=settings.env == "production")


def name(runtime: Runtime) -> Capability:
    host = runtime.settings.base_url.split("//", 1)[1].rsplit(":", 1)[0]
    try:
        socket.getaddrinfo(host, None)
    except OSError:
        return Capability(
            "Host name", False, f"{host} is not found", "Check SRATIX_BASE_URL and the DNS entry."
        )
    return Capability("Host name", True, host)


def plugins(runtime: Runtime) -> Iterator[Capability]:
    """What plugins ask of their surroundings."""
    for plugin, check in runtime.plugins.collect("health_checks"):
        ok, detail = check.run(runtime.settings)
        yield Capability(f"{plugin}: {check.name}", ok, detail)


def switches(runtime: Runtime) -> Iterator[Capability]:
    """Plugins that are switched on and cannot work: not installed, or taken out by the operator."""
    try:
        with runtime.engines.begin(HOLDING, write=False) as db:
            gone, held = missing(db, runtime.plugins.infos), held_everywhere(db)
    except SQLAlchemyError:
        return  # the database has a line of its own
    for plugin, count in gone.items():
        detail = f"switched on for {count} organizers, not installed"
        fallback = f"Install it again, or take its data away: sratix plugin uninstall {plugin} --drop-data"
        yield Capability(f"plugin {plugin}", False, detail, fallback)
    for plugin in sorted(held):
        yield Capability(f"plugin {plugin}", False, "taken out everywhere", f"sratix plugin resume {plugin}")


WORK = ("jobs", "seals", "mail", "backup")
"""The signs of the platform's page that doctor tells too; the others have lines of their own."""


def work(runtime: Runtime) -> Iterator[Capability]:
    """How the work goes: what the platform's page shows, in the same words."""
    now, settings = runtime.sources.clock.now(), runtime.settings
    try:
        with runtime.engines.begin(pulse.LOOKING, write=False) as db:
            felt = pulse.take(db, now, runtime.plugins.infos)
    except SQLAlchemyError:
        return  # the database has a line of its own
    for sign in signs.signs(settings, runtime.engines.dialect, host.look(settings), felt, now):
        if sign.key in WORK:
            figure = f"{sign.figure} {sign.unit}".strip()
            detail = f"{sign.state.lower()}: {figure}, {sign.words.format(**sign.data)}"
            yield Capability(sign.name, sign.level in ("ok", "off"), detail, sign.todo.format(**sign.data))


EXAMINATIONS: tuple[Callable[[Runtime], Capability], ...] = (
    python, database, schema, tenancy, queue, workers, pdf, disk, memory, tls,
)  # fmt: skip


def examine(runtime: Runtime, *, offline: bool = False) -> list[Capability]:
    """The whole report, what is needed first to last."""
    found = [examination(runtime) for examination in EXAMINATIONS]
    found += [*work(runtime), *plugins(runtime), *switches(runtime)]
    if not offline:
        found += [name(runtime), *outbound(runtime)]
    return found
