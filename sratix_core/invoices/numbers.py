"""Numbers without a gap (K10): a counter row per series and fiscal year, counted up by the transaction that uses the number.

A rolled-back transaction takes its number back with it; whoever comes at the same time waits for the row, so the order of
numbers is the order of commits. The price: one invoice of a series after the other, some hundred a second.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sqlalchemy import update

from sratix_core.db.dialects import insert_ignore
from sratix_core.invoices.models import InvoiceSeries

if TYPE_CHECKING:
    from sratix_core.context import TenantContext


@dataclass(frozen=True)
class Taken:
    """A number and the moment that goes with it, which lies in its fiscal year."""

    series: str
    fiscal_year: int
    number: int
    at: datetime

    def label(self, prefix: str) -> str:
        """`RE-2027-00042`."""
        return f"{prefix}{self.fiscal_year}-{self.number:05d}"


def fiscal_year(at: datetime, timezone: str, starts_in: int) -> int:
    """The year in which the fiscal year of this moment began; `starts_in` is a month, 1 to 12, of the local calendar."""
    local = at.astimezone(ZoneInfo(timezone))
    return local.year if local.month >= starts_in else local.year - 1


def year_ends(year: int, timezone: str, starts_in: int) -> datetime:
    """The first moment after a fiscal year."""
    return datetime(year + 1, starts_in, 1, tzinfo=ZoneInfo(timezone)).astimezone(UTC)


def take(ctx: TenantContext, series: str, starts_in: int) -> Taken:
    """The next number. The last statement before the invoice's own insert: from here on others wait for this transaction.

    The moment is read again once the row is ours, so that later numbers are not dated before earlier ones; where midnight of
    the new year passed meanwhile, the number stays in the year it was asked for.
    """
    timezone, asked = ctx.tenant.timezone, ctx.clock.now()
    year = fiscal_year(asked, timezone, starts_in)
    number = _next(ctx, series, year)
    if number is None:
        first = {"id": ctx.ids.new(), "series": series, "fiscal_year": year, "next_number": 1}
        insert_ignore(ctx.db, InvoiceSeries, ("series", "fiscal_year"), first)
        number = _next(ctx, series, year)
    assert number is not None
    now = ctx.clock.now()
    return Taken(series, year, number, now if fiscal_year(now, timezone, starts_in) == year else asked)


def _next(ctx: TenantContext, series: str, year: int) -> int | None:
    counted: int | None = ctx.db.scalar(
        update(InvoiceSeries)
        .where(InvoiceSeries.series == series, InvoiceSeries.fiscal_year == year)
        .values(next_number=InvoiceSeries.next_number + 1)
        .returning(InvoiceSeries.next_number),
        execution_options={"synchronize_session": False},
    )
    return None if counted is None else counted - 1
