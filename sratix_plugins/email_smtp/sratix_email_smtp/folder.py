"""Mail as files: one .eml per message id, so that a second attempt replaces the first. Only the owner may read them."""

from __future__ import annotations

import os
import re
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

SHOWN = 200
NAME = re.compile(r"[A-Za-z0-9._-]{1,200}\.eml")


class MailFolder:
    """`put` is safe for several workers at once: a file appears whole or not at all."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def put(self, message_id: str, raw: bytes) -> Path:
        """Store one mail. Raises `OSError`."""
        self.path.mkdir(parents=True, exist_ok=True, mode=0o700)
        name = re.sub(r"[^A-Za-z0-9._-]", "-", message_id.strip("<>"))[:190].lstrip(".") + ".eml"
        half = self.path / f".{name}.{os.getpid()}"
        with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
            out.write(raw)
        half.replace(self.path / name)
        return self.path / name

    def names(self) -> list[str]:
        """The newest first, at most 200."""
        if not self.path.is_dir():
            return []
        files = sorted(self.path.glob("*.eml"), key=lambda f: (f.stat().st_mtime_ns, f.name), reverse=True)
        return [file.name for file in files[:SHOWN]]

    def read(self, name: str) -> EmailMessage | None:
        """A stored mail, None when there is none of that name."""
        if not NAME.fullmatch(name) or not (self.path / name).is_file():
            return None
        parsed = message_from_bytes((self.path / name).read_bytes(), policy=policy.default)
        assert isinstance(parsed, EmailMessage)
        return parsed
