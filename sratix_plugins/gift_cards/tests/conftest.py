"""A tenant with gift cards, whose books hold at the end of each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.builders import World, faults, make_engines, make_process, sqlite_settings
from tests.gift_cards import PLUGINS, with_cards


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    settings = sqlite_settings(tmp_path)
    engines = make_engines(settings)
    process = make_process(settings, engines, plugins=PLUGINS)
    yield with_cards(process)
    assert faults(process) == []
    engines.dispose()
