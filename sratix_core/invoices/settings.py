"""Who sends the invoices and how they are numbered: one setting of the tenant, changed as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from sratix_core.audit.service import record
from sratix_core.db.types import LAST
from sratix_core.errors import Invalid, Refused
from sratix_core.invoices import vat
from sratix_core.invoices.models import Invoice, InvoiceKind
from sratix_core.tenants.models import TenantSetting
from sratix_core.values import text

if TYPE_CHECKING:
    from sratix_core.context import TenantContext

KEY = "invoices"
LENGTHS = {
    "legal_name": 160, "street": 160, "postal_code": 16, "city": 80, "country": 2, "vat_number": 40, "email": 254,
    "website": 120, "footer": 600, "prefix": 12, "credit_prefix": 12,
}  # fmt: skip
NUMBERS = {"fiscal_start": (1, 12), "term_days": (0, 365)}


class IssueWhen(StrEnum):
    """When an order's invoice is issued without anybody asking.

    `ordered`: at once for what is ordered on account, which the buyer pays by it; for all others when they are paid.
    """

    NEVER = "never"
    PAID = "paid"
    ORDERED = "ordered"


@dataclass(frozen=True)
class InvoiceSettings:
    """`fiscal_start` is the month in which the fiscal year begins, `term_days` how long a buyer has to pay.

    `prefix` and `credit_prefix` lead the number of invoices and of credit notes; `by_buyers` lets a buyer have the invoice of
    their order issued from their own page. `issue_when` is an `IssueWhen`.
    """

    legal_name: str = ""
    street: str = ""
    postal_code: str = ""
    city: str = ""
    country: str = ""
    vat_number: str = ""
    email: str = ""
    website: str = ""
    footer: str = ""
    prefix: str = "INV-"
    credit_prefix: str = "CN-"
    fiscal_start: int = 1
    term_days: int = 30
    by_buyers: bool = True
    issue_when: str = IssueWhen.NEVER

    @property
    def missing(self) -> list[str]:
        """What an invoice may not be issued without."""
        return [n for n in ("legal_name", "street", "postal_code", "city", "country") if not getattr(self, n)]


NAMES = tuple(f.name for f in fields(InvoiceSettings))


def read(ctx: TenantContext) -> InvoiceSettings:
    """As saved, or the defaults; one statement."""
    row = ctx.db.scalar(_row())
    return InvoiceSettings(**{k: v for k, v in (row.value if row else {}).items() if k in NAMES})


def seller_vat_number(ctx: TenantContext) -> vat.VatNumber:
    """The VAT number that invoices name as the seller's, read."""
    found = read(ctx)
    return vat.read(found.vat_number, found.country)


def is_set_up(ctx: TenantContext) -> bool:
    """Whether anything was ever entered, without a statement: what pages ask before they show anything of invoices."""
    return KEY in ctx.tenant.settings


def issues(ctx: TenantContext) -> IssueWhen:
    """When invoices are issued by themselves, without a statement: asked at every order and payment."""
    return IssueWhen(ctx.tenant.settings.get(KEY, {}).get("issue_when", IssueWhen.NEVER))


def ready(ctx: TenantContext) -> InvoiceSettings:
    """The settings. Raises `Refused("invoicing_not_set_up")` with what is `missing`."""
    found = read(ctx)
    if found.missing:
        raise Refused("invoicing_not_set_up", missing=found.missing)
    return found


def save(ctx: TenantContext, values: Mapping[str, Any]) -> InvoiceSettings:
    """Put `values`, as typed, over what stands. Raises `Invalid`, `unknown_field` included."""
    before = read(ctx)
    wrong = {name: "unknown_field" for name in values if name not in NAMES}
    typed = {**asdict(before), **{k: v for k, v in values.items() if k in NAMES}}
    clean: dict[str, Any] = {}
    for name, most in LENGTHS.items():
        try:
            kept = text.clean(str(typed[name]), most, multiline=name == "footer")
            clean[name] = kept if name == "footer" else " ".join(kept.split())
        except text.BadText as error:
            wrong[name] = "too_long" if error.reason == "too_long" else "unreadable"
    for name, (low, high) in NUMBERS.items():
        raw = str(typed[name]).strip()
        if not (raw.isascii() and raw.isdigit() and len(raw) < 5 and low <= int(raw) <= high):
            wrong[name] = "range"
        else:
            clean[name] = int(raw)
    clean["by_buyers"] = str(typed["by_buyers"]).lower() in ("true", "1", "on")
    clean["issue_when"] = str(typed["issue_when"])
    if clean["issue_when"] not in set(IssueWhen):
        wrong["issue_when"] = "unknown_choice"
    wrong |= _wrong(ctx, clean) if not wrong else {}
    if wrong:
        raise Invalid(wrong)
    after = InvoiceSettings(**clean)
    changed = [name for name in NAMES if getattr(before, name) != getattr(after, name)]
    row = ctx.db.scalar(_row().with_for_update())
    if row is None:
        row = TenantSetting(id=ctx.ids.new(), key=KEY, scope="")
        ctx.db.add(row)
    row.value, row.updated_at = asdict(after), ctx.clock.now()
    record(ctx, "settings.changed", "invoicing", None, names=changed)
    ctx.db.flush()
    return after


def _row() -> Any:
    return select(TenantSetting).where(TenantSetting.key == KEY, TenantSetting.scope == "")


def _wrong(ctx: TenantContext, clean: dict[str, Any]) -> dict[str, str]:
    wrong: dict[str, str] = {}
    clean["country"] = clean["country"].upper()
    if (country := clean["country"]) and not (len(country) == 2 and country.isascii() and country.isalpha()):
        wrong["country"] = "country"
    if clean["email"] and not text.is_email(clean["email"]):
        wrong["email"] = "not_an_email"
    if clean["vat_number"] and vat.read(clean["vat_number"], country).verdict == "wrong":
        wrong["vat_number"] = "vat_number"
    for name, other in (("prefix", InvoiceKind.CREDIT_NOTE), ("credit_prefix", InvoiceKind.INVOICE)):
        if any(not (c.isalnum() and c.isascii()) and c not in "-./" for c in clean[name]):
            wrong[name] = "prefix"
        elif _used(ctx, clean[name], other):
            wrong[name] = "prefix_used"
    if clean["prefix"].upper() == clean["credit_prefix"].upper():
        wrong["credit_prefix"] = "prefix_used"
    return wrong


def _used(ctx: TenantContext, prefix: str, series: InvoiceKind) -> bool:
    """Whether the other series has numbers that begin so: no two documents may ever read the same."""
    like = (Invoice.label >= prefix + "2", Invoice.label < prefix + "2" + LAST)
    return ctx.db.scalar(select(Invoice.id).where(Invoice.series == series, *like).limit(1)) is not None
