"""A double on a port of its own, Stripe's real SDK as its client, and a place where webhooks arrive."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from sratix_stripe.double.testing import Bench, Inbox, receiving, running


@pytest.fixture
def bench() -> Iterator[Bench]:
    with running() as made:
        yield made


@pytest.fixture
def stripe_api(bench: Bench) -> Any:
    """`client.v1` of the platform's test key."""
    return bench.client().v1


@pytest.fixture
def inbox() -> Iterator[Inbox]:
    with receiving() as made:
        yield made
