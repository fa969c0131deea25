"""`sratix plugin`: what is installed, and what is switched on for an organizer."""

from __future__ import annotations

import click

from sratix_core.cli.process import process
from sratix_core.errors import NotFound
from sratix_core.tenancy.scope import SystemScope, TenantScope


@click.group("plugin")
def command() -> None:
    """Installed plugins and where they are on."""


@command.command("list")
@click.option("--tenant", help="slug of an organizer; shows what is on there")
def list_plugins(tenant: str | None) -> None:
    """List installed plugins."""
    with process() as runtime:
        on: frozenset[str] | None = None
        if tenant is not None:
            info = runtime.engines.tenants.by_slug(tenant)
            if info is None:
                raise NotFound("tenant_unknown")
            on = runtime.plugins.on_for(info)
        for name, plugin in sorted(runtime.plugins.infos.items()):
            state = "" if on is None else ("on   " if name in on else "off  ")
            click.echo(f"{state}{name:20} {plugin.version:10} {plugin.title}")


def switch(name: str, tenant: str, on: bool) -> None:
    from sratix_core.tenants.service import switch_plugin, tenant_by_slug

    with process() as runtime:
        if name not in runtime.plugins.infos:
            known = ", ".join(sorted(runtime.plugins.infos)) or "none"
            raise click.ClickException(f"No plugin named {name} is installed. Installed: {known}.")
        with runtime.engines.begin(
            SystemScope("an operator finds an organizer by its slug"), write=False
        ) as db:
            tenant_id = tenant_by_slug(db, tenant).id
        with runtime.engines.begin(TenantScope(tenant_id)) as db:
            switch_plugin(db, runtime.sources, tenant_id, name, on)
    click.echo(f"{name} is {'on' if on else 'off'} for {tenant}")


@command.command("enable")
@click.argument("name")
@click.argument("tenant")
def enable(name: str, tenant: str) -> None:
    """Switch plugin NAME on for TENANT."""
    switch(name, tenant, True)


@command.command("disable")
@click.argument("name")
@click.argument("tenant")
def disable(name: str, tenant: str) -> None:
    """Switch plugin NAME off for TENANT."""
    switch(name, tenant, False)
