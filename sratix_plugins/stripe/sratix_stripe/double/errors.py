"""What Stripe answers when it refuses: https://docs.stripe.com/api/errors."""

from __future__ import annotations

from typing import Any


class StripeError(Exception):
    """A refusal with Stripe's body. `stored` says whether an idempotency key remembers it: checks before execution don't count."""

    def __init__(
        self,
        message: str,
        *,
        code: str | None = None,
        param: str | None = None,
        status: int = 400,
        kind: str = "invalid_request_error",
        stored: bool = True,
        headers: dict[str, str] | None = None,
        **more: Any,
    ) -> None:
        super().__init__(message)
        self.status, self.stored, self.headers = status, stored, headers or {}
        body = {"code": code, "message": message, "param": param, "type": kind, **more}
        self.error = {name: value for name, value in body.items() if value is not None}


class Dropped(Exception):
    """The connection ends here without an answer."""


def missing(kind: str, id: str, param: str = "id") -> StripeError:
    """404 in the path, 400 where another object named it."""
    return StripeError(
        f"No such {kind.replace('_', ' ').replace('.', ' ')}: '{id}'",
        code="resource_missing",
        param=param,
        status=404 if param == "id" else 400,
    )


def card_error(code: str, message: str, decline_code: str | None = None, **more: Any) -> StripeError:
    return StripeError(message, code=code, decline_code=decline_code, status=402, kind="card_error", **more)


def outage() -> StripeError:
    return StripeError(
        "An unknown error occurred on our side; the double was told to fail.", status=500, kind="api_error"
    )
