"""Asking to become an organizer, and confirming it by the link in the mail.

Whether an address has an account is never asked before its owner clicked, so no answer can tell.
"""

from __future__ import annotations

import hmac
import uuid
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from sratix_core.accounts.service import create_user, user_by_email
from sratix_core.errors import Conflict, Invalid, Refused
from sratix_core.messages.service import queue
from sratix_core.signup.links import mark_of, read
from sratix_core.signup.models import SignUp
from sratix_core.tenancy.scope import SystemScope
from sratix_core.tenants.models import Tenant, TenantStatus
from sratix_core.tenants.platform import PlatformContext
from sratix_core.tenants.review import OWNER
from sratix_core.tenants.service import TenantDraft, add_member, create_tenant
from sratix_core.values.locale import LOCALES
from sratix_core.values.slugs import RESERVED_SKELETONS, BadSlug, check_slug, skeleton

if TYPE_CHECKING:
    from sratix_core.runtime import Runtime
    from sratix_core.tenancy.session import ScopedSession

KEPT = timedelta(days=1)
KIND = "sign_up_confirm"
CHECKING = SystemScope("a sign-up is read by its link, before its tenant exists")
FORGETTING = SystemScope("sign-ups that nobody confirmed are deleted by the clock")


@dataclass(frozen=True)
class Wish:
    """Who wants to host what, as typed and cleaned; `password_hash` was made before the unit of work began."""

    slug: str
    name: str
    full_name: str
    email: str
    password_hash: str
    locale: str


def check_free(platform: PlatformContext, slug: str) -> str:
    """The slug itself when nobody has it or one that looks like it. Raises `Invalid`; what is taken is public anyway."""
    try:
        check_slug(slug)
    except BadSlug as error:
        raise Invalid({"slug": "slug_reserved" if error.reason == "reserved" else "slug"}) from error
    bare = skeleton(slug)
    if bare in RESERVED_SKELETONS:
        raise Invalid({"slug": "slug_alike"})
    known = platform.db.scalars(select(Tenant.slug).where(Tenant.skeleton == bare).limit(1)).first()
    if known is not None:
        raise Invalid({"slug": "slug_taken" if known == slug else "slug_alike"})
    return slug


def ask(platform: PlatformContext, wish: Wish) -> SignUp:
    """Keep the wish for a day and mail its link. Raises `Invalid` for a slug that cannot be had."""
    check_free(platform, wish.slug)
    row = SignUp(
        id=platform.sources.ids.new(),
        slug=wish.slug,
        name=wish.name,
        full_name=wish.full_name,
        email=wish.email,
        password_hash=wish.password_hash,
        locale=wish.locale,
        expires_at=platform.sources.clock.now() + KEPT,
    )
    platform.db.add(row)
    queue(platform.mail, KIND, wish.email, wish.locale, data={"sign_up": row.id})
    return row


def find(platform: PlatformContext, token: str, *, lock: bool = False) -> SignUp:
    """The wish behind a link. Raises `Refused("sign_up_gone")` for every link that opens nothing."""
    return _found(platform.db, platform.runtime, token, lock)


def stored_hash(runtime: Runtime, token: str) -> str:
    """The hash of the password that came with the wish, read in a unit of its own: it is verified with nothing open.

    Raises as `find`.
    """
    with runtime.engines.begin(CHECKING, write=False) as db:
        return _found(db, runtime, token, False).password_hash


def _found(db: ScopedSession, runtime: Runtime, token: str, lock: bool) -> SignUp:
    sign_up_id, mark = read(token)
    if sign_up_id is None or not hmac.compare_digest(mark, mark_of(runtime.keys, sign_up_id)):
        raise Refused("sign_up_gone")
    wanted = select(SignUp).where(SignUp.id == sign_up_id)
    row = db.scalar(wanted.with_for_update() if lock else wanted)
    if row is None or row.expires_at <= runtime.sources.clock.now():
        raise Refused("sign_up_gone")
    return row


def confirm(platform: PlatformContext, token: str) -> Tenant:
    """Make the tenant and its owner, once. Somebody who has an account keeps it, with the password it has.

    Raises `Refused("sign_up_gone")`, `Invalid` when the slug went meanwhile, `Conflict` when it went this moment.
    """
    row = find(platform, token, lock=True)
    check_free(platform, row.slug)
    user = user_by_email(platform.db, row.email)
    if user is not None and user.disabled:
        raise Refused("sign_up_gone")
    try:
        if user is None:
            user = create_user(
                platform.db,
                platform.sources,
                email=row.email,
                full_name=row.full_name,
                password_hash=row.password_hash,
                locale=row.locale,
            )
        draft = TenantDraft(row.slug, row.name, locales=_locales(row.locale))
        tenant = create_tenant(platform.db, platform.sources, draft)
    except IntegrityError as error:
        raise Conflict("conflict") from error
    if platform.runtime.settings.sign_up != "open":
        tenant.status = TenantStatus.PENDING
    add_member(platform.db, platform.sources, tenant.id, user.id, OWNER, user.full_name, user.email)
    platform.db.execute(delete(SignUp).where(SignUp.id == row.id))
    platform.record("tenant.signed_up", "user", user.id, tenants=(tenant.id,), status=str(tenant.status))
    return tenant


def _locales(first: str) -> tuple[str, ...]:
    """The language of the sign-up leads; the others of ours follow."""
    return (first, *(locale for locale in LOCALES if locale != first))


def forget(runtime: Runtime) -> int:
    """Delete the wishes nobody confirmed in time; how many. Only reads where there is none."""
    now = runtime.sources.clock.now()
    with runtime.engines.begin(FORGETTING, write=False) as db:
        old: list[uuid.UUID] = list(db.scalars(select(SignUp.id).where(SignUp.expires_at <= now).limit(1000)))
    if old:
        with runtime.engines.begin(FORGETTING) as db:
            db.execute(delete(SignUp).where(SignUp.id.in_(old)))
    return len(old)
