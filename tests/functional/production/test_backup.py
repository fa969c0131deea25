"""A backup brought back is the same installation: every row, every file, every wall; a bad one changes nothing."""

from __future__ import annotations

import gzip
import io
import re
import tarfile
import threading
import tracemalloc
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import update
from sqlalchemy.exc import DBAPIError

from sratix_core import backup
from sratix_core.audit.models import EventLog
from sratix_core.backup import archive, keys
from sratix_core.backup.manifest import NAME
from sratix_core.cli.verify import evaluate
from sratix_core.demo import seed
from sratix_core.files import store
from sratix_core.plugins import PluginHost
from sratix_core.runtime import Runtime
from sratix_core.tenancy.doctor import rls_census
from sratix_core.tenancy.scope import TenantScope
from sratix_core.tenants.service import TenantDraft, create_tenant
from sratix_core.values.clock import FixedClock
from sratix_core.values.ids import IdSource
from tests.builders import NOON, TESTS, World, make_order, make_sale, make_world, transfer_plugin
from tests.functional.production.conftest import DATABASES, SECRET, Place, rows

PNG = b"\x89PNG\r\n\x1a\n" + b"picture" * 20


@pytest.fixture(params=DATABASES)
def sold(request: pytest.FixtureRequest, place: Place) -> Runtime:
    """An installation that has sold and scanned, with one file."""
    runtime = place(request.param, migrated=True)
    seed.make(runtime, tenants=2, events=1, tickets=120)
    tenant = runtime.engines.tenants.by_slug("seed-1")
    assert tenant is not None
    with runtime.engines.begin(TenantScope(tenant.id)) as db:
        store.put(runtime.context(tenant, db), "logo.png", "image/png", PNG, public=True)
    return runtime


def broken(runtime: Runtime) -> list[str]:
    return [f"{c.id}: {o.faults}" for c, o in evaluate(runtime) if not o.ok]


@pytest.mark.parametrize("into", DATABASES)
def test_what_comes_back_is_what_was_there(sold: Runtime, place: Place, tmp_path: Path, into: str) -> None:
    made = backup.save(sold, tmp_path / "all.sratix")
    assert made.files == 1
    assert made.missing_files == made.left_out == []
    before = rows(sold)
    assert made.rows == sum(map(len, before.values()))
    other = place(into)
    backup.restore(other, tmp_path / "all.sratix")
    assert rows(other) == before
    assert broken(other) == []
    tenant = other.engines.tenants.by_slug("seed-1")
    assert tenant is not None
    with other.engines.begin(TenantScope(tenant.id)) as db:
        ctx = other.context(tenant, db)
        file = store.same(ctx, "logo.png", PNG)
        assert file is not None
        assert store.read(ctx, file) == PNG


def test_the_walls_stand_and_numbers_go_on(sold: Runtime, place: Place, tmp_path: Path) -> None:
    backup.save(sold, tmp_path / "all.sratix")
    other = place(sold.engines.dialect, migrated=True)
    backup.restore(other, tmp_path / "all.sratix")
    with other.engines.begin(TESTS) as db:
        new = create_tenant(db, other.sources, TenantDraft("newcomer", "Newcomer"))
    assert new.id == 3
    with other.engines.session(TESTS) as db, pytest.raises(DBAPIError, match=r"append-only|sealed|denied"):
        db.execute(update(EventLog).values(type="other"))
    if other.engines.dialect == "postgresql":
        with other.engines.owner.connect() as connection:
            assert rls_census(connection) == []


def test_selling_goes_on_meanwhile(place: Place, tmp_path: Path) -> None:
    runtime = place("sqlite", migrated=True)
    seed.make(runtime, tenants=1, events=1, tickets=300)
    world = sellable(runtime)
    ended, sales = threading.Event(), []

    def sell() -> None:
        with world.open() as ctx:
            event, ticket_type = make_sale(ctx)
        while not ended.is_set():
            with world.open() as ctx:
                sales.append(make_order(ctx, event, {ticket_type: 1}).id)

    seller = threading.Thread(target=sell)
    seller.start()
    try:
        while len(sales) < 3:
            ended.wait(0.01)
        first = len(sales)
        made = backup.save(runtime, tmp_path / "all.sratix")
        last = len(sales)
    finally:
        ended.set()
        seller.join()
    assert last > first, "nobody could buy while the backup ran"
    other = place("sqlite")
    backup.restore(other, tmp_path / "all.sratix")
    assert made.rows == sum(map(len, rows(other).values()))
    assert broken(other) == []


def sellable(runtime: Runtime) -> World:
    """A fresh organizer of an installation, who sells at a time that stands still."""
    clock = FixedClock(NOON)
    sources = replace(runtime.sources, clock=clock, ids=IdSource(clock, runtime.sources.random))
    return make_world(replace(runtime, sources=sources, plugins=PluginHost([transfer_plugin()])))


def rewritten(path: Path, change: Callable[[bytes], bytes]) -> Path:
    """The archive with another manifest, packed as properly as the first."""
    target = path.with_name("changed.sratix")
    with tarfile.open(path) as old, tarfile.open(target, "w:gz") as new:
        for member in old:
            content = old.extractfile(member)
            assert content is not None
            data = content.read()
            data = change(data) if member.name == NAME else data
            member.size = len(data)
            new.addfile(member, io.BytesIO(data))
    return target


