"""An installation with administrators, and what tests of the platform ask about it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select

from sratix_core.accounts import logins, passwords
from sratix_core.accounts.models import User
from sratix_core.accounts.service import create_user
from sratix_core.audit.models import AuditEntry
from sratix_core.runtime import Runtime
from sratix_core.tenancy.scope import IdentityScope, SystemScope
from sratix_core.tenants.models import Tenant
from sratix_core.tenants.platform import home_of
from sratix_core.web.identity import cookie_name
from tests.functional.shop.market import Market, make_market
from tests.support import TestApp

LOOKING = SystemScope("a test looks at the whole installation")


@dataclass
class House:
    """One installation, its market and the journal of its platform."""

    market: Market

    @property
    def runtime(self) -> Runtime:
        return self.market.runtime

    def person(self, *, admin: bool = False, name: str = "Vera Platform") -> tuple[uuid.UUID, TestApp]:
        """Somebody who is signed in: their id and their browser."""
        email = f"p{next(self.market._names)}@platform.example.org"
        hashed = passwords.hash_password("seven herons over the lake", "test")
        with self.runtime.engines.begin(LOOKING) as db:
            user = create_user(
                db, self.runtime.sources, email=email, full_name=name, password_hash=hashed,
                is_platform_admin=admin,
            )  # fmt: skip
            user_id = user.id
        return user_id, self.browser_of(user_id)

    def browser_of(self, user_id: uuid.UUID) -> TestApp:
        """A new browser that is signed in."""
        with self.runtime.engines.begin(IdentityScope()) as db:
            token, _ = logins.start(db, self.runtime.sources, db.get_one(User, user_id), stays=True)
        browser = self.market.browser()
        browser.set_cookie(cookie_name(self.runtime.settings), token)
        return browser

    def all(self, model: Any, *where: Any) -> list[Any]:
        """Rows of any tenant."""
        with self.runtime.engines.begin(LOOKING, write=False) as db:
            return list(db.scalars(select(model).where(*where)))

    def status(self, slug: str) -> str:
        return str(self.all(Tenant, Tenant.slug == slug)[0].status)

    def acts(self, tenant_id: int | None = None) -> list[str]:
        """What the journal of a tenant, or of the platform, says was done, in order."""
        of = home_of(self.runtime).id if tenant_id is None else tenant_id
        rows = self.all(AuditEntry, AuditEntry.tenant_id == of)
        return [row.action for row in sorted(rows, key=lambda row: row.id)]


def make_house(folder: Path, **settings: Any) -> House:
    """An empty installation; its home stands, as after the first look at the platform pages."""
    house = House(make_market(folder, **settings))
    home_of(house.runtime)
    return house
