"""Ids that a page puts into a form or a link: found on the organizer's own pages, and sent back with another organizer's in their place.

Every page that a member may open is read; each field, option and query that carries an id of a row is a position. What is compared is
what `test_sweep.py` compares.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from sqlalchemy import select
from webtest.forms import Checkbox, File, Form, MultipleSelect, Radio, Select

from sratix_core.db.base import Base
from tests.functional.dashboard.full import unknown
from tests.functional.isolation.callers import Asking, Caller, Organizer, people
from tests.functional.isolation.routes import Route, published
from tests.functional.isolation.test_sweep import Position, Sent, compare, rows_of
from tests.functional.shop.market import Market
from tests.support import TestApp

TABLE = published()
UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
FORM = re.compile(r"<form\b.*?</form>", re.DOTALL)
ID = re.compile(r'<form[^>]* id="([^"]*)"')
OPTION = re.compile(r'<option value="([^"]*)">.*?</option>')
"""One that is not chosen; reading a form is slow where it lists all time zones."""
QUOTED = re.compile(r'"([^"]*)"')
LINK = re.compile(r'href="([^"]*\?[^"]*)"')
TYPED = {
    "name": "Next", "slug": "next", "title": "Next", "email": "next@example.org", "buyer_name": "Ann Miller", "code": "X" * 80,
    "buyer_email": "ann@example.org", "starts_at": "2027-03-10T10:00", "ends_at": "2027-03-10T11:00", "timezone": "Europe/Zurich",
    "currency": "CHF", "price": "1.00", "capacity": "5", "text": "A note", "reference": "77", "words": "A note",
}  # fmt: skip
CALLERS = ("owner everywhere", "event_admin in the event", "administrator acting as owner")
EXPECTED = {
    "type", "q-{}", "gate_id", "venue_id", "pools", "speakers", "event_id", "event-{}", "events", "code",
}  # fmt: skip
"""Fields that must be among the positions, or the pages were not read."""
UNSHOWN = [
    ("dashboard.members", "cursor", "members", "{}"),
    ("dashboard.incidents", "cursor", "incidents", "{}"),
    ("dashboard.audit", "cursor", "audit_entries", "{}"),
    ("dashboard.orders", "cursor", "orders", "2027-03-01T11:00:00+00:00_{}"),
    ("dashboard.attendees", "cursor", "tickets", "2027-03-01T11:00:00+00:00_{}"),
    ("dashboard.attendees", "type", "ticket_types", "{}"),
    ("dashboard.programme", "new", "event_sessions", "{}"),
    ("dashboard.orders", "q", "orders.code", "{}"),
    ("dashboard.ledger", "q", "orders.code", "{}"),
    ("dashboard.finance", "event", "events", "{}"),
    ("dashboard.ledger", "event", "events", "{}"),
    ("dashboard.ledger", "cursor", "orders", "2027-03-01T11:00:00+00:00_{}"),
    ("dashboard.attendees", "q", "orders.code", "{}"),
    ("dashboard.search", "q", "orders.code", "{}"),
    ("dashboard.roles", "from", "roles", "{}"),
    ("shop.event", "type", "ticket_types", "{}"),
]
"""What a query may say that no page of a small organizer links to: next pages, and what a person types into a search."""


@dataclass(frozen=True)
class Spot:
    """A field of one form, or a parameter of one link, that carries the id of a row of `table`."""

    method: str
    path: str
    field: str
    table: str
    rest: tuple[tuple[str, str], ...]
    spelled: str = "{}"

    @property
    def key(self) -> tuple[str, ...]:
        """The same field on the next page is the same position."""
        return self.method, UUID.sub("{}", self.path), self.field, self.table

    def sent(self, one: str) -> Sent:
        inside = "staff" if self.field.startswith("event-") else "1"
        value = inside if "{}" in self.field else self.spelled.replace("{}", one)
        fields = urlencode([*self.rest, (self.field.replace("{}", one), value)])
        if self.method == "GET":
            return Sent(f"{self.path}?{fields}", None, (one,))
        return Sent(self.path, None, (one,), fields.encode())


def rows_by_id(at: Organizer) -> dict[str, str]:
    """Every id and order code of one organizer, with its table."""
    engines, found = at.world.process.engines, {}
    with engines.owner.connect() as connection:
        for table in Base.metadata.sorted_tables:
            if "tenant_id" in table.c and "id" in table.c:
                mine = select(table.c.id).where(table.c.tenant_id == at.world.tenant.id)
                found |= {str(one): table.name for one in connection.scalars(mine)}
        orders = Base.metadata.tables["orders"]
        codes = select(orders.c.code).where(orders.c.tenant_id == at.world.tenant.id)
        found |= dict.fromkeys(connection.scalars(codes), "orders.code")
    return found


def fields_of(form: Form) -> Iterator[tuple[str, str]]:
    """Names and all values that a form can send."""
    for name, fields in form.fields.items():
        for field in fields if name else ():
            if isinstance(field, Select | MultipleSelect | Radio):
                yield from ((name, option[0]) for option in [*field.options, ("",)])
            elif isinstance(field, Checkbox):
                yield name, field._value
            elif not isinstance(field, File):
                yield name, field.value or ""


def spots_of(page: Any, path: str, known: dict[str, str]) -> Iterator[Spot]:
    """The positions on one page."""
    for text in FORM.findall(page.text):
        if name := ID.match(text):
            text += "".join(re.findall(rf'<input[^>]* form="{name[1]}"[^>]*>', page.text))
        if not UUID.search(text) and not any(one in known for one in QUOTED.findall(text)):
            continue
        form = Form(page, OPTION.sub(lambda one: one[0] if one[1] in known else "", text))
        action = urlsplit(form.action or path).path
        rest = [(n, v or TYPED.get(n, "")) for n, v in form.submit_fields() if n and n != "csrf_token"]
        for name, value in fields_of(form):
            inside = UUID.search(name)
            if inside is not None and inside[0] in known:
                field, carried = name.replace(inside[0], "{}"), inside[0]
            elif value in known:
                field, carried = name, value
            else:
                continue
            others = tuple((n, v) for n, v in rest if n != name)
            yield Spot(form.method.upper(), action, field, known[carried], others)
    for link in LINK.findall(page.text):
        parts = urlsplit(unescape(link))
        pairs = parse_qsl(parts.query)
        for name, value in pairs:
            if value in known and parts.path.startswith("/"):
                others = tuple((n, v) for n, v in pairs if n != name)
                yield Spot("GET", parts.path, name, known[value], others)


@pytest.fixture(scope="module")
def callers(market: Market, alpha: Organizer) -> dict[str, Caller]:
    return {caller.name: caller for caller in people(market, alpha) if caller.name in CALLERS}


@pytest.fixture(scope="module")
def spots(
    known: dict[str, Route], alpha: Organizer, bravo: Organizer, callers: dict[str, Caller]
) -> list[Spot]:
    """Every position of every page of alpha's."""
    browser: TestApp = callers["owner everywhere"].browser
    mine, found = rows_by_id(alpha), {}
    for route in known.values():
        if "GET" not in route.asks or route.is_api or "tenant" not in route.holes:
            continue
        answer = browser.get(route.address(alpha.ids), status="*")
        if answer.status_int == 200 and answer.content_type == "text/html":
            for spot in spots_of(answer, route.address(alpha.ids), mine):
                found.setdefault(spot.key, spot)
    for name, field, table, spelled in UNSHOWN:
        spot = Spot("GET", known[name].address(alpha.ids), field, table, (), spelled)
        found.setdefault(spot.key, spot)
    return list(found.values())


def test_the_pages_were_read(spots: list[Spot]) -> None:
    assert {spot.field for spot in spots} >= EXPECTED, sorted({spot.key for spot in spots})


def test_what_is_of_another_organizer_is_unknown_in_every_form_and_link(
    alpha: Organizer, bravo: Organizer, spots: list[Spot], callers: dict[str, Caller], ask: Asking
) -> None:
    wrong, before = [], rows_of(bravo)
    by_table = {table: one for one, table in rows_by_id(bravo).items()}
    for spot in spots:
        alpha.world.later(seconds=1)
        theirs = by_table[spot.table]
        pair = spot.sent(unknown(spot.table, theirs)), spot.sent(theirs)
        at = Position(spot.path, spot.method, "page", spot.field)
        for name in CALLERS:
            found = compare(ask, callers[name], at, *pair)
            wrong += [(spot.key, name, found)] if found else []
        if rows_of(bravo) != before:
            wrong.append((spot.key, "bravo's rows changed"))
            before = rows_of(bravo)
    assert wrong == [], "\n".join(str(w)[:700] for w in wrong)
    assert len(spots) > 20, [s.key for s in spots]
