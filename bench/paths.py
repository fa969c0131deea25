"""The paths people and devices wait on, each in one function: what is sent, and what counts as the answer."""

from __future__ import annotations

import gzip
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from bench.client import Answer, Client, path_of
from bench.counted import HEADER
from bench.database import Data, administrator

ASSET = re.compile(r'<(?:script|link|img)\b[^>]*?\b(?:src|href)="(/[^"#]+)')
PACKED = (".woff2", ".png", ".jpg", ".jpeg", ".webp", ".avif")
BUYER = {"buyer_name": "Ann Miller", "buyer_email": "ann@example.org", "mine": "1"}


def counted(answers: list[Answer]) -> int:
    """Statements of all answers together. Raises `RuntimeError` for a server that doesn't count."""
    known = [a.headers[HEADER] for a in answers]
    if None in known:
        raise RuntimeError("this server does not count statements")
    return sum(map(int, known))


class NotOffered(Exception):
    """The product has no such path."""


@dataclass
class Paths:
    """One server on one database, asked by one client."""

    client: Client
    data: Data
    etag: str | None = None

    @property
    def shop(self) -> str:
        return f"/{self.data.tenant['slug']}/{self.data.event['slug']}/"

    @property
    def office(self) -> str:
        return f"/dashboard/{self.data.tenant['slug']}/events/{self.data.event['slug']}/"

    def scan(self, code: str, sequence: int) -> Answer:
        """A scanner reads a ticket that has not been read before. Raises `RuntimeError` unless it is admitted."""
        key = self.data.event["doors"][0]["device_key"]
        document = {"code": code, "device_seq": sequence}
        answer = self.client.post_json("/api/v1/scanner/scans", document, Authorization=f"Bearer {key}")
        if answer.json()["result"] != "admit":
            raise RuntimeError(f"the scan was refused: {answer.body!r}")
        return answer

    def event_page(self) -> Answer:
        answer = self.client.get(self.shop)
        self.etag = answer.headers["ETag"]
        return answer

    def event_page_again(self) -> Answer:
        """As a browser or a cache asks that has the page already. Raises `NotOffered` without a validator."""
        if self.etag is None:
            raise NotOffered("the event page carries no ETag")
        return self.client.get(self.shop, 304, If_None_Match=self.etag)

    def order(self) -> Answer:
        """A program orders one free ticket, paid at once, and is told the whole order."""
        tenant, event = self.data.tenant, self.data.event
        document = {
            "lines": [{"ticket_type_id": event["ticket_types"][0]["id"], "quantity": 1}],
            "buyer": {"name": BUYER["buyer_name"], "email": BUYER["buyer_email"]},
            "attendees": [{"name": BUYER["buyer_name"], "email": BUYER["buyer_email"]}],
        }
        path = f"/api/v1/tenants/{tenant['slug']}/events/{event['slug']}/orders"
        key = f"Bearer {tenant['api_key']}"
        answer = self.client.post_json(path, document, expected=201, Authorization=key)
        if answer.json()["state"] != "paid" or len(answer.json()["tickets"]) != 1:
            raise RuntimeError(f"no order came of it: {answer.body!r}")
        return answer

    def order_as_guest(self) -> Answer:
        """One free ticket ordered in the public call, from another address each time."""
        self.client.move()
        tenant, event = self.data.tenant["slug"], self.data.event
        document = {
            "lines": [{"ticket_type_id": event["ticket_types"][0]["id"], "quantity": 1}],
            "buyer": {"name": BUYER["buyer_name"], "email": BUYER["buyer_email"]},
        }
        path = f"/api/v1/public/{tenant}/events/{event['slug']}/orders"
        answer = self.client.post_json(path, document, expected=201)
        if answer.json()["state"] != "paid":
            raise RuntimeError(f"no order came of it: {answer.body!r}")
        return answer

    def order_in_shop(self) -> list[Answer]:
        """One free ticket ordered without looking at a page: choose, name, confirm."""
        self.client.move()
        free = self.data.event["ticket_types"][0]["id"]
        chosen = self.client.post(self.shop + "cart/", {f"q-{free}": "1"})
        if "csrf" not in self.client.cookies:
            self.client.get(path_of(chosen))  # the first page with a form token
        self.client.cookies.pop("once", None)  # another cart each time, as from another browser
        named = self.client.post(path_of(chosen), BUYER)
        placed = self.client.post(path_of(named), {})
        if "/orders/" not in path_of(placed):
            raise RuntimeError(f"no order came of it: {path_of(placed)}")
        return [chosen, named, placed]

    def purchase(self) -> list[Answer]:
        """A browser buys one ticket for money: every page it asks for, from the event to the page of the order."""
        paid = self.data.event["ticket_types"][1]["id"]
        event = self.client.get(self.shop)
        chosen = self.client.post(self.shop + "cart/", {**event.fields(), f"q-{paid}": "1"})
        names = self.client.get(path_of(chosen))
        named = self.client.post(path_of(chosen), {**names.fields(), **BUYER})
        pay = self.client.get(path_of(named))
        placed = self.client.post(path_of(named), {**pay.fields(), "provider": "bank_transfer"})
        return [event, chosen, names, named, pay, placed, self.client.get(path_of(placed))]

    def sign_in(self) -> None:
        """As the owner, without a proxy between: the accounts of `sratix seed` open on the machine itself only."""
        self.client.address = ""
        self.client.get("/account/login")
        known = {"email": self.data.tenant["owner"], "password": self.data.seeded["password"]}
        self.client.post("/account/login", known)

    def orders_first(self) -> Answer:
        return self.client.get(self.office + "orders/")

    def orders_last(self, address: str) -> Answer:
        return self.client.get(address)

    def last_address(self) -> str:
        """Where the oldest orders of the event are shown."""
        return f"{self.office}orders/?cursor={oldest_cursor(self.data)}"

    def search(self, words: str) -> Answer:
        return self.client.get(f"{self.office}orders/?q={quote(words)}")


def oldest_cursor(data: Data) -> str:
    """The cursor behind which the last page of the list lies, spelled as the list spells it."""
    query = """SELECT extract(epoch FROM created_at) * 1000000, id FROM orders
        WHERE event_id = %s ORDER BY created_at, id OFFSET 25 LIMIT 1"""
    with administrator(data.name).connect() as connection:
        at, order_id = connection.exec_driver_sql(query, (data.event["id"],)).one()
    return f"n{order_id.hex}{at:.0f}"


def assets(client: Client, pages: list[Answer]) -> list[tuple[str, int]]:
    """What the pages load of our own, each once, with its compressed size in bytes."""
    found: dict[str, Any] = {}
    for page in pages:
        for address in ASSET.findall(page.body.decode(errors="replace")):
            if "/static/" in address or address.split("?")[0].endswith(".css"):
                found.setdefault(address, None)
    return [(address, weight(client.get(address), address)) for address in found]


def weight(answer: Answer, address: str = "") -> int:
    """Bytes of an answer as a proxy would send it: compressed, unless it is by its nature."""
    if answer.headers["Content-Encoding"] == "gzip" or address.split("?")[0].endswith(PACKED):
        return answer.sent
    return min(answer.sent, len(gzip.compress(answer.body)))
