"""A card-taking shop for each test; afterwards all invariants hold."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.functional.payments.cards import Counter, counter


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Counter]:
    with counter(tmp_path) as made:
        yield made
        assert made.faults() == []
