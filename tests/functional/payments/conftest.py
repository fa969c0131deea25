"""A card-taking shop for each test; afterwards all invariants hold."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.functional.payments.cards import Counter
from tests.functional.payments.sales import TICKETS, selling


@pytest.fixture
def shop(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Counter]:
    """It sells tickets, or what a test that is marked with `EVERY` names."""
    with selling(getattr(request, "param", TICKETS), tmp_path) as made:
        yield made
        assert made.faults() == []
