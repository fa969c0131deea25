"""The job behind an upload: the file's credits are stored, each once, then matched in batches that can be left and found again."""

from __future__ import annotations

import uuid
from collections import defaultdict
from typing import Any

from sqlalchemy import select, update

from sratix_bank_transfer import table
from sratix_bank_transfer.applying import put_aside, settle, settle_invoice
from sratix_bank_transfer.entries import Entry, Read, Unreadable, keyed
from sratix_bank_transfer.matching import Batch
from sratix_bank_transfer.models import Reason, Statement, StatementState, Transaction, TransactionState
from sratix_bank_transfer.table import Layout
from sratix_bank_transfer.uploading import NAME, content_of
from sratix_core.plugin import JobRun, TenantContext, insert_new, plugin_settings, record

STORED_AT_ONCE = 250
MATCHED_AT_ONCE = 50
"""Their orders are locked together, and buyers wait that long."""


def read_statement(run: JobRun) -> None:
    """The handler. A run that begins after another one died goes on where that one committed last."""
    statement_id = uuid.UUID(run.payload["statement"])
    with run.begin() as ctx:
        statement = ctx.db.get(Statement, statement_id)
        if statement is None or statement.state not in (StatementState.READING, StatementState.MATCHING):
            run.finish(ctx)
            return
        reading, data, layout = (
            statement.state == StatementState.READING,
            content_of(statement),
            statement.layout,
        )
        kind, account = statement.format, plugin_settings(ctx, NAME)["iban"] or ""
    if reading:
        from sratix_bank_transfer import camt

        try:
            found = (
                camt.read(data)
                if kind != "csv"
                else table.read(table.decoded(data), Layout(**layout), account)
            )
        except Unreadable as error:
            _fail(run, statement_id, error.reason)
            return
        _store(run, statement_id, found)
    while _match(run, statement_id):
        pass


def _fail(run: JobRun, statement_id: uuid.UUID, reason: str) -> None:
    with run.begin() as ctx:
        statement = ctx.db.get_one(Statement, statement_id)
        statement.state, statement.error, statement.content = StatementState.FAILED, reason, None
        run.finish(ctx)


def _store(run: JobRun, statement_id: uuid.UUID, found: Read) -> None:
    """All credits, in units of their own; what another statement or an earlier run stored is passed over."""
    keys = keyed(found.account, found.entries)
    for start in range(0, len(keys), STORED_AT_ONCE):
        with run.begin() as ctx:
            rows = [_row(ctx, statement_id, key, e) for key, e in keys[start : start + STORED_AT_ONCE]]
            insert_new(ctx.db, Transaction, ("key",), rows)
            run.keep(ctx)
    with run.begin() as ctx:
        statement = ctx.db.get_one(Statement, statement_id)
        mine = select(Transaction.id).where(Transaction.statement_id == statement_id)
        statement.entries = len(ctx.db.scalars(mine).all())
        statement.known, statement.skipped = len(keys) - statement.entries, found.skipped
        statement.format, statement.account = found.format, found.account
        statement.state, statement.content = StatementState.MATCHING, None


def _row(ctx: TenantContext, statement_id: uuid.UUID, key: str, entry: Entry) -> dict[str, object]:
    return {
        "id": ctx.ids.new(),
        "statement_id": statement_id,
        "order_id": None,
        "invoice_id": None,
        "key": key,
        "booked_on": entry.booked_on,
        "amount_minor": entry.amount.minor,
        "currency": entry.amount.currency,
        "payer": entry.payer,
        "payer_iban": entry.payer_iban,
        "message": entry.message,
        "reference": entry.reference,
        "bank_reference": entry.bank_reference,
        "batch": entry.batch,
        "state": TransactionState.NEW,
        "reason": "",
        "note": "",
    }


def _match(run: JobRun, statement_id: uuid.UUID) -> bool:
    """The next batch; False once there is none, which ends the job."""
    with run.begin() as ctx:
        mine = (Transaction.statement_id == statement_id, Transaction.state == TransactionState.NEW)
        waiting = select(Transaction).where(*mine).order_by(Transaction.id).limit(MATCHED_AT_ONCE)
        found = list(ctx.db.scalars(waiting.with_for_update()))
        batch = Batch(ctx, found)
        nowhere = defaultdict[Reason, list[Transaction]](list)
        for transaction in found:
            verdict = batch.verdict(transaction)
            if verdict.invoice is not None:
                orders = batch.orders_of(verdict.invoice)
                settle_invoice(ctx, transaction, verdict.invoice, orders, verdict.reason)
            elif verdict.order is None:
                nowhere[verdict.reason].append(transaction)
            else:
                settle(ctx, transaction, verdict.order, verdict.reason)
        for reason, alike in nowhere.items():
            put_aside(ctx, alike, reason)
        done: dict[str, Any] = {"handled": Statement.handled + len(found)}
        if found:
            run.keep(ctx)
        else:
            done = {"handled": Statement.entries, "state": StatementState.DONE}
            record(ctx, "bank_transfer.statement_read", "bank_statement", statement_id)
            run.finish(ctx)
        ctx.db.execute(
            update(Statement).where(Statement.id == statement_id).values(**done),
            execution_options={"synchronize_session": False},
        )
    return bool(found)
