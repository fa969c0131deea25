"""Value that was paid before: payments that bring no cash, and its accounts and acts in the books."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

ACCOUNTS = (
    "'buyers', 'cash', 'bank', 'revenue', 'service_fees', 'tax', 'provider_fees', 'disputed', 'chargebacks'"
)
ACTS = (
    "'charge', 'void', 'credit_note', 'payment', 'refund', 'refund_failed', 'fee', 'payout', "
    "'dispute', 'dispute_won', 'dispute_lost', 'adjustment'"
)
MORE_ACCOUNTS = "'stored_value', 'goodwill', 'breakage'"
MORE_ACTS = "'value_sold', 'value_given', 'value_ended'"


def upgrade() -> None:
    op.add_column("payments", sa.Column("stored", sa.Boolean(), nullable=False, server_default=sa.false()))
    _known(f"{ACCOUNTS}, {MORE_ACCOUNTS}", f"{ACTS}, {MORE_ACTS}")


def downgrade() -> None:
    _known(ACCOUNTS, ACTS)
    with op.batch_alter_table("payments") as payments:
        payments.drop_column("stored")


def _known(accounts: str, acts: str) -> None:
    with op.batch_alter_table("ledger_entries") as entries:
        for name, values in (("account", accounts), ("act", acts)):
            check = op.f(f"ck_ledger_entries_{name}_known")
            entries.drop_constraint(check, type_="check")
            entries.create_check_constraint(check, f"{name} IN ({values})")
