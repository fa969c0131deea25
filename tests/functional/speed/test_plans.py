"""Lists over everything an organizer has, or over all organizers: each is a range of an index for PostgreSQL, whoever asks."""

from __future__ import annotations

import uuid
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from sratix_core.accounts.grants import Grants
from sratix_core.accounts.permissions import AUDIT_VIEW, FINANCE_VIEW, ORGANIZATION_VIEW, ROLES
from sratix_core.analytics import queries as figures
from sratix_core.analytics.fold import STREAM
from sratix_core.audit import queries as audit
from sratix_core.catalog.models import TicketType
from sratix_core.credentials.keys import KeyDraft, make_key
from sratix_core.events.models import Event
from sratix_core.ledger import queries as ledger
from sratix_core.organizations import queries as organizations
from sratix_core.organizations.invitations import PAGE as INVITATIONS
from sratix_core.organizations.invitations import open_invitations
from sratix_core.tickets.mine import my_orders, my_tickets, tenants_with
from tests import plans
from tests.builders import World
from tests.functional.shop.market import Market, Stall, make_stall
from tests.plans import Plan, fill
from tests.support import TestApp

pytestmark = pytest.mark.pg

N = 60_000
PAGES_OF_A_LIST, PAGES_OF_A_SEARCH, PAGES_OF_WHOLE_TICKETS = 400, 4000, 5000
"""Pages of 8 kB. Of two hundred tickets each comes with its holder, type, order, event and venue: four pages for each."""
START = datetime(2027, 1, 1, tzinfo=UTC)
ROWS = f"""
INSERT INTO organizations (tenant_id, id, name, fold, kind, street, postal_code, city, country, vat_number, billing_email,
    reference, created_at, updated_at)
SELECT %(tenant)s, pg_temp.key(1, n), 'Firm ' || n, 'firm ' || lpad(n::text, 6, '0'),
    (ARRAY['company', 'exhibitor', 'sponsor', 'partner'])[1 + n %% 4], '', '', 'Bern', 'CH', '', '', '', now(),
    '2027-01-01Z'::timestamptz + n * interval '1 minute'
FROM generate_series(1, {N}) n;
INSERT INTO search_terms (tenant_id, id, kind, term, event_id, ref)
SELECT %(tenant)s, pg_temp.key(2, n), 'organization', 'firm ' || n, NULL, pg_temp.key(1, n) FROM generate_series(1, {N}) n;
INSERT INTO organization_members (tenant_id, id, organization_id, user_id, role, name, email, created_at)
SELECT %(tenant)s, pg_temp.key(3, n), pg_temp.key(1, n), pg_temp.key(3, n), 'exhibitor', 'P', '', now()
FROM generate_series(1, {N}) n;
INSERT INTO orders (tenant_id, id, event_id, code, secret_hash, secret_sealed, state, buyer_name, buyer_email, buyer_company,
    buyer_vat_number, fee_minor, credited_fee_minor, value_minor, credited_value_minor, buyer_fold, locale, total_minor, tax_minor, tax_included, rounding_minor, credited_minor, credited_tax_minor, kept_minor,
    promo_code, code_discount_minor, currency, provider, created_at, updated_at, organization_id)
SELECT %(tenant)s, pg_temp.key(4, n), %(event)s, 'C' || n, 'x', 'x', 'paid', 'Guest ' || n,
    CASE WHEN n %% 3 = 0 THEN 'desk@example.org' ELSE 'g' || n || '@example.org' END, '', '', 0, 0, 0, 0, 'guest ' || n, 'en', 0, 0, true, 0, 0, 0, 0,
    '', 0, 'CHF', 'free', '2027-01-01Z'::timestamptz + n * interval '1 minute', now(), pg_temp.key(1, n)
FROM generate_series(1, {N}) n;
INSERT INTO order_lines (tenant_id, id, order_id, ticket_type_id, name, quantity, unit_price_minor, subtotal_minor, currency,
    kind, discount_minor, tax_bp, net_minor, tax_minor, total_minor, price_trace, reverse_charge, position)
SELECT %(tenant)s, pg_temp.key(5, n), pg_temp.key(4, n), %(type)s, 'Regular', 1, 0, 0, 'CHF', 'ticket', 0, 0, 0, 0, 0, '[]', false, 0
FROM generate_series(1, {N}) n;
INSERT INTO attendees (tenant_id, id, event_id, name, email, company, fold, updated_at)
SELECT %(tenant)s, pg_temp.key(6, n), %(event)s, 'Guest ' || n, 'g' || n || '@example.org', '', 'guest ' || n, now()
FROM generate_series(1, {N}) n;
INSERT INTO tickets (tenant_id, id, event_id, order_id, order_line_id, ticket_type_id, attendee_id, ordinal, position, state,
    epoch, fold, seat_label, created_at, updated_at)
SELECT %(tenant)s, pg_temp.key(7, n), %(event)s, pg_temp.key(4, n), pg_temp.key(5, n), %(type)s, pg_temp.key(6, n), 0, 0,
    CASE WHEN n %% 5 = 0 THEN 'void' ELSE 'valid' END, 0, 'guest ' || n, '', now(), now()
FROM generate_series(1, {N}) n;
INSERT INTO ledger_entries (tenant_id, id, at, act, op_id, line, account, provider, amount_minor, currency, event_id, order_id,
    content_hash)
SELECT %(tenant)s, pg_temp.key(8 + line, n), '2027-01-01Z'::timestamptz + n * interval '1 minute',
    (ARRAY['charge', 'payment'])[1 + n %% 2], pg_temp.key(8, n), line,
    CASE WHEN line = 0 THEN 'buyers' WHEN n %% 5000 = 1 THEN 'disputed' WHEN n %% 2 = 0 THEN 'revenue' ELSE 'cash' END,
    CASE WHEN n %% 2 = 1 AND line = 1 THEN 'transfer' ELSE '' END, 100 - 200 * line, 'CHF',
    CASE WHEN n %% 2000 = 7 THEN %(other)s ELSE %(event)s END::uuid, pg_temp.key(4, n - n %% 2), ''::bytea
FROM generate_series(1, {N}) n, generate_series(0, 1) line;
INSERT INTO audit_entries (tenant_id, id, at, actor_kind, actor_id, action, target_kind, target_id, event_id, data,
    content_hash)
SELECT %(tenant)s, pg_temp.key(10, n), '2027-01-01Z'::timestamptz + n * interval '1 minute', 'user',
    pg_temp.key(11, n %% 50), (ARRAY['order.placed', 'ticket.void', 'export.made'])[1 + n %% 3], 'order',
    pg_temp.key(4, n - n %% 1000), CASE WHEN n %% 2000 = 7 THEN %(other)s ELSE %(event)s END::uuid, '{{}}', ''::bytea
FROM generate_series(1, {N}) n;
INSERT INTO invitations (tenant_id, id, email, open_for, locale, role, event_ids, mails, state, organization_id, token_hash, created_at, expires_at)
SELECT %(tenant)s, pg_temp.key(12, n), 'i' || n || '@example.org', 'i' || n || '@example.org', 'en', 'exhibitor', '[]', 1, 'open',
    pg_temp.key(1, CASE WHEN n %% 3 = 0 THEN 7 ELSE n END), decode(md5('i' || n), 'hex'), '2027-01-01Z'::timestamptz + n * interval '1 minute', now()
FROM generate_series(1, {N}) n;
INSERT INTO event_log (tenant_id, id, at, type, event_id, subject_kind, data, seq, content_hash)
SELECT %(tenant)s, pg_temp.key(13, n), now(), 'order.placed', %(event)s, 'order', '{{"figures": {{"orders.paid": 1}}}}', n + 1000, ''::bytea
FROM generate_series(1, {N}) n;
INSERT INTO rollup_heads (tenant_id, id, stream, seq) VALUES (%(tenant)s, pg_temp.key(14, 1), '{STREAM}', {N} + 998);
"""
BIG = (
    "organizations", "search_terms", "organization_members", "orders", "order_lines", "attendees", "tickets",
    "ledger_entries", "audit_entries", "invitations", "event_log",
)  # fmt: skip


