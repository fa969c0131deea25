"""An event's rules of giving back, and what they said of an order, in sentences for buyers and for staff."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sratix_core.events.models import Event
from sratix_core.refunds.policy import Policy
from sratix_core.values.locale import format_datetime
from sratix_core.values.money import Money, format_money
from sratix_core.web.request import Request


def percent(bp: int) -> str:
    """`80`, `12.5`: basis points as people write them."""
    return f"{bp / 100:g}"


def policy_lines(request: Request, policy: Policy, event: Event) -> list[str]:
    """One sentence for each step, one for what follows, one for what is kept; none where nothing ever comes back."""
    t, locale = request.t, request.locale_name
    exchange = (
        [t("You take another ticket type yourself, on the page of your order.")] if policy.exchanges else []
    )
    if not policy.promises:
        return exchange
    lines = [
        t(
            "Until {when}: {percent} % of the price.",
            when=format_datetime(tier.until(event.starts_at), event.timezone, locale),
            percent=percent(tier.bp),
        )
        for tier in policy.tiers
        if tier.bp
    ]
    lines.append(t("After that nothing comes back."))
    if policy.fee_minor:
        kept = format_money(Money(policy.fee_minor, event.currency), locale)
        lines.append(t("{amount} per order stay with the organizer.", amount=kept))
    if policy.self_service:
        lines.append(t("You give tickets back yourself, on the page of your order."))
    return lines + exchange


def reasons(
    request: Request, steps: Iterable[Mapping[str, Any]], currency: str, timezone: str
) -> Sequence[str]:
    """Why an amount comes back, sentence by sentence: the steps of a verdict as they were kept."""
    return [
        said
        for step in steps
        if (said := _reason(request, step["rule"], step["passed"], step["found"], currency, timezone))
    ]


def _reason(
    request: Request, rule: str, passed: bool, found: Mapping[str, Any], currency: str, timezone: str
) -> str:
    t, locale = request.t, request.locale_name
    amount = format_money(Money(int(found.get("amount", 0)), currency), locale)
    if rule == "refund_tier" and passed:
        until = format_datetime(datetime.fromisoformat(found["until"]), timezone, locale)
        share = percent(int(found["percent_bp"]))
        return str(t("{percent} %, because it is not later than {when}.", percent=share, when=until))
    words = {
        ("refund_tier", False): t("Nothing, because it is too late for every step of the event's rules."),
        ("refund_fees", True): t("The order's fees of {amount} are part of it.", amount=amount),
        ("refund_fees", False): t("The order's fees of {amount} are not.", amount=amount),
        ("refund_fee_kept", False): t("Less {amount}, which the organizer keeps per order.", amount=amount),
        ("refund_value", True): t("Of a gift card comes back what is left on it: {amount}.", amount=amount),
        ("refund_decided", True): t("All of it, because the organizer decided so.")
        if found.get("terms") == "full"
        else t("Nothing, because the organizer decided so."),
    }
    return str(words.get((rule, passed), ""))
