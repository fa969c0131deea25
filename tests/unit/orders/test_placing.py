"""From a cart to an order: once, with exact totals, checked names, and everything that follows from it in one commit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from sratix_core.audit.models import AuditEntry, EventLog
from sratix_core.checkout.service import CartGone, cart_by_secret, expire_carts, release_cart
from sratix_core.errors import DomainError, Invalid, NotFound, Refused
from sratix_core.jobs.models import Job
from sratix_core.messages.models import Message
from sratix_core.orders.buyers import Buyer, checked_buyer, checked_holders
from sratix_core.orders.models import Order
from sratix_core.orders.placing import Holder, place_order
from sratix_core.orders.queries import buyer_order, list_orders, order_by_code
from sratix_core.orders.secrets import secret_of
from sratix_core.orders.service import cancel_order
from sratix_core.orders.states import OrderState
from sratix_core.tickets.models import TicketState
from tests.builders import (
    TRANSFER,
    World,
    again,
    make_cart,
    make_event,
    make_order,
    make_sale,
    make_type,
    make_world,
    order_of,
    publish,
)

ADA = Buyer("Ada Lovelace", "ada@example.org")


def test_a_free_order_is_paid_at_once_and_its_tickets_are_valid(world: World) -> None:
    with world.open() as ctx:
        event, ticket_type = make_sale(ctx)
        order = make_order(ctx, event, {ticket_type: 2})
        assert (order.state, order.provider, order.paid_at) == (OrderState.PAID, "free", world.clock.now())
        assert (order.expires_at, order.total.minor) == (None, 0)
        assert [t.state for t in order.tickets] == [TicketState.VALID] * 2


def test_a_priced_order_waits_for_its_money_and_holds_its_seats(world: World) -> None:
    with world.open() as ctx:
        event, ticket_type = make_sale(ctx, 4900)
        order = make_order(ctx, event, {ticket_type: 2})
        assert (order.state, order.provider) == (OrderState.AWAITING_PAYMENT, TRANSFER)
        assert order.expires_at is not None
        assert (order.expires_at - order.created_at).days == 10
        assert [t.state for t in order.tickets] == [TicketState.RESERVED] * 2


def test_the_total_is_the_sum_of_its_lines_in_whole_cents(world: World) -> None:
    with world.open() as ctx:
        event = make_event(ctx)
        dear, odd, free = (make_type(ctx, event, price) for price in (10**12, 3335, 0))
        publish(ctx, event)
        order = make_order(ctx, event, {dear: 10, odd: 3, free: 1})
        assert order.total.minor == 10**13 + 10_005
        assert sorted(line.subtotal.minor for line in order.lines) == [0, 10_005, 10**13]
        assert [t.ordinal for t in order.tickets if t.ticket_type_id == odd.id] == [0, 1, 2]


def test_a_cart_is_placed_once(world: World) -> None:
    with world.open() as ctx:
        event, ticket_type = make_sale(ctx)
        cart, secret = make_cart(ctx, event, {ticket_type: 1})
        order = order_of(ctx, event, cart)
        with pytest.raises(CartGone) as gone:
            order_of(ctx, event, cart_by_secret(ctx, event, secret))
        assert gone.value.data["order_id"] == order.id


@pytest.mark.parametrize("end", [release_cart, lambda ctx, cart: expire_carts(ctx)])
def test_a_cart_that_gave_its_units_back_is_not_placed(world: World, end) -> None:  # type: ignore[no-untyped-def]
    with world.open() as ctx:
        event, ticket_type = make_sale(ctx)
        cart, _ = make_cart(ctx, event, {ticket_type: 1})
        world.later(minutes=15)
        end(ctx, cart)
        with pytest.raises(CartGone):
            order_of(ctx, event, again(ctx, cart))


def test_a_cart_that_was_released_after_it_was_read_is_not_placed(world: World) -> None:
    with world.open() as ctx:
        event, ticket_type = make_sale(ctx)
        cart, secret = make_cart(ctx, event, {ticket_type: 1})
        release_cart(ctx, cart)

    def place_as_if_open() -> None:
        with world.open() as ctx:
            cart = cart_by_secret(ctx, event, secret)
            cart.__dict__["state"] = "open"
            order_of(ctx, event, cart)

    with pytest.raises(CartGone):
        place_as_if_open()


def test_an_order_leaves_its_message_its_job_and_its_trace_in_the_same_commit(world: World) -> None:
    with world.open() as ctx:
        event, ticket_type = make_sale(ctx)
        order = make_order(ctx, event, {ticket_type: 2})
    with world.open() as ctx:
        assert ctx.db.scalars(select(Message.kind)).all() == ["order_confirmation"]
        assert ctx.db.scalars(select(Job.kind)).all() == ["messages.send"]
        acts = ctx.db.scalars(select(AuditEntry.action).where(AuditEntry.target_id == order.id)).all()
        assert acts == ["order.placed"]
        facts = ctx.db.scalars(select(EventLog.type).where(EventLog.event_id == event.id)).all()
        assert sorted(f for f in facts if not f.startswith("event.")) == [
            "order.paid",
            "order.placed",
            "ticket.issued",
            "ticket.issued",
        ]


def test_a_refused_order_leaves_its_cart_as_it_was_and_nothing_else(world: World) -> None:
    with world.open() as ctx:
        event, ticket_type = make_sale(ctx)
        _, secret = make_cart(ctx, event, {ticket_type: 1})
    with pytest.raises(Invalid), world.open() as ctx:
        place_order(ctx, event, cart_by_secret(ctx, event, secret), Buyer("", "no"), [Holder()], None)
    with world.open() as ctx:
        assert cart_by_secret(ctx, event, secret).state == "open"
        assert [ctx.db.scalar(select(func.count()).select_from(t)) for t in (Order, Message, Job)] == [
            0,
            0,
            0,
        ]


@pytest.mark.parametrize(
    ("buyer", "fields"),
    [
        (Buyer("", ""), {"buyer_name": "required", "buyer_email": "required"}),
        (Buyer("Ada", "ada"), {"buyer_email": "not_an_email"}),
        (Buyer("A\0da", "ada@example.org"), {"buyer_name": "unreadable"}),
        (Buyer("\ud800", "ada@example.org"), {"buyer_name": "unreadable"}),
        (Buyer("n" * 71, "ada@example.org"), {"buyer_name": "too_long"}),
        (Buyer("Ada", "ada@example.org", "c" * 71), {"buyer_company": "too_long"}),
        (Buyer("Ada", "a" * 250 + "@example.org"), {"buyer_email": "too_long"}),
        (Buyer("Ada", "ada@example.org\r\nBcc: x@example.org"), {"buyer_email": "not_an_email"}),
    ],
)
def test_a_buyer_who_cannot_be_written_to_is_refused_by_field(buyer: Buyer, fields: dict[str, str]) -> None:
    with pytest.raises(Invalid) as error:
        checked_buyer(buyer)
    assert error.value.fields == fields


def test_a_buyer_is_cleaned_before_anything_is_stored() -> None:
    clean = checked_buyer(Buyer("  Zoe\u0308 \n Groß ", " ZOE@Example.ORG "))
    assert (clean.name, clean.email) == ("Zoë Groß", "zoe@example.org")


def test_each_ticket_has_a_holder_or_an_open_name(world: World) -> None:
    with world.open() as ctx:
        event, ticket_type = make_sale(ctx)
        cart, _ = make_cart(ctx, event, {ticket_type: 2})
        holders = [Holder("Grace Hopper", "GRACE@example.org"), Holder()]
        order, _ = place_order(ctx, event, cart, ADA, holders, None)
        people = [t.attendee for t in order.tickets]
        assert [(p.name, p.email) for p in people] == [("Grace Hopper", "grace@example.org"), ("", "")]
        assert people[0].fold == "grace hopper" < people[1].fold


def test_holders_are_counted_and_checked_by_their_place() -> None:
    with pytest.raises(Invalid) as error:
        checked_holders([Holder()], 2)
    assert error.value.fields == {"names": "wrong_count"}
    with pytest.raises(Invalid) as error:
        checked_holders([Holder("ok"), Holder("x" * 161, "nobody"), Holder("\0")], 3)
    assert error.value.fields == {"name_1": "too_long", "email_1": "not_an_email", "name_2": "unreadable"}


@given(st.text(), st.text(), st.text())
def test_whatever_is_typed_a_buyer_is_clean_or_refused(name: str, email: str, company: str) -> None:
    try:
        buyer = checked_buyer(Buyer(name, email, company))
    except Invalid:
        return
    assert buyer.name
    assert checked_buyer(buyer) == buyer


def test_a_way_to_pay_must_be_chosen_and_must_exist(world: World) -> None:
    with world.open() as ctx:
        event, ticket_type = make_sale(ctx, 4900)
        cart, _ = make_cart(ctx, event, {ticket_type: 1})
        for choice, reason in ((None, "required"), ("", "required"), ("free", "unknown_choice")):
            with pytest.raises(Invalid) as error:
                place_order(ctx, event, cart, ADA, [Holder()], choice)
            assert error.value.fields == {"provider": reason}


def test_without_any_provider_nothing_priced_is_sold(world: World) -> None:
    from dataclasses import replace

    with world.open() as ctx:
        event, ticket_type = make_sale(ctx, 4900)
        cart, _ = make_cart(ctx, event, {ticket_type: 1})
        without = replace(
            ctx, hooks=ctx.hooks.host.hooks_for(replace(ctx.tenant, enabled_plugins=frozenset()))
        )
        with pytest.raises(Refused, match="no_provider"):
            place_order(without, event, cart, ADA, [Holder()], TRANSFER)


def test_a_limit_per_buyer_counts_what_the_address_has_already(world: World) -> None:
    with world.open() as ctx:
        event, ticket_type = make_sale(ctx, max_per_buyer=3)
        make_order(ctx, event, {ticket_type: 2})
        make_order(ctx, event, {ticket_type: 3}, "grace@example.org")
    with pytest.raises(Refused, match="buyer_limit") as refusal, world.open() as ctx:
        make_order(ctx, event, {ticket_type: 2}, "ADA@example.org")
    assert (refusal.value.data["has"], refusal.value.data["most"]) == (2, 3)
    with world.open() as ctx:
        make_order(ctx, event, {ticket_type: 1})


def test_a_cancelled_order_no_longer_counts_for_its_buyer(world: World) -> None:
    with world.open() as ctx:
        event, ticket_type = make_sale(ctx, max_per_buyer=2)
        cancel_order(ctx, make_order(ctx, event, {ticket_type: 2}), "asked")
        make_order(ctx, event, {ticket_type: 2})


def test_a_buyer_opens_the_order_with_code_and_secret_together(world: World) -> None:
    with world.open() as ctx:
        event, ticket_type = make_sale(ctx)
        order, secret = place_order(
            ctx, event, make_cart(ctx, event, {ticket_type: 1})[0], ADA, [Holder()], None
        )
        assert buyer_order(ctx, event, order.code, secret).id == order.id
        assert secret_of(ctx, order) == secret
        for code, wrong in (
            (order.code, "no"),
            (order.code, str(order.id)),
            ("AAAAA", secret),
            (order.code, "\ud800"),
        ):
            with pytest.raises(NotFound):
                buyer_order(ctx, event, code, wrong)
        with pytest.raises(NotFound):
            order_by_code(ctx, make_event(ctx, "another"), order.code)


def test_another_tenant_knows_neither_the_code_nor_the_key(world: World) -> None:
    other = make_world(world.process)
    with world.open() as ctx:
        event, ticket_type = make_sale(ctx)
        order = make_order(ctx, event, {ticket_type: 1})
    with other.open() as ctx:
        with pytest.raises(NotFound):
            order_by_code(ctx, event, order.code)
        with pytest.raises(DomainError):
            secret_of(ctx, order)


def test_orders_are_listed_newest_first_page_by_page(world: World) -> None:
    with world.open() as ctx:
        event, ticket_type = make_sale(ctx)
        placed = []
        for _ in range(7):
            placed.append(make_order(ctx, event, {ticket_type: 1}).code)
            world.later(seconds=1 if len(placed) % 2 else 0)
        seen, cursor = [], None
        while True:
            page = list_orders(ctx, event, cursor=cursor, limit=3)
            seen += [o.code for o in page.orders]
            cursor = page.older
            if cursor is None:
                break
        assert seen == placed[::-1]


@pytest.mark.parametrize("cursor", ["", "x", "_", "1_x", "1e999_00", "nan_" + "0" * 32])
def test_a_made_up_cursor_is_an_unknown_page(world: World, cursor: str) -> None:
    with world.open() as ctx:
        event, _ = make_sale(ctx)
        if not cursor:
            assert list_orders(ctx, event, cursor=cursor).orders == []
            return
        with pytest.raises(NotFound):
            list_orders(ctx, event, cursor=cursor)


def test_orders_are_found_by_code_address_and_name(world: World) -> None:
    with world.open() as ctx:
        event, ticket_type = make_sale(ctx)
        cart, _ = make_cart(ctx, event, {ticket_type: 1})
        order, _ = place_order(ctx, event, cart, Buyer("Zoë Groß", "zoe@example.org"), [Holder()], None)
        make_order(ctx, event, {ticket_type: 1})
        for words in (order.code.lower(), "ZOE@", "zoe gro", "ZOË"):
            assert [o.code for o in list_orders(ctx, event, search=words).orders] == [order.code]
        assert list_orders(ctx, event, search="%").orders == []
        assert len(list_orders(ctx, event, search="  ").orders) == 2
        assert len(list_orders(ctx, event, state="paid").orders) == 2