def flipped(path: Path) -> Path:
    """One letter of one row is another, and the packing is right."""
    target = path.with_name("flipped.sratix")
    raw = gzip.decompress(path.read_bytes())
    target.write_bytes(gzip.compress(raw.replace(b"seed-2", b"seed-9", 1)))
    return target


def truncated(path: Path) -> Path:
    target = path.with_name("short.sratix")
    target.write_bytes(path.read_bytes()[:-2000])
    return target


SPOILT: dict[str, tuple[Callable[[Path], Path], str]] = {
    "truncated": (truncated, "is damaged or was cut off"),
    "flipped": (flipped, "is damaged or was cut off"),
    "no archive": (lambda path: Path(__file__), "is damaged or was cut off"),
    "nothing": (lambda path: path.with_name("nowhere"), "There is no file"),
    "later format": (lambda p: rewritten(p, lambda m: m.replace(b'"format":1', b'"format":9')), "another version"),
    "later tables": (
        lambda p: rewritten(p, lambda m: m.replace(b'"core":"', b'"core":"9')),
        "this version does not know",
    ),
    "a stranger's plugin": (
        lambda p: rewritten(p, lambda m: m.replace(b'"revisions":{', b'"revisions":{"raffle":"0001",')),
        "holds data of plugin raffle: install it first",
    ),
    "another shape": (
        lambda p: rewritten(p, lambda m: m.replace(b'"slug"', b'"slogan"', 1)),
        "does not fit this version",
    ),
    "a lie about the rows": (
        lambda p: rewritten(p, lambda m: re.sub(rb'"name":"tenants",(.*?)"rows":2', rb'"name":"tenants",\1"rows":3', m)),
        "are not those of the backup",
    ),
}  # fmt: skip


def test_a_bad_archive_is_refused_in_one_sentence_and_changes_nothing(
    sold: Runtime, place: Place, tmp_path: Path
) -> None:
    backup.save(sold, tmp_path / "good.sratix")
    other = place(sold.engines.dialect, migrated=True)
    with other.engines.begin(TESTS) as db:
        create_tenant(db, other.sources, TenantDraft("here-before", "Here Before"))
    before, folder = rows(other), store.folder(other.settings)
    for spoil, sentence in SPOILT.values():
        with pytest.raises(backup.BackupError, match=sentence):
            backup.restore(other, spoil(tmp_path / "good.sratix"), replace=True)
        assert rows(other) == before
        assert not list(folder.parent.glob(".files*"))
    with pytest.raises(backup.BackupError, match=r"not empty \(tenants\)"):
        backup.restore(other, tmp_path / "good.sratix")
    assert rows(other) == before
    backup.restore(other, tmp_path / "good.sratix", replace=True)
    assert rows(other) == rows(sold)


def test_an_archive_is_whole_or_not_there(
    sold: Runtime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "out" / "all.sratix"
    with pytest.raises(backup.BackupError, match="is no folder"):
        backup.save(sold, target)
    target.parent.mkdir()

    def full(*given: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(archive.Writer, "add_file", full)
        with pytest.raises(backup.BackupError, match="cannot be written: No space left"):
            backup.save(sold, target)
    assert list(target.parent.iterdir()) == []
    backup.save(sold, target)
    assert target.stat().st_mode & 0o777 == 0o600
    with pytest.raises(backup.BackupError, match="is there already"):
        backup.save(sold, target)


def test_the_key_travels_under_a_passphrase_only(place: Place, tmp_path: Path) -> None:
    old = place("sqlite", migrated=True, backup_passphrase="correct horse battery")
    made = backup.save(old, tmp_path / "all.sratix")
    assert made.sealed_key is not None
    assert SECRET.encode() not in gzip.decompress((tmp_path / "all.sratix").read_bytes())
    new = place("sqlite", secret_key="another key of forty characters, at least")
    with pytest.raises(backup.BackupError, match="made under another SRATIX_SECRET_KEY"):
        backup.restore(new, tmp_path / "all.sratix")
    with pytest.raises(backup.BackupError, match="needs SRATIX_BACKUP_PASSPHRASE"):
        backup.restore(new, tmp_path / "all.sratix", keys_to=tmp_path / "key")
    with pytest.raises(backup.BackupError, match="not the one"):
        keys.unseal(made.sealed_key, "wrong horse")
    asked = place(
        "sqlite",
        secret_key="another key of forty characters, at least",
        backup_passphrase="correct horse battery",
    )
    backup.restore(asked, tmp_path / "all.sratix", keys_to=tmp_path / "key")
    assert (tmp_path / "key").read_text() == SECRET


def test_memory_does_not_grow_with_the_data(
    place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    runtime = place("sqlite", migrated=True)
    monkeypatch.setattr("sratix_core.backup.taking.CHUNK", 64 * 1024)
    peaks, counts = [], []
    for round_, tickets in enumerate((1500, 4500)):
        seed.make(runtime, tenants=1, events=1, tickets=tickets)
        tracemalloc.start()
        counts.append(backup.save(runtime, tmp_path / f"{round_}.sratix").rows)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert counts[1] > 3 * counts[0]
    assert peaks[1] < 1.3 * peaks[0]
