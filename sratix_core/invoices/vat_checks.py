"""What VIES says of VAT numbers: asked by a job, remembered for a month, never waited for. No answer is no verdict."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select

from sratix_core.db.dialects import insert_ignore
from sratix_core.invoices import vat
from sratix_core.invoices.models import VatCheck, VatState
from sratix_core.jobs.service import enqueue

if TYPE_CHECKING:
    from sratix_core.context import TenantContext

KIND = "invoices.vat_check"
GOOD_FOR = timedelta(days=30)


def ask(ctx: TenantContext, typed: str, country: str) -> None:
    """Have VIES asked about a number of the Union whose check digits are right, unless it was lately."""
    number = vat.read(typed, country)
    if not (number.in_eu and number.verdict == "right"):
        return
    now = ctx.clock.now()
    new = {"id": ctx.ids.new(), "number": number.number, "state": VatState.UNKNOWN.value, "asked_at": now}
    is_new = insert_ignore(ctx.db, VatCheck, ("number",), new)
    check = ctx.db.scalars(select(VatCheck).where(VatCheck.number == number.number)).one()
    if is_new or now - check.asked_at > GOOD_FOR or check.state == VatState.UNKNOWN:
        check.asked_at = now
        enqueue(ctx, KIND, {"check": check.id}, dedupe=f"{KIND}:{check.id}:{now:%Y%m%d}")


def state_of(ctx: TenantContext, typed: str, country: str) -> VatState:
    """What was said last; `unknown` if nobody was asked or answered."""
    known = ctx.db.scalar(select(VatCheck.state).where(VatCheck.number == vat.read(typed, country).number))
    return VatState(known) if known else VatState.UNKNOWN


def number_of(ctx: TenantContext, check_id: uuid.UUID) -> str | None:
    """The number a check is about; None once it is gone."""
    found: str | None = ctx.db.scalar(select(VatCheck.number).where(VatCheck.id == check_id))
    return found


def settle(ctx: TenantContext, check_id: uuid.UUID, state: VatState) -> None:
    """Remember an answer; no answer leaves what was said before."""
    check = ctx.db.scalar(select(VatCheck).where(VatCheck.id == check_id).with_for_update())
    if check is not None and state != VatState.UNKNOWN:
        check.state, check.asked_at = state, ctx.clock.now()
        ctx.db.flush()
