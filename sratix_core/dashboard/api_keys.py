"""Keys for programs: what each may do, when it was last used; a new one is shown once, here, and never again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config
from sqlalchemy import select

from sratix_core.accounts import permissions as p
from sratix_core.credentials.keys import (
    KeyDraft,
    key_by_id,
    list_keys,
    make_key,
    offered,
    revoke_key,
)
from sratix_core.credentials.models import ApiKey, Tier
from sratix_core.dashboard.shell import id_or_missing, path, screen, uuid_in
from sratix_core.errors import Invalid, Refused
from sratix_core.events.models import Event
from sratix_core.tenants.models import Member
from sratix_core.web.forms import Form, refused_fields
from sratix_core.web.request import Request

PAGE = "dashboard/api_keys.jinja2"

WORDS = {permission.name: permission.title for permission in p.PERMISSIONS}
LIVES = (("30", "30 days"), ("90", "90 days"), ("365", "One year"), ("", "Until it is revoked"))
TIERS = ((Tier.STANDARD, "Standard"), (Tier.HIGH, "High"))


@view_config(route_name="dashboard.api_keys", request_method="GET", permission=p.API_KEY_EDIT, renderer=PAGE)
def keys_page(request: Request) -> dict[str, Any]:
    return _page(request, {"life": "90", "tier": Tier.STANDARD}, {})


@view_config(route_name="dashboard.api_keys", request_method="POST", permission=p.API_KEY_EDIT, renderer=PAGE)
def new_key(request: Request) -> dict[str, Any]:
    """Make a key. The answer carries it, so it is never cached and leads nowhere else."""
    form, values = Form(request.POST), {**request.POST, "scopes": request.POST.getall("scopes")}
    life = form.choice("life", [days for days, _ in LIVES], required=False)
    tier = form.choice("tier", list(Tier), required=False) or Tier.STANDARD
    if tier != Tier.STANDARD and not request.identity.is_platform_admin:
        form.fail("tier", "choice")
    raw_event = request.POST.get("event_id", "")
    draft = KeyDraft(
        name=request.POST.get("name", ""),
        scopes=values["scopes"],
        event_id=id_or_missing(raw_event) if raw_event else None,
        tier=Tier(tier) if tier in list(Tier) else Tier.STANDARD,
        life=timedelta(days=int(life)) if life else None,
    )
    try:
        form.check()
        key, shown = make_key(request.ctx, draft, request.grants)
    except (Invalid, Refused) as error:
        return _page(request, values, refused_fields(request, error))
    request.response.headers["Cache-Control"] = "private, no-store"
    return _page(request, {"life": "90", "tier": Tier.STANDARD}, {}, new={"name": key.name, "key": shown})


@view_config(
    route_name="dashboard.api_key",
    request_method="GET",
    permission=p.API_KEY_EDIT,
    renderer="dashboard/confirm.jinja2",
)
def ask_end(request: Request) -> dict[str, Any]:
    key = key_by_id(request.ctx, uuid_in(request, "key"))
    question = request.t("Revoke {name}?", name=key.name)
    back = path(request, "dashboard.api_keys")
    return screen(
        request,
        crumbs=[(request.t("API keys"), back), (question, None)],
        question=question,
        consequence=request.t("Every program that uses this key is refused at once. This cannot be undone."),
        yes=request.t("Revoke the key"),
        action=request.path,
        back_href=back,
    )


@view_config(route_name="dashboard.api_key", request_method="POST", permission=p.API_KEY_EDIT)
def end_key(request: Request) -> HTTPSeeOther:
    revoke_key(request.ctx, key_by_id(request.ctx, uuid_in(request, "key")))
    return HTTPSeeOther(path(request, "dashboard.api_keys") + "?done=key_revoked")


def _page(
    request: Request, values: dict[str, Any], errors: dict[str, str], new: dict[str, str] | None = None
) -> dict[str, Any]:
    t, keys = request.t, list_keys(request.ctx)
    makers = {key.made_by for key in keys if key.made_by}
    people = select(Member.user_id, Member.name).where(Member.user_id.in_(makers))
    names = {row[0]: row[1] for row in request.db.execute(people)} if makers else {}
    events = request.db.scalars(
        select(Event).where(Event.status != "archived").order_by(Event.starts_at.desc()).limit(100)
    )
    return screen(
        request,
        crumbs=[(t("API keys"), None)],
        rows=[_row(request, key, names) for key in keys],
        action=path(request, "dashboard.api_keys"),
        scopes=[(scope, t(WORDS.get(scope, scope))) for scope in sorted(offered(request.grants), key=_place)],
        event_options=[("", t("All events")), *((str(e.id), e.name) for e in events)],
        life_options=[(value, t(words)) for value, words in LIVES],
        tier_options=[(value.value, t(words)) for value, words in TIERS]
        if request.identity.is_platform_admin
        else [],
        values=values,
        errors=errors,
        new=new,
    )


def _place(scope: str) -> int:
    """Scopes stand in the order of `WORDS`, those without words last."""
    return list(WORDS).index(scope) if scope in WORDS else len(WORDS)


def _row(request: Request, key: ApiKey, names: dict[Any, str]) -> dict[str, Any]:
    state = key.state(request.ctx.clock.now())
    return {
        "name": key.name,
        "hint": f"srx_key_{key.tenant_id}_{key.id.hex[:8]}…",
        "scopes": [(scope, request.t(WORDS.get(scope, scope))) for scope in key.scopes.split()],
        "event": key.event.name if key.event else "",
        "tier": key.tier,
        "state": state,
        "made_by": names.get(key.made_by, ""),
        "created_at": key.created_at,
        "expires_at": key.expires_at,
        "last_used_at": key.last_used_at,
        "revoke_href": path(request, "dashboard.api_key", key=key.id) if state == "active" else "",
    }
