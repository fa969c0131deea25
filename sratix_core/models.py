"""All models of the core, imported once so that names in relationships resolve and migrations see every table."""

from sratix_core.accounts import models as accounts
from sratix_core.analytics import models as analytics
from sratix_core.audit import models as audit
from sratix_core.catalog import models as catalog
from sratix_core.checkin import models as checkin
from sratix_core.checkout import models as checkout
from sratix_core.credentials import models as credentials
from sratix_core.decisions import models as decisions
from sratix_core.devices import models as devices
from sratix_core.events import models as events
from sratix_core.exports import models as exports
from sratix_core.files import models as files
from sratix_core.idempotency import models as idempotency
from sratix_core.incidents import models as incidents
from sratix_core.invoices import models as invoices
from sratix_core.jobs import models as jobs
from sratix_core.ledger import models as ledger
from sratix_core.members import models as members
from sratix_core.messages import models as messages
from sratix_core.orders import models as orders
from sratix_core.organizations import models as organizations
from sratix_core.payments import models as payments
from sratix_core.promotions import models as promotions
from sratix_core.reconciliation import models as reconciliation
from sratix_core.refunds import models as refunds
from sratix_core.saved_methods import models as saved_methods
from sratix_core.search import models as search
from sratix_core.signup import models as signup
from sratix_core.tenants import models as tenants
from sratix_core.tickets import models as tickets

__all__ = [
    "accounts",
    "analytics",
    "audit",
    "catalog",
    "checkin",
    "checkout",
    "credentials",
    "decisions",
    "devices",
    "events",
    "exports",
    "files",
    "idempotency",
    "incidents",
    "invoices",
    "jobs",
    "ledger",
    "members",
    "messages",
    "orders",
    "organizations",
    "payments",
    "promotions",
    "reconciliation",
    "refunds",
    "saved_methods",
    "search",
    "signup",
    "tenants",
    "tickets",
]
