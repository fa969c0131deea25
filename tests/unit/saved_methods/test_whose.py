"""A saved method belongs to one person at one organizer; what the provider calls them is kept, also after it changed."""

from __future__ import annotations

import uuid

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from sratix_core.payments.attempts import payment_intent
from sratix_core.payments.models import PaymentAttempt
from sratix_core.runtime import Runtime
from sratix_core.saved_methods.mine import tenants_keeping
from sratix_core.saved_methods.models import PaymentCustomer
from sratix_core.saved_methods.service import Use, customer_of, keeper, make_customer, note_name
from sratix_core.values.money import Money
from tests.builders import World, make_order, make_sale, make_world

ANN, BEN, CLEO = uuid.uuid4(), uuid.uuid4(), uuid.uuid4()
"""The database is everybody's in this run: nobody else has these."""


def test_a_person_is_written_down_once_for_each_provider_and_mode(world: World) -> None:
    with world.open() as ctx:
        first, again = (make_customer(ctx, ANN, "stripe", "test").id for _ in range(2))
        assert first == again
        assert make_customer(ctx, ANN, "stripe", "live").id != first
        assert make_customer(ctx, BEN, "stripe", "test").id != first
        assert customer_of(ctx, ANN, "other", "test") is None
        note_name(ctx, first, "cus_1")
        assert customer_of(ctx, BEN, "stripe", "test").references == []  # type: ignore[union-attr]


def test_the_latest_name_stands_first_and_earlier_ones_stay(world: World) -> None:
    with world.open() as ctx:
        row = make_customer(ctx, ANN, "stripe", "test")
        for name in ("cus_1", "cus_2", "cus_2", "cus_1"):
            note_name(ctx, row.id, name)
        assert keeper(row).references == ("cus_1", "cus_2")
        for n in range(3, 12):
            note_name(ctx, row.id, f"cus_{n}")
        assert keeper(row, "pm_1").references == tuple(f"cus_{n}" for n in range(11, 6, -1))


def test_another_organizer_knows_nothing_of_it_and_cannot_point_to_it(process: Runtime, world: World) -> None:
    other = make_world(process)
    with world.open() as ctx:
        theirs = make_customer(ctx, CLEO, "stripe", "test").id
    assert tenants_keeping(process.engines, CLEO) == [world.tenant.id]
    assert tenants_keeping(process.engines, uuid.uuid4()) == []
    with other.open() as ctx:
        assert ctx.db.scalar(select(PaymentCustomer.id)) is None
        event, kind = make_sale(ctx, 4900)
        order = make_order(ctx, event, {kind: 1})
        with pytest.raises(IntegrityError), ctx.db.begin_nested():
            payment_intent(
                ctx, order, "stripe", "test", Money(4900, "CHF"), ctx.clock.now(), Use(theirs, "pm_1")
            )
        assert ctx.db.scalar(select(PaymentAttempt.id)) is None
