"""The new lists and the nightly question read a range of an index, never a whole table."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.dialects import sqlite

from sratix_core.payments.models import InboxEvent
from sratix_core.reconciliation.cases import Wanted
from sratix_core.reconciliation.models import FinanceCase, PaymentMovement
from tests.builders import make_engines, sqlite_settings

M, E, F = PaymentMovement, InboxEvent, FinanceCase
MINE = 1
LISTS: dict[str, Any] = {
    "cases": select(F.id).where(F.tenant_id == MINE).order_by(F.found_at.desc(), F.id.desc()),
    "open cases": Wanted("open").narrow(select(F.id).where(F.tenant_id == MINE)).order_by(F.found_at.desc(), F.id.desc()),
    "webhooks": select(E.id).where(E.tenant_id == MINE).order_by(E.received_at.desc(), E.id.desc()),
    "webhooks of all": select(E.id).order_by(E.received_at.desc(), E.id.desc(), E.tenant_id.desc()),
    "failed webhooks of all": select(E.id).where(E.state == "failed").order_by(E.received_at.desc(), E.id.desc(), E.tenant_id.desc()),
    "statement": select(M.id).where(M.tenant_id == MINE).order_by(M.at.desc(), M.id.desc()),
}  # fmt: skip


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    folder: Path = tmp_path_factory.mktemp("plans")
    engines = make_engines(sqlite_settings(folder))
    with engines.owner.connect() as connection:

        def steps(query: Any) -> list[str]:
            text = str(
                query.limit(51).compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True})
            )
            return [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}")]

        yield steps


@pytest.mark.parametrize("name", LISTS)
def test_a_page_of_a_list_is_a_range_of_an_index(plan: Any, name: str) -> None:
    steps = plan(LISTS[name])
    assert all("USING" in step and "INDEX" in step for step in steps), steps
    assert not any("TEMP B-TREE" in step for step in steps), steps
