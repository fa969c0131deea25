"""What PostgreSQL does for each list, asked as the runtime role under row-level security, with the planner left alone.

100,000 orders are enough for it to prefer reading a table or sorting wherever an index does not serve, and the pages that a
plan touches are counted while it runs: they would grow with the table, and may not.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from sratix_core.catalog.models import TicketType
from sratix_core.events.models import Event
from sratix_core.orders import listing
from sratix_core.orders.listing import Filters, Sort
from sratix_core.orders.lookup import look_up
from sratix_core.runtime import Runtime
from sratix_core.settings import Settings
from sratix_core.tenancy.engines import Engines
from sratix_core.tickets import queries as people
from tests import plans
from tests.builders import (
    World,
    make_engines,
    make_process,
    make_sale,
    make_type,
    make_world,
    postgresql_settings,
)
from tests.plans import Plan, fill

pytestmark = pytest.mark.pg

N = 100_000
PAGES_OF_A_LIST, PAGES_OF_A_SEARCH = 900, 4000
"""Pages of 8 kB that may be touched: three or four for each row and each table beside it; a search looks at 200 rows."""

ROWS = f"""
INSERT INTO orders (tenant_id, id, event_id, code, secret_hash, secret_sealed, state, buyer_name, buyer_email, buyer_company,
    buyer_vat_number, fee_minor, credited_fee_minor, value_minor, credited_value_minor, buyer_fold, locale, total_minor, tax_minor, tax_included, rounding_minor, promo_code,
    code_discount_minor, credited_minor, credited_tax_minor, kept_minor, currency, provider, created_at, updated_at)
SELECT %(tenant)s, pg_temp.key(1, n), %(event)s, 'C' || n, 'x', 'x',
    (ARRAY['paid', 'awaiting_payment', 'cancelled', 'expired'])[1 + n %% 4], 'Guest ' || n, 'g' || n || '@example.org', '',
    '', 0, 0, 0, 0, 'guest ' || lpad(n::text, 6, '0'), 'en', n %% 997, 0, true, 0, '', 0, 0, 0, 0, 'CHF', (ARRAY['free', 'transfer'])[1 + n %% 2],
    '2027-01-01Z'::timestamptz + n * interval '1 minute', now()
FROM generate_series(1, {N}) n;
INSERT INTO order_lines (tenant_id, id, order_id, ticket_type_id, name, quantity, unit_price_minor, subtotal_minor, currency,
    kind, discount_minor, tax_bp, net_minor, tax_minor, total_minor, price_trace, reverse_charge, position)
SELECT %(tenant)s, pg_temp.key(2, n), pg_temp.key(1, n), %(type)s, 'Regular', 1, 0, 0, 'CHF', 'ticket', 0, 0, 0, 0, 0, '[]', false, 0
FROM generate_series(1, {N}) n;
INSERT INTO attendees (tenant_id, id, event_id, name, email, company, fold, updated_at)
SELECT %(tenant)s, pg_temp.key(3, n), %(event)s, 'Guest ' || n, '', '', 'guest ' || lpad(n::text, 6, '0'), now()
FROM generate_series(1, {N}) n;
INSERT INTO tickets (tenant_id, id, event_id, order_id, order_line_id, ticket_type_id, attendee_id, ordinal, position, state,
    epoch, fold, seat_label, created_at, updated_at)
SELECT %(tenant)s, pg_temp.key(4, n), %(event)s, pg_temp.key(1, n), pg_temp.key(2, n), %(type)s, pg_temp.key(3, n), 0, 0,
    'valid', 0, 'guest ' || lpad(n::text, 6, '0'), '', now(), now()
FROM generate_series(1, {N}) n;
INSERT INTO admissions (tenant_id, id, event_id, ticket_id, inside, entries, exits, first_at, last_at)
SELECT %(tenant)s, pg_temp.key(5, n), %(event)s, pg_temp.key(4, n), true, 1, 0, '2027-03-10Z'::timestamptz + n * interval '1 second',
    now()
