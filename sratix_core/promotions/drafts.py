"""What an organizer types about a code, checked field by field before anything is written."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sratix_core.catalog.service import types_of
from sratix_core.errors import Invalid
from sratix_core.pricing.rules import LARGEST, DiscountKind
from sratix_core.promotions.models import CodeState, PromoCode
from sratix_core.promotions.spelling import spelled
from sratix_core.values import text

if TYPE_CHECKING:
    from sratix_core.context import TenantContext
    from sratix_core.events.models import Event

MOST_USES = 1_000_000


@dataclass(frozen=True)
class CodeDraft:
    """Times are moments. `value` in basis points for `percent`, else in minor units of the event's currency."""

    code: str
    kind: str = DiscountKind.PERCENT
    value: int = 0
    description: str = ""
    type_ids: tuple[uuid.UUID, ...] = ()
    unlocked_ids: tuple[uuid.UUID, ...] = ()
    min_order_minor: int = 0
    min_quantity: int = 0
    starts_at: datetime | None = None
    expires_at: datetime | None = None
    max_uses: int | None = None
    max_uses_per_buyer: int | None = None
    state: str = CodeState.ACTIVE


SAME = ("kind", "value", "min_order_minor", "min_quantity", "starts_at", "expires_at", "max_uses",
        "max_uses_per_buyer", "state")  # fmt: skip


def draft_of(code: PromoCode) -> CodeDraft:
    """A code as it stands, to change some of it."""
    types, unlocked = (tuple(map(uuid.UUID, ids)) for ids in (code.type_ids, code.unlocked_ids))
    same = {name: getattr(code, name) for name in SAME}
    return CodeDraft(code.code, description=code.description, type_ids=types, unlocked_ids=unlocked, **same)


def columns_of(ctx: TenantContext, event: Event, draft: CodeDraft) -> dict[str, Any]:
    """The columns of `PromoCode`. Raises `Invalid` with every field that cannot be used."""
    fields: dict[str, str] = {}
    columns: dict[str, Any] = {"code": spelled(draft.code), **{n: getattr(draft, n) for n in SAME}}
    if not columns["code"]:
        fields["code"] = "promo_spelling" if draft.code.strip() else "required"
    try:
        columns["description"] = " ".join(text.clean(draft.description, 200).split())
    except text.BadText:
        fields["description"] = "too_long" if len(draft.description) > 200 else "unreadable"
    if draft.kind not in list(DiscountKind):
        fields["kind"] = "unknown_choice"
    else:
        fields |= _value_faults(draft)
    if draft.state not in list(CodeState):
        fields["state"] = "unknown_choice"
    if draft.starts_at and draft.expires_at and draft.expires_at <= draft.starts_at:
        fields["expires_at"] = "ends_before_start"
    ranges = (
        ("min_order_minor", 0, LARGEST), ("min_quantity", 0, 100), ("max_uses", 1, MOST_USES), ("max_uses_per_buyer", 1, 1000),
    )  # fmt: skip
    for name, least, most in ranges:
        number = getattr(draft, name)
        if number is not None and not least <= number <= most:
            fields[name] = "range"
    known = {t.id for t in types_of(ctx, event)}
    for name in ("type_ids", "unlocked_ids"):
        chosen = set(getattr(draft, name))
        if chosen - known:
            fields[name] = "unknown_choice"
        columns[name] = sorted(map(str, chosen))
    if draft.kind == DiscountKind.ACCESS and not draft.unlocked_ids and "kind" not in fields:
        fields["unlocked_ids"] = "promo_opens_nothing"
    if fields:
        raise Invalid(fields)
    return columns


def _value_faults(draft: CodeDraft) -> dict[str, str]:
    value = draft.value
    if type(value) is not int:
        return {"value": "integer"}
    if draft.kind == DiscountKind.PERCENT and not 1 <= value <= 10_000:
        return {"value": "percent_range"}
    if draft.kind in (DiscountKind.AMOUNT, DiscountKind.TICKET) and not 1 <= value <= LARGEST:
        return {"value": "amount_positive"}
    if draft.kind == DiscountKind.PRICE and not 0 <= value <= LARGEST:
        return {"value": "price_out_of_range"}
    return {"value": "promo_value_unused"} if draft.kind == DiscountKind.ACCESS and value else {}
