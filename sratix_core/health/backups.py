"""When the last backup was taken here: `sratix backup` writes it down, so that somebody notices when it stops coming."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sratix_core.tenancy.scope import SystemScope
from sratix_core.tenants.models import PlatformSetting

if TYPE_CHECKING:
    from sratix_core.runtime import Runtime

LAST = "backup.last"
NOTING = SystemScope("the moment of the last backup is kept for the whole installation")


@dataclass(frozen=True)
class Backup:
    """When, and how many rows and files."""

    at: datetime
    rows: int
    files: int


def note(runtime: Runtime, made: Backup) -> None:
    """Write down that a backup was taken; it is whole already, whether or not this succeeds."""
    with runtime.engines.begin(NOTING) as db:
        row = db.get(PlatformSetting, LAST)
        if row is None:
            row = PlatformSetting(key=LAST)
            db.add(row)
        row.value = {"at": made.at.isoformat(), "rows": made.rows, "files": made.files}
        row.updated_at = made.at


def backup_in(value: dict[str, Any] | None) -> Backup | None:
    """What was written down, None before the first one."""
    return None if not value else Backup(datetime.fromisoformat(value["at"]), value["rows"], value["files"])
