"""Orders sell value that is spent later: a kind of line, a state of its units, what of a price it is, and its account in the books."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

ACCOUNTS = "'buyers', 'cash', 'bank', 'revenue', 'service_fees', 'tax', 'provider_fees', 'disputed', 'chargebacks', 'stored_value', "
ACCOUNTS_AFTER = "'goodwill', 'breakage'"
ACTS = (
    "'charge', 'void', 'credit_note', 'payment', 'refund', 'refund_failed', 'fee', 'payout', "
    "'dispute', 'dispute_won', 'dispute_lost', 'adjustment', 'value_sold', "
)
ACTS_AFTER = "'value_given', 'value_ended'"
KINDS, STATES = "'ticket', 'fee'", "'reserved', 'valid', 'void', 'lapsed'"
VALUE_IS_ITS_PRICE = "kind <> 'value' OR (tax_minor = 0 AND discount_minor = 0)"


def upgrade() -> None:
    for table in ("cart_lines", "order_lines"):
        with op.batch_alter_table(table) as lines:
            _known(lines, table, "kind", f"{KINDS}, 'value'")
            _check(lines, table, "ticket_has_type", "(kind <> 'fee') = (ticket_type_id IS NOT NULL)")
            lines.create_check_constraint(op.f(f"ck_{table}_value_is_its_price"), VALUE_IS_ITS_PRICE)
    with op.batch_alter_table("tickets") as tickets:
        _known(tickets, "tickets", "state", f"{STATES}, 'value'")
    with op.batch_alter_table("orders") as orders:
        for name in ("value_minor", "credited_value_minor"):
            orders.add_column(sa.Column(name, sa.BigInteger(), nullable=False, server_default="0"))
        orders.create_check_constraint(
            op.f("ck_orders_credits_within_value"), "credited_value_minor BETWEEN 0 AND value_minor"
        )
    with op.batch_alter_table("ledger_entries") as entries:
        _known(entries, "ledger_entries", "account", f"{ACCOUNTS}'value_ordered', {ACCOUNTS_AFTER}")
        _known(entries, "ledger_entries", "act", f"{ACTS}'value_issued', 'value_returned', {ACTS_AFTER}")


def downgrade() -> None:
    with op.batch_alter_table("ledger_entries") as entries:
        _known(entries, "ledger_entries", "account", ACCOUNTS + ACCOUNTS_AFTER)
        _known(entries, "ledger_entries", "act", ACTS + ACTS_AFTER)
    with op.batch_alter_table("orders") as orders:
        orders.drop_constraint(op.f("ck_orders_credits_within_value"), type_="check")
        orders.drop_column("credited_value_minor")
        orders.drop_column("value_minor")
    with op.batch_alter_table("tickets") as tickets:
        _known(tickets, "tickets", "state", STATES)
    for table in ("cart_lines", "order_lines"):
        with op.batch_alter_table(table) as lines:
            lines.drop_constraint(op.f(f"ck_{table}_value_is_its_price"), type_="check")
            _check(lines, table, "ticket_has_type", "(kind = 'ticket') = (ticket_type_id IS NOT NULL)")
            _known(lines, table, "kind", KINDS)


def _known(batch: object, table: str, column: str, values: str) -> None:
    _check(batch, table, f"{column}_known", f"{column} IN ({values})")


def _check(batch: object, table: str, name: str, rule: str) -> None:
    named = op.f(f"ck_{table}_{name}")
    batch.drop_constraint(named, type_="check")  # type: ignore[attr-defined]
    batch.create_check_constraint(named, rule)  # type: ignore[attr-defined]
