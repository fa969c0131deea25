"""The double itself: one request in, one answer out, with everything that may go wrong in between."""

from __future__ import annotations

import logging
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sratix_stripe.double import api, control, events, jobs, keys, pages
from sratix_stripe.double.clock import Clock
from sratix_stripe.double.errors import StripeError, missing, outage
from sratix_stripe.double.kinds import blank
from sratix_stripe.double.scope import Owner, Scope
from sratix_stripe.double.store import Record, Store
from sratix_stripe.double.wire import Request, Response

log = logging.getLogger(__name__)
SECRET_KEYS = ("sk_test_double", "sk_live_double")
PUBLISHABLE_KEYS = ("pk_test_double", "pk_live_double")


class Double:
    """Knows its accounts and keys, holds the lock while anything changes. Thread-safe."""

    def __init__(self, path: Path | None = None, clock: Clock | None = None, seed: str = "sratix") -> None:
        self.clock = clock or Clock()
        self.store = Store(path, seed)
        self.lock = threading.RLock()
        self.base_url = "http://127.0.0.1"
        self.held_webhooks = False
        self.begin()

    def begin(self) -> None:
        """The platform's account and its keys, in a store that has none; what a crash left half done is forgotten."""
        if kept := self.store.get("_clock", "clock"):
            self.clock.set(kept["standing"])
        for key in self.store.all("_key"):
            if key["answer"] is None:
                self.store.delete("_key", key["id"])
        for delivery in self.store.all("_delivery"):
            if delivery["state"] == "sending":
                self.store.save("_delivery", {**delivery, "state": "queued"})
        if not any(self.store.all("_keyring")):
            platform = self.new_account()
            for spoken in (*SECRET_KEYS, *PUBLISHABLE_KEYS):
                keys.add(self.store, spoken, platform["id"])
        self.store.settle()

    def new_account(self) -> Record:
        """An account of its own, ready to charge: a platform, or an organizer with own keys."""
        id = f"acct_{self.store.chance(16)}"
        ready = {"charges_enabled": True, "payouts_enabled": True, "details_submitted": True}
        active = dict.fromkeys(("card_payments", "transfers"), "active")
        account = {
            **blank("account"),
            **ready,
            "id": id,
            "created": self.clock.now(),
            "capabilities": active,
            "_owner": f"{id}/self",
        }
        return self.store.save("account", account)

    def account(self, owner: Owner) -> Record:
        found = self.store.get("account", owner.account)
        if found is None:
            raise missing("account", owner.account)
        return found

    def month(self) -> tuple[int, int]:
        now = datetime.fromtimestamp(self.clock.now(), UTC)
        return now.year, now.month

    def happened(self, scope: Scope, kind: str, subject: Record, previous: dict[str, Any] | None) -> None:
        events.record(scope, kind, subject, previous)

    def listen(self, url: str, secret: str) -> Record:
        """An endpoint that hears every account's events, in both modes."""
        with self.lock:
            for live in (False, True):
                owner = Owner(next(self.store.all("_keyring"))["account"], live)
                scope = Scope(self, owner)
                known = next(
                    (one for one in scope.all("webhook_endpoint") if one.get("_all") and one["url"] == url),
                    None,
                )
                made = known or scope.new(
                    "webhook_endpoint", url=url, enabled_events=["*"], _connect=False, _all=True
                )
                scope.save(made, _secret=secret)
            self.store.settle()
            return made

    def tick(self) -> None:
        """What is due by the clock."""
        with self.lock:
            jobs.do_due(self)
            self.store.settle()

    def handle(self, request: Request) -> Response:
        """Raises `Dropped` where the connection shall end without an answer."""
        self.tick()
        if request.path.startswith("/v1/"):
            return api.handle(self, request)
        try:
            if request.path.startswith("/_control/"):
                return control.handle(self, request)
            return pages.handle(self, request)
        except StripeError as error:
            return Response.json(error.status, {"error": error.error})
        except Exception:
            log.exception("%s %s failed inside the double", request.method, request.path)
            return Response.json(500, {"error": outage().error})
        finally:
            with self.lock:
                self.store.settle()
