"""`sratix user`: the first administrator, and help for people who lost their way in."""

from __future__ import annotations

import click

from sratix_core.accounts import passwords, service
from sratix_core.cli.process import process
from sratix_core.errors import NotFound
from sratix_core.runtime import Runtime
from sratix_core.tenancy.scope import SystemScope

MADE = 15
"""Random bytes of a password we make: 20 characters."""


def chosen_password(runtime: Runtime, email: str, given: str | None) -> tuple[str, bool]:
    """The given password if it is strong enough, else one made here, and whether it was made."""
    if given is None:
        return runtime.sources.random.token(MADE), True
    return passwords.check_strength(given, email), False


@click.group("user")
def command() -> None:
    """People who sign in."""


@command.command("create")
@click.argument("email")
@click.option("--name", required=True, help="full name, as colleagues will see it")
@click.option(
    "--password", envvar="SRATIX_USER_PASSWORD", help="at least 10 characters; made and shown if absent"
)
@click.option("--tenant", help="slug of the organizer this person works for")
@click.option("--role", default="owner", show_default=True, help="a role that members can hold")
@click.option("--platform-admin", is_flag=True, help="may administer the whole installation")
def create(
    email: str, name: str, password: str | None, tenant: str | None, role: str, platform_admin: bool
) -> None:
    """Make a user, and a member of TENANT when one is named."""
    from sratix_core.accounts.permissions import ROLES
    from sratix_core.tenants.service import add_member, tenant_by_slug

    if role not in ROLES:
        raise click.BadParameter(f"choose one of {', '.join(ROLES)}", param_hint="--role")
    with process() as runtime:
        secret, made = chosen_password(runtime, email, password)
        hashed = passwords.hash_password(secret, runtime.settings.env)
        with runtime.engines.begin(SystemScope("an operator makes a user")) as db:
            user = service.create_user(
                db,
                runtime.sources,
                email=email,
                full_name=name,
                password_hash=hashed,
                is_platform_admin=platform_admin,
            )
            if tenant is not None:
                organizer = tenant_by_slug(db, tenant)
                add_member(db, runtime.sources, organizer.id, user.id, role, user.full_name, user.email)
    click.echo(f"{email} can sign in" + (f" with the password {secret}" if made else ""))


@command.command("password")
@click.argument("email")
@click.option(
    "--password", envvar="SRATIX_USER_PASSWORD", help="at least 10 characters; made and shown if absent"
)
def password(email: str, password: str | None) -> None:
    """Set a new password and sign the person out everywhere."""
    with process() as runtime:
        secret, made = chosen_password(runtime, email, password)
        hashed = passwords.hash_password(secret, runtime.settings.env)
        with runtime.engines.begin(SystemScope("an operator sets a password")) as db:
            user = service.user_by_email(db, email)
            if user is None:
                raise NotFound("user_unknown")
            service.change_password(db, runtime.sources, user, hashed)
    click.echo(f"{email} has a new password" + (f": {secret}" if made else ""))
