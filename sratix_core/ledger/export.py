"""The books as one archive that proves itself: entries, seals, the signed head and the script that checks them."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterable, Mapping
from importlib.resources import files
from typing import IO, TYPE_CHECKING, Any

from sqlalchemy import select

from sratix_core.audit.chain import GENESIS
from sratix_core.audit.models import Seal, SealHead
from sratix_core.db.appendonly import canonical
from sratix_core.ledger.models import LedgerEntry
from sratix_core.ledger.signing import signed

if TYPE_CHECKING:
    from sratix_core.context import TenantContext

AT_ONCE = 2000
STREAM = LedgerEntry.__stream__
LEFT_OUT = frozenset({"txid"})
READ_ME = """The books of {tenant}, up to {at}.

entries.jsonl  one entry a line; amounts in minor units, a debit is positive
seals.jsonl    the chain over the entries
head.json      where the chain ends, signed
verify_books.py  proves all of it: python3 verify_books.py --key {public_key}

The public key above is only worth something when it comes to you another way: from the finance page, or from an
archive you were given before.
"""


def standing(ctx: TenantContext) -> dict[str, Any]:
    """Where the sealed books stand: `{tenant, tenant_id, at, entries, hash}`."""
    head = ctx.db.execute(
        select(SealHead.next_seq, SealHead.hash).where(SealHead.stream == STREAM)
    ).one_or_none()
    next_seq, hashed = (1, GENESIS) if head is None else (head.next_seq, head.hash)
    return {
        "tenant": ctx.tenant.slug,
        "tenant_id": ctx.tenant.id,
        "at": canonical(ctx.clock.now()),
        "entries": next_seq - 1,
        "hash": hashed.hex(),
    }


def head_of(ctx: TenantContext) -> dict[str, Any]:
    """The standing with `kid`, `public_key` and `signature`; makes the key on first use."""
    return signed(ctx, standing(ctx))


def write_books(ctx: TenantContext, out: IO[bytes]) -> dict[str, Any]:
    """Write the archive of everything sealed so far, in constant memory; its head."""
    head = head_of(ctx)
    entries = select(*LedgerEntry.__table__.columns).where(
        LedgerEntry.seq <= head["entries"], LedgerEntry.tenant_id == ctx.tenant.id
    )
    seals = select(Seal.first_seq, Seal.last_seq, Seal.prev_hash, Seal.hash).where(
        Seal.stream == STREAM, Seal.last_seq <= head["entries"]
    )
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        _write(archive, "entries.jsonl", ctx, entries.order_by(LedgerEntry.seq))
        _write(archive, "seals.jsonl", ctx, seals.order_by(Seal.first_seq))
        archive.writestr("head.json", json.dumps(head, indent=1, sort_keys=True))
        script = files("sratix_core.ledger.offline").joinpath("verify_books.py")
        archive.writestr("verify_books.py", script.read_text(encoding="utf-8"))
        archive.writestr("README.txt", READ_ME.format_map(head))
    return head


def _write(archive: zipfile.ZipFile, name: str, ctx: TenantContext, query: Any) -> None:
    with archive.open(name, "w") as part:
        for row in ctx.db.execute(query.execution_options(yield_per=AT_ONCE)).mappings():
            part.write(_line(row.items()))


def _line(columns: Iterable[tuple[Any, Any]]) -> bytes:
    kept: Mapping[str, Any] = {str(k): canonical(v) for k, v in columns if str(k) not in LEFT_OUT}
    return json.dumps(kept, sort_keys=True, separators=(",", ":")).encode() + b"\n"
