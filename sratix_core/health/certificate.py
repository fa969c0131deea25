"""Until when the installation's own certificate is good: kept, so that somebody renews it in time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sratix_core.tenancy.scope import SystemScope
from sratix_core.tenants.models import PlatformSetting

if TYPE_CHECKING:
    from sratix_core.runtime import Runtime

SEEN = "tls.certificate"
KEEPING = SystemScope("the end of the certificate is kept for the whole installation")


@dataclass(frozen=True)
class Certificate:
    """What the last look at `url` saw; `until` None: nothing answered."""

    url: str
    at: datetime
    until: datetime | None


def last(runtime: Runtime) -> Certificate | None:
    """What the last look at the installation's present address saw."""
    with runtime.engines.begin(KEEPING, write=False) as db:
        row = db.get(PlatformSetting, SEEN)
        return certificate_in(row.value if row else None, runtime.settings.base_url)


def keep(runtime: Runtime, found: Certificate) -> None:
    """Write it down for every process."""
    with runtime.engines.begin(KEEPING) as db:
        row = db.get(PlatformSetting, SEEN)
        if row is None:
            row = PlatformSetting(key=SEEN)
            db.add(row)
        until = found.until.isoformat() if found.until else None
        row.value = {"url": found.url, "at": found.at.isoformat(), "until": until}
        row.updated_at = found.at


def certificate_in(value: Mapping[str, Any] | None, url: str) -> Certificate | None:
    """What was kept about this address, None before the first look at it."""
    if not value or value["url"] != url:
        return None
    until = datetime.fromisoformat(value["until"]) if value["until"] else None
    return Certificate(url, datetime.fromisoformat(value["at"]), until)
