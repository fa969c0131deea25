"""Accounts that the platform opened for organizers: written down before the provider is asked, kept as it says they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from sratix_core.audit.service import record
from sratix_core.db.dialects import insert_ignore
from sratix_core.errors import Conflict, NotFound
from sratix_core.payments.models import ConnectedAccount

if TYPE_CHECKING:
    from sratix_core.context import TenantContext
    from sratix_core.plugins.connecting import AccountReading
    from sratix_core.plugins.paying import Mode

MOST_DUE = 50


def connected_account(ctx: TenantContext, provider: str, mode: Mode) -> ConnectedAccount | None:
    """The organizer's account at this provider, whether it was opened already or only asked for."""
    mine = (ConnectedAccount.provider == provider, ConnectedAccount.mode == mode)
    found: ConnectedAccount | None = ctx.db.scalar(select(ConnectedAccount).where(*mine))
    return found


def account_intent(ctx: TenantContext, provider: str, mode: Mode) -> ConnectedAccount:
    """Write down that an account is to be opened, once; asked again, the row that is there."""
    row_id = ctx.ids.new()
    row = {
        "id": row_id,
        "provider": provider,
        "mode": mode,
        "reference": None,
        "country": "",
        "details_submitted": False,
        "ready": False,
        "pays_out": False,
        "due": [],
        "disabled_reason": "",
        "opened_at": ctx.clock.now(),
        "asked_at": None,
    }
    if insert_ignore(ctx.db, ConnectedAccount, ("provider", "mode"), row):
        record(ctx, "connected_account.asked", "connected_account", row_id, provider=provider, mode=mode)
    found = connected_account(ctx, provider, mode)
    assert found is not None
    return found


def note_account(ctx: TenantContext, provider: str, mode: Mode, said: AccountReading) -> ConnectedAccount:
    """Keep how the account stands. Raises `NotFound` where none was asked for, `Conflict` for another account than the one that is kept."""
    mine = select(ConnectedAccount).where(
        ConnectedAccount.provider == provider, ConnectedAccount.mode == mode
    )
    row = ctx.db.scalar(mine.with_for_update().execution_options(populate_existing=True))
    if row is None:
        raise NotFound("page")
    if row.reference not in (None, said.reference):
        raise Conflict("conflict")
    before = (row.reference, row.ready, row.pays_out)
    row.reference, row.country = said.reference, said.country[:2]
    row.details_submitted, row.ready, row.pays_out = said.details_submitted, said.ready, said.pays_out
    row.due, row.disabled_reason = [name[:120] for name in said.due[:MOST_DUE]], said.disabled_reason[:80]
    row.asked_at = ctx.clock.now()
    if before != (row.reference, row.ready, row.pays_out):
        record(
            ctx,
            "connected_account.changed",
            "connected_account",
            row.id,
            provider=provider,
            mode=mode,
            ready=row.ready,
            pays_out=row.pays_out,
        )
    ctx.db.flush()
    return row
