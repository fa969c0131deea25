"""`sratix verify`: recount every rule the rooms keep, by the ids of the invariants; exit 1 when one is broken."""

from __future__ import annotations

import json
from collections.abc import Collection
from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules

import click

import sratix_core
from sratix_core.cli.process import process
from sratix_core.invariants import Check, Outcome
from sratix_core.plugins import PluginHost
from sratix_core.runtime import Runtime
from sratix_core.tenancy.scope import SystemScope


def checks(plugins: PluginHost | None = None) -> list[Check]:
    """The `CHECKS` of every room that has an `invariants` module, and those of the plugins, by id."""
    found: list[Check] = []
    for room in iter_modules(sratix_core.__path__):
        place = f"sratix_core.{room.name}.invariants"
        if room.ispkg and find_spec(place) is not None:
            found.extend(import_module(place).CHECKS)
    found.extend(check for _, check in (plugins or PluginHost.discover()).collect("register_checks"))
    return sorted(found, key=lambda check: (check.id[:1], int(check.id[1:])))


def chosen(rules: Collection[str], plugins: PluginHost | None = None) -> list[Check]:
    """The checks named by their id or its letter, all if none is. Raises `click.UsageError` for a name that none has."""
    known = checks(plugins)
    for rule in rules:
        if not any(rule in (check.id, check.id[:1]) for check in known):
            names = ", ".join(check.id for check in known)
            raise click.UsageError(
                f"No rule is called {rule}: choose from {names}, or a letter for all of its rules."
            )
    return [check for check in known if not rules or check.id in rules or check.id[:1] in rules]


def evaluate(runtime: Runtime, rules: Collection[str] = ()) -> list[tuple[Check, Outcome]]:
    """Seal and sum what is waiting, then ask each check in a reading session of its own."""
    from sratix_core.analytics import fold
    from sratix_core.audit import sealer

    sealer.seal_all(runtime.engines, runtime.sources)
    fold.fold_all(runtime.engines, runtime.sources)
    results = []
    for check in chosen(rules, runtime.plugins):
        with runtime.engines.begin(
            SystemScope(f"verify recounts {check.id} over all tenants"), write=False
        ) as db:
            results.append((check, check.run(db)))
    return results


@click.command("verify")
@click.argument("rules", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="one JSON object for programs")
def command(rules: tuple[str, ...], as_json: bool) -> None:
    """Recount every rule of the books, or only RULES: L3, or L for all of the ledger's."""
    chosen(rules)  # a misspelled one is refused before anything is read
    with process() as runtime:
        results = evaluate(runtime, rules)
    if as_json:
        rows = [
            {"id": c.id, "ok": o.ok, "checked": o.checked, "detail": "; ".join(o.faults)} for c, o in results
        ]
        click.echo(json.dumps({"invariants": rows}, ensure_ascii=False))
    else:
        for check, outcome in results:
            click.echo(
                f"{'ok    ' if outcome.ok else 'BROKEN'} {check.id:4} {check.statement} ({outcome.checked})"
            )
            for fault in outcome.faults:
                click.echo(f"            {fault}")
    if not all(outcome.ok for _, outcome in results):
        raise SystemExit(1)
