"""cards that orders in the shop sold."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

TABLE = "x_gift_cards_cards"
CHECK = f"ck_{TABLE}_how_known"
BEFORE, NOW = "'cash_desk', 'own_bank', 'given'", "'cash_desk', 'own_bank', 'given', 'shop'"


def upgrade() -> None:
    _know(NOW)


def downgrade() -> None:
    _know(BEFORE)


def _know(ways: str) -> None:
    with op.batch_alter_table(TABLE) as batch:
        batch.drop_constraint(op.f(CHECK), type_="check")
        batch.create_check_constraint(op.f(CHECK), f"how IN ({ways})")
