"""What an operator starts from, read as text: compose.yaml, the ini files and the image name only settings that exist."""

from __future__ import annotations

import configparser
import re
from typing import Any

import yaml

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


def test_the_ini_files_name_settings_and_hold_no_secret() -> None:
    known = {setting.name: setting for setting in SETTINGS}
    for name in ("development.ini", "production.ini"):
        ini = configparser.ConfigParser()
        ini.read(ROOT / name, encoding="utf-8")
        named = set(ini["app:main"]) - {"use"}
        assert named <= set(known), name
        assert {key for key in named if known[key].secret} == set(), name
