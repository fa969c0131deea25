"""What an organization is found by: its name, its VAT number and the address of its bills."""

from __future__ import annotations

from typing import Any

from sratix_core.search import terms
from sratix_core.search.models import Kind
from sratix_core.search.service import Entry


def entry_of(organization: Any) -> Entry:
    """The terms of an `Organization`, or of a row with its columns."""
    return Entry(
        Kind.ORGANIZATION,
        organization.id,
        None,
        frozenset(
            terms.of_name(organization.name)
            | terms.of_code(organization.vat_number)
            | terms.of_email(organization.billing_email)
        ),
    )
