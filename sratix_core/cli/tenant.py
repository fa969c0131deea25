"""`sratix tenant`: organizers made, brought in line with their folder, listed, paused and let go on."""

from __future__ import annotations

from pathlib import Path

import click

from sratix_core.cli.process import process
from sratix_core.tenancy.scope import SystemScope
from sratix_core.values.locale import LOCALES

OPERATOR = SystemScope("an operator manages organizers")


@click.group("tenant")
def command() -> None:
    """Organizers that host events here."""


@command.command("create")
@click.argument("slug")
@click.option("--name", required=True, help="name that buyers see")
@click.option("--currency", default="CHF", show_default=True)
@click.option("--timezone", default="Europe/Zurich", show_default=True)
@click.option(
    "--locale",
    "locales",
    multiple=True,
    default=("en",),
    show_default=True,
    help="repeat for more; first is default",
)
def create(slug: str, name: str, currency: str, timezone: str, locales: tuple[str, ...]) -> None:
    """Make an organizer at /SLUG/."""
    from sratix_core.tenants.service import TenantDraft, create_tenant

    with process() as runtime, runtime.engines.begin(OPERATOR) as db:
        draft = TenantDraft(slug=slug, name=name, currency=currency, timezone=timezone, locales=locales)
        create_tenant(db, runtime.sources, draft)
        click.echo(f"{name} is at {runtime.settings.base_url}/{slug}/")


@command.command("apply")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
def apply_folder(folder: Path) -> None:
    """Bring an organizer in line with FOLDER/tenant.toml; make it if it is new."""
    from sratix_core.tenants.apply import apply
    from sratix_core.tenants.files import BadTenantFile, read

    with process() as runtime:
        try:
            said = apply(runtime, read(folder))
        except BadTenantFile as error:
            raise click.ClickException(str(error)) from error
    for line in said or ["Nothing to change."]:
        click.echo(line)


@command.command("list")
def list_tenants() -> None:
    """List organizers."""
    from sqlalchemy import select

    from sratix_core.tenants.models import Tenant, TenantStatus

    with process() as runtime, runtime.engines.begin(OPERATOR, write=False) as db:
        hosts = select(Tenant).where(Tenant.status != TenantStatus.PLATFORM)
        for tenant in db.scalars(hosts.order_by(Tenant.slug)):
            click.echo(f"{tenant.slug:24} {tenant.status:10} {tenant.name}")


@command.command("languages")
@click.argument("slug")
@click.argument("locales", nargs=-1, required=True, type=click.Choice(LOCALES))
def languages(slug: str, locales: tuple[str, ...]) -> None:
    """Offer attendees LOCALES, such as `fr de`; the first is the default."""
    from sratix_core.context import SYSTEM
    from sratix_core.tenants.platform import PlatformContext, home_of
    from sratix_core.tenants.review import tenant_at
    from sratix_core.tenants.service import offer_languages

    offered = tuple(dict.fromkeys(locales))
    with process() as runtime:
        home = home_of(runtime)
        with runtime.engines.begin(OPERATOR) as db:
            platform = PlatformContext(runtime, db, SYSTEM, home)
            tenant = tenant_at(platform, slug)
            offer_languages(db, runtime.sources, tenant, offered)
            platform.record("tenant.languages_set", "tenant", tenants=(tenant.id,), locales=" ".join(offered))
    click.echo(f"{slug} speaks {', '.join(offered)}")


def change(slug: str, to: str, reason: str, said: str) -> None:
    from sratix_core.context import SYSTEM
    from sratix_core.tenants.platform import PlatformContext, home_of
    from sratix_core.tenants.review import move, tenant_at

    with process() as runtime:
        home = home_of(runtime)
        with runtime.engines.begin(OPERATOR) as db:
            platform = PlatformContext(runtime, db, SYSTEM, home)
            move(platform, tenant_at(platform, slug), to, reason)
        click.echo(f"{slug} {said}")


@command.command("suspend")
@click.argument("slug")
@click.option("--reason", default="Paused by the operator.", show_default=True, help="its members read it")
def suspend(slug: str, reason: str) -> None:
    """Pause an organizer: data stays, pages answer 503."""
    change(slug, "suspended", reason, "is paused")


@command.command("resume")
@click.argument("slug")
def resume(slug: str) -> None:
    """Let a paused organizer go on, or approve one that waits."""
    change(slug, "active", "", "goes on")