@dataclass(frozen=True)
class Big:
    """A market where one organizer has `N` of everything; `other` is an event that has few of the entries."""

    market: Market
    stall: Stall
    event: uuid.UUID
    other: uuid.UUID
    key: str

    @property
    def world(self) -> World:
        return self.stall.world

    def explained(self) -> AbstractContextManager[list[Plan]]:
        return plans.explained(self.market.runtime.engines, BIG)


@pytest.fixture(scope="module")
def big(market: Market) -> Big:
    stall = make_stall(market.tenant(), types={"Free": 0})
    make_stall(stall.world, "other")
    with stall.world.open() as ctx:
        events = {e.slug: e.id for e in ctx.db.scalars(select(Event))}
        kind = ctx.db.get_one(TicketType, uuid.UUID(stall.types["Free"]))
        draft = KeyDraft("Books", [AUDIT_VIEW, FINANCE_VIEW, ORGANIZATION_VIEW])
        _, key = make_key(ctx, draft, Grants("the test", ROLES["owner"]))
        event, other = events[stall.slug], events["other"]
        given = {"tenant": ctx.tenant.id, "event": event, "other": other, "type": kind.id}
    fill(market.runtime.engines, ROWS, given, BIG)
    return Big(market, stall, event, other, key)


def nth(kind: int, n: int) -> uuid.UUID:
    """The id that `pg_temp.key` gives."""
    return uuid.UUID(f"{n:012x}7{kind:019x}")


