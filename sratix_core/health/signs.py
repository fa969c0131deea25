"""The installation's condition as signs: each a name, a level, a figure and, where something is to be done, what.

Sentences are English with placeholders; who shows them translates. Limits stand here and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal

from sratix_core.health.certificate import certificate_in
from sratix_core.health.host import MB, Host
from sratix_core.health.pulse import MOST, WORKER_LATE, Pulse
from sratix_core.settings import Settings

Level = Literal["ok", "off", "warn", "bad"]
HOUR = 3600
SEAL_LATE, SEAL_STUCK = 10, 60
"""Seconds. A seal comes within two."""

BACKUP_LATE, BACKUP_OLD = 26, 72
"""Hours: a nightly one that came a little later, and three nights without."""

DAYS_SOON, DAYS_LATE = 21, 7
"""Left of the certificate: whatever renews it has failed for a week, or is about to be too late."""

SLOW_MS = 100
LITTLE, TOO_LITTLE = 2000 * MB, 500 * MB


@dataclass(frozen=True)
class Sign:
    """`figure` is a plain number or short text, `unit` and `words` sentences, `todo` empty when all is well."""

    key: str
    name: str
    level: Level
    state: str
    figure: str
    unit: str
    words: str
    todo: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)


def signs(settings: Settings, dialect: str, host: Host, pulse: Pulse, now: datetime) -> list[Sign]:
    """Every sign, in the order they are shown."""
    return [
        Sign("web", "Web processes", "ok", "Fine", str(host.processes), "here",
             "{n} request threads each", data={"n": settings.threads}),
        _database(dialect, pulse),
        _redis(host),
        _jobs(pulse),
        _seals(pulse),
        _mails(pulse),
        _disk(host),
        _backup(pulse, now),
        _plugins(pulse),
        _tls(settings, pulse, now),
    ]  # fmt: skip


def _database(dialect: str, pulse: Pulse) -> Sign:
    slow = pulse.took_ms > SLOW_MS
    return Sign(
        "database", "Database", "warn" if slow else "ok", "Slow" if slow else "Fine", f"{pulse.took_ms:.1f}",
        "ms to answer", "{dialect}", "Look at the load of its machine." if slow else "",
        {"dialect": {"postgresql": "PostgreSQL", "sqlite": "SQLite"}.get(dialect, dialect)},
    )  # fmt: skip


def _redis(host: Host) -> Sign:
    if host.redis == "unused":
        return Sign("redis", "Redis", "off", "Not used", "–", "", "Jobs start within 2 s without it.")
    if host.redis == "answers":
        return Sign("redis", "Redis", "ok", "Fine", "✓", "answers", "Jobs start at once.")
    return Sign(
        "redis", "Redis", "warn", "Away", "✗", "no answer", "Work goes on, jobs start up to 2 s later.",
        "Start it, or unset SRATIX_REDIS_URL. ({error})", {"error": host.redis},
    )  # fmt: skip


def _jobs(pulse: Pulse) -> Sign:
    waiting, dead = pulse.jobs.get("waiting", 0), pulse.jobs.get("dead", 0)
    late = pulse.oldest_due > WORKER_LATE.total_seconds()
    level: Level = "bad" if late else "warn" if dead else "ok"
    state = {"bad": "Late", "warn": "Given up", "ok": "Fine"}[level]
    todo = {"bad": "Start a worker: sratix worker.", "warn": "Look at the jobs that were given up."}
    return Sign(
        "jobs", "Jobs", level, state, str(waiting), "waiting",
        "The oldest is due for {age}." if late else "{dead} given up", todo.get(level, ""),
        {"dead": dead, "age": age(pulse.oldest_due)},
    )  # fmt: skip


def _seals(pulse: Pulse) -> Sign:
    lag = pulse.unsealed
    level: Level = "bad" if lag > SEAL_STUCK else "warn" if lag > SEAL_LATE else "ok"
    return Sign(
        "seals", "Journal", level, "Fine" if level == "ok" else "Late", age(lag), "behind",
        "Sealed within two seconds where a worker runs.",
        "" if level == "ok" else "Start a worker: sratix worker.",
    )  # fmt: skip


def _mails(pulse: Pulse) -> Sign:
    if not pulse.mails:
        return Sign("mail", "Mail", "ok", "Fine", "0", "stuck", "Every mail was taken.")
    return Sign(
        "mail", "Mail", "warn", "Stuck", str(pulse.mails) + ("+" if pulse.mails == MOST else ""), "stuck",
        "No transport took them so far.", "Look at the errors of the jobs messages.send.",
    )  # fmt: skip


def _disk(host: Host) -> Sign:
    if host.free is None or not host.total:
        return Sign("disk", "Disk", "bad", "Unreadable", "–", "", "The data folder can't be read.",
                    "Make SRATIX_DATA_DIR readable and writable.")  # fmt: skip
    share = 100 * (host.total - host.free) // host.total
    level: Level = "bad" if host.free < TOO_LITTLE else "warn" if host.free < LITTLE else "ok"
    return Sign(
        "disk", "Disk", level, {"bad": "Full", "warn": "Nearly full", "ok": "Fine"}[level],
        f"{host.free / 1024 / MB:.1f}", "GB free", "{share} % used",
        "" if level == "ok" else "Free some space, or move old backups elsewhere.", {"share": share},
    )  # fmt: skip


def _backup(pulse: Pulse, now: datetime) -> Sign:
    made = pulse.backup
    if made is None:
        return Sign("backup", "Backup", "warn", "None yet", "–", "", "No backup was ever taken here.",
                    "Run sratix backup every night: deploy/sratix-backup.timer.")  # fmt: skip
    hours = max((now - made.at).total_seconds(), 0) / HOUR
    level: Level = "bad" if hours > BACKUP_OLD else "warn" if hours > BACKUP_LATE else "ok"
    return Sign(
        "backup", "Backup", level, "Fine" if level == "ok" else "Late", f"{hours:.0f}", "h old",
        "{rows} rows, {files} files", "" if level == "ok" else "Look why the nightly backup does not run.",
        {"rows": made.rows, "files": made.files},
    )  # fmt: skip


def _plugins(pulse: Pulse) -> Sign:
    names = sorted({*pulse.held, *pulse.gone})
    if names:
        return Sign(
            "plugins", "Plugins", "warn", "Missing", str(len(names)), "out of work", "{names}",
            "Install them again, or let them go on: sratix plugin resume.", {"names": ", ".join(names)},
        )  # fmt: skip
    if pulse.failing:
        return Sign("plugins", "Plugins", "warn", "Failing", str(pulse.failing), "failing",
                    "Hooks that failed again and again.", "Pause the plugin, and tell its author.")  # fmt: skip
    return Sign("plugins", "Plugins", "ok", "Fine", "0", "failing", "No hook fails again and again.")


def _tls(settings: Settings, pulse: Pulse, now: datetime) -> Sign:
    if settings.https:
        return _certificate(settings.base_url, pulse, now)
    wanted = settings.env == "production"
    return Sign(
        "tls", "TLS", "bad" if wanted else "off", "Missing" if wanted else "Not used", "–", "", "{base}",
        "Put a proxy with TLS in front and set SRATIX_BASE_URL to its https address." if wanted else "",
        {"base": settings.base_url},
    )  # fmt: skip


def _certificate(base: str, pulse: Pulse, now: datetime) -> Sign:
    seen = certificate_in(pulse.certificate, base)
    if seen is None or seen.until is None:
        words = "{base} was not asked yet." if seen is None else "{base} gave no answer to a handshake."
        return Sign("tls", "TLS", "off", "Unknown", "–", "", words,
                    data={"base": base})  # fmt: skip
    days = (seen.until - now) // timedelta(days=1)
    level: Level = "bad" if days < DAYS_LATE else "warn" if days < DAYS_SOON else "ok"
    state = "Expired" if days < 0 else {"ok": "Fine", "warn": "Ends soon", "bad": "Ends soon"}[level]
    return Sign(
        "tls", "TLS", level, state, str(max(days, 0)), "days left", "{base}",
        "" if level == "ok" else "Renew the certificate of the proxy in front, and look why nothing did.", {"base": base},
    )  # fmt: skip


def age(seconds: float) -> str:
    """`0 s`, `42 s`, `7 min`, `3 h`, `2 d`: the largest unit that is at least one."""
    for size, unit in ((86400, "d"), (3600, "h"), (60, "min")):
        if seconds >= size:
            return f"{seconds / size:.0f} {unit}"
    return f"{seconds:.0f} s"


def sentences(found: list[Sign]) -> Iterator[str]:
    """Everything of these signs that a person reads and somebody translates."""
    for sign in found:
        yield from (each for each in (sign.name, sign.state, sign.unit, sign.words, sign.todo) if each)
