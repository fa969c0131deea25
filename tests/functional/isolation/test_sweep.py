"""Another organizer's real id in every id position of every route, for every kind of caller: the answer is that of an id nobody has.

Positions come from the application: holes of every pattern, ids in the API's queries, bodies, cursors and searches, and every id
that a page of the organizer puts into a form or a link. Equal means: status, headers that tell something, text without what is new in
each answer, and the same SQL statements in the same order. The last stands for "takes the same time": what the database is asked
decides that, and unlike a clock it says the same in every run. The other organizer's rows stay as they are, byte for byte.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import msgspec
import pytest

from sratix_core.api.framework import Endpoint
from tests.functional.api.client import Api
from tests.functional.api.rows import BODIES, filled
from tests.functional.dashboard.full import unknown
from tests.functional.isolation.callers import Asking, Caller, Organizer, nobody, people, programs
from tests.functional.isolation.routes import OPEN, Route, operations, published
from tests.functional.shop.market import Market
from tests.support import fingerprint

TABLE, OPERATIONS = published(), operations()
WORDS = {
    "plugin",
    "section",
    "status",
    "output",
    "to",
    "number",
    "path",
    "mode",
    "provider",
    "address",
    "kind",
}
"""Holes that take a word of ours, the same for everybody."""
SECRETS = {"token"}
"""A secret that opens what it names, for whoever holds it: no id. Guessed ones are in `test_matrix.py`."""
ALIASES = {"ticket_type": "type", "actor": "member", "target": "ticket"}
NOISE = re.compile(
    r'name="(?:once|batch|act)" value="[^"]*"|name="at" value="[^"]*"|Reference <code>[^<]*</code>|"reference": ?"[^"]*"|name="csrf_token" value="[^"]*"'
    r'|<section class="acting.*?</section>\n?'
)
TOLD = ("Location", "Content-Type", "ETag", "Link", "Content-Disposition", "Allow")
PAGES = ("nobody", "owner everywhere", "staff everywhere", "volunteer everywhere", "event_admin in the event",
         "administrator acting as owner")  # fmt: skip
PROGRAMS = (*PAGES, "key with every scope", "token of an owner", "scanner")
STRANGERS = ("nobody", "scanner")
"""Who is asked to sign in at the address of an organizer that is there. That it is there is public: its shop stands under the same
name, so the position `tenant` is tried by people with a login and keys, and its statements are not compared."""
SHOP = ("nobody", "owner everywhere", "scanner")


@dataclass(frozen=True)
class Position:
    """Where an id goes: `where` is path, query, body, cursor, search or header; `name` the hole or the field."""

    route: str
    method: str
    where: str
    name: str


def positions(known: dict[str, Route]) -> Iterator[Position]:
    """Every id position that the routes and the API's declarations have."""
    for route in known.values():
        for method in route.asks:
            holes = [h for h in route.holes if h not in WORDS | SECRETS]
            if TABLE[route.name][method] in OPEN and "tenant" in holes:
                holes.remove("tenant")  # whose shop it is, is no secret
            for hole in holes:
                yield Position(route.name, method, "path", hole)
            if len(set(holes) - {"tenant", "event"}) > 1 or {"event", "tenant"} < set(holes):
                yield Position(route.name, method, "path", "all")
            if (operation := OPERATIONS.get((route.name, method))) is not None:
                yield from _declared(operation, route.name, method)


def _declared(operation: Endpoint, route: str, method: str) -> Iterator[Position]:
    for name in ids_of_query(operation):
        yield Position(route, method, "query", name)
    for name in dict.fromkeys(placeholders(BODIES.get(operation.name, {}))):
        yield Position(route, method, "body", name)
    fields = getattr(operation.query, "__struct_fields__", ())
    if "cursor" in fields:
        yield Position(route, method, "cursor", "cursor")
    if "q" in fields:
        yield Position(route, method, "search", "q")


