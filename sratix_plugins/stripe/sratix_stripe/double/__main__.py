"""`python -m sratix_stripe.double`: the stand-in on a port, until it is interrupted."""

from __future__ import annotations

import argparse
import signal
import sys
import threading
from pathlib import Path

from sratix_stripe.double import Double, serving


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="sratix-stripe-double", description="A stand-in for Stripe. No money moves."
    )
    parser.add_argument(
        "--host", default="127.0.0.1", help="address to listen on; the control API asks for no key"
    )
    parser.add_argument("--port", type=int, default=12111)
    parser.add_argument("--webhook-url", help="where every event goes")
    parser.add_argument("--secret", default="whsec_double", help="signs what goes there")
    parser.add_argument(
        "--state", type=Path, help="SQLite file that keeps everything; without it memory does"
    )
    parser.add_argument("--seed", default="sratix", help="ids repeat with it")
    parser.add_argument(
        "--base-url", help="address browsers reach it by, where that isn't the one it listens on"
    )
    parser.add_argument(
        "--while-fed", action="store_true", help="say only the address, and end when the input does"
    )
    said = parser.parse_args()
    double = Double(said.state, seed=said.seed)
    over = threading.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: over.set())
    if said.webhook_url:
        double.listen(said.webhook_url, said.secret)
    with serving(double, said.host, said.port) as url:
        double.base_url = said.base_url or url
        words = url if said.while_fed else f"Stripe's stand-in on {url}, key sk_test_double. No money moves."
        sys.stdout.write(f"{words}\n")
        sys.stdout.flush()
        if said.while_fed:
            threading.Thread(target=_until_eof, args=(over,), daemon=True).start()
        over.wait()


def _until_eof(over: threading.Event) -> None:
    """Whoever started us holds our input open, however it ends."""
    sys.stdin.read()
    over.set()


if __name__ == "__main__":
    main()
