"""Mails of the installation itself, about no order: put together from ids when they are sent, like all others."""

from __future__ import annotations

import uuid

from sratix_core.context import TenantContext
from sratix_core.errors import NotFound
from sratix_core.members.founding import link_to
from sratix_core.messages.letters import Letter
from sratix_core.messages.models import Message
from sratix_core.messages.texts import Texts, language_of
from sratix_core.signup.links import token_of
from sratix_core.tenancy.resolve import directory

NOTICES = frozenset({"sign_up_confirm", "sign_up_approved", "sign_up_rejected", "owner_invited"})


def notice(ctx: TenantContext, message: Message) -> Letter:
    """The letter of a message of these kinds. Raises `NotFound` when what it is about is gone."""
    language = language_of(message.locale)
    texts, words = Texts(message.kind, language), _words(ctx, message)
    return Letter(
        locale=language,
        brand=ctx.tenant.name,
        accent=ctx.tenant.accent,
        reference=texts.say("reference", **words),
        subject=" ".join(texts.say("subject", **words).split()),
        preheader=texts.say("preheader", **words),
        heading=texts.say("heading", **words),
        lead=" ".join(texts.say("lead", **words).split()),
        button=texts.say("button", **words),
        url=words["url"],
        closing=texts.say("closing", **words),
        reason=texts.say("reason", **words),
    )


def _words(ctx: TenantContext, message: Message) -> dict[str, str]:
    base = ctx.settings.base_url
    if message.kind == "sign_up_confirm":
        link = token_of(ctx.keys, uuid.UUID(message.data["sign_up"]))
        return {"url": f"{base}/sign-up/{link}/", "base": base}
    tenant = directory(ctx.db).by_id(int(message.data["tenant"]))
    if tenant is None:
        raise NotFound("tenant")
    if message.kind == "owner_invited":
        invitation = uuid.UUID(message.data["invitation"])
        return {"url": link_to(ctx.keys, base, tenant.id, invitation), "base": base, "name": tenant.name}
    approved = message.kind == "sign_up_approved"
    url = f"{base}/dashboard/{tenant.slug}/" if approved else f"{base}/sign-up/"
    return {"url": url, "base": base, "name": tenant.name, "why": tenant.status_reason}
