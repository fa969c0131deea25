"""A real server with the real demo, and a real Chromium: what a person sees, not what a test client sees."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

START_SECONDS = 240
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@dataclass(frozen=True)
class Site:
    """Where the server answers, and who can sign in: e-mail and password by (tenant, role)."""

    url: str
    accounts: dict[tuple[str, str], tuple[str, str]]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """`sratix serve --first-start` in a process of its own, with the demo loaded."""
    data, port = tmp_path_factory.mktemp("installation"), _free_port()
    env = {**os.environ, "SRATIX_ENV": "demo", "SRATIX_DATA_DIR": str(data), "SRATIX_LOG_FORMAT": "text"}
    for name in [n for n in env if n.startswith("SRATIX_DATABASE")]:
        del env[name]
    log = (data / "server.log").open("wb")
    command = [str(Path(sys.executable).parent / "sratix"), "serve", "--first-start", "--port", str(port)]
    server = subprocess.Popen(command, env=env, stdout=log, stderr=log)
    try:
        url = f"http://127.0.0.1:{port}"
        _wait(url, server, data / "server.log")
        kept: dict[str, Any] = json.loads((data / "demo-accounts.json").read_text())
        yield Site(url, {(a["tenant"], a["role"]): (a["email"], a["password"]) for a in kept["accounts"]})
    finally:
        server.terminate()
        server.wait(20)
        log.close()


def _wait(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        assert server.poll() is None, log.read_text()[-3000:]
        try:
            with urllib.request.urlopen(url + "/health", timeout=2):
                return
        except OSError:
            time.sleep(0.3)
    raise AssertionError(f"no answer within {START_SECONDS} s: {log.read_text()[-3000:]}")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        if os.environ.get("SRATIX_REQUIRE_SERVICES"):
            raise AssertionError("Chromium is missing: apt-get install chromium")
        pytest.skip("Chromium is not installed")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


@dataclass
class Person:
    """One browser of one person, with what its console said."""

    page: Page
    site: Site
    problems: list[str]

    def go(self, path: str) -> Page:
        self.page.goto(self.site.url + path)
        return self.page

    def sign_in(self, tenant: str, role: str) -> Page:
        email, password = self.site.accounts[tenant, role]
        self.go("/account/login")
        self.page.fill("input[name=email]", email)
        self.page.fill("input[name=password]", password)
        self.page.locator("form").filter(has=self.page.locator("input[name=password]")).locator(
            "[type=submit]"
        ).click()
        self.page.wait_for_url(lambda url: "/account/login" not in url)
        return self.page


@pytest.fixture
def somebody(site: Site, chromium: Browser) -> Iterator[Any]:
    """Makes people: each gets a browser context of their own; a script error or a blocked resource fails the test."""
    people: list[Person] = []

    def make(**context: Any) -> Person:
        page = chromium.new_context(**{"locale": "en-GB", **context}).new_page()
        person = Person(page, site, [])
        page.on("pageerror", lambda error: person.problems.append(str(error)))
        page.on(
            "console",
            lambda said: (
                person.problems.append(said.text)
                if said.type == "error" and "Failed to load resource" not in said.text
                else None
            ),
        )
        people.append(person)
        return person

    yield make
    for person in people:
        person.page.context.close()
        assert person.problems == []
