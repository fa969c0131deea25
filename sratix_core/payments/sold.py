"""What an order sold of value, as pages and programs show it: the end of a code, never more."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sratix_core.payments.selling import made_of
from sratix_core.tickets.models import Ticket, TicketState

if TYPE_CHECKING:
    from sratix_core.context import TenantContext
    from sratix_core.orders.models import Order
    from sratix_core.plugins.stored import SoldValue
    from sratix_core.values.money import Money


@dataclass(frozen=True)
class Sold:
    """One unit; `made` is None while it waits for the payment or for a job."""

    unit: Ticket
    amount: Money
    made: SoldValue | None

    @property
    def id(self) -> uuid.UUID:
        found: uuid.UUID = self.unit.id
        return found

    @property
    def state(self) -> str:
        """`waiting` until it is made, then its own; `returned` once it was given back or its order ended."""
        if self.unit.state != TicketState.VALUE:
            return "returned"
        return "waiting" if self.made is None else self.made.state

    @property
    def is_good(self) -> bool:
        """Whether it can be mailed once more."""
        return self.state in ("open", "blocked")


def sold_by(ctx: TenantContext, order: Order) -> list[Sold]:
    """The units of value of an order, in their order; no statement where it sells none."""
    units = order.value_units
    made, prices = made_of(ctx, units) if units else {}, {line.id: line.unit_price for line in order.lines}
    return [Sold(unit, prices[unit.order_line_id], made.get(unit.id)) for unit in units]
