"""A pass can be undone."""

import sqlalchemy as sa
from alembic import op

from sratix_core.db import types

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "scan_reversals",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("scan_id", sa.Uuid(), nullable=False),
        sa.Column("at", types.UTCDateTime(), nullable=False),
        sa.Column("reverted_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant_id", "event_id"],
            ["events.tenant_id", "events.id"],
            name=op.f("fk_scan_reversals_tenant_id_event_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "scan_id"],
            ["scans.tenant_id", "scans.id"],
            name=op.f("fk_scan_reversals_tenant_id_scan_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_scan_reversals")),
        sa.UniqueConstraint("tenant_id", "scan_id", name=op.f("uq_scan_reversals_tenant_id_scan_id")),
        info={"scope": "tenant", "append_only": True},
    )


def downgrade() -> None:
    op.drop_table("scan_reversals")
