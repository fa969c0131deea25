"""How well a way to pay works, as a row for people: on the finance page of an organizer and on the platform's."""

from __future__ import annotations

from typing import Any

from sratix_core.payments.figures import Paying
from sratix_core.web.request import Request


def paying_row(request: Request, name: str, found: Paying) -> dict[str, Any]:
    """Tries, how many succeed, why cards were declined, how long money takes."""
    declined = ", ".join(f"{reason_words(request, reason)} {n}" for reason, n in found.reasons.most_common(3))
    return {
        "name": name,
        "tries": found.tries,
        "rate": f"{100 * found.rate:.0f} %" if found.rate is not None else "",
        "declined": found.states["declined"],
        "reasons": declined,
        "left": found.states["expired"] + found.states["cancelled"],
        "payments": found.payments,
        "wait": _duration(request, found.seconds) if found.seconds is not None else "",
    }


def reason_words(request: Request, code: str) -> str:
    """Why a bank or a provider said no: `expired_card` is "expired card"; one that no catalog knows stays as it came."""
    return str(request.t(code.replace("_", " ")))


def _duration(request: Request, seconds: float) -> str:
    t = request.t
    if seconds < 90:
        return str(t("{n} seconds", n=round(seconds)))
    if seconds < 5400:
        return str(t("{n} minutes", n=round(seconds / 60)))
    if seconds < 172800:
        return str(t("{n} hours", n=round(seconds / 3600)))
    return str(t("{n} days", n=round(seconds / 86400)))