def placeholders(value: Any) -> Iterator[str]:
    """The ids a body stands on."""
    if isinstance(value, dict):
        for inner in value.values():
            yield from placeholders(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from placeholders(inner)
    elif isinstance(value, str) and value.startswith("{"):
        yield value[1:-1]


def ids_of_query(operation: Endpoint) -> list[str]:
    """The parameters of a query that take an id."""
    if operation.query is None:
        return []
    schema = msgspec.json.schema(operation.query)["$defs"][operation.query.__name__]
    return [n for n, s in schema["properties"].items() if '"uuid"' in msgspec.json.encode(s).decode()]


def id_for(at: Organizer, name: str) -> str:
    """The id of this organizer's thing that a parameter means."""
    stem = name.removesuffix("_id")
    return at.ids["event_id"] if stem == "event" else at.ids[ALIASES.get(stem, stem)]


@dataclass(frozen=True)
class Sent:
    """One request, ready to be sent."""

    address: str
    body: Any
    put: tuple[str, ...]
    form: bytes | None = None
    headers: dict[str, str] = field(default_factory=dict)


def made(route: Route, at: Position, alpha: Organizer, put: dict[str, str]) -> Sent:
    """A request of alpha's with `put` in the position."""
    path = put if at.where == "path" else {}
    address, body = route.address(alpha.ids, **path), None
    operation = OPERATIONS.get((route.name, at.method))
    if operation is not None and operation.body is not None:
        body = filled(BODIES.get(operation.name, {}), {**alpha.ids, **(put if at.where == "body" else {})})
    if at.where in ("query", "cursor", "search"):
        ((name, value),) = put.items()
        address += f"?{name}={value}"
    return Sent(address, body, tuple(put.values()))


def both(
    route: Route, at: Position, bravo: Organizer, cursors: dict[str, str]
) -> tuple[dict[str, str], dict[str, str]]:
    """What is bravo's, and what nobody has, for one position."""
    own = {**bravo.ids, **({"secret": bravo.ids["cart"]} if "/cart/" in route.pattern else {})}
    if at.where == "cursor":
        theirs = {"cursor": cursors.get(route.name, cursors["any"])}
    elif at.where == "search":
        theirs = {"q": bravo.ids["code"]}
    elif at.where == "query":
        theirs = {at.name: id_for(bravo, at.name)}
    elif at.name == "tenant":
        theirs = {h: own[h] for h in route.holes if h not in WORDS}
        return theirs, {**theirs, "tenant": "nobody"}  # the rest of the address stays
    elif at.name == "all":
        theirs = {h: own[h] for h in route.holes if h not in WORDS | {"tenant", "event"}} or {
            "event": bravo.other_event
        }
    else:
        theirs = {at.name: bravo.other_event if at.name == "event" else own[at.name]}
    return theirs, {k: unknown(k, v) for k, v in theirs.items()}


def seen(answer: Any, put: tuple[str, ...]) -> tuple[int, tuple[str, ...], str]:
    """What a caller learns from an answer, without what is new in each one."""
    text = answer.text if answer.charset or "json" in answer.content_type else repr(answer.body)
    told = tuple(f"{h}: {answer.headers.get(h, '')}" for h in TOLD)
    text = NOISE.sub("", text)
    for one in sorted(put, key=len, reverse=True):
        # A short number stands in other words, too; in an address inside an address the slash is spelled %2F.
        before, after = ("", "") if len(one) > 4 else (r"(?:\b|(?<=%2F))", r"\b")
        word = re.compile(f"{before}{re.escape(one)}{after}")
        text, told = word.sub("ID", text), tuple(word.sub("ID", h) for h in told)
    return answer.status_int, told, text


@pytest.fixture(scope="module")
def callers(market: Market, alpha: Organizer, bravo: Organizer) -> dict[str, Caller]:
    found = [nobody(market), *people(market, alpha), *programs(market, alpha, bravo)]
    return {caller.name: caller for caller in found}


@pytest.fixture(scope="module")
def cursors(market: Market, bravo: Organizer) -> dict[str, str]:
    """Cursors that are good in bravo's own lists."""
    api, found = Api(market.member(bravo.world), ""), {}
    for (route, method), operation in OPERATIONS.items():
        if method == "GET" and "cursor" in getattr(operation.query, "__struct_fields__", ()):
            page = api.get(Route(route, "/api/v1" + operation.path, {}).address(bravo.ids) + "?limit=1")
            if page["next"]:
                found[route] = found["any"] = str(page["next"])
    assert len(found) > 3
    return found


def test_what_is_of_another_organizer_is_unknown_in_every_position(
    market: Market, known: dict[str, Route], alpha: Organizer, bravo: Organizer, callers: dict[str, Caller],
    cursors: dict[str, str], ask: Asking,
) -> None:  # fmt: skip
    wrong: list[Any] = []
    before = rows_of(bravo)
    for at in positions(known):
        route = known[at.route]
        theirs, nobodys = both(route, at, bravo, cursors)
        alpha.world.later(seconds=0.5)
        names = PROGRAMS if route.is_api else PAGES if TABLE[at.route][at.method] not in OPEN else SHOP
        if "/public/" in route.pattern:
            names = SHOP
        for name in names:
            if at.name == "tenant" and name in STRANGERS:
                continue
            pair = made(route, at, alpha, nobodys), made(route, at, alpha, theirs)
            found = compare(ask, callers[name], at, *pair)
            if found:
                wrong.append((at, name, *found))
        if rows_of(bravo) != before:
            wrong.append((at, "bravo's rows changed"))
            before = rows_of(bravo)
    assert wrong == [], "\n".join(
        f"{w[0].route} {w[0].method} {w[0].where} {w[0].name} {w[1:]}"[:600] for w in wrong
    )
    assert ask.sent > 6_000


def compare(ask: Asking, who: Caller, at: Position, missing: Sent, found: Sent) -> list[Any]:
    """What differs between an id nobody has and one of somebody else's; empty when nothing does."""
    engines, told, asked = ask.market.runtime.engines, [], []
    for turn, one in enumerate((missing, found, missing, found)):
        if turn == 2 and (asked[0] == asked[1] or at.name == "tenant"):
            break  # else the first may only have looked up what is remembered since
        with engines.counted() as statements:
            answer = ask(who, at.method, one.address, one.body, one.form, **one.headers)
        told.append(seen(answer, one.put))
        asked.append(list(statements))
    differing: list[Any] = [gap(a, b) for a, b in zip(told[0], told[1], strict=True) if a != b]
    if asked[-2] != asked[-1] and at.name != "tenant":
        differing.append(
            (len(asked[-2]), len(asked[-1]), [a[-200:] for a in set(asked[-2]) ^ set(asked[-1])])
        )
    if "Bravo" in told[1][2]:
        differing.append("their name is in the answer")
    if told[1][0] >= 500 or (
        at.where == "path" and who.name == "owner everywhere" and told[1][0] not in OWNERS
    ):
        differing.append(told[1][0])
    return differing


OWNERS = {404, 403, 401, 303}
"""What an owner gets for an address below another organizer: nothing is there, or what is asked of everybody else first."""


def gap(one: Any, other: Any) -> tuple[str, str]:
    """Where two answers part, and a little of what follows."""
    a, b = str(one), str(other)
    start = max(0, next((n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), 0) - 30)
    return a[start : start + 90], b[start : start + 90]


def rows_of(one: Organizer) -> str:
    """A hash over every row of one organizer."""
    return fingerprint(one.world.process.engines, tenant_id=one.world.tenant.id)


def test_the_sweep_sees_what_there_is_to_see(
    known: dict[str, Route], alpha: Organizer, callers: dict[str, Caller], ask: Asking
) -> None:
    owner = callers["owner everywhere"]
    for name, hole in (("dashboard.order", "code"), ("dashboard.venue", "venue"), ("dashboard.type", "type")):
        at, own = Position(name, "GET", "path", hole), {hole: alpha.ids[hole]}
        nobodys = {hole: unknown(hole, own[hole])}
        found = compare(
            ask, owner, at, made(known[name], at, alpha, nobodys), made(known[name], at, alpha, own)
        )
        assert len(found) > 2, (name, found)


def test_the_positions_are_many(known: dict[str, Route]) -> None:
    found = list(positions(known))
    assert len(found) == len(set(found)) > 500
    with_ids = {r.name for r in known.values() if set(r.holes) - WORDS - SECRETS - {"tenant"}}
    assert with_ids == {at.route for at in found if at.where == "path" and at.name not in {"tenant"}}
    assert uuid.UUID(unknown("ticket", str(uuid.UUID(int=7))))
