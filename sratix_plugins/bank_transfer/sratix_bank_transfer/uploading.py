"""A file becomes a statement: judged at the door, kept until a job has read it, the same one twice is one."""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import asdict
from datetime import timedelta

from sqlalchemy import CursorResult, delete, select, update

from sratix_bank_transfer import table
from sratix_bank_transfer.entries import MOST_BYTES, Unreadable, text
from sratix_bank_transfer.models import Statement, StatementState, Transaction
from sratix_bank_transfer.table import Layout
from sratix_core.plugin import Conflict, TenantContext, enqueue, insert_ignore, plugin_settings, record

NAME = "bank_transfer"
READ = "bank_transfer.read_statement"
FORGET = "bank_transfer.forget_payers"
MONTH = timedelta(days=30)


def judge(data: bytes) -> str:
    """What kind of file it is: camt or csv. Raises `Unreadable` with what to do about any other."""
    if not data.strip():
        raise Unreadable("empty")
    if len(data) > MOST_BYTES:
        raise Unreadable("too_large")
    if data[:4] == b"PK\x03\x04" or data[:2] == b"\x1f\x8b":
        raise Unreadable("archive")
    if data[:5] == b"%PDF-":
        raise Unreadable("binary")
    from sratix_bank_transfer import camt  # with the XML parsers, which only who reads a statement needs

    if camt.looks_like(data):
        return camt.judge(data)
    table.decoded(data)
    return "csv"


def upload(ctx: TenantContext, filename: str, data: bytes) -> tuple[Statement, bool]:
    """The statement of this file, and whether it is a new one. Raises `Unreadable`."""
    kind = judge(data)
    layout = asdict(table.guess(table.decoded(data), ctx.tenant.currency)) if kind == "csv" else {}
    digest = hashlib.sha256(data).hexdigest()
    # One that could not be read is no obstacle to the same file again.
    ctx.db.execute(
        delete(Statement).where(Statement.digest == digest, Statement.state == StatementState.FAILED)
    )
    row = {
        "id": ctx.ids.new(),
        "filename": text(filename.rpartition("\\")[2], 120) or kind,
        "digest": digest,
        "format": kind,
        "account": "",
        "state": StatementState.LAYOUT if kind == "csv" else StatementState.READING,
        "entries": 0,
        "known": 0,
        "skipped": 0,
        "handled": 0,
        "error": "",
        "content": zlib.compress(data),
        "layout": layout,
        "uploaded_by": ctx.actor.id,
        "uploaded_at": ctx.clock.now(),
    }
    new = insert_ignore(ctx.db, Statement, ("digest",), row)
    statement = ctx.db.scalars(select(Statement).where(Statement.digest == digest)).one()
    if new:
        record(ctx, "bank_transfer.statement_uploaded", "bank_statement", statement.id, format=kind)
        if statement.state == StatementState.READING:
            _queue(ctx, statement)
    return statement, new


def confirm(ctx: TenantContext, statement: Statement, layout: Layout) -> None:
    """Read a table by this layout. Raises `Conflict("order_changed")` when somebody else said so before."""
    _left(ctx, statement, {"state": StatementState.READING, "layout": asdict(layout)})
    _queue(ctx, statement)
    record(ctx, "bank_transfer.layout_confirmed", "bank_statement", statement.id)


def discard(ctx: TenantContext, statement: Statement) -> None:
    """Throw a table away that was not read yet."""
    mine = (Statement.id == statement.id, Statement.state == StatementState.LAYOUT)
    read = select(Transaction.id).where(Transaction.statement_id == statement.id).limit(1)
    if ctx.db.scalar(read) is not None:
        raise Conflict("order_changed")
    gone = ctx.db.execute(delete(Statement).where(*mine).execution_options(synchronize_session=False))
    assert isinstance(gone, CursorResult)
    if gone.rowcount != 1:
        raise Conflict("order_changed")
    record(ctx, "bank_transfer.statement_discarded", "bank_statement", statement.id)


def content_of(statement: Statement) -> bytes:
    """The bytes as they were uploaded; only as long as they are waited for."""
    return zlib.decompress(statement.content or zlib.compress(b""))


def _left(ctx: TenantContext, statement: Statement, values: dict[str, object]) -> None:
    mine = (Statement.id == statement.id, Statement.state == StatementState.LAYOUT)
    changed = ctx.db.execute(
        update(Statement).where(*mine).values(**values), execution_options={"synchronize_session": False}
    )
    assert isinstance(changed, CursorResult)
    if changed.rowcount != 1:
        raise Conflict("order_changed")
    ctx.db.refresh(statement)


def _queue(ctx: TenantContext, statement: Statement) -> None:
    """Its reading now, and the forgetting of who paid when the time is over that is set."""
    enqueue(ctx, READ, {"statement": statement.id}, dedupe=f"{READ}:{statement.id}")
    months = int(plugin_settings(ctx, NAME)["keep_months"])
    due = ctx.clock.now() + months * MONTH
    enqueue(ctx, FORGET, {"statement": statement.id}, run_at=due, dedupe=f"{FORGET}:{statement.id}")
