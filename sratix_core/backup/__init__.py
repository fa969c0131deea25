"""Owns the archive of a whole installation: taking it while selling goes on, proving it sound, and bringing it back.

An archive is a tar, compressed: rows as JSON lines by table, files by key, and the manifest at the end. Rows are written
the same from either database, so an installation that outgrows SQLite moves to PostgreSQL by its own backup.
"""

from sratix_core.backup.archive import BackupError
from sratix_core.backup.restoring import restore
from sratix_core.backup.taking import save

__all__ = ["BackupError", "restore", "save"]
