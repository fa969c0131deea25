"""acts on every order listed."""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

KIND = "ck_mass_acts_kind_known"
BEFORE, NOW = "'void', 'mails'", "'void', 'mails', 'cancel', 'order_mails'"


def upgrade() -> None:
    _know(NOW)


def downgrade() -> None:
    op.execute(
        "DELETE FROM mass_parts WHERE act_id IN (SELECT id FROM mass_acts WHERE kind NOT IN ('void', 'mails'))"
    )
    op.execute("DELETE FROM mass_acts WHERE kind NOT IN ('void', 'mails')")
    _know(BEFORE)


def _know(kinds: str) -> None:
    with op.batch_alter_table("mass_acts") as batch:
        batch.drop_constraint(op.f(KIND), type_="check")
        batch.create_check_constraint(op.f(KIND), f"kind IN ({kinds})")
