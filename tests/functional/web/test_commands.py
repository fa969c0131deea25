"""What an operator types: each command does its work, says it in a sentence, and fails in one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sratix_core.cli import main
from sratix_core.cli.capabilities import examine
from tests.support import close, make_runtime


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("installation")
    environ = {
        "SRATIX_ENV": "test",
        "SRATIX_DATA_DIR": str(folder),
        "SRATIX_DATABASE_URL": f"sqlite:///{folder / 'cli.db'}",
        "SRATIX_TEST_CLOCK": str(folder / "clock"),
    }
    assert run(environ, "migrate").exit_code == 0
    return environ


def run(environ: dict[str, str], *arguments: str) -> Result:
    return CliRunner(env=environ).invoke(main, arguments)


def test_help_lists_every_command() -> None:
    said = run({}, "--help").output
    for name in ("serve", "worker", "migrate", "doctor", "verify", "tenant", "user", "plugin", "clock"):
        assert f"\n  {name} " in said


def test_migrating_twice_changes_nothing(installation: dict[str, str]) -> None:
    assert run(installation, "migrate").output == "The schema is up to date.\n"
    assert run(installation, "migrate", "--check").exit_code == 0


def test_a_missing_schema_is_said_in_one_sentence(tmp_path: Path) -> None:
    environ = {
        "SRATIX_ENV": "test",
        "SRATIX_DATA_DIR": str(tmp_path),
        "SRATIX_DATABASE_URL": f"sqlite:///{tmp_path}/x.db",
    }
    result = run(environ, "tenant", "list")
    assert result.exit_code == 1
    assert result.output.startswith("Error: The database is not ready")
    assert "Run sratix migrate." in result.output
    assert run(environ, "migrate", "--check").exit_code == 1


def test_a_wrong_setting_is_said_in_one_sentence() -> None:
    result = run({"SRATIX_ENV": "staging"}, "tenant", "list")
    assert (result.exit_code, result.output.count("\n")) == (1, 1)
    assert "SRATIX_ENV is not usable" in result.output


def test_an_organizer_and_its_owner_from_the_command_line(installation: dict[str, str]) -> None:
    assert "/acme/" in run(installation, "tenant", "create", "acme", "--name", "Acme").output
    again = run(installation, "tenant", "create", "acme", "--name", "Acme")
    assert (again.exit_code, again.output) == (
        1,
        "Error: slug: This address is already in use. Choose another.\n",
    )
    made = run(installation, "user", "create", "nina@example.ch", "--name", "Nina", "--tenant", "acme")
    assert "can sign in with the password" in made.output
    weak = run(installation, "user", "create", "bob@example.ch", "--name", "Bob", "--password", "short")
    assert "Use at least 10 characters." in weak.output
    assert "has a new password" in run(installation, "user", "password", "nina@example.ch").output
    assert run(installation, "user", "password", "ghost@example.ch").exit_code == 1
    assert run(installation, "user", "create", "x@example.ch", "--name", "X", "--role", "king").exit_code == 2
    assert run(installation, "tenant", "suspend", "acme").output == "acme is paused\n"
    assert "acme                     suspended" in run(installation, "tenant", "list").output
    assert run(installation, "tenant", "suspend", "acme").exit_code == 1
    assert run(installation, "tenant", "suspend", "platform").exit_code == 1
    assert run(installation, "tenant", "resume", "acme").output == "acme goes on\n"


def test_an_organizer_is_given_languages(installation: dict[str, str]) -> None:
    run(installation, "tenant", "create", "polyglot", "--name", "Polyglot")
    said = run(installation, "tenant", "languages", "polyglot", "fr", "de", "fr")
    assert said.output == "polyglot speaks fr, de\n"
    runtime = make_runtime(
        Path(installation["SRATIX_DATA_DIR"]), database_url=installation["SRATIX_DATABASE_URL"]
    )
    shop = runtime.engines.tenants.by_slug("polyglot")
    close(runtime)
    assert shop is not None
    assert (shop.locales, shop.default_locale) == (("fr", "de"), "fr")
    assert run(installation, "tenant", "languages", "polyglot", "klingon").exit_code == 2
    assert run(installation, "tenant", "languages", "polyglot").exit_code == 2
    assert run(installation, "tenant", "languages", "ghost", "fr").exit_code == 1
    assert run(installation, "tenant", "languages", "platform", "fr").exit_code == 1


def test_a_plugin_that_is_not_there_cannot_be_switched_on(installation: dict[str, str]) -> None:
    result = run(installation, "plugin", "enable", "teleport", "acme")
    assert result.exit_code == 1
    assert "No plugin named teleport is installed." in result.output


def test_verify_speaks_to_programs(installation: dict[str, str]) -> None:
    result = run(installation, "verify", "--json")
    rows = json.loads(result.output)["invariants"]
    assert result.exit_code == 0
    assert all(set(row) == {"id", "ok", "checked", "detail"} and row["ok"] for row in rows)
    assert {"A2", "I1", "J1", "T1"} <= {row["id"] for row in rows}


def test_verify_recounts_only_what_is_named(installation: dict[str, str]) -> None:
    def asked(*rules: str) -> list[str]:
        rows = json.loads(run(installation, "verify", "--json", *rules).output)["invariants"]
        return [row["id"] for row in rows]

    assert asked("L3", "A") == ["A2", "L3"]
    assert len(asked("L")) > 3
    assert {rule[:1] for rule in asked("L")} == {"L"}
    refused = run(installation, "verify", "L99")
    assert refused.exit_code == 2
    assert "No rule is called L99: choose from A2" in refused.output


def test_the_clock_moves_for_everybody(installation: dict[str, str]) -> None:
    assert run(installation, "clock", "2027-03-10T08:00:00+01:00").output == "2027-03-10T07:00:00+00:00\n"
    assert run(installation, "clock").output == "2027-03-10T07:00:00+00:00\n"
    assert run(installation, "clock", "soon").exit_code == 1
    assert run(installation, "clock", "+0s").exit_code == 0


def test_the_real_clock_does_not_move(installation: dict[str, str]) -> None:
    result = run({**installation, "SRATIX_TEST_CLOCK": ""}, "clock", "+1d")
    assert "SRATIX_TEST_CLOCK is not set" in result.output


def test_doctor_knows_what_is_needed(tmp_path: Path) -> None:
    found = {each.name: each for each in examine(make_runtime(tmp_path), offline=True)}
    for name in ("Python", "Database", "Schema", "Tenant walls", "Disk"):
        assert found[name].ok, found[name].detail
        assert found[name].needed
    assert not found["TLS"].ok
    assert not found["TLS"].needed


def test_work_is_done_on_request(installation: dict[str, str]) -> None:
    assert run(installation, "worker", "--drain").output == "0 jobs done\n"
