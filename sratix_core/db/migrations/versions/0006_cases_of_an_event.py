"""cases of an event are a range of an index."""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

NAME = "ix_finance_cases_event"


def upgrade() -> None:
    op.create_index(NAME, "finance_cases", ["tenant_id", "event_id", "found_at", "id"])


def downgrade() -> None:
    op.drop_index(NAME, "finance_cases")
