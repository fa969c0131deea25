"""What comes due by the clock: forgetting who paid."""

from __future__ import annotations

import uuid

from sqlalchemy import update

from sratix_bank_transfer.models import Statement, Transaction, TransactionState
from sratix_bank_transfer.uploading import FORGET, MONTH, NAME
from sratix_core.plugin import (
    JobRun,
    enqueue,
    plugin_settings,
)

DECIDED = (TransactionState.APPLIED, TransactionState.IGNORED, TransactionState.RETURNED)


def forget_payers(run: JobRun) -> None:
    """Empty what tells who paid in a statement, once the months are over that are set; undecided payments keep it."""
    statement_id = uuid.UUID(run.payload["statement"])
    with run.begin() as ctx:
        statement = ctx.db.get(Statement, statement_id)
        if statement is None:
            run.finish(ctx)
            return
        months = int(plugin_settings(ctx, NAME)["keep_months"])
        due = statement.uploaded_at + months * MONTH
        if due > ctx.clock.now():  # they were made more since
            enqueue(
                ctx,
                FORGET,
                {"statement": statement_id},
                run_at=due,
                dedupe=f"{FORGET}:{statement_id}:{months}",
            )
            run.finish(ctx)
            return
        ctx.db.execute(
            update(Transaction)
            .where(Transaction.statement_id == statement_id, Transaction.state.in_(DECIDED))
            .values(payer="", payer_iban="", message="", note=""),
            execution_options={"synchronize_session": False},
        )
        statement.filename, statement.content = "", None
        run.finish(ctx)
