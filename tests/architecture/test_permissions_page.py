"""The published table of permissions is the one in force."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyramid.registry import Registry

from sratix_core.accounts.permissions import KNOWN, OWNER, PERMISSIONS, PRESETS, ROLES
from tests.architecture.permissions_page import PAGE, asked, make_registry, render


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Registry:
    return make_registry(tmp_path_factory.mktemp("published"))


def test_the_published_table_is_the_one_in_force(registry: Registry) -> None:
    assert Path(PAGE).read_text(encoding="utf-8") == render(registry), (
        "run: .venv/bin/python -m tests.architecture.permissions_page"
    )


def test_every_page_of_the_dashboard_is_published(registry: Registry) -> None:
    assert len(list(asked(registry))) > 60


def test_the_table_has_eleven_roles_and_no_hole() -> None:
    assert len(PRESETS) == 11
    assert ROLES[OWNER] == KNOWN
    assert {r.key for r in PRESETS if {"tenant", "event"} & set(r.scopes)} == set(ROLES)
    assert len({p.name for p in PERMISSIONS}) == len(PERMISSIONS)
    assert all(permissions <= KNOWN for permissions in ROLES.values())
