"""An API key by its id, prebuilt and judged by the compiled proof: every request of a program begins with it."""

from __future__ import annotations

from typing import cast

from sqlalchemy import Table, bindparam, select

from sratix_core.credentials.models import ApiKey
from sratix_core.tenancy.prebuilt import Prebuilt

KEYS = cast("Table", ApiKey.__table__)
KEY = Prebuilt(
    select(KEYS).where(KEYS.c.tenant_id == bindparam("in_tenant"), KEYS.c.id == bindparam("of_key"))
)
COLUMNS = tuple(KEYS.c.keys())