def judge(found: list[Plan], sorts: int = 51, pages: int = PAGES_OF_A_LIST) -> None:
    plans.judge(found, BIG, sorts=sorts, pages=pages)


@pytest.mark.parametrize("descending", [True, False])
@pytest.mark.parametrize("kind", ["", "sponsor"])
def test_the_organizations_are_a_range_of_an_index(big: Big, kind: str, descending: bool) -> None:
    with big.world.open(write=False) as ctx:
        after = organizations.listed(ctx, kind=kind, descending=descending).page.after
    for cursor in (None, after, "last"):
        with big.world.open(write=False) as ctx, big.explained() as found:
            page = organizations.listed(ctx, kind=kind, descending=descending, cursor=cursor).page
            has = organizations.sizes(ctx, [o.id for o in page.rows])
            organizations.kinds(ctx)
        assert len(page.rows) == organizations.PAGE
        assert {size.people for size in has.values()} == {1}
        judge(found, pages=1000)  # of each organization its people, orders and tickets


@pytest.mark.parametrize("typed", ["firm 59999", "firm 123", "fi", "nobody"])
def test_looking_for_an_organization_reads_its_terms(big: Big, typed: str) -> None:
    with big.world.open(write=False) as ctx, big.explained() as found:
        organizations.listed(ctx, typed)
    judge(found, sorts=N, pages=PAGES_OF_A_SEARCH)


@pytest.mark.parametrize(("email", "many"), [("g40000@example.org", False), ("desk@example.org", True)])
def test_what_one_person_holds_over_all_organizers_is_found_by_the_address(
    big: Big, email: str, many: bool
) -> None:
    with big.explained() as found:
        assert tenants_with(big.market.runtime.engines, email) == [big.world.tenant.id]
    judge(found, pages=PAGES_OF_A_LIST)
    with big.world.open(write=False) as ctx:
        edge = my_orders(ctx, email)[-1]
        held = [nth(7, 40000), *(ticket.id for ticket in my_tickets(ctx, email, past=False))]
        beyond = cursors(held[-1], (edge.created_at, edge.id))
    for of_tickets, of_orders in ((None, None), ("last", "last"), beyond):
        with big.world.open(write=False) as ctx, big.explained() as found:
            tickets = my_tickets(ctx, email, past=False, cursor=of_tickets)
            orders = my_orders(ctx, email, of_orders)
        if of_tickets != beyond[0] or many:
            assert (len(tickets) > 1, len(orders) > 1) == (many, many)
        judge(found, sorts=201, pages=PAGES_OF_WHOLE_TICKETS)
    with big.world.open(write=False) as ctx, big.explained() as found:
        assert my_tickets(ctx, email, past=True) == []
    assert found == [], "nothing is over, so nobody's tickets are looked through"


def cursors(ticket: uuid.UUID, order: tuple[datetime, uuid.UUID]) -> tuple[str, str]:
    """Behind this ticket, and behind this order, as the lists spell it."""
    placed = (order[0] - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)
    return f"n{ticket.hex}{ticket}", f"n{order[1].hex}{placed}"


