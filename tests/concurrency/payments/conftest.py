"""A till on each database, with Stripe's stand-in on a port of its own; afterwards its books are recounted."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sratix_core.values.clock import FixedClock
from sratix_core.values.ids import SystemRandom
from sratix_stripe.double.app import Double
from sratix_stripe.double.clock import Clock
from sratix_stripe.double.testing import Bench, running
from tests.builders import NOON, faults, make_process
from tests.concurrency.conftest import Place
from tests.concurrency.payments.till import PLUGIN, Till, make_till


@pytest.fixture
def bench() -> Iterator[Bench]:
    with running(Double(clock=Clock(int(NOON.timestamp())))) as made:
        made.control("webhooks", {"hold": True})
        yield made


@pytest.fixture
def till(place: Place, bench: Bench) -> Iterator[Till]:
    settings, engines = place
    object.__setattr__(settings, "stripe_api_base", bench.url)
    process = make_process(settings, engines, FixedClock(NOON), SystemRandom(), [PLUGIN])
    made = make_till(process, bench)
    yield made
    assert faults(process, of=made.world.tenant) == []
