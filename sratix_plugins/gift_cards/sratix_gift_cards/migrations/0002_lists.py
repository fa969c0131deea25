"""lists of cards by when they were made and changed."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

TABLE, INDEX = "x_gift_cards_cards", "ix_x_gift_cards_cards"


def upgrade() -> None:
    op.create_index(f"{INDEX}_created", TABLE, ["tenant_id", "created_at", "id"])
    op.create_index(f"{INDEX}_updated", TABLE, ["tenant_id", "updated_at", "id"])


def downgrade() -> None:
    op.drop_index(f"{INDEX}_updated", TABLE)
    op.drop_index(f"{INDEX}_created", TABLE)
