"""The installation's own certificate: asked by a handshake with nothing open, kept, and told by how long it still is good."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from sratix_core.egress import own_certificate as certificate
from sratix_core.egress.certificate import good_until
from sratix_core.errors import InsideTransaction, NotSent
from sratix_core.events.models import Event
from sratix_core.health import pulse, signs
from sratix_core.health.host import Host
from sratix_core.runtime import Runtime
from sratix_core.tenancy.scope import SystemScope
from tests.builders import World
from tests.unit.egress.playing import certificate as make_certificate
from tests.unit.egress.playing import playing, says

TEST = SystemScope("a test looks at the installation")
BEGIN = datetime(2020, 1, 1, tzinfo=UTC)
HOST = Host(1, 10**12, 2 * 10**12, "unused")


def tile(process: Runtime, base: str) -> signs.Sign:
    now = process.sources.clock.now()
    with process.engines.begin(TEST, write=False) as db:
        felt = pulse.take(db, now, ())
    settings = replace(process.settings, base_url=base)
    return next(s for s in signs.signs(settings, "sqlite", HOST, felt, now) if s.key == "tls")


@pytest.mark.parametrize(
    ("days", "level", "left"), [(90, "ok", "90"), (20, "warn", "20"), (6, "bad", "6"), (-3, "bad", "0")]
)
def test_the_end_of_a_certificate_is_seen_kept_and_told(
    process: Runtime, tmp_path: Path, days: int, level: str, left: str
) -> None:
    now = process.sources.clock.now()
    server, _ = make_certificate(tmp_path, "localhost", (now - BEGIN).days + days + 1)
    with playing(says("HTTP/1.1 200 OK"), server) as there:
        base = f"https://localhost:{there.port}"
        https = replace(process, settings=replace(process.settings, base_url=base))
        assert tile(process, base).state == "Unknown"
        assert (certificate.look(https), certificate.look(https)) == (1, 0)
    seen = tile(process, base)
    assert (seen.level, seen.figure, seen.unit) == (level, left, "days left")
    assert bool(seen.todo) == (level != "ok")
    assert seen.state == ("Expired" if days < 0 else "Fine" if level == "ok" else "Ends soon")
    assert tile(process, "https://other.example").state == "Unknown"


def test_where_nothing_answers_it_is_unknown_and_asked_again_sooner(process: Runtime, world: World) -> None:
    base = "https://localhost:1"
    https = replace(process, settings=replace(process.settings, base_url=base))
    assert certificate.look(https) == 1
    assert certificate.look(https) == 0
    seen = tile(process, base)
    assert (seen.level, seen.state, seen.figure) == ("off", "Unknown", "–")
    world.later(minutes=16)
    assert certificate.look(https) == 1


def test_a_plain_address_is_not_asked(process: Runtime) -> None:
    assert not process.settings.https
    assert certificate.look(process) == 0


def test_nothing_is_open_while_the_network_is_asked(world: World) -> None:
    with world.open(write=False) as ctx:
        ctx.db.scalars(select(Event)).all()
        with pytest.raises(InsideTransaction):
            good_until("https://localhost:1")
    with pytest.raises(NotSent):
        good_until("https://localhost:1", timedelta(seconds=1).total_seconds())
