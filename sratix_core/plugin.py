"""All that a plugin may import from us. What is not here is ours to change without telling; see docs/plugins.md.

A plugin names a function after a hook and marks it `@hookimpl`; its `info` says who it is.
"""

from __future__ import annotations

from typing import Any

from sratix_core import models as _all_models  # noqa: F401  (relationships resolve by name)
from sratix_core.accounts.permissions import (
    ATTENDEE_VIEW,
    EVENT_EDIT,
    EVENT_VIEW,
    FINANCE_EDIT,
    FINANCE_VIEW,
    MONEY_VIEW,
    ORDER_EDIT,
    ORDER_VIEW,
    SETTINGS_EDIT,
)
from sratix_core.api.framework import Call, Endpoint
from sratix_core.api.paging import ListQuery, Moment, Sort, SyncQuery, page_of, since
from sratix_core.api.paging import page as list_page
from sratix_core.api.v1.common import Money as ApiMoney
from sratix_core.api.v1.common import SignedMoney as ApiSignedMoney
from sratix_core.api.v1.common import amount_of as amount_sent
from sratix_core.audit.service import record
from sratix_core.context import Actor, TenantContext
from sratix_core.dashboard.shell import screen as dashboard_page
from sratix_core.db.appendonly import AppendOnly
from sratix_core.db.base import Base, TenantScoped, belongs_to, has_many, tenant_fk, tenant_unique
from sratix_core.db.dialects import insert_ignore, insert_new
from sratix_core.db.types import Json, UTCDateTime, one_of, state_column
from sratix_core.drawing import data_address, draw_pdf, font_face
from sratix_core.drawing import engine_answers as pdf_engine_answers
from sratix_core.egress.client import Answer, Egress, Provider
from sratix_core.egress.client import check as check_tenant_url
from sratix_core.errors import (
    AddressRefused,
    Conflict,
    DomainError,
    InsideTransaction,
    Invalid,
    NotFound,
    NotSent,
    OutcomeUnknown,
    Refused,
    Unavailable,
)
from sratix_core.events.models import Event
from sratix_core.events.queries import event_by_slug
from sratix_core.invariants import Check, Outcome
from sratix_core.invoices.collective import CollectiveInvoice, collective_invoice_ids, collective_invoices
from sratix_core.invoices.settings import seller_vat_number
from sratix_core.invoices.vat import VatNumber
from sratix_core.jobs.registry import JobKind
from sratix_core.jobs.run import GiveUp, JobRun, Retry
from sratix_core.jobs.service import enqueue
from sratix_core.ledger.accounts import Act as LedgerAct
from sratix_core.ledger.value import book_value, booked_value, issued_value
from sratix_core.messages.letters import Letter
from sratix_core.messages.service import queue as queue_mail
from sratix_core.orders.models import Order, OrderLine
from sratix_core.orders.queries import order_by_code
from sratix_core.orders.states import OrderState
from sratix_core.payments.accounts import account_intent, connected_account, note_account
from sratix_core.payments.fees import fee_of as application_fee
from sratix_core.payments.inbox import webhook_address
from sratix_core.payments.models import ByHand, Payment
from sratix_core.payments.receiving import Receipt, mark_paid
from sratix_core.payments.receiving import received as receive_money
from sratix_core.plugins.connecting import AccountReading, ApplicationFee, IConnects, IRoutesEvents, Whose
from sratix_core.plugins.host import hookimpl
from sratix_core.plugins.interfaces import (
    Attachment,
    DataUse,
    HealthCheck,
    IMessageTransport,
    InstructionLine,
    Instructions,
    IOffline,
    IPaymentProvider,
    ITicketOutput,
    Mail,
    NavItem,
    OpenCases,
    OrderAction,
    Picture,
    PluginInfo,
    PluginPermission,
    PluginSetting,
    SendResult,
)
from sratix_core.plugins.invoicing import (
    IInvoiceAttachment,
    IInvoiceOutput,
    InvoiceAttachment,
    InvoiceDocument,
    InvoiceLine,
    InvoiceParty,
    InvoiceTax,
)
from sratix_core.plugins.paying import (
    BadSignature,
    Begun,
    Charge,
    ChargeLine,
    Declined,
    DisputeReading,
    ICallsOut,
    IDisputes,
    IEmbeds,
    Inbound,
    IPaysOut,
    IRedirects,
    IRefunds,
    ITakesWebhooks,
    Mode,
    Movement,
    Reading,
    RefundReading,
    RefundWanted,
)
from sratix_core.plugins.pricing import (
    CartItem,
    EventRef,
    OrderFee,
    PriceCart,
    PriceRule,
    TaxBuyer,
    TaxLine,
    TaxRate,
)
from sratix_core.plugins.requesting import OVERDUE, PAID_IN_PARTS, PAID_OUTSIDE, WRITTEN_OFF, IRequestsPayment
from sratix_core.plugins.saving import Adding, ISavesMethods, Keeper, SavedMethod
from sratix_core.plugins.slips import IPaymentSlip, IReminds, PaymentDue, PaymentSlip
from sratix_core.plugins.stored import IHoldsValue, ISellsValue, SoldUnit, SoldValue, StoredValue
from sratix_core.promotions.spelling import spelled as spelled_code
from sratix_core.settings import Settings
from sratix_core.shop.frame import uuid_in as id_in_address
from sratix_core.tenants.plugin_settings import change as change_plugin_settings
from sratix_core.tenants.plugin_settings import read as plugin_settings
from sratix_core.tickets.models import Ticket, TicketState
from sratix_core.tickets.qr import modules as qr_modules
from sratix_core.tickets.qr import svg as qr_svg
from sratix_core.tickets.service import payloads as ticket_payloads
from sratix_core.tickets.service import ticket_by_id
from sratix_core.tickets.terms import short_code
from sratix_core.values.codes import ORDER_ALPHABET
from sratix_core.values.locale import (
    format_date,
    format_date_range,
    format_datetime,
    format_percent,
    format_time,
)
from sratix_core.values.money import BadMoney, Money, format_money, parse_money
from sratix_core.values.money import exponent as currency_digits
from sratix_core.values.text import BadText, clean, fold, is_email, normal_email
from sratix_core.web.forms import refused_fields
from sratix_core.web.permissions import PUBLIC, SIGNED_IN
from sratix_core.web.security import may_lead_to


