"""Invitations by mail: sent, sent again, taken back. The link is in the mail and nowhere else."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

import msgspec
from msgspec import Meta
from sqlalchemy import select

from sratix_core.accounts.permissions import MEMBER_EDIT
from sratix_core.api.framework import TENANT, Call, endpoint
from sratix_core.api.paging import ListQuery, Sort, page, page_of
from sratix_core.api.v1.common import picked
from sratix_core.errors import NotFound
from sratix_core.members.invitations import invite, resend, revoke
from sratix_core.members.models import Invitation, InvitationState
from sratix_core.web.limits import INVITES

TAG = "Members"
INVITATION = TENANT + "/invitations/{invitation}"


class InvitationOut(msgspec.Struct):
    """A mail that makes its reader a member, in the whole organization where `event_ids` is empty. After `expires_at` it opens nothing."""

    id: uuid.UUID
    email: str
    role: str
    event_ids: list[uuid.UUID]
    state: InvitationState
    mails: int
    invited_by: uuid.UUID | None
    created_at: datetime
    expires_at: datetime
    closed_at: datetime | None


class InvitationIn(msgspec.Struct, forbid_unknown_fields=True):
    """An open invitation of the same address is replaced."""

    email: Annotated[str, Meta(max_length=254)]
    role: Annotated[str, Meta(min_length=1, max_length=40, description="The key of a role.")]
    event_ids: Annotated[
        list[uuid.UUID], Meta(max_length=500, description="Empty for the whole organization.")
    ] = []


class InvitationQuery(ListQuery, kw_only=True, forbid_unknown_fields=True):
    state: InvitationState = InvitationState.OPEN


def invitation_out(invitation: Invitation) -> InvitationOut:
    return picked(
        invitation,
        InvitationOut,
        event_ids=[uuid.UUID(e) for e in invitation.event_ids],
        state=InvitationState(invitation.state),
    )


@endpoint(
    "GET",
    TENANT + "/invitations",
    MEMBER_EDIT,
    "List invitations of one state, the newest first",
    tag=TAG,
    query=InvitationQuery,
    answers=page_of(InvitationOut),
)
def list_invitations(call: Call) -> Any:
    def convert(rows: Sequence[Invitation]) -> list[InvitationOut]:
        return [invitation_out(i) for i in rows]

    query = select(Invitation).where(
        Invitation.state == call.query.state, Invitation.organization_id.is_(None)
    )
    return page(call, query, Sort(Invitation.created_at, Invitation.id, descending=True), convert)


@endpoint(
    "POST",
    TENANT + "/invitations",
    MEMBER_EDIT,
    "Invite somebody to a role that you hold",
    tag=TAG,
    body=InvitationIn,
    answers=InvitationOut,
    status=201,
    errors=("more_than_held",),
)
def create_invitation(call: Call) -> InvitationOut:
    call.request.limit(INVITES, str(call.ctx.tenant.id))
    body, ctx = call.body, call.ctx
    events = sorted(set(body.event_ids))
    made = invite(ctx, call.request.grants, body.email, body.role, events, ctx.tenant.default_locale)
    call.created(made.id)
    return invitation_out(made)


@endpoint("GET", INVITATION, MEMBER_EDIT, "One invitation", tag=TAG, answers=InvitationOut)
def get_invitation(call: Call) -> InvitationOut:
    found = call.ctx.db.get(Invitation, call.id("invitation"), populate_existing=True)
    if found is None or found.organization_id is not None:
        raise NotFound("invitation")
    return invitation_out(found)


@endpoint(
    "POST",
    INVITATION + "/mails",
    MEMBER_EDIT,
    "Send a new link, good for a week; the one before opens nothing",
    tag=TAG,
    answers=InvitationOut,
    errors=("more_than_held",),
)
def mail_invitation(call: Call) -> InvitationOut:
    call.request.limit(INVITES, str(call.ctx.tenant.id))
    return invitation_out(resend(call.ctx, call.request.grants, call.id("invitation")))


@endpoint("DELETE", INVITATION, MEMBER_EDIT, "Take an invitation back", tag=TAG, status=204)
def revoke_invitation(call: Call) -> None:
    revoke(call.ctx, call.id("invitation"))
