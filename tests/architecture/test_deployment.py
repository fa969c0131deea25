"""What an operator starts from, read as text: compose.yaml, the ini files and the image name only settings that exist."""

from __future__ import annotations

import configparser
import re
from typing import Any

import click
import pytest
import yaml

from sratix_core.cli import main
from sratix_core.cli.serve import OPTIONS
from sratix_core.settings import SETTINGS
from tests.architecture.source import ROOT

COMPOSE = (ROOT / "compose.yaml").read_text(encoding="utf-8")
VARIABLES = {setting.env for setting in SETTINGS}


def services() -> dict[str, dict[str, Any]]:
    loaded: dict[str, dict[str, Any]] = yaml.safe_load(COMPOSE)["services"]
    return loaded


def test_the_parts_are_there_and_each_says_when_it_is_well() -> None:
    assert set(services()) == {"postgres", "redis", "migrate", "web", "worker"}
    lasting = {name for name, service in services().items() if service.get("restart") != "no"}
    assert {name for name in lasting if "healthcheck" not in services()[name]} == set()


def test_no_secret_has_a_default() -> None:
    secrets = re.findall(r"\$\{(\w*(?:PASSWORD|SECRET)\w*)(.*?)\}", COMPOSE)
    assert secrets
    assert [name for name, rest in secrets if not rest.startswith(":?")] == []


def test_web_and_worker_never_get_the_owner() -> None:
    for name in ("web", "worker"):
        assert "SRATIX_DATABASE_OWNER_URL" not in services()[name]["environment"]
        assert "owner" not in str(services()[name]["environment"]).lower()


def test_only_settings_that_exist_are_set() -> None:
    for service in (services()["migrate"], services()["web"]):
        assert set(service["environment"]) <= VARIABLES
    image = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    assert set(re.findall(r"(SRATIX_\w+)=", image)) <= VARIABLES


@pytest.mark.parametrize("file", ["Dockerfile", "docs/operators-guide.md"])
def test_every_plugin_but_the_example_is_installed(file: str) -> None:
    """Who follows the guide, or starts the image, can take cards and sell gift cards."""
    bundled = {f"sratix-{path.name.replace('_', '-')}" for path in (ROOT / "sratix_plugins").iterdir()}
    (command,) = re.findall(
        r'"sratix\[fast,postgres\]"((?:(?: | \\\n +)sratix-[\w-]+)+)',
        (ROOT / file).read_text(encoding="utf-8"),
    )
    assert set(re.findall(r"sratix-[\w-]+", command)) == bundled - {"sratix-attendee-notes"}


def test_the_ini_files_name_settings_and_hold_no_secret() -> None:
    known = {setting.name: setting for setting in SETTINGS}
    for name in ("development.ini", "production.ini"):
        ini = configparser.ConfigParser()
        ini.read(ROOT / name, encoding="utf-8")
        named = set(ini["app:main"]) - {"use"}
        assert named <= set(known), name
        assert {key for key in named if known[key].secret} == set(), name


def units() -> dict[str, configparser.RawConfigParser]:
    found = {}
    for path in sorted((ROOT / "deploy").glob("*.service")):
        unit = configparser.RawConfigParser(strict=False)
        unit.optionxform = str  # type: ignore[assignment, method-assign]
        unit.read(path, encoding="utf-8")
        found[path.name] = unit
    return found


def test_units_run_commands_that_exist_with_options_they_have() -> None:
    assert set(units()) == {"sratix-web.service", "sratix-worker@.service", "sratix-backup.service"}
    for name, unit in units().items():
        started = re.search(r"/opt/sratix/bin/sratix (\w+)([^'\n]*)", unit["Service"]["ExecStart"])
        assert started, name
        command = main.get_command(click.Context(main), started.group(1))
        assert command is not None, name
        known = {option for each in command.params for option in each.opts}
        assert set(re.findall(r"--[a-z-]+", started.group(2))) <= known, name


def test_units_run_as_nobody_special_and_let_work_end() -> None:
    for name, unit in units().items():
        service = unit["Service"]
        assert service["User"] == "sratix", name
        assert service["UMask"] == "0077", name
        assert {service["NoNewPrivileges"], service["PrivateTmp"], service["ProtectHome"]} == {"true"}, name
        assert "SECRET" not in str(dict(service)), name
        if service["Type"] == "exec":
            assert int(service["TimeoutStopSec"]) > OPTIONS["timeout_graceful_shutdown"], name
            assert "owner" not in str(dict(service)), name


def test_proxies_cut_off_slow_headers_and_hide_the_metrics() -> None:
    nginx = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    caddy = (ROOT / "deploy" / "Caddyfile").read_text(encoding="utf-8")
    assert re.search(r"client_header_timeout 10s;.*client_max_body_size 10m;", nginx, re.DOTALL)
    assert re.search(r"location = /metrics \{\s*return 404;", nginx)
    assert "X-Forwarded-For $remote_addr;" in nginx
    assert "read_header 10s" in caddy
    assert "respond @metrics 404" in caddy
