"""The sealed journal: every committed row gets its number once and without a gap, and nobody can change it unseen."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import DBAPIError

from sratix_core.audit import sealer
from sratix_core.audit.chain import GENESIS, seal_hash
from sratix_core.audit.events import emit
from sratix_core.audit.invariants import CHECKS
from sratix_core.audit.models import AuditEntry, EventLog, Seal, SealHead
from sratix_core.audit.sealer import seal_all
from sratix_core.audit.service import record
from sratix_core.audit.verify import Finding, check
from sratix_core.context import Actor
from sratix_core.tenancy.resolve import TenantInfo
from sratix_core.tenancy.scope import TenantScope
from tests import builders
from tests.worksite import Site


def act(site: Site, tenant: TenantInfo, count: int = 1) -> None:
    with site.acting(tenant) as ctx:
        for n in range(count):
            record(ctx, "order.placed", "order", ctx.ids.new(), total=4900 + n)


def seal(site: Site) -> int:
    return builders.seal(site.engines, site.sources)


def numbers(site: Site, tenant: TenantInfo, model: Any = AuditEntry) -> list[int | None]:
    with site.everything() as db:
        return list(db.scalars(select(model.seq).where(model.tenant_id == tenant.id).order_by(model.id)))


def findings(site: Site, **options: Any) -> list[Finding]:
    with site.everything() as db:
        return check(db, **options)


def rows(site: Site) -> list[AuditEntry]:
    with site.everything() as db:
        return list(db.scalars(select(AuditEntry).order_by(AuditEntry.id)))


def sql_id(site: Site, row: Any) -> str:
    return f"'{row.id.hex}'" if site.engines.dialect == "sqlite" else f"'{row.id}'"


def test_an_entry_says_who_did_what(site: Site) -> None:
    tenant = site.tenant()
    actor = Actor("user", site.sources.ids.new(), "a" * 32)
    with site.acting(tenant, actor) as ctx:
        entry = record(ctx, "order.cancelled", "order", ctx.ids.new(), reason="asked", at=ctx.clock.now())
    (row,) = rows(site)
    assert (row.action, row.actor_kind, row.actor_id, row.ip_hash) == (
        "order.cancelled",
        "user",
        actor.id,
        "a" * 32,
    )
    assert row.data == {"reason": "asked", "at": "2027-03-01T11:00:00.000000Z"}
    assert (row.content_hash, row.seq) == (entry.content_hash, None)


def test_a_rolled_back_act_leaves_no_entry(site: Site) -> None:
    def fail() -> None:
        with site.acting(tenant) as ctx:
            record(ctx, "order.placed", "order", None)
            ctx.db.flush()
            raise ValueError("the act fails")

    tenant = site.tenant()
    with pytest.raises(ValueError, match="the act fails"):
        fail()
    assert rows(site) == []


def test_rows_are_numbered_per_tenant_and_stream(site: Site) -> None:
    one, other = site.tenant(), site.tenant()
    act(site, one, 3)
    act(site, other, 2)
    with site.acting(one) as ctx:
        emit(ctx, "order.placed", "order", None)
    assert seal(site) == 6
    assert numbers(site, one) == [1, 2, 3]
    assert numbers(site, other) == [1, 2]
    assert numbers(site, one, EventLog) == [1]
    act(site, one, 2)
    assert seal(site) == 2
    assert numbers(site, one) == [1, 2, 3, 4, 5]
    assert findings(site, now=site.clock.now()) == []


def test_sealing_nothing_only_reads(site: Site) -> None:
    act(site, site.tenant())
    seal(site)
    with site.engines.counted() as statements:
        assert seal(site) == 0
    assert all(s.lstrip().startswith("SELECT") for s in statements)


def test_each_batch_has_one_seal_that_follows_the_one_before(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sealer, "BATCH", 4)
    tenant = site.tenant()
    act(site, tenant, 10)
    assert seal(site) == 10
    with site.everything() as db:
        seals = list(db.scalars(select(Seal).order_by(Seal.first_seq)))
        head = db.scalars(select(SealHead)).one()
    assert [(s.first_seq, s.last_seq, s.count) for s in seals] == [(1, 4, 4), (5, 8, 4), (9, 10, 2)]
    assert [s.prev_hash for s in seals] == [GENESIS, seals[0].hash, seals[1].hash]
    assert (head.next_seq, head.hash) == (11, seals[2].hash)
    hashes = [row.content_hash for row in rows(site)[:4]]
    assert seals[0].hash == seal_hash(GENESIS, tenant.id, "audit", 1, 4, hashes)
    assert findings(site) == []


def test_two_sealers_at_once_number_every_row_once(site: Site) -> None:
    tenants = [site.tenant() for _ in range(3)]
    stop, failures = threading.Event(), []

    def keep_sealing() -> None:
        while not stop.is_set():
            try:
                seal_all(site.engines, site.sources)
            except Exception as error:
                failures.append(error)
                return

    threads = [threading.Thread(target=keep_sealing) for _ in range(2)]
    for thread in threads:
        thread.start()
    for n in range(30):
        act(site, tenants[n % 3], 2)
    stop.set()
    for thread in threads:
        thread.join()
    seal(site)
    assert failures == []
    assert [sorted(numbers(site, t), key=str) for t in tenants] == [sorted(range(1, 21), key=str)] * 3
    assert findings(site, now=site.clock.now()) == []


@pytest.mark.pg
@pytest.mark.parametrize("urls", ["postgresql"], indirect=True)
def test_a_row_of_a_running_transaction_holds_back_later_ones_and_is_never_missed(live_site: Site) -> None:
    """The snapshot rule: what commits late must not appear below a number that readers have already passed."""
    site = live_site
    tenant = site.tenant()
    slow = site.engines.session(TenantScope(tenant.id))
    record(site.runtime.context(tenant, slow), "slow.act", "order", None)
    slow.flush()
    act(site, tenant, 3)
    assert seal_all(site.engines, site.sources) == 0
    slow.commit()
    slow.close()
    assert seal(site) == 4
    assert sorted(n or 0 for n in numbers(site, tenant)) == [1, 2, 3, 4]
    assert findings(site) == []


@pytest.mark.pg
@pytest.mark.parametrize("urls", ["postgresql"], indirect=True)
def test_a_reader_behind_the_numbers_sees_every_row_under_concurrent_writers(live_site: Site) -> None:
    site = live_site
    tenant = site.tenant()
    stop, seen = threading.Event(), []

    def write(count: int) -> None:
        for _ in range(count):
            with site.acting(tenant) as ctx:
                emit(ctx, "x", "x", None)
                ctx.db.flush()
                stop.wait(0.002)

    def read() -> None:
        after = seen[-1] if seen else 0
        with site.everything() as db:
            stream = select(EventLog.seq).where(EventLog.tenant_id == tenant.id, EventLog.seq > after)
            seen.extend(db.scalars(stream.order_by(EventLog.seq)))

    writers = [threading.Thread(target=write, args=(60,)) for _ in range(4)]
    for writer in writers:
        writer.start()
    while any(writer.is_alive() for writer in writers):
        seal_all(site.engines, site.sources)
        read()
    for writer in writers:
        writer.join()
    seal(site)
    read()
    assert seen == list(range(1, 241))
    assert findings(site) == []


def test_the_application_cannot_change_what_is_written(site: Site) -> None:
    tenant = site.tenant()
    act(site, tenant, 2)
    seal(site)
    for statement in (
        update(AuditEntry).values(action="nothing.happened"),
        update(AuditEntry).values(seq=99),
    ):
        with pytest.raises(DBAPIError), site.acting(tenant) as ctx:
            ctx.db.execute(statement)
        with pytest.raises(DBAPIError), site.everything(write=True) as db:
            db.execute(statement)
    assert findings(site) == []


def damage(site: Site, kind: str) -> str:
    row = rows(site)[4]
    this, after = sql_id(site, row), sql_id(site, rows(site)[5])
    return {
        "content": f"UPDATE audit_entries SET action = 'order.refunded' WHERE id = {this}",
        "amount": f"UPDATE audit_entries SET data = '{{\"total\": 1}}' WHERE id = {this}",
        "deleted": f"DELETE FROM audit_entries WHERE id = {this}",
        "hash": f"UPDATE audit_entries SET content_hash = (SELECT content_hash FROM audit_entries WHERE id = {after}) WHERE id = {this}",
        "seal": "UPDATE journal_seals SET hash = prev_hash WHERE first_seq = 5",
        "seal_gone": "DELETE FROM journal_seals WHERE first_seq = 5",
        "last_seal_gone": "DELETE FROM journal_seals WHERE first_seq = 9",
        "moved": f"UPDATE audit_entries SET seq = NULL WHERE id = {this}",
    }[kind]


@pytest.mark.parametrize(
    ("kind", "says", "names_row"),
    [
        ("content", "the row is not what was written", True),
        ("amount", "the row is not what was written", True),
        ("hash", "the row is not what was written", True),
        ("deleted", "#5 is gone", False),
        ("moved", "#5 is gone", False),
        ("seal", "rows up to #8 are not those that were sealed", False),
        ("seal_gone", "the seals jump from #4 to #9", False),
        ("last_seal_gone", "numbered, but no seal covers it", False),
    ],
)
def test_tampering_is_found_and_named(
    site: Site, monkeypatch: pytest.MonkeyPatch, kind: str, says: str, names_row: bool
) -> None:
    monkeypatch.setattr(sealer, "BATCH", 4)
    act(site, site.tenant(), 10)
    seal(site)
    row = rows(site)[4]
    site.tamper(damage(site, kind))
    found = findings(site)
    assert says in [finding.problem for finding in found]
    if names_row:
        assert [(f.seq, f.row_id) for f in found] == [(5, row.id)]
    with site.everything() as db:
        outcome = CHECKS[0].run(db)
    assert not outcome.ok
    assert says in " ".join(outcome.faults)


def test_swapped_rows_and_a_cut_tail_are_found(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealer, "BATCH", 4)
    act(site, site.tenant(), 8)
    seal(site)
    one, two = (sql_id(site, row) for row in rows(site)[1:3])
    site.tamper(
        f"UPDATE audit_entries SET seq = NULL WHERE id = {one}",
        f"UPDATE audit_entries SET seq = 2 WHERE id = {two}",
        f"UPDATE audit_entries SET seq = 3 WHERE id = {one}",
    )
    assert [f.problem for f in findings(site)] == ["this row and the one before it have changed places"]
    site.tamper(
        f"UPDATE audit_entries SET seq = NULL WHERE id = {one}",
        f"UPDATE audit_entries SET seq = 3 WHERE id = {two}",
        f"UPDATE audit_entries SET seq = 2 WHERE id = {one}",
        "DELETE FROM audit_entries WHERE seq > 4",
        "DELETE FROM journal_seals WHERE first_seq = 5",
    )
    assert [f.problem for f in findings(site)] == ["the chain must end at #8 and ends at #4"]


def test_rows_that_wait_too_long_for_their_seal_are_reported(site: Site) -> None:
    act(site, site.tenant())
    assert findings(site, now=site.clock.now() + timedelta(seconds=59)) == []
    (late,) = findings(site, now=site.clock.now() + timedelta(seconds=61))
    assert late.row_id == rows(site)[0].id
    assert str(late.row_id) in str(late)


def test_an_inserted_row_with_a_forged_number_is_found(site: Site) -> None:
    tenant = site.tenant()
    act(site, tenant, 3)
    seal(site)
    act(site, tenant, 1)
    site.tamper(f"UPDATE audit_entries SET seq = 4 WHERE id = {sql_id(site, rows(site)[3])}")
    assert [f.problem for f in findings(site)] == ["numbered, but no seal covers it"]
