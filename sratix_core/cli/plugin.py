"""`sratix plugin`: what is installed, where it is on, taken out or taken away, and what an author starts from."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from sratix_core.cli.process import process
from sratix_core.context import TenantContext
from sratix_core.errors import NotFound
from sratix_core.runtime import Runtime
from sratix_core.tenancy.scope import SystemScope, TenantScope

OPERATOR = SystemScope("an operator looks after the plugins of all organizers")


@click.group("plugin")
def command() -> None:
    """Installed plugins and where they are on."""


@command.command("list")
@click.option("--tenant", help="slug of an organizer; shows what is on there")
def list_plugins(tenant: str | None) -> None:
    """List installed plugins, and those that are switched on without being installed."""
    from sratix_core.tenants.plugin_health import held_everywhere, missing

    with process() as runtime:
        host = runtime.plugins
        on: frozenset[str] | None = None
        if tenant is not None:
            info = runtime.engines.tenants.by_slug(tenant)
            if info is None:
                raise NotFound("tenant_unknown")
            on = host.on_for(info)
        with runtime.engines.begin(OPERATOR, write=False) as db:
            held, gone = held_everywhere(db), missing(db, host.infos)
        for name, plugin in sorted(host.infos.items()):
            state = "" if on is None else ("on   " if name in on else "off  ")
            taken = "  taken out everywhere" if name in held else ""
            needs = f"  needs {', '.join(plugin.requires)}" if plugin.requires else ""
            click.echo(f"{state}{name:20} {plugin.version:10} {plugin.title}{needs}{taken}")
        for name, count in gone.items():
            click.echo(
                f"{name} is switched on for {count} organizers and not installed: install it again, "
                f"or run sratix plugin uninstall {name}."
            )


@contextmanager
def acting(name: str, tenant: str) -> Iterator[tuple[Runtime, TenantContext]]:
    """A unit of work in TENANT, for a plugin that is installed."""
    with process() as runtime:
        if name not in runtime.plugins.infos:
            known = ", ".join(sorted(runtime.plugins.infos)) or "none"
            raise click.ClickException(f"No plugin named {name} is installed. Installed: {known}.")
        info = runtime.engines.tenants.by_slug(tenant)
        if info is None:
            raise NotFound("tenant_unknown")
        with runtime.engines.begin(TenantScope(info.id)) as db:
            yield runtime, runtime.context(info, db)


@command.command("enable")
@click.argument("name")
@click.argument("tenant")
def enable(name: str, tenant: str) -> None:
    """Switch plugin NAME on for TENANT, and what it requires."""
    from sratix_core.tenants import plugins

    with acting(name, tenant) as (_, ctx):
        also = [n for n in plugins.enable(ctx, name) if n != name]
    click.echo(f"{name} is on for {tenant}" + (f", and {', '.join(also)}, which it requires" if also else ""))


@command.command("disable")
@click.argument("name")
@click.argument("tenant")
def disable(name: str, tenant: str) -> None:
    """Switch plugin NAME off for TENANT; refused while another plugin there needs it."""
    from sratix_core.tenants import plugins

    with acting(name, tenant) as (_, ctx):
        plugins.disable(ctx, name)
    click.echo(f"{name} is off for {tenant}")


def hold(name: str, tenant: str | None, paused: bool) -> None:
    from sratix_core.tenants import plugin_health, plugins

    if tenant is not None:
        with acting(name, tenant) as (_, ctx):
            plugins.pause(ctx, name, paused)
        click.echo(f"{name} {'is paused' if paused else 'goes on'} for {tenant}")
        return
    with process() as runtime, runtime.engines.begin(plugin_health.HOLDING) as db:
        plugin_health.hold(db, runtime.sources, name, paused)
    state = "is taken out everywhere" if paused else "is back in"
    click.echo(f"{name} {state}; every process follows within five seconds")


@command.command("pause")
@click.argument("name")
@click.option("--tenant", help="slug of one organizer; without it the whole installation")
def pause(name: str, tenant: str | None) -> None:
    """Take a misbehaving plugin out; switches, settings and data stay."""
    hold(name, tenant, True)


@command.command("resume")
@click.argument("name")
@click.option("--tenant", help="slug of one organizer; without it the whole installation")
def resume(name: str, tenant: str | None) -> None:
    """Let a paused plugin go on."""
    hold(name, tenant, False)


@command.command("uninstall")
@click.argument("name")
@click.option(
    "--export", "folder", type=click.Path(file_okay=False, path_type=Path), help="copy its rows here first"
)
@click.option("--drop-data", is_flag=True, help="delete its tables, settings and switches")
def uninstall(name: str, folder: Path | None, drop_data: bool) -> None:
    """Prepare NAME for pip uninstall: refused while it is on, needed, or holds data."""
    from sratix_core.db import leftovers

    with process() as runtime:
        host, settings = runtime.plugins, runtime.settings
        needing = [info.name for info in host.dependents(name)]
        if needing:
            raise click.ClickException(f"{', '.join(needing)} requires {name}: uninstall that first.")
        known = {*host.infos, name}
        found = leftovers.find(settings, name, known)
        if name in host.infos and found.on_for:
            raise click.ClickException(
                f"{name} is on for {', '.join(found.on_for)}: switch it off there first "
                f"(sratix plugin disable {name} {found.on_for[0]})."
            )
        what = [f"{count} rows in {table}" for table, count in found.tables.items()]
        what += [
            f"{n} {words}" for n, words in ((found.settings, "settings"), (found.jobs, "waiting jobs")) if n
        ]
        if folder is not None:
            for path in leftovers.export(settings, name, known, folder):
                click.echo(f"Wrote {path}")
        if not drop_data and not found.empty:
            raise click.ClickException(
                f"{name} holds {', '.join(what)}. Nothing was deleted. Copy it with --export FOLDER, "
                "delete it with --drop-data."
            )
        if drop_data:
            revisions = dict(host.migrations()).get(name)
            leftovers.drop(settings, name, known, revisions)
            click.echo("Deleted: " + ("; ".join([*what, f"{found.switches} switches"])))
        if name in host.infos:
            click.echo(f"Now run: pip uninstall {host.distributions.get(name) or name}, then restart.")


@command.command("new")
@click.argument("name")
@click.option(
    "--into", type=click.Path(file_okay=False, path_type=Path), default=Path(), help="where to put the folder"
)
def new(name: str, into: Path) -> None:
    """Write a working plugin NAME to start from: a page, a setting, a table, a migration and a test."""
    from sratix_core.plugindev.scaffold import BadName, write

    try:
        written = write(name, into)
    except BadName as error:
        raise click.ClickException(str(error)) from error
    for path in written:
        click.echo(path)


@command.command("revision")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("words")
def revision(folder: Path, words: str) -> None:
    """Write the migration that brings the plugin in FOLDER to its models; WORDS name it."""
    from sratix_core.cli.process import said_in_a_sentence
    from sratix_core.db import migrate
    from sratix_core.plugindev.folder import read

    with said_in_a_sentence():
        found = read(folder)
        click.echo(migrate.revision(words, found.name, found.host()))


@command.command("check")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
def check(folder: Path) -> None:
    """Try the plugin in FOLDER on a scratch installation; exit 1 when something is wrong with it."""
    from sratix_core.plugindev.check import examine

    wrong = 0
    for finding in examine(folder):
        wrong += not finding.ok
        click.echo(f"{'ok  ' if finding.ok else 'NO  '} {finding.name:20} {finding.detail}")
    if wrong:
        raise SystemExit(1)
