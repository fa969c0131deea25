"""Stored bytes come back as they were, or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sratix_core.context import TenantContext
from sratix_core.errors import Invalid, Unavailable
from sratix_core.files import store
from sratix_core.tenancy.scope import SystemScope, TenantScope
from sratix_core.tenants.service import TenantDraft, create_tenant
from tests.support import make_runtime

PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256))
SVG = b"<svg xmlns='http://www.w3.org/2000/svg'/>"


@pytest.fixture
def ctx(tmp_path: Path) -> Iterator[TenantContext]:
    runtime = make_runtime(tmp_path)
    with runtime.engines.begin(SystemScope("a test makes a tenant")) as db:
        create_tenant(db, runtime.sources, TenantDraft("acme", "Acme"))
    info = runtime.engines.tenants.by_slug("acme")
    assert info is not None
    with runtime.engines.begin(TenantScope(info.id)) as session:
        yield runtime.context(info, session)


def stored_path(ctx: TenantContext, key: str) -> Path:
    return Path(ctx.settings.storage_url.removeprefix("file:")) / key


def test_bytes_come_back(ctx: TenantContext) -> None:
    file = store.put(ctx, "a/b/hero.png", "image/png", PNG, public=True)
    assert store.read(ctx, file) == PNG
    assert (file.name, file.size, file.public) == ("hero.png", len(PNG), True)
    assert store.same(ctx, "hero.png", PNG) is file
    assert store.same(ctx, "hero.png", SVG) is None


def test_a_key_cannot_be_guessed_and_nothing_half_written_stays(ctx: TenantContext) -> None:
    first, second = (store.put(ctx, "x.png", "image/png", PNG, public=False) for _ in range(2))
    assert first.storage_key != second.storage_key
    assert "x.png" not in first.storage_key
    path = stored_path(ctx, first.storage_key)
    assert path.stat().st_mode & 0o077 == 0
    assert list(path.parent.parent.rglob(".*")) == []


@pytest.mark.parametrize(
    ("kind", "data", "code"),
    [
        ("image/png", SVG, "file_type"),
        ("image/svg+xml", SVG, "file_type"),
        ("text/html", b"<script>", "file_type"),
        ("image/png", PNG + bytes(store.LARGEST), "file_too_large"),
    ],
)
def test_what_is_no_picture_or_too_large_is_refused(
    ctx: TenantContext, kind: str, data: bytes, code: str
) -> None:
    with pytest.raises(Invalid) as caught:
        store.put(ctx, "x", kind, data, public=True)
    assert caught.value.fields == {"file": code}


def test_svg_comes_from_the_operator_only(ctx: TenantContext) -> None:
    assert store.put(ctx, "m.svg", "image/svg+xml", SVG, public=True, operator=True).size == len(SVG)


def test_changed_or_missing_bytes_are_not_given_out(ctx: TenantContext) -> None:
    file = store.put(ctx, "x.png", "image/png", PNG, public=False)
    path = stored_path(ctx, file.storage_key)
    path.write_bytes(PNG + b"!")
    with pytest.raises(Unavailable):
        store.read(ctx, file)
    path.unlink()
    with pytest.raises(Unavailable):
        store.read(ctx, file)


def test_a_key_leads_nowhere_else(ctx: TenantContext) -> None:
    file = store.put(ctx, "x.png", "image/png", PNG, public=False)
    file.storage_key = "../../etc/passwd"
    with pytest.raises(Unavailable):
        store.read(ctx, file)
