"""Orders and people are found by any beginning of any word of theirs, in step with every change."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update

from sratix_core.checkout.service import start_cart
from sratix_core.orders.models import Order
from sratix_core.orders.placing import Buyer, Holder, place_order
from sratix_core.search import queries, terms
from sratix_core.search.invariants import terms_are_in_step
from sratix_core.search.models import Kind, SearchTerm
from sratix_core.tickets.models import Attendee, Ticket
from sratix_core.tickets.service import rename
from sratix_core.tickets.terms import short_code
from tests.builders import TESTS, TRANSFER, World, faults, make_sale


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Hugues", True), ("hug", True), ("ZÜRICH", True), ("zuri", True), ("anna hug", True), ("hugues an", True),
        ("anna maria", True), ("Ann Hug", True), ("anna.hug", True), ("hugues@ex", True), ("example.org", True),
        ("a", False), ("", False), ("%", False), ("annax", False), ("nna", False), ("org", False),
    ],
)  # fmt: skip
def test_an_order_is_found_by_the_beginning_of_any_word(world: World, typed: str, found: bool) -> None:
    with world.open() as ctx:
        event, kind = make_sale(ctx)
        cart, _ = start_cart(ctx, event, {kind.id: 1}, "en")
        buyer = Buyer("Anna Maria Hugues", "anna.hugues@example.org", "Uhren Zürich")
        order, _ = place_order(ctx, event, cart, buyer, [Holder("Bo Li", "")], TRANSFER)
        hit = queries.find(ctx, Kind.ORDER, typed, event.id)
        ids = [] if hit is None else list(ctx.db.scalars(select(Order.id).where(Order.id.in_(hit.refs))))
        assert ids == ([order.id] if found else [])


def test_a_renamed_person_is_found_by_the_new_name_only(world: World) -> None:
    with world.open() as ctx:
        event, kind = make_sale(ctx)
        cart, _ = start_cart(ctx, event, {kind.id: 1}, "en")
        order, _ = place_order(
            ctx, event, cart, Buyer("Ada Lovelace", "ada@example.org"), [Holder("Bo Li", "")], TRANSFER
        )
        ticket = ctx.db.scalars(select(Ticket).where(Ticket.order_id == order.id)).one()

        def count(typed: str) -> int:
            hit = queries.find(ctx, Kind.ATTENDEE, typed, event.id)
            return len(set(ctx.db.scalars(hit.refs))) if hit else 0

        assert (count("bo"), count(order.code), count(short_code(ticket.id))) == (1, 1, 1)
        rename(ctx, ticket, "Cléa Roux", "clea@example.org")
        ctx.db.flush()
        assert (count("bo"), count("clea"), count("rou"), count(order.code.lower())) == (0, 1, 1, 1)


def test_verify_finds_a_term_that_stayed_and_a_name_without_terms(world: World) -> None:
    with world.open() as ctx:
        event, kind = make_sale(ctx)
        cart, _ = start_cart(ctx, event, {kind.id: 1}, "en")
        buyer = Buyer("Ada Lovelace", "ada@example.org")
        place_order(ctx, event, cart, buyer, [Holder("Bo Li", "")], TRANSFER)
    with world.open() as ctx:
        ctx.db.execute(update(Attendee).where(Attendee.name == "Bo Li").values(name="Cy"))
    with world.process.engines.begin(TESTS, write=False) as db:
        assert not terms_are_in_step(db).ok
    with world.open() as ctx:
        ctx.db.execute(update(Attendee).where(Attendee.name == "Cy").values(name="Bo Li"))
        other = ctx.db.scalars(select(SearchTerm).limit(1)).one()
        stray = SearchTerm(
            id=ctx.ids.new(), kind=other.kind, event_id=other.event_id, ref=ctx.ids.new(), term="gone"
        )
        ctx.db.add(stray)
    assert [f for f in faults(world.process, journal=False, of=world.tenant) if f.startswith("D1")]
    with world.open() as ctx:
        ctx.db.delete(ctx.db.get_one(SearchTerm, stray.id))


def test_a_long_name_and_a_hostile_one_make_no_more_than_a_few_terms() -> None:
    assert len(terms.of_name(" ".join("abcdefghijk") * 20)) <= terms.MOST_WORDS
    assert terms.of_name("\u202e %_'\"") == set()
    assert terms.asked("  %  ") == ""
