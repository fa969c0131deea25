"""Whatever is done to one card in whatever order: what is on it, what orders keep of it and what ended make what was issued."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

import sratix_gift_cards
from sratix_core.errors import Conflict, Refused
from sratix_core.ledger.accounts import Account
from sratix_core.ledger.queries import balances
from sratix_core.orders.credits import credit
from sratix_core.orders.models import Order
from sratix_core.orders.service import cancel_order, expire_orders
from sratix_core.payments.models import Payment
from sratix_core.payments.receiving import mark_paid
from sratix_core.payments.sending import send_back, send_owed
from sratix_core.refunds.models import ReturnTerms
from sratix_core.refunds.returning import give_back
from sratix_core.runtime import Runtime
from sratix_core.values.money import Money
from sratix_gift_cards.issuing import block, unblock
from sratix_gift_cards.models import GiftCard
from sratix_gift_cards.moving import end_due
from tests.builders import faults, make_engines, make_process, make_sale, sqlite_settings
from tests.gift_cards import buy, make_card, with_cards

ISSUED = 10_000
ACTS = st.one_of(
    st.tuples(st.just("buy"), st.integers(1, 3)),
    st.tuples(st.sampled_from(("pay", "cancel", "return", "return_one", "send", "owed")), st.integers(0, 5)),
    st.tuples(st.just("credit"), st.integers(1, 4000)),
    st.tuples(st.just("hours"), st.integers(1, 300)),
    st.tuples(st.sampled_from(("block", "unblock", "sweep")), st.just(0)),
)


@pytest.fixture(scope="module")
def process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Runtime]:
    place: Path = tmp_path_factory.mktemp("sequences")
    chosen = sqlite_settings(place)
    engines = make_engines(chosen)
    yield make_process(chosen, engines, plugins=[sratix_gift_cards])
    engines.dispose()


@settings(max_examples=40, derandomize=True)
@given(acts=st.lists(ACTS, min_size=3, max_size=14), lasts=st.integers(1, 400))
def test_any_sequence_keeps_every_minor_unit(
    process: Runtime, acts: list[tuple[str, int]], lasts: int
) -> None:
    world = with_cards(process)
    with world.open() as ctx:
        event, kind = make_sale(ctx, 1700)
        card_id = make_card(ctx, ISSUED, ends_at=ctx.clock.now() + timedelta(hours=lasts)).id
    orders: list[object] = []
    for act, n in acts:
        if act == "hours":
            world.later(hours=n)
            continue
        try:
            with world.open() as ctx:
                card = ctx.db.get_one(GiftCard, card_id)
                order = ctx.db.get_one(Order, orders[n % len(orders)]) if orders else None
                if act == "buy":
                    orders.append(buy(ctx, event, {kind: n}, [card]).id)
                elif act == "sweep":
                    expire_orders(ctx)
                    end_due(ctx)
                elif act in ("block", "unblock"):
                    (block if act == "block" else unblock)(ctx, card)
                elif order is not None:
                    match act:
                        case "pay":
                            mark_paid(ctx, order, f"{order.code}-{ctx.ids.new()}")
                        case "cancel":
                            cancel_order(ctx, order, "asked")
                        case "return":
                            give_back(ctx, order, None, ReturnTerms.FULL, "goodwill")
                        case "return_one":
                            give_back(ctx, order, [order.tickets[0].id], ReturnTerms.FULL, "goodwill")
                        case "credit":
                            credit(ctx, order, Money(n, "CHF"), "goodwill")
                        case "send":
                            send_back(ctx, order)
                        case _:
                            send_owed(ctx, order)
        except (Refused, Conflict):
            continue
    with world.open(write=False) as ctx:
        card = ctx.db.get_one(GiftCard, card_id)
        kept = sum(
            p.amount_minor - p.refunded_minor for p in ctx.db.scalars(select(Payment).where(Payment.stored))
        )
        books = {b.account: b.amount.minor for b in balances(ctx)}
        ended = -books.get(Account.BREAKAGE, 0)
        assert card.balance_minor + kept + ended == ISSUED
        assert -books.get(Account.STORED_VALUE, 0) == card.balance_minor
    assert faults(process) == []
