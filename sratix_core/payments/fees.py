"""What the platform keeps of the payments it takes for an organizer: the installation's fee, or one agreed with this organizer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from sratix_core.plugins.connecting import ApplicationFee
from sratix_core.tenants.models import TenantSetting

if TYPE_CHECKING:
    from sratix_core.context import TenantContext
    from sratix_core.settings import Settings
    from sratix_core.tenants.platform import PlatformContext

KEY = "platform.application_fee"
"""No form and no plugin of a tenant writes below `platform.`."""


def usual_fee(settings: Settings) -> ApplicationFee:
    """The installation's."""
    return ApplicationFee(settings.application_fee_basis_points, settings.application_fee_minor)


def fee_of(ctx: TenantContext) -> ApplicationFee:
    """The fee of payments that are begun now."""
    row = ctx.db.scalar(select(TenantSetting).where(TenantSetting.key == KEY, TenantSetting.scope == ""))
    return usual_fee(ctx.settings) if row is None else ApplicationFee(**row.value)


def agreed_fee(platform: PlatformContext, tenant_id: int) -> ApplicationFee | None:
    """What was agreed with a tenant, None where the installation's fee holds."""
    row = _row(platform, tenant_id)
    return None if row is None else ApplicationFee(**row.value)


def agree_fee(platform: PlatformContext, tenant_id: int, fee: ApplicationFee | None) -> None:
    """Agree on a fee with a tenant; None goes back to the installation's. Payments that are begun already keep theirs."""
    row = _row(platform, tenant_id)
    if fee is None:
        if row is not None:
            platform.db.delete(row)
        platform.record("application_fee.usual", "tenant", tenants=(tenant_id,))
        return
    if row is None:
        row = TenantSetting(tenant_id=tenant_id, id=platform.sources.ids.new(), key=KEY, scope="")
        platform.db.add(row)
    row.value = {"basis_points": fee.basis_points, "fixed_minor": fee.fixed_minor}
    row.updated_at = platform.sources.clock.now()
    platform.record("application_fee.agreed", "tenant", tenants=(tenant_id,), **row.value)


def _row(platform: PlatformContext, tenant_id: int) -> TenantSetting | None:
    theirs = (TenantSetting.tenant_id == tenant_id, TenantSetting.key == KEY, TenantSetting.scope == "")
    found: TenantSetting | None = platform.db.scalar(select(TenantSetting).where(*theirs))
    return found
