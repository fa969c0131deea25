"""What others wait for while an invoice takes its number."""

from __future__ import annotations

from sratix_core.invoices.service import issue
from sratix_core.orders.models import Order
from tests.builders import World, make_order
from tests.unit.invoices.test_invoices import selling


def test_behind_the_counter_an_invoice_is_only_written(world: World) -> None:
    with world.open() as ctx:
        event, kind = selling(ctx)
        first, second = (make_order(ctx, event, {kind: 1}) for _ in range(2))
        issue(ctx, first)
    with world.open() as ctx:
        order = ctx.db.get_one(Order, second.id)
        with world.process.engines.counted() as statements:
            issue(ctx, order)
    counter = next(n for n, said in enumerate(statements) if said.startswith("UPDATE invoice_series"))
    assert {said.split()[0] for said in statements[counter + 1 :]} == {"INSERT"}
