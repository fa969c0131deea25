"""Beside the demo: the stand-in for Stripe as a process of its own, ended with it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from sratix_core.plugin import Settings

COMMAND = ("-m", "sratix_stripe.double", "--port", "0", "--while-fed")


@contextmanager
def stand_in(settings: Settings) -> Iterator[dict[str, str]]:
    """Start it on a free port of this machine, with what it remembers in the data folder; nothing where one is named already."""
    if settings.stripe_api_base:
        yield {}
        return
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    state = str(settings.data_dir / "stripe.db")
    with subprocess.Popen(  # noqa: S603 -- our own module, in this very Python
        [sys.executable, *COMMAND, "--state", state],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as double:
        assert double.stdout is not None
        try:
            address = double.stdout.readline().strip()
            yield {"stripe_api_base": address} if address else {}
        finally:
            double.terminate()