def installation(place: Any) -> Settings:
    """The settings of this process, from a request or from the configurator that `includeme` is given."""
    settings: Settings = place.registry["runtime"].settings
    return settings


__all__ = [
    "ATTENDEE_VIEW", "EVENT_EDIT", "EVENT_VIEW", "FINANCE_EDIT", "FINANCE_VIEW", "MONEY_VIEW", "ORDER_ALPHABET",
    "ORDER_EDIT", "ORDER_VIEW", "OVERDUE", "PAID_IN_PARTS", "PAID_OUTSIDE", "PUBLIC", "SETTINGS_EDIT", "SIGNED_IN",
    "WRITTEN_OFF", "AccountReading", "Actor", "Adding", "AddressRefused", "Answer", "ApiMoney", "ApiSignedMoney",
    "AppendOnly", "ApplicationFee", "Attachment", "BadMoney", "BadSignature", "BadText", "Base", "Begun", "ByHand",
    "Call", "CartItem", "Charge", "ChargeLine", "Check", "CollectiveInvoice", "Conflict", "DataUse", "Declined",
    "DisputeReading", "DomainError", "Egress", "Endpoint", "Event", "EventRef", "GiveUp", "HealthCheck", "ICallsOut",
    "IConnects", "IDisputes", "IEmbeds", "IHoldsValue", "IInvoiceAttachment", "IInvoiceOutput", "IMessageTransport",
    "IOffline", "IPaymentProvider", "IPaymentSlip", "IPaysOut", "IRedirects", "IRefunds", "IReminds",
    "IRequestsPayment", "IRoutesEvents", "ISavesMethods", "ISellsValue", "ITakesWebhooks", "ITicketOutput", "Inbound",
    "InsideTransaction", "InstructionLine", "Instructions", "Invalid", "InvoiceAttachment", "InvoiceDocument",
    "InvoiceLine", "InvoiceParty", "InvoiceTax", "JobKind", "JobRun", "Json", "Keeper", "LedgerAct", "Letter",
    "ListQuery", "Mail", "Mode", "Moment", "Money", "Movement", "NavItem", "NotFound", "NotSent", "OpenCases",
    "Order", "OrderAction", "OrderFee", "OrderLine", "OrderState", "Outcome", "OutcomeUnknown", "Payment",
    "PaymentDue", "PaymentSlip", "Picture", "PluginInfo", "PluginPermission", "PluginSetting", "PriceCart",
    "PriceRule", "Provider", "Reading", "Receipt", "RefundReading", "RefundWanted", "Refused", "Retry", "SavedMethod",
    "SendResult", "Settings", "SoldUnit", "SoldValue", "Sort", "StoredValue", "SyncQuery", "TaxBuyer", "TaxLine",
    "TaxRate", "TenantContext", "TenantScoped", "Ticket", "TicketState", "UTCDateTime", "Unavailable", "VatNumber",
    "Whose", "account_intent", "amount_sent", "application_fee", "belongs_to", "book_value", "booked_value",
    "change_plugin_settings", "check_tenant_url", "clean", "collective_invoice_ids", "collective_invoices",
    "connected_account", "currency_digits", "dashboard_page", "data_address", "draw_pdf", "enqueue", "event_by_slug",
    "fold", "font_face", "format_date", "format_date_range", "format_datetime", "format_money", "format_percent",
    "format_time", "has_many", "hookimpl", "id_in_address", "insert_ignore", "insert_new", "installation", "is_email",
    "issued_value", "list_page", "mark_paid", "may_lead_to", "normal_email", "note_account", "one_of",
    "order_by_code", "page_of", "parse_money", "pdf_engine_answers", "plugin_settings", "qr_modules", "qr_svg",
    "queue_mail", "receive_money", "record", "refused_fields", "seller_vat_number", "short_code", "since",
    "spelled_code", "state_column", "tenant_fk", "tenant_unique", "ticket_by_id", "ticket_payloads",
    "webhook_address",
]  # fmt: skip
