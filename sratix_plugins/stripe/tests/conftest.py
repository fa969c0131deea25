"""A double on a port of its own, Stripe's real SDK as its client, and a place where webhooks arrive."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sratix_core.plugin import Egress
from sratix_stripe.account import Account
from sratix_stripe.double.testing import Bench, Inbox, receiving, running
from tests.builders import sqlite_settings


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


@pytest.fixture
def account(bench: Bench, tmp_path: Path) -> Account:
    """The platform's test keys, with the double in Stripe's place."""
    settings = sqlite_settings(tmp_path, stripe_api_base=bench.url)
    return Account(Egress(settings), "test", "sk_test_double", "pk_test_double")