@pytest.mark.parametrize("cursor", [None, "last"])
def test_the_open_invitations_of_an_organization_are_a_range_of_an_index(
    big: Big, cursor: str | None
) -> None:
    with big.world.open(write=False) as ctx, big.explained() as found:
        page = open_invitations(ctx, nth(1, 7), cursor)
    assert len(page.rows) == INVITATIONS
    judge(found)


def test_figures_read_of_the_log_what_is_not_summed(big: Big) -> None:
    with big.world.open(write=False) as ctx:
        events = [ctx.db.get_one(Event, one) for one in (big.event, big.other)]
    for some in (events[:1], events):
        with big.world.open(write=False) as ctx, big.explained() as found:
            read = figures.read(ctx, some)
        assert read[big.event].totals["orders.paid"] == 2, "the two behind the head"
        judge(found, pages=20)


LEDGER = {
    "all": {}, "account": {"account": "cash"}, "rare": {"account": "disputed"}, "event": {"event_id": "event"},
    "small event": {"event_id": "other"}, "account of a small event": {"account": "cash", "event_id": "other"},
    "rare of an event": {"account": "disputed", "event_id": "event"}, "order": {"order_id": "order"},
    "days": {"since": datetime(2027, 1, 10, tzinfo=UTC), "until": datetime(2027, 1, 12, tzinfo=UTC)},
    "days of an account": {"account": "cash", "since": datetime(2027, 1, 10, tzinfo=UTC)},
}  # fmt: skip


def given(big: Big, wanted: dict[str, object]) -> dict[str, object]:
    holes = {"event": big.event, "other": big.other, "order": nth(4, 5000)}
    return {k: holes[v] if isinstance(v, str) and v in holes else v for k, v in wanted.items()}


@pytest.mark.parametrize("narrowed", LEDGER)
def test_the_books_are_a_range_of_an_index(big: Big, narrowed: str) -> None:
    filters = ledger.Filters(**given(big, LEDGER[narrowed]))  # type: ignore[arg-type]
    with big.world.open(write=False) as ctx:
        after = ledger.listed(ctx, filters).after
    for cursor in (None, after, "last"):
        with big.world.open(write=False) as ctx, big.explained() as found:
            assert ledger.listed(ctx, filters, cursor).rows
        judge(found)


AUDIT = {
    "all": {}, "actor": {"actor_id": nth(11, 7)}, "action": {"action": "export.made"},
    "actor and action": {"actor_id": nth(11, 7), "action": "export.made"},
    "days": {"since": datetime(2027, 1, 10, tzinfo=UTC), "until": datetime(2027, 1, 12, tzinfo=UTC)},
}  # fmt: skip


@pytest.mark.parametrize("narrowed", AUDIT)
def test_the_audit_stream_is_a_range_of_an_index(big: Big, narrowed: str) -> None:
    filters = audit.Filters(**AUDIT[narrowed])  # type: ignore[arg-type]
    with big.world.open(write=False) as ctx:
        after = audit.listed(ctx, filters).after
    for cursor in (None, after, "last"):
        with big.world.open(write=False) as ctx, big.explained() as found:
            assert audit.listed(ctx, filters, cursor).rows
        judge(found)


OVER_THE_API = {
    "audit": [
        *AUDIT.values(),
        {"target_id": nth(4, 5000)}, {"event_id": "event"}, {"event_id": "other"},
        {"event_id": "other", "action": "ticket.void"},
    ],
    "ledger": list(LEDGER.values()),
    "organizations": [{}, {"kind": "partner"}, {"updated_since": datetime(2027, 1, 10, tzinfo=UTC)}],
}  # fmt: skip


@pytest.mark.parametrize(
    ("what", "n"), [(what, n) for what, asked in OVER_THE_API.items() for n in range(len(asked))]
)
def test_the_lists_of_the_api_are_too(big: Big, what: str, n: int) -> None:
    asked = {
        k: v.isoformat().replace("+00:00", "Z") if isinstance(v, datetime) else str(v)
        for k, v in given(big, OVER_THE_API[what][n]).items()
    }  # fmt: skip
    browser: TestApp = big.market.browser()
    for _ in range(2):
        with big.explained() as found:
            page = browser.get(
                f"/api/v1/tenants/{big.world.tenant.slug}/{what}",
                asked,
                headers={"Authorization": f"Bearer {big.key}"},
            ).json
        assert page["items"]
        judge(found)
        if page["next"] is None:
            break
        asked["cursor"] = page["next"]
