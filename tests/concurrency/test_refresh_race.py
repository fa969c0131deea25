"""One refresh token sent by many at once: one new pair at most, and the family ends for all of them."""

from __future__ import annotations

from sratix_core.accounts.service import create_user
from sratix_core.credentials import tokens
from sratix_core.credentials.tokens import Pair, Reused
from sratix_core.runtime import Runtime
from sratix_core.tenancy.scope import IdentityScope
from tests.concurrency.crowd import all_at_once, rounds


def test_two_refreshes_at_once_end_the_family(process: Runtime) -> None:
    def refresh(raw: str) -> Pair | Reused | None:
        with process.engines.begin(IdentityScope()) as db:
            return tokens.rotate(db, process, raw)

    for n in rounds(5):
        with process.engines.begin(IdentityScope()) as db:
            email = f"racer-{process.sources.ids.new().hex}-{n}@example.org"
            user = create_user(db, process.sources, email=email, full_name="Ada", password_hash=None)
            raw = tokens.start(db, process, user).refresh
        found = all_at_once([lambda raw=raw: refresh(raw)] * 16)
        pairs = [pair for pair in found if isinstance(pair, Pair)]
        assert len(pairs) == 1
        assert any(isinstance(one, Reused) for one in found)
        assert refresh(pairs[0].refresh) is None
