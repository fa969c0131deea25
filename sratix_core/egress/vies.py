"""Asking VIES, the European Commission's register of VAT numbers. Its answer decides nothing alone, and nobody waits for it."""

from __future__ import annotations

import json
import uuid
from typing import TYPE_CHECKING

from sratix_core.egress.client import Egress, Provider
from sratix_core.errors import AddressRefused, NotSent, OutcomeUnknown
from sratix_core.invoices import vat_checks
from sratix_core.invoices.models import VatState
from sratix_core.jobs.registry import JobKind

if TYPE_CHECKING:
    from sratix_core.jobs.run import JobRun

VIES = Provider("vies", "https://ec.europa.eu")
PATH = "/taxation_customs/vies/rest-api/ms/{country}/vat/{number}"
VERDICTS = {"VALID": VatState.VALID, "INVALID": VatState.INVALID}
"""`userError` of an answer; everything else (a member state is down, too many ask) is none."""


def look_up(egress: Egress, number: str) -> VatState:
    """What the register says of a number that leads with its country, as in `ATU13585627`. Raises what `Egress.call` raises."""
    path = PATH.format(country=number[:2], number=number[2:])
    answer = egress.call(VIES, "GET", egress.base(VIES) + path, {"accept": "application/json"}).settled()
    try:
        said = json.loads(answer.body)["userError"]
    except (ValueError, TypeError, KeyError):
        return VatState.UNKNOWN
    return VERDICTS.get(str(said), VatState.UNKNOWN) if answer.status == 200 else VatState.UNKNOWN


def check(run: JobRun) -> None:
    """The handler. An answer that is lost is asked for again, some times; then it stays unknown."""
    check_id = uuid.UUID(run.payload["check"])
    with run.begin(write=False) as ctx:
        number, settings = vat_checks.number_of(ctx, check_id), ctx.settings
    if number is None:
        return
    try:
        state = look_up(Egress(settings), number)
    except (AddressRefused, NotSent, OutcomeUnknown):
        if not run.last_attempt:
            raise
        state = VatState.UNKNOWN
    with run.begin() as ctx:
        vat_checks.settle(ctx, check_id, state)
        run.finish(ctx)


JOBS = (JobKind(vat_checks.KIND, check, max_attempts=6),)
