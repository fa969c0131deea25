"""Documents and cases of one organizer, tens of thousands of them: each list is a range of an index for PostgreSQL."""

from __future__ import annotations

import uuid
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from sratix_core.events.models import Event
from sratix_core.invoices import queries as invoices
from sratix_core.reconciliation import cases
from tests import plans
from tests.builders import World
from tests.functional.shop.market import Market, make_stall
from tests.plans import Plan, fill

pytestmark = pytest.mark.pg

N = 60_000
PAGES = 400
ROWS = f"""
INSERT INTO orders (tenant_id, id, event_id, code, secret_hash, secret_sealed, state, buyer_name, buyer_email, buyer_company,
    buyer_vat_number, fee_minor, credited_fee_minor, value_minor, credited_value_minor, buyer_fold, locale, total_minor, tax_minor, tax_included, rounding_minor,
    credited_minor, credited_tax_minor, kept_minor, promo_code, code_discount_minor, currency, provider, created_at, updated_at)
SELECT %(tenant)s, pg_temp.key(1, n), %(event)s, 'C' || n, 'x', 'x', 'paid', 'Guest', 'g@example.org', '', '', 0, 0, 0, 0, 'guest', 'en',
    0, 0, true, 0, 0, 0, 0, '', 0, 'CHF', 'free', now(), now()
FROM generate_series(1, {N}) n;
INSERT INTO organizations (tenant_id, id, name, fold, kind, street, postal_code, city, country, vat_number, billing_email,
    reference, created_at, updated_at)
SELECT %(tenant)s, pg_temp.key(2, n), 'Firm ' || n, 'firm', 'company', '', '', 'Bern', 'CH', '', '', '', now(), now()
FROM generate_series(0, 99) n;
INSERT INTO invoices (tenant_id, id, kind, series, fiscal_year, number, label, order_id, event_id, organization_id, currency,
    net_minor, tax_minor, rounding_minor, total_minor, reverse_charge, locale, issued_at, issued_on, document, buyer_hash,
    content_hash)
SELECT %(tenant)s, pg_temp.key(3, n), CASE WHEN n %% 3000 = 7 THEN 'proforma' ELSE 'invoice' END,
    CASE WHEN n %% 3000 <> 7 THEN 'invoice' END, CASE WHEN n %% 3000 <> 7 THEN 2027 END, CASE WHEN n %% 3000 <> 7 THEN n END,
    CASE WHEN n %% 3000 <> 7 THEN 'R-2027-' || lpad(n::text, 6, '0') END, CASE WHEN n %% 2 = 0 THEN pg_temp.key(1, n) END,
    %(event)s, pg_temp.key(2, n %% 100), 'CHF', 100, 0, 0, 100, false, 'en',
    '2027-01-01Z'::timestamptz + n * interval '1 minute', '2027-01-01', '{{}}', '', ''
FROM generate_series(1, {N}) n;
INSERT INTO invoice_orders (tenant_id, id, invoice_id, order_id, turn, total_minor, tax_minor)
SELECT %(tenant)s, pg_temp.key(4, n), pg_temp.key(3, n), pg_temp.key(1, n), 1, 100, 0 FROM generate_series(1, {N}) n;
INSERT INTO finance_cases (tenant_id, id, kind, subject, provider, mode, order_id, event_id, amount_minor, currency, cause, found_at,
    seen_at, state, closed_at, reason)
SELECT %(tenant)s, pg_temp.key(5, n), CASE WHEN n %% 2000 = 7 THEN 'amount_differs' ELSE 'charge_unknown' END, n, 'stripe', 'live',
    pg_temp.key(1, n), CASE WHEN n %% 2000 = 9 THEN %(other)s ELSE %(event)s END::uuid, 100, 'CHF', 'x',
    '2027-01-01Z'::timestamptz + n * interval '1 minute', now(), CASE WHEN n %% 1000 = 3 THEN 'open' ELSE 'resolved' END,
    CASE WHEN n %% 1000 <> 3 THEN now() END, ''
FROM generate_series(1, {N}) n;
"""
BIG = ("invoices", "invoice_orders", "finance_cases", "orders")


@dataclass(frozen=True)
class Big:
    """An organizer with `N` documents and cases; `other` is an event that few of the cases are about."""

    market: Market
    world: World
    other: uuid.UUID

    def explained(self) -> AbstractContextManager[list[Plan]]:
        return plans.explained(self.market.runtime.engines, BIG)


@pytest.fixture(scope="module")
def big(market: Market) -> Big:
    stall = make_stall(market.tenant(), types={"Free": 0})
    make_stall(stall.world, "other")
    with stall.world.open() as ctx:
        events = {e.slug: e.id for e in ctx.db.scalars(select(Event))}
        given = {"tenant": ctx.tenant.id, "event": events[stall.slug], "other": events["other"]}
    fill(market.runtime.engines, ROWS, given, BIG)
    return Big(market, stall.world, events["other"])


def nth(kind: int, n: int) -> uuid.UUID:
    """The id that `pg_temp.key` gives."""
    return uuid.UUID(f"{n:012x}7{kind:019x}")


def judge(found: list[Plan], sorts: int = 51) -> None:
    plans.judge(found, BIG, sorts=sorts, pages=PAGES)


INVOICES = {
    "all": {}, "invoices": {"kind": "invoice"}, "proformas": {"kind": "proforma"}, "an organization's": {"organization_id": nth(2, 7)},
    "of an order": {"order_id": nth(1, 5000)}, "shared by an order": {"order_id": nth(1, 5001)},
    "days": {"since": datetime(2027, 1, 10, tzinfo=UTC), "until": datetime(2027, 1, 12, tzinfo=UTC)},
    "a number": {"search": "R-2027-059999"}, "an order's code": {"search": "C5000"}, "nothing": {"search": "nobody"},
}  # fmt: skip


@pytest.mark.parametrize("narrowed", INVOICES)
def test_documents_are_a_range_of_an_index(big: Big, narrowed: str) -> None:
    filters = invoices.Filters(**INVOICES[narrowed])  # type: ignore[arg-type]
    with big.world.open(write=False) as ctx:
        first = invoices.listed(ctx, filters)
    assert bool(first.rows) == (narrowed != "nothing")
    for cursor in (None, first.after, "last"):
        with big.world.open(write=False) as ctx, big.explained() as found:
            invoices.listed(ctx, filters, cursor)
        judge(found)


CASES = {
    "all": {}, "open": {"state": "open"}, "resolved": {"state": "resolved"}, "rare": {"kind": "amount_differs"},
    "open of an event": {"state": "open", "event_id": "other"}, "a small event's": {"event_id": "other"},
    "of an order": {"order_id": nth(1, 5000)},
}  # fmt: skip


@pytest.mark.parametrize("narrowed", CASES)
def test_cases_are_a_range_of_an_index(big: Big, narrowed: str) -> None:
    wanted = cases.Wanted(**{k: big.other if v == "other" else v for k, v in CASES[narrowed].items()})  # type: ignore[arg-type]
    with big.world.open(write=False) as ctx:
        first = cases.listed(ctx, wanted, None)
    assert first.rows or narrowed == "open of an event"
    for cursor in (None, first.after, "last"):
        with big.world.open(write=False) as ctx, big.explained() as found:
            cases.listed(ctx, wanted, cursor)
        judge(found)


def test_open_cases_are_counted_by_their_index(big: Big) -> None:
    with big.world.open(write=False) as ctx, big.explained() as found:
        assert cases.open_count(ctx) == N // 1000
    judge(found)
