"""Who sends invoices and how they are numbered, and where the next one of an order goes."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import msgspec
from msgspec import UNSET, Meta, UnsetType

from sratix_core.accounts.permissions import ORDER_EDIT, SETTINGS_EDIT
from sratix_core.api.framework import TENANT, Call, endpoint
from sratix_core.api.v1.common import given, picked
from sratix_core.api.v1.orders import ORDER, the_order
from sratix_core.invoices.billing import LENGTHS, buyer_of, save_address
from sratix_core.invoices.settings import IssueWhen, read, save

TAG = "Invoices"
SETTINGS = TENANT + "/invoice-settings"


class AddressIn(msgspec.Struct, forbid_unknown_fields=True):
    """A name or a company, and the whole address."""

    street: str
    postal_code: str
    city: str
    country: str
    name: str = ""
    company: str = ""
    vat_number: str = ""
    reference: str = ""


class AddressOut(msgspec.Struct):
    """Where the next invoice of an order goes."""

    name: str
    company: str
    street: str
    postal_code: str
    city: str
    country: str
    vat_number: str
    reference: str


class SettingsOut(msgspec.Struct):
    """The sender, and how invoices are numbered. `missing` is what has to be filled in before the first."""

    legal_name: str
    street: str
    postal_code: str
    city: str
    country: str
    vat_number: str
    email: str
    website: str
    footer: str
    prefix: str
    credit_prefix: str
    fiscal_start: int
    term_days: int
    by_buyers: bool
    issue_when: IssueWhen
    missing: list[str]


class SettingsPatch(msgspec.Struct, forbid_unknown_fields=True):
    """What is left out stays."""

    legal_name: str | UnsetType = UNSET
    street: str | UnsetType = UNSET
    postal_code: str | UnsetType = UNSET
    city: str | UnsetType = UNSET
    country: str | UnsetType = UNSET
    vat_number: str | UnsetType = UNSET
    email: str | UnsetType = UNSET
    website: str | UnsetType = UNSET
    footer: str | UnsetType = UNSET
    prefix: str | UnsetType = UNSET
    credit_prefix: str | UnsetType = UNSET
    fiscal_start: Annotated[int, Meta(ge=1, le=12)] | UnsetType = UNSET
    term_days: Annotated[int, Meta(ge=0, le=365)] | UnsetType = UNSET
    by_buyers: bool | UnsetType = UNSET
    issue_when: IssueWhen | UnsetType = UNSET


@endpoint(
    "GET",
    ORDER + "/billing-address",
    ORDER_EDIT,
    "Where the next invoice of an order goes",
    tag=TAG,
    answers=AddressOut,
)
def get_billing_address(call: Call) -> AddressOut:
    return picked(buyer_of(call.ctx, the_order(call)), AddressOut)


@endpoint(
    "POST",
    ORDER + "/billing-address",
    ORDER_EDIT,
    "Say where the next invoice of an order goes; what was issued keeps its own",
    tag=TAG,
    body=AddressIn,
    answers=AddressOut,
)
def write_billing_address(call: Call) -> AddressOut:
    saved = save_address(call.ctx, the_order(call), {n: getattr(call.body, n) for n in LENGTHS})
    return picked(saved, AddressOut)


def _settings_out(call: Call) -> SettingsOut:
    found = read(call.ctx)
    told = {**asdict(found), "issue_when": IssueWhen(found.issue_when)}
    return SettingsOut(**told, missing=found.missing)


@endpoint(
    "GET",
    SETTINGS,
    SETTINGS_EDIT,
    "Who sends invoices, and how they are numbered",
    tag=TAG,
    answers=SettingsOut,
)
def get_invoice_settings(call: Call) -> SettingsOut:
    return _settings_out(call)


@endpoint(
    "PATCH",
    SETTINGS,
    SETTINGS_EDIT,
    "Change who sends invoices, and how they are numbered",
    tag=TAG,
    body=SettingsPatch,
    answers=SettingsOut,
)
def change_invoice_settings(call: Call) -> SettingsOut:
    save(call.ctx, given(call.body))
    return _settings_out(call)
