"""Order codes: short, spoken, free."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sratix_core.errors import Unavailable
from sratix_core.orders import hot
from sratix_core.values import codes

if TYPE_CHECKING:
    from sratix_core.context import TenantContext


def free_code(ctx: TenantContext) -> str:
    """A code no order of this tenant has. The unique key decides a race; with 17 million codes that is a retry in years."""
    drawn = [codes.order_code(ctx.random) for _ in range(hot.DRAWN)]
    bound = {"in_tenant": ctx.tenant.id, **{f"drawn_{n}": code for n, code in enumerate(drawn)}}
    taken = {row[0] for row in hot.TAKEN.all(ctx.db, bound)}
    for code in drawn:
        if code not in taken:
            return code
    raise Unavailable("no_free_code")
