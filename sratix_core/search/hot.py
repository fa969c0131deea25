"""A person's saved views of one list, prebuilt and judged by the compiled proof: every page of the list shows them."""

from __future__ import annotations

from typing import cast

from sqlalchemy import Table, bindparam, select

from sratix_core.search.models import SavedView
from sratix_core.tenancy.prebuilt import Prebuilt

MOST = 20
VIEWS = cast("Table", SavedView.__table__)

SAVED = Prebuilt(
    select(VIEWS.c.name, VIEWS.c.query)
    .where(
        VIEWS.c.tenant_id == bindparam("in_tenant"),
        VIEWS.c.user_id == bindparam("of_user"),
        VIEWS.c.list == bindparam("of_list"),
    )
    .order_by(VIEWS.c.name)
    .limit(MOST)
)
