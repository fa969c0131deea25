"""What every test run shares: the markers' meaning, an environment without the developer's settings, applications that end with a test.

A test marked `pg`, `redis`, `node` or `browser` is skipped where that is missing; under SRATIX_REQUIRE_SERVICES the
first three fail. It stands at the root because the plugins' own tests share it.
"""

from __future__ import annotations

import gc
import os
import shutil
import socket
import threading
from collections.abc import Iterator

import pytest
import structlog
from hypothesis import HealthCheck, settings

KEPT = {
    "SRATIX_TEST_PG_URL",
    "SRATIX_TEST_REDIS_URL",
    "SRATIX_REQUIRE_SERVICES",
    "SRATIX_TEST_WORKERS",
    "SRATIX_TEST_CARTS",
    "SRATIX_LONG",
}
BROWSERS = ("chromium", "chromium-browser", "google-chrome")

for _name in [name for name in os.environ if name.startswith("SRATIX_") and name not in KEPT]:
    del os.environ[_name]
os.environ["SRATIX_ENV"] = "test"

# Where no application has set the product's own format, rich would draw each failure with all values of all frames: seconds each.
_words = structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)
structlog.configure(processors=[structlog.processors.add_log_level, _words])


# Hypothesis gives each example 200 ms of the wall clock. A full collection takes as long, and so does waiting for a core: what a
# property says is true at any speed, and speed is measured where nothing runs beside it.
settings.register_profile("untimed", settings(), deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")


def _missing(item: pytest.Item) -> str | None:
    if item.get_closest_marker("pg") and not os.environ.get("SRATIX_TEST_PG_URL"):
        return "SRATIX_TEST_PG_URL is not set"
    if item.get_closest_marker("redis") and not os.environ.get("SRATIX_TEST_REDIS_URL"):
        return "SRATIX_TEST_REDIS_URL is not set"
    if item.get_closest_marker("browser") and not any(map(shutil.which, BROWSERS)):
        return "no Chromium on this machine"
    if item.get_closest_marker("node") and not (shutil.which("node") and shutil.which("npm")):
        return "no Node.js with npm on this machine"
    return None


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--slow", action="store_true", help="run the tests that take minutes, too")


def pytest_collection_finish() -> None:
    """What the whole product and all tests are made of stays: each full collection walked through it for 0.1 s.

    Of what is made later, applications are the most; a full collection every 7,000 objects was a quarter of the time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(700, 10, 100)


def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.get_closest_marker("slow") and not item.config.getoption("--slow"):
        pytest.skip("slow: runs with --slow")
    if why := _missing(item):
        pytest.skip(why)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """Where services are required, a skipped service test is a failed one."""
    report = yield
    needs_service = any(item.get_closest_marker(name) for name in ("pg", "redis", "node"))
    slow = item.get_closest_marker("slow") and not item.config.getoption("--slow")
    if report.skipped and needs_service and not slow and os.environ.get("SRATIX_REQUIRE_SERVICES"):
        report.outcome = "failed"
        report.longrepr = (
            f"{item.nodeid} needs a service: {call.excinfo.value if call.excinfo else 'skipped'}"
        )
    return report


@pytest.fixture(autouse=True, scope="module")
def _engines_of_the_module() -> Iterator[None]:
    """Applications made for a module give their connections back with it, those made in a test when it ends."""
    yield from _closed()


@pytest.fixture(autouse=True)
def _engines_of_the_test(_engines_of_the_module: None) -> Iterator[None]:
    yield from _closed()


def _closed() -> Iterator[None]:
    from tests import support  # reads the environment that is set above

    before = len(support.opened)
    yield
    for process in support.opened[before:]:
        support.close(process)
    del support.opened[before:]


@pytest.fixture(scope="session")
def chromium() -> str:
    """Path of the browser that the `browser` tests start."""
    return next(path for path in map(shutil.which, BROWSERS) if path)


@pytest.fixture
def listener() -> Iterator[tuple[int, list[bytes]]]:
    """A port on this machine and what reached it."""
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.1)
        stop = threading.Event()

        def listen() -> None:
            while not stop.is_set():
                try:
                    link, _ = listening.accept()
                except TimeoutError:
                    continue
                heard.append(link.recv(100))
                link.close()

        thread = threading.Thread(target=listen)
        thread.start()
        yield listening.getsockname()[1], heard
        stop.set()
        thread.join()
