"""Who may look around in the demo: their passwords are made for this installation and kept beside its database, for its owner only.

The database holds hashes; `demo-accounts.json` lets a later start say the passwords again.
"""

from __future__ import annotations

import os
from pathlib import Path

import msgspec

from sratix_core.accounts import passwords
from sratix_core.accounts.permissions import IN_ORGANIZATION, ROLES
from sratix_core.accounts.service import change_password, create_user, user_by_email
from sratix_core.runtime import Runtime
from sratix_core.settings import Settings
from sratix_core.tenancy.scope import SystemScope
from sratix_core.tenants.service import add_member, tenant_by_slug
from sratix_core.values.codes import encode

FILE = "demo-accounts.json"
MAKING = SystemScope("the demo makes its people")


class Account(msgspec.Struct, frozen=True):
    """`tenant` and `role` are empty for who administers the whole installation."""

    email: str
    name: str
    tenant: str
    role: str
    password: str = ""


PEOPLE = (
    Account("vera.luethi@sratix.example", "Vera Lüthi", "", ""),
    Account("nina.steiner@swiss-robotics.example", "Nina Steiner", "swiss-robotics", "owner"),
    Account("finn.oberholzer@swiss-robotics.example", "Finn Oberholzer", "swiss-robotics", "volunteer"),
    Account("tamara.meier@greifwerk.example", "Tamara Meier", "swiss-robotics", "organization_admin"),
    Account("rahel.zuercher@limmat-robotics.example", "Rahel Zürcher", "swiss-robotics", "sponsor"),
    Account("seraina.caduff@alpine-drones.example", "Seraina Caduff", "alpine-drones", "owner"),
)


class Place(msgspec.Struct, frozen=True):
    """Something to open, or a key: a label and what to type; a path starts with a slash."""

    label: str
    value: str


class DemoAccounts(msgspec.Struct, frozen=True):
    """What a first start prints."""

    accounts: tuple[Account, ...]
    places: tuple[Place, ...] = ()

    def at(self, base_url: str) -> DemoAccounts:
        """With whole addresses instead of paths: the next start may listen elsewhere."""
        places = [
            Place(p.label, base_url + p.value if p.value.startswith("/") else p.value) for p in self.places
        ]
        return DemoAccounts(self.accounts, tuple(places))

    def lines(self) -> list[str]:
        """For a terminal."""
        said = [
            "The demo is loaded. Its passwords were made for this installation; they are good on this machine only."
        ]
        said += [f"  {place.label:28} {place.value}" for place in self.places]
        for who in self.accounts:
            what = f"{who.role} of {who.tenant}" if who.tenant else "administers the installation"
            said.append(f"  {who.email:40} {who.password:20} {what}")
        return said


def stored(settings: Settings) -> DemoAccounts | None:
    """What an earlier load wrote down, None when it did not."""
    try:
        return msgspec.json.decode((settings.data_dir / FILE).read_bytes(), type=DemoAccounts)
    except (FileNotFoundError, msgspec.MsgspecError):
        return None


def store(settings: Settings, made: DemoAccounts) -> None:
    """Write it down, readable by the owner of the process only."""
    path: Path = settings.data_dir / FILE
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    half = path.with_suffix(".new")
    half.unlink(missing_ok=True)
    with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        out.write(msgspec.json.format(msgspec.json.encode(made), indent=2))
    half.replace(path)


def make_people(runtime: Runtime) -> tuple[Account, ...]:
    """The demo's users and their places in its tenants. Who is there already gets a new password."""
    people = tuple(msgspec.structs.replace(who, password=_password(runtime)) for who in PEOPLE)
    hashes = {who.email: passwords.hash_password(who.password, runtime.settings.env) for who in people}
    with runtime.engines.begin(MAKING) as db:
        for who in people:
            user = user_by_email(db, who.email)
            if user is None:
                user = create_user(
                    db,
                    runtime.sources,
                    email=who.email,
                    full_name=who.name,
                    password_hash=hashes[who.email],
                    is_platform_admin=not who.tenant,
                )
            else:
                change_password(db, runtime.sources, user, hashes[who.email])
            if (
                who.role in ROLES and who.role not in IN_ORGANIZATION
            ):  # who acts for a partner has no place in the tenant
                tenant = tenant_by_slug(db, who.tenant)
                add_member(db, runtime.sources, tenant.id, user.id, who.role, who.name, who.email)
    return people


def _password(runtime: Runtime) -> str:
    """80 bits in four groups, easy to read off a terminal."""
    letters = encode(runtime.sources.random.bytes(10)).lower()
    return "-".join(letters[n : n + 4] for n in range(0, 16, 4))