FROM generate_series(1, {N}, 3) n;
INSERT INTO search_terms (tenant_id, id, kind, term, event_id, ref)
SELECT %(tenant)s, pg_temp.key(6 + k, n), (ARRAY['order', 'attendee'])[k], 'guest ' || n, %(event)s, pg_temp.key(2 * k - 1, n)
FROM generate_series(1, {N}) n, generate_series(1, 2) k;
"""
BIG = ("orders", "order_lines", "attendees", "tickets", "admissions", "search_terms")


@pytest.fixture(scope="module")
def big(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[World, Event, TicketType]]:
    """One event with `N` orders of one ticket each, and statistics about them."""
    settings: Settings = postgresql_settings(tmp_path_factory.mktemp("plans"), "srx_plans")
    engines: Engines = make_engines(settings)
    process: Runtime = make_process(settings, engines)
    world = make_world(process)
    with world.open() as ctx:
        sale, kind = make_sale(ctx)
        make_type(ctx, sale, name="Other")
    fill(engines, ROWS, {"tenant": world.tenant.id, "event": sale.id, "type": kind.id}, BIG)
    yield world, sale, kind
    engines.dispose()


def explained(world: World) -> AbstractContextManager[list[Plan]]:
    return plans.explained(world.process.engines, BIG)


def judge(found: list[Plan], *, sorts: int = listing.PAGE + 1, pages: int = PAGES_OF_A_LIST) -> None:
    """Nothing but the lines of one page of orders, or the hits of a search, is sorted."""
    plans.judge(found, BIG, sorts=sorts, pages=pages)


ORDER_FILTERS = {
    "all": {}, "state": {"state": "cancelled"}, "provider": {"provider": "transfer"}, "type": {},
    "days": {"since": datetime(2027, 1, 10, tzinfo=UTC), "until": datetime(2027, 1, 12, tzinfo=UTC)},
}  # fmt: skip


@pytest.mark.parametrize("descending", [True, False])
@pytest.mark.parametrize("narrowed", ORDER_FILTERS)
def test_every_order_list_is_a_range_of_an_index(
    big: tuple[World, Event, TicketType], narrowed: str, descending: bool
) -> None:
    world, sale, kind = big
    filters = Filters(**ORDER_FILTERS[narrowed], type_id=kind.id if narrowed == "type" else None)  # type: ignore[arg-type]
    for by in ("placed",) if narrowed == "days" else listing.sorts_for(filters):
        with world.open(write=False) as ctx:
            sort = Sort(by, descending)
            first = listing.listed(ctx, sale, filters, sort).page
            middle = listing.listed(ctx, sale, filters, sort, first.after).page
            last = listing.listed(ctx, sale, filters, sort, "last").page
        assert len(first.rows) == len(middle.rows) == len(last.rows) == listing.PAGE
        for cursor in (None, first.after, middle.before, "last", last.before):
            with world.open(write=False) as ctx, explained(world) as found:
                listing.listed(ctx, sale, filters, sort, cursor)
            judge(found)


@pytest.mark.parametrize("descending", [True, False])
@pytest.mark.parametrize("came", [None, True, False])
@pytest.mark.parametrize("typed", [True, False])
def test_every_attendee_list_is_a_range_of_an_index(
    big: tuple[World, Event, TicketType], came: bool | None, typed: bool, descending: bool
) -> None:
    world, sale, kind = big
    filters = people.Filters(type_id=kind.id if typed else None, came=came)
    for cursor in (None, "last"):
        with world.open(write=False) as ctx, explained(world) as found:
            page = people.listed(ctx, sale, filters, descending, cursor).page
            people.listed(ctx, sale, filters, descending, page.before or page.after)
        assert len(page.rows) == people.PAGE
        judge(found)


@pytest.mark.parametrize("typed", ["guest", "guest 123", "guest 20000", "gu", "nobody"])
@pytest.mark.parametrize("by", listing.SORTS)
def test_a_search_reads_its_terms_and_sorts_a_few_hundred_rows(
    big: tuple[World, Event, TicketType], typed: str, by: str
) -> None:
    world, sale, _ = big
    with world.open(write=False) as ctx, explained(world) as found:
        listing.listed(ctx, sale, Filters(typed), Sort(by))
        people.listed(ctx, sale, people.Filters(typed))
    judge(found, sorts=200, pages=PAGES_OF_A_SEARCH)


@pytest.mark.parametrize(
    ("typed", "hits"), [("c77000", 1), ("G77000@EXAMPLE.org", 1), ("nobody@example.org", 0), ("C", 0)]
)
def test_a_look_up_goes_straight_to_its_row(
    big: tuple[World, Event, TicketType], typed: str, hits: int
) -> None:
    world, sale, _ = big
    with world.open(write=False) as ctx, explained(world) as found:
        assert len(look_up(ctx, sale, typed)) == hits
    judge(found, pages=20)


def test_a_search_says_when_there_is_more_than_it_looks_at(big: tuple[World, Event, TicketType]) -> None:
    world, sale, _ = big
    with world.open(write=False) as ctx:
        many = listing.listed(ctx, sale, Filters("guest"), Sort())
        one = listing.listed(ctx, sale, Filters("guest 20000"), Sort())
        other = ctx.db.scalars(select(TicketType.id).where(TicketType.name == "Other")).one()
        none = listing.listed(ctx, sale, Filters(type_id=other), Sort())
    assert many.more_hits
    assert (len(one.page.rows), one.more_hits) == (1, False)
    assert none.page.rows == []
    assert isinstance(other, uuid.UUID)
