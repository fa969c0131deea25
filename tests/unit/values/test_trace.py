"""A reason: the rules in order, with facts that fit into JSON and hold nobody's name."""

from __future__ import annotations

import json
import uuid
from datetime import UTC, datetime

from sratix_core.catalog.availability import OfferState
from sratix_core.values.trace import LONGEST, MOST, Trace


def test_steps_keep_their_order_and_their_facts() -> None:
    trace, one = Trace(), uuid.UUID(int=1)
    trace.passed("first", n=1, at=datetime(2027, 3, 1, tzinfo=UTC))
    trace.stopped("second", id=one, state=OfferState.ENDED, missing=None)
    assert trace.steps() == [
        {"rule": "first", "passed": True, "found": {"n": 1, "at": "2027-03-01T00:00:00+00:00"}},
        {"rule": "second", "passed": False, "found": {"id": str(one), "state": "ended"}},
    ]


def test_what_json_cannot_hold_is_left_out_and_what_is_long_is_cut() -> None:
    trace = Trace()
    trace.stopped("rule", text="x" * 1000, thing=object(), many=[1, 2])
    assert json.loads(json.dumps(trace.steps())) == [
        {"rule": "rule", "passed": False, "found": {"text": "x" * LONGEST}}
    ]


def test_only_so_many_passes_are_kept_and_the_end_always() -> None:
    trace = Trace()
    for n in range(MOST + 10):
        trace.passed("step", n=n)
    trace.stopped("end")
    steps = trace.steps()
    assert len(steps) == MOST + 1
    assert steps[-1]["rule"] == "end"
