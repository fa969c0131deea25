"""Paying over all organizers: what came, went back and was tried, week by week, for administrators alone."""

from __future__ import annotations

from sqlalchemy import select

from sratix_core.orders.placing import Buyer, Holder, place_order
from sratix_core.payments.models import Dispute, DisputeState, Payment
from sratix_core.payments.receiving import mark_paid
from tests.builders import World, make_cart, make_sale
from tests.functional.platform.people import House

WHERE = "/platform/payments/"


def sold(world: World, reference: str) -> None:
    """Two tickets, paid by transfer."""
    with world.open() as ctx:
        event, kind = make_sale(ctx, 4900, slug=reference)
        for n in range(2):
            cart, _ = make_cart(ctx, event, {kind: 1})
            buyer = Buyer("Ada Lovelace", "ada@example.org")
            order, _ = place_order(ctx, event, cart, buyer, [Holder()], "bank_transfer")
            mark_paid(ctx, order, f"{reference}-{n}")


def test_an_installation_without_payments_says_so_and_nobody_else_may_look(house: House) -> None:
    assert "Nobody has paid yet" in house.person(admin=True)[1].get(WHERE)
    house.person()[1].get(WHERE, status=403)
    house.market.browser().get(WHERE, status=303)


def test_every_organizer_counts_and_none_is_named(house: House) -> None:
    worlds = [house.market.tenant(), house.market.tenant()]
    for world in worlds:
        sold(world, world.tenant.slug)
    with worlds[0].open() as ctx:
        payment = ctx.db.scalars(select(Payment).limit(1)).one()
        ctx.db.add(
            Dispute(
                id=ctx.ids.new(), order_id=payment.order_id, payment_id=payment.id, provider="bank", reference="d1",
                state=DisputeState.LOST, amount_minor=4900, currency="CHF", fee_minor=0, reason="fraudulent",
                opened_at=ctx.clock.now(),
            )
        )  # fmt: skip
    worlds[0].later(days=8)
    sold(worlds[1], "late")
    worlds[0].later(seconds=1)
    admin = house.person(admin=True)[1]
    page = admin.get(WHERE)
    rows = [[cell.text.strip() for cell in row.find_all("td")] for row in page.html.find_all("tr")]
    assert [row[1] for row in rows if len(row) == 7][-4:] == ["2", "4", "0", "0"]
    assert ["CHF 294.00", "CHF 0.00", "CHF 49.00"] in rows
    assert not any(world.tenant.name in page for world in worlds)
    assert "12" in admin.get(WHERE + "?weeks=12")
    assert admin.get(WHERE + "?weeks=x'").status_int == 200
