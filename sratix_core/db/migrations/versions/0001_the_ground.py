"""The ground: everything from tenants to scans."""

import sqlalchemy as sa
from alembic import op

from sratix_core.db import types
from sratix_core.db.appendonly import TransactionId

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "audit_entries",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", types.UTCDateTime(), nullable=False),
        sa.Column("actor_kind", sa.String(length=16), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("impersonator_id", sa.Uuid(), nullable=True),
        sa.Column("ip_hash", sa.String(length=64), nullable=True),
        sa.Column("action", sa.String(length=60), nullable=False),
        sa.Column("target_kind", sa.String(length=40), nullable=False),
        sa.Column("target_id", sa.Uuid(), nullable=True),
        sa.Column("event_id", sa.Uuid(), nullable=True),
        sa.Column("data", types.Json, nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=True),
        sa.Column("content_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("txid", sa.BigInteger(), server_default=TransactionId(), nullable=True),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_audit_entries")),
        sa.UniqueConstraint("tenant_id", "seq", name=op.f("uq_audit_entries_tenant_id_seq")),
        info={"scope": "tenant", "append_only": True, "stream": "audit"},
    )
    op.create_index(
        "ix_audit_entries_action", "audit_entries", ["tenant_id", "action", "at", "id"], unique=False
    )
    op.create_index(
        "ix_audit_entries_actor", "audit_entries", ["tenant_id", "actor_id", "at", "id"], unique=False
    )
    op.create_index("ix_audit_entries_at", "audit_entries", ["tenant_id", "at", "id"], unique=False)
    op.create_index(
        "ix_audit_entries_event", "audit_entries", ["tenant_id", "event_id", "at", "id"], unique=False
    )
    op.create_index(
        "ix_audit_entries_target", "audit_entries", ["tenant_id", "target_id", "at", "id"], unique=False
    )
    op.create_index(
        "ix_audit_entries_unsealed",
        "audit_entries",
        ["tenant_id", "id"],
        unique=False,
        sqlite_where=sa.text("seq IS NULL"),
        postgresql_where=sa.text("seq IS NULL"),
    )
    op.create_table(
        "books_keys",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kid", sa.Integer(), nullable=False),
        sa.Column("public", sa.LargeBinary(length=32), nullable=False),
        sa.Column("private_sealed", sa.LargeBinary(length=120), nullable=False),
        sa.Column("created_at", types.UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_books_keys")),
        sa.UniqueConstraint("tenant_id", "kid", name=op.f("uq_books_keys_tenant_id_kid")),
        info={"scope": "tenant"},
    )
    op.create_table(
        "connected_accounts",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("provider", sa.String(length=40), nullable=False),
        sa.Column("mode", sa.String(length=4), nullable=False),
        sa.Column("reference", sa.String(length=120), nullable=True),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("details_submitted", sa.Boolean(), nullable=False),
        sa.Column("ready", sa.Boolean(), nullable=False),
        sa.Column("pays_out", sa.Boolean(), nullable=False),
        sa.Column("due", types.Json, nullable=False),
        sa.Column("disabled_reason", sa.String(length=80), nullable=False),
        sa.Column("opened_at", types.UTCDateTime(), nullable=False),
        sa.Column("asked_at", types.UTCDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_connected_accounts")),
        sa.UniqueConstraint(
            "tenant_id", "provider", "mode", name=op.f("uq_connected_accounts_tenant_id_provider_mode")
        ),
        info={"scope": "tenant"},
    )
    op.create_index("ix_connected_accounts_reference", "connected_accounts", ["reference"], unique=False)
    op.create_table(
        "decisions",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("at", types.UTCDateTime(), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=True),
        sa.Column("actor_kind", sa.String(length=16), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("steps", types.Json, nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_decisions")),
        sa.UniqueConstraint("tenant_id", "reference", name=op.f("uq_decisions_tenant_id_reference")),
        info={"scope": "tenant"},
    )
    op.create_index("ix_decisions_at", "decisions", ["tenant_id", "at"], unique=False)
    op.create_table(
        "event_log",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", types.UTCDateTime(), nullable=False),
        sa.Column("type", sa.String(length=60), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=True),
        sa.Column("subject_kind", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=True),
        sa.Column("data", types.Json, nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=True),
        sa.Column("content_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("txid", sa.BigInteger(), server_default=TransactionId(), nullable=True),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_event_log")),
        sa.UniqueConstraint("tenant_id", "seq", name=op.f("uq_event_log_tenant_id_seq")),
        info={"scope": "tenant", "append_only": True, "stream": "events"},
    )
    op.create_index("ix_event_log_event", "event_log", ["tenant_id", "event_id", "seq"], unique=False)
    op.create_index(
        "ix_event_log_unsealed",
        "event_log",
        ["tenant_id", "id"],
        unique=False,
        sqlite_where=sa.text("seq IS NULL"),
        postgresql_where=sa.text("seq IS NULL"),
    )
    op.create_table(
        "finance_comparisons",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("books", sa.String(length=10), nullable=False),
        sa.Column("next_at", types.UTCDateTime(), nullable=False),
        sa.Column("compared_at", types.UTCDateTime(), nullable=True),
        sa.Column("checked", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_finance_comparisons")),
        sa.UniqueConstraint("tenant_id", "books", name=op.f("uq_finance_comparisons_tenant_id_books")),
        info={"scope": "tenant"},
    )
    op.create_index("ix_finance_comparisons_next", "finance_comparisons", ["next_at"], unique=False)
    op.create_table(
        "journal_heads",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("stream", sa.String(length=20), nullable=False),
        sa.Column("next_seq", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.LargeBinary(length=32), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_journal_heads")),
        sa.UniqueConstraint("tenant_id", "stream", name=op.f("uq_journal_heads_tenant_id_stream")),
        info={"scope": "tenant"},
    )
    op.create_table(
        "journal_seals",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("stream", sa.String(length=20), nullable=False),
        sa.Column("first_seq", sa.BigInteger(), nullable=False),
        sa.Column("last_seq", sa.BigInteger(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("prev_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("sealed_at", types.UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_journal_seals")),
        sa.UniqueConstraint(
            "tenant_id", "stream", "first_seq", name=op.f("uq_journal_seals_tenant_id_stream_first_seq")
        ),
        info={"scope": "tenant", "append_only": True},
    )
    op.create_table(
        "ledger_entries",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", types.UTCDateTime(), nullable=False),
        sa.Column("act", sa.String(length=24), nullable=False),
        sa.Column("op_id", sa.Uuid(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("account", sa.String(length=24), nullable=False),
        sa.Column("provider", sa.String(length=40), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=True),
        sa.Column("order_id", sa.Uuid(), nullable=True),
        sa.Column("seq", sa.BigInteger(), nullable=True),
        sa.Column("content_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("txid", sa.BigInteger(), server_default=TransactionId(), nullable=True),
        sa.CheckConstraint(
            "account IN ('buyers', 'cash', 'bank', 'revenue', 'service_fees', 'tax', 'provider_fees', 'disputed', 'chargebacks')",
            name=op.f("ck_ledger_entries_account_known"),
        ),
        sa.CheckConstraint(
            "act IN ('charge', 'void', 'credit_note', 'payment', 'refund', 'refund_failed', 'fee', 'payout', 'dispute', 'dispute_won', 'dispute_lost', 'adjustment')",
            name=op.f("ck_ledger_entries_act_known"),
        ),
        sa.CheckConstraint("amount_minor <> 0", name=op.f("ck_ledger_entries_amount_not_zero")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_ledger_entries")),
        sa.UniqueConstraint(
            "tenant_id", "op_id", "act", "line", name=op.f("uq_ledger_entries_tenant_id_op_id_act_line")
        ),
        sa.UniqueConstraint("tenant_id", "seq", name=op.f("uq_ledger_entries_tenant_id_seq")),
        info={"scope": "tenant", "balanced": True, "append_only": True, "stream": "ledger"},
    )
    op.create_index(
        "ix_ledger_entries_account", "ledger_entries", ["tenant_id", "account", "at", "id"], unique=False
    )
    op.create_index("ix_ledger_entries_at", "ledger_entries", ["tenant_id", "at", "id"], unique=False)
    op.create_index(
        "ix_ledger_entries_event", "ledger_entries", ["tenant_id", "event_id", "at", "id"], unique=False
    )
    op.create_index(
        "ix_ledger_entries_order", "ledger_entries", ["tenant_id", "order_id", "id"], unique=False
    )
    op.create_index(
        "ix_ledger_entries_unsealed",
        "ledger_entries",
        ["tenant_id", "id"],
        unique=False,
        sqlite_where=sa.text("seq IS NULL"),
        postgresql_where=sa.text("seq IS NULL"),
    )
    op.create_table(
        "login_attempts",
        sa.Column("key", sa.String(length=130), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("blocked_until", types.UTCDateTime(), nullable=True),
        sa.Column("updated_at", types.UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_login_attempts")),
        info={
            "scope": "global",
            "why": "counted before a tenant is known",
            "readers": ("identity", "system"),
        },
    )
    op.create_table(
        "payment_inbox",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("provider", sa.String(length=40), nullable=False),
        sa.Column("account", sa.String(length=80), nullable=False),
        sa.Column("event_id", sa.String(length=120), nullable=False),
        sa.Column("type", sa.String(length=80), nullable=False),
        sa.Column("mode", sa.String(length=4), nullable=False),
        sa.Column("subject", sa.String(length=20), nullable=False),
        sa.Column("references", types.Json, nullable=False),
        sa.Column("attempt_id", sa.Uuid(), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("erased_at", types.UTCDateTime(), nullable=True),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("error", sa.String(length=200), nullable=False),
        sa.Column("received_at", types.UTCDateTime(), nullable=False),
        sa.Column("processed_at", types.UTCDateTime(), nullable=True),
        sa.CheckConstraint(
            "state IN ('received', 'done', 'ignored', 'failed')", name=op.f("ck_payment_inbox_state_known")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_payment_inbox")),
        sa.UniqueConstraint(
            "tenant_id",
            "provider",
            "account",
            "event_id",
            name=op.f("uq_payment_inbox_tenant_id_provider_account_event_id"),
        ),
        info={"scope": "tenant"},
    )
    op.create_index("ix_payment_inbox_all", "payment_inbox", ["received_at", "id", "tenant_id"], unique=False)
    op.create_index("ix_payment_inbox_kept", "payment_inbox", ["erased_at", "received_at"], unique=False)
    op.create_index(
        "ix_payment_inbox_received", "payment_inbox", ["tenant_id", "received_at", "id"], unique=False
    )
    op.create_index(
        "ix_payment_inbox_state", "payment_inbox", ["state", "received_at", "id", "tenant_id"], unique=False
    )
    op.create_table(
        "payment_statements",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("provider", sa.String(length=40), nullable=False),
        sa.Column("mode", sa.String(length=4), nullable=False),
        sa.Column("read_until", types.UTCDateTime(), nullable=True),
        sa.Column("tried_at", types.UTCDateTime(), nullable=True),
        sa.Column("trouble", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_payment_statements")),
        sa.UniqueConstraint(
            "tenant_id", "provider", "mode", name=op.f("uq_payment_statements_tenant_id_provider_mode")
        ),
        info={"scope": "tenant"},
    )
    op.create_table(
        "platform_settings",
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("value", types.Json, nullable=False),
        sa.Column("updated_at", types.UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_platform_settings")),
        info={
            "scope": "global",
            "why": "settings of the installation belong to no tenant",
            "readers": ("any",),
        },
    )
    op.create_table(
        "promo_guesses",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.LargeBinary(length=32), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("since", types.UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_promo_guesses")),
        sa.UniqueConstraint("tenant_id", "place", name=op.f("uq_promo_guesses_tenant_id_place")),
        info={"scope": "tenant"},
    )
    op.create_index("ix_promo_guesses_since", "promo_guesses", ["tenant_id", "since"], unique=False)
    op.create_table(
        "rollup_heads",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("stream", sa.String(length=20), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_rollup_heads")),
        sa.UniqueConstraint("tenant_id", "stream", name=op.f("uq_rollup_heads_tenant_id_stream")),
        info={"scope": "tenant"},
    )
    op.create_table(
        "saved_views",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("list", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("query", sa.String(length=500), nullable=False),
        sa.Column("created_at", types.UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_saved_views")),
        sa.UniqueConstraint(
            "tenant_id", "user_id", "list", "name", name=op.f("uq_saved_views_tenant_id_user_id_list_name")
        ),
        info={"scope": "tenant"},
    )
    op.create_table(
        "search_terms",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column(
            "term",
            sa.String(length=80).with_variant(sa.String(length=80, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("event_id", sa.Uuid(), nullable=True),
        sa.Column("ref", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('order', 'attendee', 'organization')", name=op.f("ck_search_terms_kind_known")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_search_terms")),
        sa.UniqueConstraint("tenant_id", "ref", "term", name=op.f("uq_search_terms_tenant_id_ref_term")),
        info={"scope": "tenant"},
    )
    op.create_index(
        "ix_search_terms_find", "search_terms", ["tenant_id", "kind", "term", "event_id", "ref"], unique=False
    )
    op.create_table(
        "security_log",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", types.UTCDateTime(), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("tenant", sa.Integer(), nullable=True),
        sa.Column("user_id", sa.Uuid(), nullable=True),
        sa.Column("ip_hash", sa.String(length=64), nullable=True),
        sa.Column("data", types.Json, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_security_log")),
        info={
            "scope": "global",
            "why": "a failed login or an unknown host belongs to no tenant",
            "readers": ("system",),
            "append_only": True,
        },
    )
    op.create_index("ix_security_log_at", "security_log", ["at"], unique=False)
    op.create_table(
        "sign_ups",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("slug", sa.String(length=63), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("full_name", sa.String(length=120), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("locale", sa.String(length=12), nullable=False),
        sa.Column("expires_at", types.UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_ups")),
        info={"scope": "global", "why": "the tenant it asks for does not exist yet", "readers": ("system",)},
    )
    op.create_index(op.f("ix_sign_ups_expires_at"), "sign_ups", ["expires_at"], unique=False)
    op.create_table(
        "tenants",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column(
            "slug",
            sa.String(length=63).with_variant(sa.String(length=63, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("skeleton", sa.String(length=63), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column(
            "name_key",
            sa.String(length=120).with_variant(sa.String(length=120, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("status", sa.String(length=24), nullable=False),
        sa.Column("status_reason", sa.String(length=300), nullable=False),
        sa.Column("accent", sa.String(length=7), nullable=False),
        sa.Column("logo_file_id", sa.Uuid(), nullable=True),
        sa.Column("legal_line", sa.String(length=200), nullable=False),
        sa.Column("default_locale", sa.String(length=12), nullable=False),
        sa.Column("locales", sa.String(length=60), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("timezone", sa.String(length=64), nullable=False),
        sa.Column("created_at", types.UTCDateTime(), nullable=False),
        sa.Column("updated_at", types.UTCDateTime(), nullable=False),
        sa.CheckConstraint(
            "status IN ('pending', 'active', 'suspended', 'rejected', 'platform')",
            name=op.f("ck_tenants_status_known"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tenants")),
        sa.UniqueConstraint("slug", name=op.f("uq_tenants_slug")),
        info={
            "scope": "global",
            "why": "a request finds its tenant here before any tenant is known",
            "readers": ("identity", "system"),
        },
    )
    op.create_index(op.f("ix_tenants_name_key"), "tenants", ["name_key"], unique=False)
    op.create_index(op.f("ix_tenants_skeleton"), "tenants", ["skeleton"], unique=False)
    op.create_index("ix_tenants_status", "tenants", ["status", "id"], unique=False)
    op.create_table(
        "users",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "email",
            sa.String(length=254).with_variant(sa.String(length=254, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("password_hash", sa.String(length=200), nullable=True),
        sa.Column("full_name", sa.String(length=120), nullable=False),
        sa.Column("locale", sa.String(length=12), nullable=False),
        sa.Column("is_platform_admin", sa.Boolean(), nullable=False),
        sa.Column("disabled", sa.Boolean(), nullable=False),
        sa.Column("token_version", sa.Integer(), nullable=False),
        sa.Column("created_at", types.UTCDateTime(), nullable=False),
        sa.Column("updated_at", types.UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_users")),
        sa.UniqueConstraint("email", name=op.f("uq_users_email")),
        info={
            "scope": "global",
            "why": "a person signs in before a tenant is known and may work for several",
            "readers": ("identity", "system"),
        },
    )
    op.create_index(op.f("ix_users_is_platform_admin"), "users", ["is_platform_admin"], unique=False)
    op.create_table(
        "content_versions",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("fk_content_versions_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_content_versions")),
        info={"scope": "tenant"},
    )
    op.create_table(
        "files",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("content_type", sa.String(length=80), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.LargeBinary(length=32), nullable=False),
        sa.Column("storage_key", sa.String(length=200), nullable=False),
        sa.Column("public", sa.Boolean(), nullable=False),
        sa.Column("created_at", types.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("fk_files_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_files")),
        info={"scope": "tenant"},
    )
    op.create_table(
        "idempotency_keys",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("principal", sa.String(length=60), nullable=False),
        sa.Column("key_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("fingerprint", sa.LargeBinary(length=32), nullable=False),
        sa.Column("created_at", types.UTCDateTime(), nullable=False),
        sa.Column("leased_until", types.UTCDateTime(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("headers", types.Json, nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("fk_idempotency_keys_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_idempotency_keys")),
        sa.UniqueConstraint(
            "tenant_id",
            "principal",
            "key_hash",
            name=op.f("uq_idempotency_keys_tenant_id_principal_key_hash"),
        ),
        info={"scope": "tenant"},
    )
    op.create_index(
        "ix_idempotency_keys_created_at", "idempotency_keys", ["tenant_id", "created_at"], unique=False
    )
    op.create_table(
        "impersonations",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("admin_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("started_at", types.UTCDateTime(), nullable=False),
        sa.Column("ends_at", types.UTCDateTime(), nullable=False),
        sa.Column("ended_at", types.UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["admin_id"], ["users.id"], name=op.f("fk_impersonations_admin_id")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_impersonations_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_impersonations")),
        info={
            "scope": "global",
            "why": "a login is looked up before a tenant is known, and so is whom it acts as",
            "readers": ("identity", "system"),
        },
    )
    op.create_index(op.f("ix_impersonations_admin_id"), "impersonations", ["admin_id"], unique=False)
    op.create_index(op.f("ix_impersonations_user_id"), "impersonations", ["user_id"], unique=False)
    op.create_table(
        "invoice_series",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("series", sa.String(length=24), nullable=False),
        sa.Column("fiscal_year", sa.Integer(), nullable=False),
        sa.Column("next_number", sa.Integer(), nullable=False),
        sa.CheckConstraint("next_number >= 1", name=op.f("ck_invoice_series_next_number_positive")),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("fk_invoice_series_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_invoice_series")),
        sa.UniqueConstraint(
            "tenant_id", "series", "fiscal_year", name=op.f("uq_invoice_series_tenant_id_series_fiscal_year")
        ),
        info={"scope": "tenant"},
    )
    op.create_table(
        "jobs",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=80), nullable=False),
        sa.Column("payload", types.Json, nullable=False),
        sa.Column("dedupe", sa.String(length=200), nullable=True),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("run_at", types.UTCDateTime(), nullable=False),
        sa.Column("lease_until", types.UTCDateTime(), nullable=True),
        sa.Column("token", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("max_attempts", sa.Integer(), nullable=False),
        sa.Column("last_error", sa.String(length=500), nullable=False),
        sa.Column("created_at", types.UTCDateTime(), nullable=False),
        sa.Column("finished_at", types.UTCDateTime(), nullable=True),
        sa.CheckConstraint(
            "state IN ('waiting', 'running', 'done', 'dead')", name=op.f("ck_jobs_state_known")
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("fk_jobs_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_jobs")),
        sa.UniqueConstraint("tenant_id", "dedupe", name=op.f("uq_jobs_tenant_id_dedupe")),
        info={"scope": "tenant"},
    )
    op.create_index("ix_jobs_due", "jobs", ["state", "run_at"], unique=False)
    op.create_index("ix_jobs_lease", "jobs", ["state", "lease_until"], unique=False)
    op.create_table(
        "logins",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("token_version", sa.Integer(), nullable=False),
        sa.Column("impersonation_id", sa.Uuid(), nullable=True),
        sa.Column("stays", sa.Boolean(), nullable=False),
        sa.Column("browser", sa.String(length=40), nullable=False),
        sa.Column("created_at", types.UTCDateTime(), nullable=False),
        sa.Column("last_seen_at", types.UTCDateTime(), nullable=False),
        sa.Column("expires_at", types.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_logins_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_logins")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_logins_token_hash")),
        info={
            "scope": "global",
            "why": "the cookie is looked up before a tenant is known",
            "readers": ("identity", "system"),
        },
    )
    op.create_index(op.f("ix_logins_user_id"), "logins", ["user_id"], unique=False)
    op.create_table(
        "members",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("status", sa.String(length=24), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("invited_at", types.UTCDateTime(), nullable=True),
        sa.Column("last_login_at", types.UTCDateTime(), nullable=True),
        sa.Column("created_at", types.UTCDateTime(), nullable=False),
        sa.CheckConstraint(
            "status IN ('invited', 'active', 'removed')", name=op.f("ck_members_status_known")
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("fk_members_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_members")),
        sa.UniqueConstraint("tenant_id", "user_id", name=op.f("uq_members_tenant_id_user_id")),
        info={"scope": "tenant"},
    )
    op.create_index("ix_members_email", "members", ["tenant_id", "email"], unique=False)
    op.create_index("ix_members_name", "members", ["tenant_id", "status", "name", "id"], unique=False)
    op.create_index("ix_members_role", "members", ["tenant_id", "role"], unique=False)
    op.create_index(op.f("ix_members_user_id"), "members", ["user_id"], unique=False)
    op.create_table(
        "organizations",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column(
            "fold",
            sa.String(length=160).with_variant(sa.String(length=160, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("street", sa.String(length=160), nullable=False),
        sa.Column("postal_code", sa.String(length=16), nullable=False),
        sa.Column("city", sa.String(length=80), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("vat_number", sa.String(length=40), nullable=False),
        sa.Column("billing_email", sa.String(length=254), nullable=False),
        sa.Column("reference", sa.String(length=80), nullable=False),
        sa.Column("created_at", types.UTCDateTime(), nullable=False),
        sa.Column("updated_at", types.UTCDateTime(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('company', 'exhibitor', 'sponsor', 'partner', 'club', 'other')",
            name=op.f("ck_organizations_kind_known"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("fk_organizations_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_organizations")),
        info={"scope": "tenant"},
    )
    op.create_index(
        "ix_organizations_kind", "organizations", ["tenant_id", "kind", "fold", "id"], unique=False
    )
    op.create_index("ix_organizations_name", "organizations", ["tenant_id", "fold", "id"], unique=False)
    op.create_index(
        "ix_organizations_updated", "organizations", ["tenant_id", "updated_at", "id"], unique=False
    )
    op.create_table(
        "plugin_faults",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("plugin", sa.String(length=60), nullable=False),
        sa.Column("hook", sa.String(length=60), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("slow", sa.Integer(), nullable=False),
        sa.Column("slowest_ms", sa.Integer(), nullable=False),
        sa.Column("in_a_row", sa.Integer(), nullable=False),
        sa.Column("error", sa.String(length=80), nullable=False),
        sa.Column("last_at", types.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("fk_plugin_faults_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_plugin_faults")),
        sa.UniqueConstraint(
            "tenant_id", "plugin", "hook", name=op.f("uq_plugin_faults_tenant_id_plugin_hook")
        ),
        info={"scope": "tenant"},
    )
    op.create_table(
        "roles",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("permissions", types.Json, nullable=False),
        sa.Column("created_at", types.UTCDateTime(), nullable=False),
        sa.Column("updated_at", types.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("fk_roles_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_roles")),
        sa.UniqueConstraint("tenant_id", "key", name=op.f("uq_roles_tenant_id_key")),
        sa.UniqueConstraint("tenant_id", "name", name=op.f("uq_roles_tenant_id_name")),
        info={"scope": "tenant"},
    )
    op.create_table(
        "tenant_domains",
        sa.Column("host", sa.String(length=253), nullable=False),
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("fk_tenant_domains_tenant_id")),
        sa.PrimaryKeyConstraint("host", name=op.f("pk_tenant_domains")),
        info={
            "scope": "global",
            "why": "the host of a request finds the tenant",
            "readers": ("identity", "system"),
        },
    )
    op.create_table(
        "tenant_exports",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("of_tenant", sa.Integer(), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("error", sa.String(length=80), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("rows", sa.BigInteger(), nullable=False),
        sa.Column("asked_at", types.UTCDateTime(), nullable=False),
        sa.Column("expires_at", types.UTCDateTime(), nullable=False),
        sa.Column("taken_at", types.UTCDateTime(), nullable=True),
        sa.CheckConstraint(
            "state IN ('waiting', 'ready', 'taken', 'expired', 'failed')",
            name=op.f("ck_tenant_exports_state_known"),
        ),
        sa.ForeignKeyConstraint(["asked_by"], ["users.id"], name=op.f("fk_tenant_exports_asked_by")),
        sa.ForeignKeyConstraint(["of_tenant"], ["tenants.id"], name=op.f("fk_tenant_exports_of_tenant")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tenant_exports")),
        info={
            "scope": "global",
            "why": "an administrator of the installation asked for it; it is no data of the organizer's own",
            "readers": ("system",),
        },
    )
    op.create_index("ix_tenant_exports_of", "tenant_exports", ["of_tenant", "id"], unique=False)
    op.create_index("ix_tenant_exports_state", "tenant_exports", ["state", "expires_at"], unique=False)
    op.create_table(
        "tenant_plugins",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.Column("paused", sa.Boolean(), nullable=False),
        sa.Column("changed_at", types.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("fk_tenant_plugins_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_tenant_plugins")),
        sa.UniqueConstraint("tenant_id", "name", name=op.f("uq_tenant_plugins_tenant_id_name")),
        info={"scope": "tenant"},
    )
    op.create_table(
        "tenant_settings",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("scope", sa.String(length=36), nullable=False),
        sa.Column("value", types.Json, nullable=False),
        sa.Column("updated_at", types.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("fk_tenant_settings_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_tenant_settings")),
        sa.UniqueConstraint("tenant_id", "key", "scope", name=op.f("uq_tenant_settings_tenant_id_key_scope")),
        info={"scope": "tenant"},
    )
    op.create_table(
        "token_families",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("token_version", sa.Integer(), nullable=False),
        sa.Column("created_at", types.UTCDateTime(), nullable=False),
        sa.Column("ends_at", types.UTCDateTime(), nullable=False),
        sa.Column("revoked_at", types.UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_token_families_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_token_families")),
        info={
            "scope": "global",
            "why": "a person signs in before a tenant is known and may work for several",
            "readers": ("identity", "system"),
        },
    )
    op.create_index("ix_token_families_ends_at", "token_families", ["ends_at"], unique=False)
    op.create_index(op.f("ix_token_families_user_id"), "token_families", ["user_id"], unique=False)
    op.create_table(
        "vat_checks",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("asked_at", types.UTCDateTime(), nullable=False),
        sa.CheckConstraint(
            "state IN ('valid', 'invalid', 'unknown')", name=op.f("ck_vat_checks_state_known")
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("fk_vat_checks_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_vat_checks")),
        sa.UniqueConstraint("tenant_id", "number", name=op.f("uq_vat_checks_tenant_id_number")),
        info={"scope": "tenant"},
    )
    op.create_table(
        "venues",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("street", sa.String(length=160), nullable=False),
        sa.Column("postal_code", sa.String(length=16), nullable=False),
        sa.Column("city", sa.String(length=80), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("directions", sa.String(length=400), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=True),
        sa.Column("latitude", sa.Float(), nullable=True),
        sa.Column("longitude", sa.Float(), nullable=True),
        sa.Column("created_at", types.UTCDateTime(), nullable=False),
        sa.Column("updated_at", types.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("fk_venues_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_venues")),
        info={"scope": "tenant", "content": True},
    )
    op.create_table(
        "events",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("slug", sa.String(length=63), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("tagline", sa.String(length=300), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("texts", types.Json, nullable=False),
        sa.Column("venue_id", sa.Uuid(), nullable=True),
        sa.Column("starts_at", types.UTCDateTime(), nullable=False),
        sa.Column("ends_at", types.UTCDateTime(), nullable=False),
        sa.Column("timezone", sa.String(length=64), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("status", sa.String(length=24), nullable=False),
        sa.Column("is_public", sa.Boolean(), nullable=False),
        sa.Column("hero_file_id", sa.Uuid(), nullable=True),
        sa.Column("seo_meta", types.Json, nullable=False),
        sa.Column("pricing", types.Json, nullable=False),
        sa.Column("reentry_allowed", sa.Boolean(), nullable=False),
        sa.Column("exit_scans", sa.Boolean(), nullable=False),
        sa.Column("published_at", types.UTCDateTime(), nullable=True),
        sa.Column("created_at", types.UTCDateTime(), nullable=False),
        sa.Column("updated_at", types.UTCDateTime(), nullable=False),
        sa.CheckConstraint(
            "status IN ('draft', 'published', 'cancelled', 'archived')", name=op.f("ck_events_status_known")
        ),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_events_ends_after_start")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "venue_id"],
            ["venues.tenant_id", "venues.id"],
            name=op.f("fk_events_tenant_id_venue_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("fk_events_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_events")),
        sa.UniqueConstraint("tenant_id", "slug", name=op.f("uq_events_tenant_id_slug")),
        info={"scope": "tenant", "content": True},
    )
    op.create_index("ix_events_all", "events", ["starts_at", "id", "tenant_id"], unique=False)
    op.create_index(
        "ix_events_all_status", "events", ["status", "starts_at", "id", "tenant_id"], unique=False
    )
    op.create_index("ix_events_created", "events", ["created_at"], unique=False)
    op.create_index("ix_events_starts", "events", ["tenant_id", "starts_at"], unique=False)
    op.create_table(
        "invitations",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "email",
            sa.String(length=254).with_variant(sa.String(length=254, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("open_for", sa.String(length=290), nullable=True),
        sa.Column("locale", sa.String(length=12), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("event_ids", types.Json, nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=True),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("token_sealed", sa.LargeBinary(length=200), nullable=True),
        sa.Column("mails", sa.Integer(), nullable=False),
        sa.Column("invited_by", sa.Uuid(), nullable=True),
        sa.Column("created_at", types.UTCDateTime(), nullable=False),
        sa.Column("expires_at", types.UTCDateTime(), nullable=False),
        sa.Column("closed_at", types.UTCDateTime(), nullable=True),
        sa.CheckConstraint(
            "state IN ('open', 'accepted', 'revoked')", name=op.f("ck_invitations_state_known")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "organization_id"],
            ["organizations.tenant_id", "organizations.id"],
            name=op.f("fk_invitations_tenant_id_organization_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("fk_invitations_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_invitations")),
        sa.UniqueConstraint("tenant_id", "open_for", name=op.f("uq_invitations_tenant_id_open_for")),
        info={"scope": "tenant"},
    )
    op.create_index(
        "ix_invitations_created",
        "invitations",
        ["tenant_id", "organization_id", "created_at", "id"],
        unique=False,
    )
    op.create_index(
        "ix_invitations_email", "invitations", ["tenant_id", "organization_id", "email", "id"], unique=False
    )
    op.create_index(
        "ix_invitations_state",
        "invitations",
        ["tenant_id", "organization_id", "state", "created_at", "id"],
        unique=False,
    )
    op.create_table(
        "organization_members",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("created_at", types.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "organization_id"],
            ["organizations.tenant_id", "organizations.id"],
            name=op.f("fk_organization_members_tenant_id_organization_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_organization_members")),
        sa.UniqueConstraint(
            "tenant_id",
            "organization_id",
            "user_id",
            name=op.f("uq_organization_members_tenant_id_organization_id_user_id"),
        ),
        info={"scope": "tenant"},
    )
    op.create_index(
        "ix_organization_members_name",
        "organization_members",
        ["tenant_id", "organization_id", "name", "id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_organization_members_user_id"), "organization_members", ["user_id"], unique=False
    )
    op.create_table(
        "refresh_tokens",
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("family_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", types.UTCDateTime(), nullable=False),
        sa.Column("expires_at", types.UTCDateTime(), nullable=False),
        sa.Column("used_at", types.UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["family_id"], ["token_families.id"], name=op.f("fk_refresh_tokens_family_id")
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_refresh_tokens")),
        info={
            "scope": "global",
            "why": "looked up before a tenant is known, like the login it replaces",
            "readers": ("identity", "system"),
        },
    )
    op.create_index(op.f("ix_refresh_tokens_family_id"), "refresh_tokens", ["family_id"], unique=False)
    op.create_table(
        "api_keys",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("secret_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("scopes", sa.String(length=1000), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=True),
        sa.Column("tier", sa.String(length=24), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=True),
        sa.Column("created_at", types.UTCDateTime(), nullable=False),
        sa.Column("expires_at", types.UTCDateTime(), nullable=True),
        sa.Column("last_used_at", types.UTCDateTime(), nullable=True),
        sa.Column("revoked_at", types.UTCDateTime(), nullable=True),
        sa.CheckConstraint("tier IN ('standard', 'high')", name=op.f("ck_api_keys_tier_known")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "event_id"],
            ["events.tenant_id", "events.id"],
            name=op.f("fk_api_keys_tenant_id_event_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("fk_api_keys_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_api_keys")),
        info={"scope": "tenant"},
    )
    op.create_table(
        "attendees",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("company", sa.String(length=160), nullable=False),
        sa.Column(
            "fold",
            sa.String(length=160).with_variant(sa.String(length=160, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("updated_at", types.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "event_id"],
            ["events.tenant_id", "events.id"],
            name=op.f("fk_attendees_tenant_id_event_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_attendees")),
        info={"scope": "tenant"},
    )
    op.create_index("ix_attendees_email", "attendees", ["email", "tenant_id"], unique=False)
    op.create_index(
        "ix_attendees_event_updated", "attendees", ["tenant_id", "event_id", "updated_at", "id"], unique=False
    )
    op.create_table(
        "event_keys",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("kid", sa.Integer(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(length=32), nullable=False),
        sa.Column("private_sealed", sa.LargeBinary(length=120), nullable=False),
        sa.Column("created_at", types.UTCDateTime(), nullable=False),
        sa.CheckConstraint("kid BETWEEN 0 AND 255", name=op.f("ck_event_keys_kid_is_a_byte")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "event_id"],
            ["events.tenant_id", "events.id"],
            name=op.f("fk_event_keys_tenant_id_event_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_event_keys")),
        sa.UniqueConstraint(
            "tenant_id", "event_id", "kid", name=op.f("uq_event_keys_tenant_id_event_id_kid")
        ),
        info={"scope": "tenant"},
    )
    op.create_table(
        "event_refunds",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("terms", sa.String(length=24), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("started_at", types.UTCDateTime(), nullable=False),
        sa.Column("finished_at", types.UTCDateTime(), nullable=True),
        sa.Column("started_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "state IN ('running', 'paused', 'done')", name=op.f("ck_event_refunds_state_known")
        ),
        sa.CheckConstraint("terms IN ('policy', 'full', 'none')", name=op.f("ck_event_refunds_terms_known")),
        sa.CheckConstraint("round >= 1", name=op.f("ck_event_refunds_round_positive")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "event_id"],
            ["events.tenant_id", "events.id"],
            name=op.f("fk_event_refunds_tenant_id_event_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_event_refunds")),
        sa.UniqueConstraint("tenant_id", "event_id", name=op.f("uq_event_refunds_tenant_id_event_id")),
        info={"scope": "tenant"},
    )
    op.create_table(
        "event_sessions",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("texts", types.Json, nullable=False),
        sa.Column("track", sa.String(length=80), nullable=False),
        sa.Column("room", sa.String(length=80), nullable=False),
        sa.Column("starts_at", types.UTCDateTime(), nullable=False),
        sa.Column("ends_at", types.UTCDateTime(), nullable=False),
        sa.Column("created_at", types.UTCDateTime(), nullable=False),
        sa.Column("updated_at", types.UTCDateTime(), nullable=False),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_event_sessions_ends_after_start")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "event_id"],
            ["events.tenant_id", "events.id"],
            name=op.f("fk_event_sessions_tenant_id_event_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_event_sessions")),
        info={"scope": "tenant", "content": True},
    )
    op.create_index(
        "ix_event_sessions_event", "event_sessions", ["tenant_id", "event_id", "starts_at"], unique=False
    )
    op.create_table(
        "gates",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "event_id"],
            ["events.tenant_id", "events.id"],
            name=op.f("fk_gates_tenant_id_event_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_gates")),
        sa.UniqueConstraint("tenant_id", "event_id", "name", name=op.f("uq_gates_tenant_id_event_id_name")),
        info={"scope": "tenant"},
    )
    op.create_table(
        "incidents",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("place", sa.String(length=80), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("written_by", sa.Uuid(), nullable=True),
        sa.Column("written_at", types.UTCDateTime(), nullable=False),
        sa.Column("closed_by", sa.Uuid(), nullable=True),
        sa.Column("closed_at", types.UTCDateTime(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('medical', 'security', 'technical', 'lost', 'other')",
            name=op.f("ck_incidents_kind_known"),
        ),
        sa.CheckConstraint("state IN ('open', 'closed')", name=op.f("ck_incidents_state_known")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "event_id"],
            ["events.tenant_id", "events.id"],
            name=op.f("fk_incidents_tenant_id_event_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_incidents")),
        info={"scope": "tenant"},
    )
    op.create_index("ix_incidents_event", "incidents", ["tenant_id", "event_id", "id"], unique=False)
    op.create_index("ix_incidents_state", "incidents", ["tenant_id", "event_id", "state", "id"], unique=False)
    op.create_table(
        "mass_acts",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=True),
        sa.Column("asked_at", types.UTCDateTime(), nullable=False),
        sa.Column("finished_at", types.UTCDateTime(), nullable=True),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("seen", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.CheckConstraint("kind IN ('void', 'mails')", name=op.f("ck_mass_acts_kind_known")),
        sa.CheckConstraint(
            "0 <= done AND done <= seen AND seen <= total", name=op.f("ck_mass_acts_counts_in_order")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "event_id"],
            ["events.tenant_id", "events.id"],
            name=op.f("fk_mass_acts_tenant_id_event_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_mass_acts")),
        info={"scope": "tenant"},
    )
    op.create_index("ix_mass_acts_event", "mass_acts", ["tenant_id", "event_id", "id"], unique=False)
    op.create_table(
        "member_roles",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("granted_at", types.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "event_id"],
            ["events.tenant_id", "events.id"],
            name=op.f("fk_member_roles_tenant_id_event_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "member_id"],
            ["members.tenant_id", "members.id"],
            name=op.f("fk_member_roles_tenant_id_member_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_member_roles")),
        sa.UniqueConstraint(
            "tenant_id", "member_id", "event_id", name=op.f("uq_member_roles_tenant_id_member_id_event_id")
        ),
        info={"scope": "tenant"},
    )
    op.create_index("ix_member_roles_event", "member_roles", ["tenant_id", "event_id"], unique=False)
    op.create_table(
        "promo_codes",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("plugin", sa.String(length=40), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("description", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.Column("type_ids", types.Json, nullable=False),
        sa.Column("unlocked_ids", types.Json, nullable=False),
        sa.Column("min_order_minor", sa.BigInteger(), nullable=False),
        sa.Column("min_quantity", sa.Integer(), nullable=False),
        sa.Column("starts_at", types.UTCDateTime(), nullable=True),
        sa.Column("expires_at", types.UTCDateTime(), nullable=True),
        sa.Column("max_uses", sa.Integer(), nullable=True),
        sa.Column("max_uses_per_buyer", sa.Integer(), nullable=True),
        sa.Column("used", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("created_at", types.UTCDateTime(), nullable=False),
        sa.Column("updated_at", types.UTCDateTime(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('percent', 'amount', 'ticket', 'price', 'access')",
            name=op.f("ck_promo_codes_kind_known"),
        ),
        sa.CheckConstraint("state IN ('active', 'disabled')", name=op.f("ck_promo_codes_state_known")),
        sa.CheckConstraint(
            "value >= 0 AND (kind <> 'percent' OR value <= 10000)", name=op.f("ck_promo_codes_value_in_range")
        ),
        sa.CheckConstraint(
            "max_uses_per_buyer IS NULL OR max_uses_per_buyer >= 1",
            name=op.f("ck_promo_codes_buyer_limit_positive"),
        ),
        sa.CheckConstraint(
            "starts_at IS NULL OR expires_at IS NULL OR expires_at > starts_at",
            name=op.f("ck_promo_codes_ends_after_start"),
        ),
        sa.CheckConstraint(
            "used >= 0 AND (max_uses IS NULL OR used <= max_uses)",
            name=op.f("ck_promo_codes_used_within_max"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "event_id"],
            ["events.tenant_id", "events.id"],
            name=op.f("fk_promo_codes_tenant_id_event_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_promo_codes")),
        sa.UniqueConstraint(
            "tenant_id", "event_id", "code", name=op.f("uq_promo_codes_tenant_id_event_id_code")
        ),
        info={"scope": "tenant"},
    )
    op.create_index(
        "ix_promo_codes_event_created",
        "promo_codes",
        ["tenant_id", "event_id", "created_at", "id"],
        unique=False,
    )
    op.create_index(
        "ix_promo_codes_event_updated",
        "promo_codes",
        ["tenant_id", "event_id", "updated_at", "id"],
        unique=False,
    )
    op.create_table(
        "refund_policies",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("tiers", types.Json, nullable=False),
        sa.Column("fee_minor", sa.BigInteger(), nullable=False),
        sa.Column("fees_back", sa.Boolean(), nullable=False),
        sa.Column("self_service", sa.Boolean(), nullable=False),
        sa.Column("exchanges", sa.Boolean(), nullable=False),
        sa.Column("updated_at", types.UTCDateTime(), nullable=False),
        sa.CheckConstraint("fee_minor >= 0", name=op.f("ck_refund_policies_fee_not_negative")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "event_id"],
            ["events.tenant_id", "events.id"],
            name=op.f("fk_refund_policies_tenant_id_event_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_refund_policies")),
        sa.UniqueConstraint("tenant_id", "event_id", name=op.f("uq_refund_policies_tenant_id_event_id")),
        info={"scope": "tenant", "content": True},
    )
    op.create_table(
        "rollups",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("metric", sa.String(length=80), nullable=False),
        sa.Column("bucket", sa.Date(), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "event_id"],
            ["events.tenant_id", "events.id"],
            name=op.f("fk_rollups_tenant_id_event_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_rollups")),
        sa.UniqueConstraint(
            "tenant_id",
            "event_id",
            "metric",
            "bucket",
            name=op.f("uq_rollups_tenant_id_event_id_metric_bucket"),
        ),
        info={"scope": "tenant"},
    )
    op.create_index("ix_rollups_days", "rollups", ["bucket", "metric", "value"], unique=False)
    op.create_table(
        "speakers",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("company", sa.String(length=120), nullable=False),
        sa.Column("bio", sa.Text(), nullable=False),
        sa.Column("photo_file_id", sa.Uuid(), nullable=True),
        sa.Column("updated_at", types.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "event_id"],
            ["events.tenant_id", "events.id"],
            name=op.f("fk_speakers_tenant_id_event_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_speakers")),
        info={"scope": "tenant", "content": True},
    )
    op.create_index(op.f("ix_speakers_event_id"), "speakers", ["event_id"], unique=False)
    op.create_table(
        "ticket_types",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("description", sa.String(length=400), nullable=False),
        sa.Column("texts", types.Json, nullable=False),
        sa.Column("price_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("pricing", types.Json, nullable=False),
        sa.Column("sales_start", types.UTCDateTime(), nullable=True),
        sa.Column("sales_end", types.UTCDateTime(), nullable=True),
        sa.Column("min_per_order", sa.Integer(), nullable=False),
        sa.Column("max_per_order", sa.Integer(), nullable=False),
        sa.Column("max_per_buyer", sa.Integer(), nullable=True),
        sa.Column("status", sa.String(length=24), nullable=False),
        sa.Column("visibility", sa.String(length=24), nullable=False),
        sa.Column("is_addon", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("created_at", types.UTCDateTime(), nullable=False),
        sa.Column("updated_at", types.UTCDateTime(), nullable=False),
        sa.CheckConstraint("status IN ('active', 'paused')", name=op.f("ck_ticket_types_status_known")),
        sa.CheckConstraint(
            "visibility IN ('public', 'link', 'hidden')", name=op.f("ck_ticket_types_visibility_known")
        ),
        sa.CheckConstraint(
            "max_per_order >= 1 AND min_per_order >= 1", name=op.f("ck_ticket_types_limits_positive")
        ),
        sa.CheckConstraint("price_minor >= 0", name=op.f("ck_ticket_types_price_not_negative")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "event_id"],
            ["events.tenant_id", "events.id"],
            name=op.f("fk_ticket_types_tenant_id_event_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_ticket_types")),
        info={"scope": "tenant", "content": True},
    )
    op.create_index(
        "ix_ticket_types_event", "ticket_types", ["tenant_id", "event_id", "position"], unique=False
    )
    op.create_table(
        "capacity_pools",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.Column("updated_at", types.UTCDateTime(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('event', 'session', 'ticket_type', 'shared')", name=op.f("ck_capacity_pools_kind_known")
        ),
        sa.CheckConstraint(
            "taken >= 0 AND taken <= capacity", name=op.f("ck_capacity_pools_taken_within_capacity")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "event_id"],
            ["events.tenant_id", "events.id"],
            name=op.f("fk_capacity_pools_tenant_id_event_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "session_id"],
            ["event_sessions.tenant_id", "event_sessions.id"],
            name=op.f("fk_capacity_pools_tenant_id_session_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_capacity_pools")),
        info={"scope": "tenant"},
    )
    op.create_index("ix_capacity_pools_event", "capacity_pools", ["tenant_id", "event_id"], unique=False)
    op.create_table(
        "carts",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("secret_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("locale", sa.String(length=12), nullable=False),
        sa.Column("entries", types.Json, nullable=False),
        sa.Column("quote", types.Json, nullable=False),
        sa.Column("rounding_minor", sa.BigInteger(), nullable=False),
        sa.Column("promo_code_id", sa.Uuid(), nullable=True),
        sa.Column("promo_code", sa.String(length=40), nullable=False),
        sa.Column("code_discount_minor", sa.BigInteger(), nullable=False),
        sa.Column("vat_number", sa.String(length=24), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", types.UTCDateTime(), nullable=False),
        sa.Column("expires_at", types.UTCDateTime(), nullable=False),
        sa.CheckConstraint(
            "state IN ('open', 'placed', 'expired', 'released')", name=op.f("ck_carts_state_known")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "event_id"],
            ["events.tenant_id", "events.id"],
            name=op.f("fk_carts_tenant_id_event_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "promo_code_id"],
            ["promo_codes.tenant_id", "promo_codes.id"],
            name=op.f("fk_carts_tenant_id_promo_code_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_carts")),
        sa.UniqueConstraint("tenant_id", "secret_hash", name=op.f("uq_carts_tenant_id_secret_hash")),
        info={"scope": "tenant"},
    )
    op.create_index("ix_carts_due", "carts", ["state", "expires_at"], unique=False)
    op.create_table(
        "devices",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("gate_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("key_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("created_at", types.UTCDateTime(), nullable=False),
        sa.Column("last_seen_at", types.UTCDateTime(), nullable=True),
        sa.Column("revoked_at", types.UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant_id", "event_id"],
            ["events.tenant_id", "events.id"],
            name=op.f("fk_devices_tenant_id_event_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "gate_id"],
            ["gates.tenant_id", "gates.id"],
            name=op.f("fk_devices_tenant_id_gate_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_devices")),
        info={"scope": "tenant"},
    )
    op.create_table(
        "mass_parts",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("act_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("ids", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "act_id"],
            ["mass_acts.tenant_id", "mass_acts.id"],
            name=op.f("fk_mass_parts_tenant_id_act_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_mass_parts")),
        sa.UniqueConstraint(
            "tenant_id", "act_id", "position", name=op.f("uq_mass_parts_tenant_id_act_id_position")
        ),
        info={"scope": "tenant"},
    )
    op.create_table(
        "session_speakers",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("speaker_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "session_id"],
            ["event_sessions.tenant_id", "event_sessions.id"],
            name=op.f("fk_session_speakers_tenant_id_session_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "speaker_id"],
            ["speakers.tenant_id", "speakers.id"],
            name=op.f("fk_session_speakers_tenant_id_speaker_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_session_speakers")),
        sa.UniqueConstraint(
            "tenant_id",
            "session_id",
            "speaker_id",
            name=op.f("uq_session_speakers_tenant_id_session_id_speaker_id"),
        ),
        info={"scope": "tenant", "content": True},
    )
    op.create_table(
        "cart_lines",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("cart_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("ticket_type_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("unit_price_minor", sa.BigInteger(), nullable=False),
        sa.Column("subtotal_minor", sa.BigInteger(), nullable=False),
        sa.Column("discount_minor", sa.BigInteger(), nullable=False),
        sa.Column("tax_bp", sa.Integer(), nullable=False),
        sa.Column("net_minor", sa.BigInteger(), nullable=False),
        sa.Column("tax_minor", sa.BigInteger(), nullable=False),
        sa.Column("total_minor", sa.BigInteger(), nullable=False),
        sa.Column("price_trace", types.Json, nullable=False),
        sa.Column("reverse_charge", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(kind = 'ticket') = (ticket_type_id IS NOT NULL)", name=op.f("ck_cart_lines_ticket_has_type")
        ),
        sa.CheckConstraint("kind IN ('ticket', 'fee')", name=op.f("ck_cart_lines_kind_known")),
        sa.CheckConstraint(
            "NOT reverse_charge OR (tax_minor = 0 AND tax_bp = 0)",
            name=op.f("ck_cart_lines_reverse_charge_untaxed"),
        ),
        sa.CheckConstraint("net_minor + tax_minor = total_minor", name=op.f("ck_cart_lines_total_exact")),
        sa.CheckConstraint(
            "net_minor >= 0 AND tax_minor >= 0 AND tax_bp >= 0 AND tax_bp <= 10000",
            name=op.f("ck_cart_lines_tax_not_negative"),
        ),
        sa.CheckConstraint("quantity >= 1", name=op.f("ck_cart_lines_quantity_positive")),
        sa.CheckConstraint(
            "subtotal_minor = unit_price_minor * quantity", name=op.f("ck_cart_lines_subtotal_exact")
        ),
        sa.CheckConstraint(
            "total_minor = subtotal_minor - discount_minor OR net_minor = subtotal_minor - discount_minor",
            name=op.f("ck_cart_lines_net_or_total_of_price"),
        ),
        sa.CheckConstraint(
            "unit_price_minor >= 0 AND discount_minor >= 0 AND discount_minor <= subtotal_minor",
            name=op.f("ck_cart_lines_discount_within_line"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "cart_id"],
            ["carts.tenant_id", "carts.id"],
            name=op.f("fk_cart_lines_tenant_id_cart_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "ticket_type_id"],
            ["ticket_types.tenant_id", "ticket_types.id"],
            name=op.f("fk_cart_lines_tenant_id_ticket_type_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_cart_lines")),
        sa.UniqueConstraint(
            "tenant_id",
            "cart_id",
            "ticket_type_id",
            name=op.f("uq_cart_lines_tenant_id_cart_id_ticket_type_id"),
        ),
        info={"scope": "tenant"},
    )
    op.create_index("ix_cart_lines_type", "cart_lines", ["tenant_id", "ticket_type_id"], unique=False)
    op.create_table(
        "orders",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("cart_id", sa.Uuid(), nullable=True),
        sa.Column("organization_id", sa.Uuid(), nullable=True),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("secret_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("secret_sealed", sa.LargeBinary(length=120), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("buyer_name", sa.String(length=160), nullable=False),
        sa.Column(
            "buyer_email",
            sa.String(length=254).with_variant(sa.String(length=254, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("buyer_company", sa.String(length=160), nullable=False),
        sa.Column("buyer_vat_number", sa.String(length=24), nullable=False),
        sa.Column(
            "buyer_fold",
            sa.String(length=160).with_variant(sa.String(length=160, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("locale", sa.String(length=12), nullable=False),
        sa.Column("total_minor", sa.BigInteger(), nullable=False),
        sa.Column("tax_minor", sa.BigInteger(), nullable=False),
        sa.Column("fee_minor", sa.BigInteger(), nullable=False),
        sa.Column("tax_included", sa.Boolean(), nullable=False),
        sa.Column("rounding_minor", sa.BigInteger(), nullable=False),
        sa.Column("credited_minor", sa.BigInteger(), nullable=False),
        sa.Column("credited_tax_minor", sa.BigInteger(), nullable=False),
        sa.Column("credited_fee_minor", sa.BigInteger(), nullable=False),
        sa.Column("promo_code_id", sa.Uuid(), nullable=True),
        sa.Column("promo_code", sa.String(length=40), nullable=False),
        sa.Column("code_discount_minor", sa.BigInteger(), nullable=False),
        sa.Column("kept_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("provider", sa.String(length=40), nullable=False),
        sa.Column("created_at", types.UTCDateTime(), nullable=False),
        sa.Column("updated_at", types.UTCDateTime(), nullable=False),
        sa.Column("expires_at", types.UTCDateTime(), nullable=True),
        sa.Column("paid_at", types.UTCDateTime(), nullable=True),
        sa.Column("closed_at", types.UTCDateTime(), nullable=True),
        sa.CheckConstraint(
            "state IN ('awaiting_payment', 'paid', 'cancelled', 'expired', 'paid_after_expiry')",
            name=op.f("ck_orders_state_known"),
        ),
        sa.CheckConstraint(
            "credited_fee_minor BETWEEN 0 AND fee_minor", name=op.f("ck_orders_credits_within_fees")
        ),
        sa.CheckConstraint(
            "credited_minor BETWEEN 0 AND total_minor", name=op.f("ck_orders_credits_within_total")
        ),
        sa.CheckConstraint(
            "kept_minor BETWEEN 0 AND total_minor - credited_minor", name=op.f("ck_orders_keeps_within_price")
        ),
        sa.CheckConstraint("tax_minor >= 0", name=op.f("ck_orders_tax_not_negative")),
        sa.CheckConstraint("total_minor >= 0", name=op.f("ck_orders_total_not_negative")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "cart_id"],
            ["carts.tenant_id", "carts.id"],
            name=op.f("fk_orders_tenant_id_cart_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "event_id"],
            ["events.tenant_id", "events.id"],
            name=op.f("fk_orders_tenant_id_event_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "organization_id"],
            ["organizations.tenant_id", "organizations.id"],
            name=op.f("fk_orders_tenant_id_organization_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "promo_code_id"],
            ["promo_codes.tenant_id", "promo_codes.id"],
            name=op.f("fk_orders_tenant_id_promo_code_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_orders")),
        sa.UniqueConstraint("tenant_id", "cart_id", name=op.f("uq_orders_tenant_id_cart_id")),
        sa.UniqueConstraint("tenant_id", "code", name=op.f("uq_orders_tenant_id_code")),
        info={"scope": "tenant"},
    )
    op.create_index(
        "ix_orders_buyer", "orders", ["buyer_email", "tenant_id", "created_at", "id"], unique=False
    )
    op.create_index("ix_orders_due", "orders", ["state", "expires_at"], unique=False)
    op.create_index(
        "ix_orders_event_buyer", "orders", ["tenant_id", "event_id", "buyer_fold", "id"], unique=False
    )
    op.create_index(
        "ix_orders_event_created", "orders", ["tenant_id", "event_id", "created_at", "id"], unique=False
    )
    op.create_index(
        "ix_orders_event_total", "orders", ["tenant_id", "event_id", "total_minor", "id"], unique=False
    )
    op.create_index(
        "ix_orders_event_updated", "orders", ["tenant_id", "event_id", "updated_at", "id"], unique=False
    )
    op.create_index(
        "ix_orders_organization", "orders", ["tenant_id", "organization_id", "created_at", "id"], unique=False
    )
    op.create_index(
        "ix_orders_provider_created",
        "orders",
        ["tenant_id", "event_id", "provider", "created_at", "id"],
        unique=False,
    )
    op.create_index(
        "ix_orders_state_buyer",
        "orders",
        ["tenant_id", "event_id", "state", "buyer_fold", "id"],
        unique=False,
    )
    op.create_index(
        "ix_orders_state_created",
        "orders",
        ["tenant_id", "event_id", "state", "created_at", "id"],
        unique=False,
    )
    op.create_index(
        "ix_orders_state_total",
        "orders",
        ["tenant_id", "event_id", "state", "total_minor", "id"],
        unique=False,
    )
    op.create_table(
        "ticket_type_pools",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("ticket_type_id", sa.Uuid(), nullable=False),
        sa.Column("pool_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "pool_id"],
            ["capacity_pools.tenant_id", "capacity_pools.id"],
            name=op.f("fk_ticket_type_pools_tenant_id_pool_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "ticket_type_id"],
            ["ticket_types.tenant_id", "ticket_types.id"],
            name=op.f("fk_ticket_type_pools_tenant_id_ticket_type_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_ticket_type_pools")),
        sa.UniqueConstraint(
            "tenant_id",
            "ticket_type_id",
            "pool_id",
            name=op.f("uq_ticket_type_pools_tenant_id_ticket_type_id_pool_id"),
        ),
        info={"scope": "tenant", "content": True},
    )
    op.create_index("ix_ticket_type_pools_pool", "ticket_type_pools", ["tenant_id", "pool_id"], unique=False)
    op.create_table(
        "billing_addresses",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("company", sa.String(length=160), nullable=False),
        sa.Column("street", sa.String(length=160), nullable=False),
        sa.Column("postal_code", sa.String(length=16), nullable=False),
        sa.Column("city", sa.String(length=80), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("vat_number", sa.String(length=40), nullable=False),
        sa.Column("reference", sa.String(length=80), nullable=False),
        sa.Column("updated_at", types.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "order_id"],
            ["orders.tenant_id", "orders.id"],
            name=op.f("fk_billing_addresses_tenant_id_order_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_billing_addresses")),
        sa.UniqueConstraint("tenant_id", "order_id", name=op.f("uq_billing_addresses_tenant_id_order_id")),
        info={"scope": "tenant"},
    )
    op.create_table(
        "event_refund_orders",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("error", sa.String(length=40), nullable=False),
        sa.Column("at", types.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "order_id"],
            ["orders.tenant_id", "orders.id"],
            name=op.f("fk_event_refund_orders_tenant_id_order_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "run_id"],
            ["event_refunds.tenant_id", "event_refunds.id"],
            name=op.f("fk_event_refund_orders_tenant_id_run_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_event_refund_orders")),
        sa.UniqueConstraint(
            "tenant_id", "run_id", "order_id", name=op.f("uq_event_refund_orders_tenant_id_run_id_order_id")
        ),
        info={"scope": "tenant"},
    )
    op.create_index(
        "ix_event_refund_orders_order", "event_refund_orders", ["tenant_id", "order_id"], unique=False
    )
    op.create_table(
        "finance_cases",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("subject", sa.String(length=120), nullable=False),
        sa.Column("provider", sa.String(length=40), nullable=False),
        sa.Column("mode", sa.String(length=4), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=True),
        sa.Column("event_id", sa.Uuid(), nullable=True),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("cause", sa.String(length=40), nullable=False),
        sa.Column("due_at", types.UTCDateTime(), nullable=True),
        sa.Column("found_at", types.UTCDateTime(), nullable=False),
        sa.Column("seen_at", types.UTCDateTime(), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("closed_at", types.UTCDateTime(), nullable=True),
        sa.Column("closed_by", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.CheckConstraint(
            "(state = 'open') = (closed_at IS NULL)", name=op.f("ck_finance_cases_closed_has_time")
        ),
        sa.CheckConstraint(
            "kind IN ('charge_unknown', 'payment_unknown', 'amount_differs', 'refund_unknown', 'refund_missing', 'dispute_unknown', 'dispute_open', 'owed_back', 'paid_late', 'difference_due', 'attempt_stuck', 'webhook_failed', 'cash_differs')",
            name=op.f("ck_finance_cases_kind_known"),
        ),
        sa.CheckConstraint(
            "state IN ('open', 'resolved', 'ignored')", name=op.f("ck_finance_cases_state_known")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "order_id"],
            ["orders.tenant_id", "orders.id"],
            name=op.f("fk_finance_cases_tenant_id_order_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_finance_cases")),
        sa.UniqueConstraint(
            "tenant_id", "kind", "subject", name=op.f("uq_finance_cases_tenant_id_kind_subject")
        ),
        info={"scope": "tenant"},
    )
    op.create_index("ix_finance_cases_found", "finance_cases", ["tenant_id", "found_at", "id"], unique=False)
    op.create_index("ix_finance_cases_order", "finance_cases", ["tenant_id", "order_id"], unique=False)
    op.create_index(
        "ix_finance_cases_state", "finance_cases", ["tenant_id", "state", "found_at", "id"], unique=False
    )
    op.create_table(
        "invoices",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("series", sa.String(length=24), nullable=True),
        sa.Column("fiscal_year", sa.Integer(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column(
            "label",
            sa.String(length=40).with_variant(sa.String(length=40, collation="C"), "postgresql"),
            nullable=True,
        ),
        sa.Column("order_id", sa.Uuid(), nullable=True),
        sa.Column("event_id", sa.Uuid(), nullable=True),
        sa.Column("organization_id", sa.Uuid(), nullable=True),
        sa.Column("refers_to", sa.Uuid(), nullable=True),
        sa.Column("cause_id", sa.Uuid(), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("net_minor", sa.BigInteger(), nullable=False),
        sa.Column("tax_minor", sa.BigInteger(), nullable=False),
        sa.Column("rounding_minor", sa.BigInteger(), nullable=False),
        sa.Column("total_minor", sa.BigInteger(), nullable=False),
        sa.Column("reverse_charge", sa.Boolean(), nullable=False),
        sa.Column("locale", sa.String(length=12), nullable=False),
        sa.Column("issued_at", types.UTCDateTime(), nullable=False),
        sa.Column("issued_on", sa.String(length=10), nullable=False),
        sa.Column("due_on", sa.String(length=10), nullable=True),
        sa.Column("issued_by", sa.Uuid(), nullable=True),
        sa.Column("document", types.Json, nullable=False),
        sa.Column("buyer_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("content_hash", sa.LargeBinary(length=32), nullable=False),
        sa.CheckConstraint(
            "(kind = 'credit_note') = (refers_to IS NOT NULL)", name=op.f("ck_invoices_credit_refers")
        ),
        sa.CheckConstraint(
            "(kind = 'proforma') = (number IS NULL)", name=op.f("ck_invoices_number_if_issued")
        ),
        sa.CheckConstraint(
            "kind IN ('invoice', 'credit_note', 'proforma')", name=op.f("ck_invoices_kind_known")
        ),
        sa.CheckConstraint(
            "total_minor = net_minor + tax_minor + rounding_minor", name=op.f("ck_invoices_total_exact")
        ),
        sa.CheckConstraint("total_minor >= 0", name=op.f("ck_invoices_total_not_negative")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "event_id"],
            ["events.tenant_id", "events.id"],
            name=op.f("fk_invoices_tenant_id_event_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "order_id"],
            ["orders.tenant_id", "orders.id"],
            name=op.f("fk_invoices_tenant_id_order_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "organization_id"],
            ["organizations.tenant_id", "organizations.id"],
            name=op.f("fk_invoices_tenant_id_organization_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "refers_to"],
            ["invoices.tenant_id", "invoices.id"],
            name=op.f("fk_invoices_tenant_id_refers_to"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_invoices")),
        sa.UniqueConstraint("tenant_id", "cause_id", name=op.f("uq_invoices_tenant_id_cause_id")),
        sa.UniqueConstraint("tenant_id", "label", name=op.f("uq_invoices_tenant_id_label")),
        sa.UniqueConstraint(
            "tenant_id",
            "series",
            "fiscal_year",
            "number",
            name=op.f("uq_invoices_tenant_id_series_fiscal_year_number"),
        ),
        info={"scope": "tenant", "append_only": True},
    )
    op.create_index("ix_invoices_issued", "invoices", ["tenant_id", "issued_at", "id"], unique=False)
    op.create_index("ix_invoices_kind", "invoices", ["tenant_id", "kind", "issued_at", "id"], unique=False)
    op.create_index("ix_invoices_order", "invoices", ["tenant_id", "order_id", "id"], unique=False)
    op.create_index(
        "ix_invoices_organization",
        "invoices",
        ["tenant_id", "organization_id", "issued_at", "id"],
        unique=False,
    )
    op.create_index("ix_invoices_refers_to", "invoices", ["tenant_id", "refers_to", "id"], unique=False)
    op.create_table(
        "messages",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=True),
        sa.Column("order_id", sa.Uuid(), nullable=True),
        sa.Column("recipient", sa.String(length=254), nullable=False),
        sa.Column("locale", sa.String(length=12), nullable=False),
        sa.Column("data", types.Json, nullable=False),
        sa.Column("dedupe", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("transport", sa.String(length=40), nullable=False),
        sa.Column("message_id", sa.String(length=200), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("error", sa.String(length=300), nullable=False),
        sa.Column("created_at", types.UTCDateTime(), nullable=False),
        sa.Column("sent_at", types.UTCDateTime(), nullable=True),
        sa.CheckConstraint(
            "state IN ('queued', 'sent', 'failed', 'unknown')", name=op.f("ck_messages_state_known")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "event_id"],
            ["events.tenant_id", "events.id"],
            name=op.f("fk_messages_tenant_id_event_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "order_id"],
            ["orders.tenant_id", "orders.id"],
            name=op.f("fk_messages_tenant_id_order_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_messages")),
        sa.UniqueConstraint("tenant_id", "dedupe", name=op.f("uq_messages_tenant_id_dedupe")),
        info={"scope": "tenant"},
    )
    op.create_index("ix_messages_event", "messages", ["tenant_id", "event_id", "state"], unique=False)
    op.create_index("ix_messages_order", "messages", ["tenant_id", "order_id"], unique=False)
    op.create_table(
        "order_lines",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("ticket_type_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("unit_price_minor", sa.BigInteger(), nullable=False),
        sa.Column("subtotal_minor", sa.BigInteger(), nullable=False),
        sa.Column("discount_minor", sa.BigInteger(), nullable=False),
        sa.Column("tax_bp", sa.Integer(), nullable=False),
        sa.Column("net_minor", sa.BigInteger(), nullable=False),
        sa.Column("tax_minor", sa.BigInteger(), nullable=False),
        sa.Column("total_minor", sa.BigInteger(), nullable=False),
        sa.Column("price_trace", types.Json, nullable=False),
        sa.Column("reverse_charge", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(kind = 'ticket') = (ticket_type_id IS NOT NULL)", name=op.f("ck_order_lines_ticket_has_type")
        ),
        sa.CheckConstraint("kind IN ('ticket', 'fee')", name=op.f("ck_order_lines_kind_known")),
        sa.CheckConstraint(
            "NOT reverse_charge OR (tax_minor = 0 AND tax_bp = 0)",
            name=op.f("ck_order_lines_reverse_charge_untaxed"),
        ),
        sa.CheckConstraint("net_minor + tax_minor = total_minor", name=op.f("ck_order_lines_total_exact")),
        sa.CheckConstraint(
            "net_minor >= 0 AND tax_minor >= 0 AND tax_bp >= 0 AND tax_bp <= 10000",
            name=op.f("ck_order_lines_tax_not_negative"),
        ),
        sa.CheckConstraint("quantity >= 1", name=op.f("ck_order_lines_quantity_positive")),
        sa.CheckConstraint(
            "subtotal_minor = unit_price_minor * quantity", name=op.f("ck_order_lines_subtotal_exact")
        ),
        sa.CheckConstraint(
            "total_minor = subtotal_minor - discount_minor OR net_minor = subtotal_minor - discount_minor",
            name=op.f("ck_order_lines_net_or_total_of_price"),
        ),
        sa.CheckConstraint(
            "unit_price_minor >= 0 AND discount_minor >= 0 AND discount_minor <= subtotal_minor",
            name=op.f("ck_order_lines_discount_within_line"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "order_id"],
            ["orders.tenant_id", "orders.id"],
            name=op.f("fk_order_lines_tenant_id_order_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "ticket_type_id"],
            ["ticket_types.tenant_id", "ticket_types.id"],
            name=op.f("fk_order_lines_tenant_id_ticket_type_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_order_lines")),
        info={"scope": "tenant"},
    )
    op.create_index("ix_order_lines_order", "order_lines", ["tenant_id", "order_id"], unique=False)
    op.create_index(
        "ix_order_lines_type", "order_lines", ["tenant_id", "ticket_type_id", "order_id"], unique=False
    )
    op.create_table(
        "order_returns",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("terms", sa.String(length=24), nullable=False),
        sa.Column("whole", sa.Boolean(), nullable=False),
        sa.Column("tickets", sa.Integer(), nullable=False),
        sa.Column("back_minor", sa.BigInteger(), nullable=False),
        sa.Column("kept_minor", sa.BigInteger(), nullable=False),
        sa.Column("fee_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("why", types.Json, nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("at", types.UTCDateTime(), nullable=False),
        sa.Column("given_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint("terms IN ('policy', 'full', 'none')", name=op.f("ck_order_returns_terms_known")),
        sa.CheckConstraint(
            "back_minor >= 0 AND kept_minor >= 0", name=op.f("ck_order_returns_amounts_not_negative")
        ),
        sa.CheckConstraint(
            "fee_minor BETWEEN 0 AND kept_minor", name=op.f("ck_order_returns_fee_within_kept")
        ),
        sa.CheckConstraint("tickets >= 0", name=op.f("ck_order_returns_tickets_not_negative")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "order_id"],
            ["orders.tenant_id", "orders.id"],
            name=op.f("fk_order_returns_tenant_id_order_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_order_returns")),
        info={"scope": "tenant", "append_only": True},
    )
    op.create_index("ix_order_returns_order", "order_returns", ["tenant_id", "order_id", "id"], unique=False)
    op.create_table(
        "payments",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("provider", sa.String(length=40), nullable=False),
        sa.Column("mode", sa.String(length=4), nullable=False),
        sa.Column("reference", sa.String(length=120), nullable=False),
        sa.Column("attempt_id", sa.Uuid(), nullable=True),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("refunded_minor", sa.BigInteger(), nullable=False),
        sa.Column("received_at", types.UTCDateTime(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint("amount_minor > 0", name=op.f("ck_payments_amount_positive")),
        sa.CheckConstraint(
            "refunded_minor BETWEEN 0 AND amount_minor", name=op.f("ck_payments_refunds_within_amount")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "order_id"],
            ["orders.tenant_id", "orders.id"],
            name=op.f("fk_payments_tenant_id_order_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_payments")),
        sa.UniqueConstraint(
            "tenant_id", "provider", "reference", name=op.f("uq_payments_tenant_id_provider_reference")
        ),
        info={"scope": "tenant"},
    )
    op.create_index("ix_payments_order", "payments", ["tenant_id", "order_id"], unique=False)
    op.create_index("ix_payments_received", "payments", ["tenant_id", "received_at", "id"], unique=False)
    op.create_index("ix_payments_reference", "payments", ["reference"], unique=False)
    op.create_table(
        "promo_redemptions",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("promo_code_id", sa.Uuid(), nullable=False),
        sa.Column("cart_id", sa.Uuid(), nullable=True),
        sa.Column("order_id", sa.Uuid(), nullable=True),
        sa.Column("buyer_hash", sa.LargeBinary(length=32), nullable=True),
        sa.Column("slot", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("discount_minor", sa.BigInteger(), nullable=False),
        sa.Column("created_at", types.UTCDateTime(), nullable=False),
        sa.Column("updated_at", types.UTCDateTime(), nullable=False),
        sa.CheckConstraint(
            "state IN ('held', 'used', 'returned')", name=op.f("ck_promo_redemptions_state_known")
        ),
        sa.CheckConstraint(
            "cart_id IS NOT NULL OR order_id IS NOT NULL", name=op.f("ck_promo_redemptions_held_by_somebody")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "cart_id"],
            ["carts.tenant_id", "carts.id"],
            name=op.f("fk_promo_redemptions_tenant_id_cart_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "order_id"],
            ["orders.tenant_id", "orders.id"],
            name=op.f("fk_promo_redemptions_tenant_id_order_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "promo_code_id"],
            ["promo_codes.tenant_id", "promo_codes.id"],
            name=op.f("fk_promo_redemptions_tenant_id_promo_code_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_promo_redemptions")),
        sa.UniqueConstraint(
            "tenant_id",
            "promo_code_id",
            "buyer_hash",
            "slot",
            name=op.f("uq_promo_redemptions_tenant_id_promo_code_id_buyer_hash_slot"),
        ),
        info={"scope": "tenant"},
    )
    op.create_index("ix_promo_redemptions_cart", "promo_redemptions", ["tenant_id", "cart_id"], unique=False)
    op.create_index(
        "ix_promo_redemptions_order", "promo_redemptions", ["tenant_id", "order_id"], unique=False
    )
    op.create_table(
        "invoice_buyers",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("buyer", types.Json, nullable=False),
        sa.Column("salt", sa.LargeBinary(length=16), nullable=False),
        sa.Column("hold_until", types.UTCDateTime(), nullable=True),
        sa.Column("erased_at", types.UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant_id", "id"],
            ["invoices.tenant_id", "invoices.id"],
            name=op.f("fk_invoice_buyers_tenant_id_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_invoice_buyers")),
        info={"scope": "tenant"},
    )
    op.create_index("ix_invoice_buyers_hold", "invoice_buyers", ["hold_until"], unique=False)
    op.create_table(
        "invoice_mailings",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("invoice_id", sa.Uuid(), nullable=False),
        sa.Column("message_id", sa.Uuid(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("asked_at", types.UTCDateTime(), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint("turn >= 1", name=op.f("ck_invoice_mailings_turn_positive")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "invoice_id"],
            ["invoices.tenant_id", "invoices.id"],
            name=op.f("fk_invoice_mailings_tenant_id_invoice_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "message_id"],
            ["messages.tenant_id", "messages.id"],
            name=op.f("fk_invoice_mailings_tenant_id_message_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_invoice_mailings")),
        sa.UniqueConstraint(
            "tenant_id", "invoice_id", "turn", name=op.f("uq_invoice_mailings_tenant_id_invoice_id_turn")
        ),
        info={"scope": "tenant"},
    )
    op.create_table(
        "invoice_orders",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("invoice_id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("total_minor", sa.BigInteger(), nullable=False),
        sa.Column("tax_minor", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "invoice_id"],
            ["invoices.tenant_id", "invoices.id"],
            name=op.f("fk_invoice_orders_tenant_id_invoice_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "order_id"],
            ["orders.tenant_id", "orders.id"],
            name=op.f("fk_invoice_orders_tenant_id_order_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_invoice_orders")),
        sa.UniqueConstraint(
            "tenant_id",
            "invoice_id",
            "order_id",
            name=op.f("uq_invoice_orders_tenant_id_invoice_id_order_id"),
        ),
        sa.UniqueConstraint(
            "tenant_id", "order_id", "turn", name=op.f("uq_invoice_orders_tenant_id_order_id_turn")
        ),
        info={"scope": "tenant", "append_only": True},
    )
    op.create_table(
        "invoice_papers",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("invoice_id", sa.Uuid(), nullable=False),
        sa.Column("output", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=True),
        sa.Column("error", sa.String(length=80), nullable=False),
        sa.Column("changed_at", types.UTCDateTime(), nullable=False),
        sa.CheckConstraint(
            "state IN ('waiting', 'ready', 'failed', 'none')", name=op.f("ck_invoice_papers_state_known")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "file_id"],
            ["files.tenant_id", "files.id"],
            name=op.f("fk_invoice_papers_tenant_id_file_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "invoice_id"],
            ["invoices.tenant_id", "invoices.id"],
            name=op.f("fk_invoice_papers_tenant_id_invoice_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_invoice_papers")),
        sa.UniqueConstraint(
            "tenant_id", "invoice_id", "output", name=op.f("uq_invoice_papers_tenant_id_invoice_id_output")
        ),
        info={"scope": "tenant"},
    )
    op.create_table(
        "invoice_taxes",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("invoice_id", sa.Uuid(), nullable=False),
        sa.Column("category", sa.String(length=2), nullable=False),
        sa.Column("tax_bp", sa.Integer(), nullable=False),
        sa.Column("net_minor", sa.BigInteger(), nullable=False),
        sa.Column("tax_minor", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "invoice_id"],
            ["invoices.tenant_id", "invoices.id"],
            name=op.f("fk_invoice_taxes_tenant_id_invoice_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_invoice_taxes")),
        sa.UniqueConstraint(
            "tenant_id",
            "invoice_id",
            "category",
            "tax_bp",
            name=op.f("uq_invoice_taxes_tenant_id_invoice_id_category_tax_bp"),
        ),
        info={"scope": "tenant", "append_only": True},
    )
    op.create_table(
        "payment_attempts",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("provider", sa.String(length=40), nullable=False),
        sa.Column("mode", sa.String(length=4), nullable=False),
        sa.Column("payment_id", sa.Uuid(), nullable=True),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("reference", sa.String(length=120), nullable=True),
        sa.Column("open_key", sa.String(length=60), nullable=True),
        sa.Column("begun_sealed", sa.LargeBinary(length=4000), nullable=True),
        sa.Column("reason", sa.String(length=80), nullable=False),
        sa.Column("ends_at", types.UTCDateTime(), nullable=True),
        sa.Column("check_at", types.UTCDateTime(), nullable=True),
        sa.Column("checks", sa.Integer(), nullable=False),
        sa.Column("created_at", types.UTCDateTime(), nullable=False),
        sa.Column("updated_at", types.UTCDateTime(), nullable=False),
        sa.Column("started_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "(state IN ('intent', 'waiting', 'unknown')) = (open_key IS NOT NULL)",
            name=op.f("ck_payment_attempts_open_has_key"),
        ),
        sa.CheckConstraint("kind IN ('pay', 'refund')", name=op.f("ck_payment_attempts_kind_known")),
        sa.CheckConstraint(
            "state IN ('intent', 'waiting', 'unknown', 'succeeded', 'declined', 'cancelled', 'expired', 'returned')",
            name=op.f("ck_payment_attempts_state_known"),
        ),
        sa.CheckConstraint("amount_minor > 0", name=op.f("ck_payment_attempts_amount_positive")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "order_id"],
            ["orders.tenant_id", "orders.id"],
            name=op.f("fk_payment_attempts_tenant_id_order_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "payment_id"],
            ["payments.tenant_id", "payments.id"],
            name=op.f("fk_payment_attempts_tenant_id_payment_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_payment_attempts")),
        sa.UniqueConstraint("tenant_id", "open_key", name=op.f("uq_payment_attempts_tenant_id_open_key")),
        sa.UniqueConstraint(
            "tenant_id",
            "provider",
            "kind",
            "reference",
            name=op.f("uq_payment_attempts_tenant_id_provider_kind_reference"),
        ),
        info={"scope": "tenant"},
    )
    op.create_index(
        "ix_payment_attempts_created", "payment_attempts", ["tenant_id", "created_at", "id"], unique=False
    )
    op.create_index("ix_payment_attempts_due", "payment_attempts", ["check_at"], unique=False)
    op.create_index(
        "ix_payment_attempts_order", "payment_attempts", ["tenant_id", "order_id", "id"], unique=False
    )
    op.create_table(
        "payment_disputes",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("payment_id", sa.Uuid(), nullable=False),
        sa.Column("provider", sa.String(length=40), nullable=False),
        sa.Column("reference", sa.String(length=120), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("fee_minor", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(length=80), nullable=False),
        sa.Column("evidence_due_at", types.UTCDateTime(), nullable=True),
        sa.Column("platform_bears", sa.Boolean(), nullable=False),
        sa.Column("opened_at", types.UTCDateTime(), nullable=False),
        sa.Column("closed_at", types.UTCDateTime(), nullable=True),
        sa.CheckConstraint(
            "state IN ('needs_response', 'under_review', 'won', 'lost')",
            name=op.f("ck_payment_disputes_state_known"),
        ),
        sa.CheckConstraint("amount_minor > 0", name=op.f("ck_payment_disputes_amount_positive")),
        sa.CheckConstraint("fee_minor >= 0", name=op.f("ck_payment_disputes_fee_not_negative")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "order_id"],
            ["orders.tenant_id", "orders.id"],
            name=op.f("fk_payment_disputes_tenant_id_order_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "payment_id"],
            ["payments.tenant_id", "payments.id"],
            name=op.f("fk_payment_disputes_tenant_id_payment_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_payment_disputes")),
        sa.UniqueConstraint(
            "tenant_id",
            "provider",
            "reference",
            name=op.f("uq_payment_disputes_tenant_id_provider_reference"),
        ),
        info={"scope": "tenant"},
    )
    op.create_index("ix_payment_disputes_order", "payment_disputes", ["tenant_id", "order_id"], unique=False)
    op.create_index(
        "ix_payment_disputes_state",
        "payment_disputes",
        ["tenant_id", "state", "evidence_due_at", "id"],
        unique=False,
    )
    op.create_table(
        "payment_movements",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("provider", sa.String(length=40), nullable=False),
        sa.Column("mode", sa.String(length=4), nullable=False),
        sa.Column("reference", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("fee_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("about", sa.String(length=120), nullable=False),
        sa.Column("source", sa.String(length=120), nullable=False),
        sa.Column("attempt_id", sa.Uuid(), nullable=True),
        sa.Column("payment_id", sa.Uuid(), nullable=True),
        sa.Column("at", types.UTCDateTime(), nullable=False),
        sa.Column("read_at", types.UTCDateTime(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('charge', 'refund', 'payout', 'dispute', 'adjustment')",
            name=op.f("ck_payment_movements_kind_known"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "payment_id"],
            ["payments.tenant_id", "payments.id"],
            name=op.f("fk_payment_movements_tenant_id_payment_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_payment_movements")),
        sa.UniqueConstraint(
            "tenant_id",
            "provider",
            "mode",
            "reference",
            name=op.f("uq_payment_movements_tenant_id_provider_mode_reference"),
        ),
        info={"scope": "tenant"},
    )
    op.create_index("ix_payment_movements_at", "payment_movements", ["tenant_id", "at", "id"], unique=False)
    op.create_index(
        "ix_payment_movements_payment", "payment_movements", ["tenant_id", "payment_id", "kind"], unique=False
    )
    op.create_table(
        "refunds",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("payment_id", sa.Uuid(), nullable=False),
        sa.Column("provider", sa.String(length=40), nullable=False),
        sa.Column("reference", sa.String(length=120), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("paid_back_at", types.UTCDateTime(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint("amount_minor > 0", name=op.f("ck_refunds_amount_positive")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "order_id"],
            ["orders.tenant_id", "orders.id"],
            name=op.f("fk_refunds_tenant_id_order_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "payment_id"],
            ["payments.tenant_id", "payments.id"],
            name=op.f("fk_refunds_tenant_id_payment_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_refunds")),
        sa.UniqueConstraint(
            "tenant_id", "provider", "reference", name=op.f("uq_refunds_tenant_id_provider_reference")
        ),
        info={"scope": "tenant", "append_only": True},
    )
    op.create_index("ix_refunds_order", "refunds", ["tenant_id", "order_id"], unique=False)
    op.create_index("ix_refunds_payment", "refunds", ["tenant_id", "payment_id"], unique=False)
    op.create_table(
        "tickets",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("order_line_id", sa.Uuid(), nullable=False),
        sa.Column("ticket_type_id", sa.Uuid(), nullable=False),
        sa.Column("attendee_id", sa.Uuid(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column(
            "fold",
            sa.String(length=160).with_variant(sa.String(length=160, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("seat_label", sa.String(length=40), nullable=False),
        sa.Column("created_at", types.UTCDateTime(), nullable=False),
        sa.Column("updated_at", types.UTCDateTime(), nullable=False),
        sa.Column("voided_at", types.UTCDateTime(), nullable=True),
        sa.CheckConstraint(
            "state IN ('reserved', 'valid', 'void', 'lapsed')", name=op.f("ck_tickets_state_known")
        ),
        sa.CheckConstraint("epoch BETWEEN 0 AND 255", name=op.f("ck_tickets_epoch_is_a_byte")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "attendee_id"],
            ["attendees.tenant_id", "attendees.id"],
            name=op.f("fk_tickets_tenant_id_attendee_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "event_id"],
            ["events.tenant_id", "events.id"],
            name=op.f("fk_tickets_tenant_id_event_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "order_id"],
            ["orders.tenant_id", "orders.id"],
            name=op.f("fk_tickets_tenant_id_order_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "order_line_id"],
            ["order_lines.tenant_id", "order_lines.id"],
            name=op.f("fk_tickets_tenant_id_order_line_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "ticket_type_id"],
            ["ticket_types.tenant_id", "ticket_types.id"],
            name=op.f("fk_tickets_tenant_id_ticket_type_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_tickets")),
        sa.UniqueConstraint(
            "tenant_id", "order_line_id", "ordinal", name=op.f("uq_tickets_tenant_id_order_line_id_ordinal")
        ),
        info={"scope": "tenant"},
    )
    op.create_index("ix_tickets_attendee", "tickets", ["tenant_id", "attendee_id"], unique=False)
    op.create_index(
        "ix_tickets_event_created", "tickets", ["tenant_id", "event_id", "created_at", "id"], unique=False
    )
    op.create_index("ix_tickets_event_fold", "tickets", ["tenant_id", "event_id", "fold", "id"], unique=False)
    op.create_index(
        "ix_tickets_event_type", "tickets", ["tenant_id", "event_id", "ticket_type_id", "state"], unique=False
    )
    op.create_index(
        "ix_tickets_event_updated", "tickets", ["tenant_id", "event_id", "updated_at", "id"], unique=False
    )
    op.create_index("ix_tickets_order", "tickets", ["tenant_id", "order_id"], unique=False)
    op.create_index(
        "ix_tickets_type_fold",
        "tickets",
        ["tenant_id", "event_id", "ticket_type_id", "fold", "id"],
        unique=False,
    )
    op.create_table(
        "admissions",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("ticket_id", sa.Uuid(), nullable=False),
        sa.Column("inside", sa.Boolean(), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("exits", sa.Integer(), nullable=False),
        sa.Column("first_at", types.UTCDateTime(), nullable=False),
        sa.Column("last_at", types.UTCDateTime(), nullable=False),
        sa.Column("last_gate_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant_id", "event_id"],
            ["events.tenant_id", "events.id"],
            name=op.f("fk_admissions_tenant_id_event_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "last_gate_id"],
            ["gates.tenant_id", "gates.id"],
            name=op.f("fk_admissions_tenant_id_last_gate_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "ticket_id"],
            ["tickets.tenant_id", "tickets.id"],
            name=op.f("fk_admissions_tenant_id_ticket_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_admissions")),
        sa.UniqueConstraint("tenant_id", "ticket_id", name=op.f("uq_admissions_tenant_id_ticket_id")),
        info={"scope": "tenant"},
    )
    op.create_index("ix_admissions_event", "admissions", ["tenant_id", "event_id", "inside"], unique=False)
    op.create_index(
        "ix_admissions_first", "admissions", ["tenant_id", "event_id", "first_at", "id"], unique=False
    )
    op.create_table(
        "order_credits",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("act_id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("order_line_id", sa.Uuid(), nullable=True),
        sa.Column("ticket_id", sa.Uuid(), nullable=True),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("tax_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("at", types.UTCDateTime(), nullable=False),
        sa.Column("given_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint("amount_minor > 0", name=op.f("ck_order_credits_amount_positive")),
        sa.CheckConstraint(
            "tax_minor BETWEEN 0 AND amount_minor", name=op.f("ck_order_credits_tax_within_amount")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "order_id"],
            ["orders.tenant_id", "orders.id"],
            name=op.f("fk_order_credits_tenant_id_order_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "order_line_id"],
            ["order_lines.tenant_id", "order_lines.id"],
            name=op.f("fk_order_credits_tenant_id_order_line_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "ticket_id"],
            ["tickets.tenant_id", "tickets.id"],
            name=op.f("fk_order_credits_tenant_id_ticket_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_order_credits")),
        sa.UniqueConstraint("tenant_id", "ticket_id", name=op.f("uq_order_credits_tenant_id_ticket_id")),
        info={"scope": "tenant", "append_only": True},
    )
    op.create_index("ix_order_credits_order", "order_credits", ["tenant_id", "order_id", "id"], unique=False)
    op.create_table(
        "price_differences",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("ticket_id", sa.Uuid(), nullable=False),
        sa.Column("before_id", sa.Uuid(), nullable=False),
        sa.Column("worth_minor", sa.BigInteger(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("asked_at", types.UTCDateTime(), nullable=False),
        sa.Column("due_at", types.UTCDateTime(), nullable=False),
        sa.Column("undone_at", types.UTCDateTime(), nullable=True),
        sa.Column("asked_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint("amount_minor > 0", name=op.f("ck_price_differences_amount_positive")),
        sa.CheckConstraint("worth_minor >= 0", name=op.f("ck_price_differences_worth_not_negative")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "before_id"],
            ["tickets.tenant_id", "tickets.id"],
            name=op.f("fk_price_differences_tenant_id_before_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "order_id"],
            ["orders.tenant_id", "orders.id"],
            name=op.f("fk_price_differences_tenant_id_order_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "ticket_id"],
            ["tickets.tenant_id", "tickets.id"],
            name=op.f("fk_price_differences_tenant_id_ticket_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_price_differences")),
        sa.UniqueConstraint("tenant_id", "ticket_id", name=op.f("uq_price_differences_tenant_id_ticket_id")),
        info={"scope": "tenant"},
    )
    op.create_index(
        "ix_price_differences_before", "price_differences", ["tenant_id", "before_id"], unique=False
    )
    op.create_index(
        "ix_price_differences_due",
        "price_differences",
        ["tenant_id", "undone_at", "due_at", "id"],
        unique=False,
    )
    op.create_index(
        "ix_price_differences_order", "price_differences", ["tenant_id", "order_id", "id"], unique=False
    )
    op.create_table(
        "refund_failures",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("refund_id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("payment_id", sa.Uuid(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("cause", sa.String(length=80), nullable=False),
        sa.Column("came_back_at", types.UTCDateTime(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint("amount_minor > 0", name=op.f("ck_refund_failures_amount_positive")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "order_id"],
            ["orders.tenant_id", "orders.id"],
            name=op.f("fk_refund_failures_tenant_id_order_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "payment_id"],
            ["payments.tenant_id", "payments.id"],
            name=op.f("fk_refund_failures_tenant_id_payment_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "refund_id"],
            ["refunds.tenant_id", "refunds.id"],
            name=op.f("fk_refund_failures_tenant_id_refund_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_refund_failures")),
        sa.UniqueConstraint("tenant_id", "refund_id", name=op.f("uq_refund_failures_tenant_id_refund_id")),
        info={"scope": "tenant", "append_only": True},
    )
    op.create_index("ix_refund_failures_order", "refund_failures", ["tenant_id", "order_id"], unique=False)
    op.create_index(
        "ix_refund_failures_payment", "refund_failures", ["tenant_id", "payment_id"], unique=False
    )
    op.create_table(
        "scans",
        sa.Column("tenant_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("ticket_id", sa.Uuid(), nullable=True),
        sa.Column("gate_id", sa.Uuid(), nullable=True),
        sa.Column("device_id", sa.Uuid(), nullable=True),
        sa.Column("device_seq", sa.BigInteger(), nullable=True),
        sa.Column("user_id", sa.Uuid(), nullable=True),
        sa.Column("direction", sa.String(length=24), nullable=False),
        sa.Column("result", sa.String(length=24), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("method", sa.String(length=20), nullable=False),
        sa.Column("code_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("scanned_at", types.UTCDateTime(), nullable=False),
        sa.Column("received_at", types.UTCDateTime(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=True),
        sa.Column("content_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("txid", sa.BigInteger(), server_default=TransactionId(), nullable=True),
        sa.CheckConstraint("direction IN ('entry', 'exit')", name=op.f("ck_scans_direction_known")),
        sa.CheckConstraint("result IN ('admit', 'refuse', 'look')", name=op.f("ck_scans_result_known")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "device_id"],
            ["devices.tenant_id", "devices.id"],
            name=op.f("fk_scans_tenant_id_device_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "event_id"],
            ["events.tenant_id", "events.id"],
            name=op.f("fk_scans_tenant_id_event_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "gate_id"], ["gates.tenant_id", "gates.id"], name=op.f("fk_scans_tenant_id_gate_id")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "ticket_id"],
            ["tickets.tenant_id", "tickets.id"],
            name=op.f("fk_scans_tenant_id_ticket_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_scans")),
        sa.UniqueConstraint(
            "tenant_id", "device_id", "device_seq", name=op.f("uq_scans_tenant_id_device_id_device_seq")
        ),
        sa.UniqueConstraint("tenant_id", "seq", name=op.f("uq_scans_tenant_id_seq")),
        info={"scope": "tenant", "append_only": True, "stream": "scans"},
    )
    op.create_index("ix_scans_event", "scans", ["tenant_id", "event_id", "received_at"], unique=False)
    op.create_index("ix_scans_ticket", "scans", ["tenant_id", "ticket_id", "received_at"], unique=False)
    op.create_index(
        "ix_scans_unsealed",
        "scans",
        ["tenant_id", "id"],
        unique=False,
        sqlite_where=sa.text("seq IS NULL"),
        postgresql_where=sa.text("seq IS NULL"),
    )


def downgrade() -> None:
    op.drop_index(
        "ix_scans_unsealed",
        table_name="scans",
        sqlite_where=sa.text("seq IS NULL"),
        postgresql_where=sa.text("seq IS NULL"),
    )
    op.drop_index("ix_scans_ticket", table_name="scans")
    op.drop_index("ix_scans_event", table_name="scans")
    op.drop_table("scans")
    op.drop_index("ix_refund_failures_payment", table_name="refund_failures")
    op.drop_index("ix_refund_failures_order", table_name="refund_failures")
    op.drop_table("refund_failures")
    op.drop_index("ix_price_differences_order", table_name="price_differences")
    op.drop_index("ix_price_differences_due", table_name="price_differences")
    op.drop_index("ix_price_differences_before", table_name="price_differences")
    op.drop_table("price_differences")
    op.drop_index("ix_order_credits_order", table_name="order_credits")
    op.drop_table("order_credits")
    op.drop_index("ix_admissions_first", table_name="admissions")
    op.drop_index("ix_admissions_event", table_name="admissions")
    op.drop_table("admissions")
    op.drop_index("ix_tickets_type_fold", table_name="tickets")
    op.drop_index("ix_tickets_order", table_name="tickets")
    op.drop_index("ix_tickets_event_updated", table_name="tickets")
    op.drop_index("ix_tickets_event_type", table_name="tickets")
    op.drop_index("ix_tickets_event_fold", table_name="tickets")
    op.drop_index("ix_tickets_event_created", table_name="tickets")
    op.drop_index("ix_tickets_attendee", table_name="tickets")
    op.drop_table("tickets")
    op.drop_index("ix_refunds_payment", table_name="refunds")
    op.drop_index("ix_refunds_order", table_name="refunds")
    op.drop_table("refunds")
    op.drop_index("ix_payment_movements_payment", table_name="payment_movements")
    op.drop_index("ix_payment_movements_at", table_name="payment_movements")
    op.drop_table("payment_movements")
    op.drop_index("ix_payment_disputes_state", table_name="payment_disputes")
    op.drop_index("ix_payment_disputes_order", table_name="payment_disputes")
    op.drop_table("payment_disputes")
    op.drop_index("ix_payment_attempts_order", table_name="payment_attempts")
    op.drop_index("ix_payment_attempts_due", table_name="payment_attempts")
    op.drop_index("ix_payment_attempts_created", table_name="payment_attempts")
    op.drop_table("payment_attempts")
    op.drop_table("invoice_taxes")
    op.drop_table("invoice_papers")
    op.drop_table("invoice_orders")
    op.drop_table("invoice_mailings")
    op.drop_index("ix_invoice_buyers_hold", table_name="invoice_buyers")
    op.drop_table("invoice_buyers")
    op.drop_index("ix_promo_redemptions_order", table_name="promo_redemptions")
    op.drop_index("ix_promo_redemptions_cart", table_name="promo_redemptions")
    op.drop_table("promo_redemptions")
    op.drop_index("ix_payments_reference", table_name="payments")
    op.drop_index("ix_payments_received", table_name="payments")
    op.drop_index("ix_payments_order", table_name="payments")
    op.drop_table("payments")
    op.drop_index("ix_order_returns_order", table_name="order_returns")
    op.drop_table("order_returns")
    op.drop_index("ix_order_lines_type", table_name="order_lines")
    op.drop_index("ix_order_lines_order", table_name="order_lines")
    op.drop_table("order_lines")
    op.drop_index("ix_messages_order", table_name="messages")
    op.drop_index("ix_messages_event", table_name="messages")
    op.drop_table("messages")
    op.drop_index("ix_invoices_refers_to", table_name="invoices")
    op.drop_index("ix_invoices_organization", table_name="invoices")
    op.drop_index("ix_invoices_order", table_name="invoices")
    op.drop_index("ix_invoices_kind", table_name="invoices")
    op.drop_index("ix_invoices_issued", table_name="invoices")
    op.drop_table("invoices")
    op.drop_index("ix_finance_cases_state", table_name="finance_cases")
    op.drop_index("ix_finance_cases_order", table_name="finance_cases")
    op.drop_index("ix_finance_cases_found", table_name="finance_cases")
    op.drop_table("finance_cases")
    op.drop_index("ix_event_refund_orders_order", table_name="event_refund_orders")
    op.drop_table("event_refund_orders")
    op.drop_table("billing_addresses")
    op.drop_index("ix_ticket_type_pools_pool", table_name="ticket_type_pools")
    op.drop_table("ticket_type_pools")
    op.drop_index("ix_orders_state_total", table_name="orders")
    op.drop_index("ix_orders_state_created", table_name="orders")
    op.drop_index("ix_orders_state_buyer", table_name="orders")
    op.drop_index("ix_orders_provider_created", table_name="orders")
    op.drop_index("ix_orders_organization", table_name="orders")
    op.drop_index("ix_orders_event_updated", table_name="orders")
    op.drop_index("ix_orders_event_total", table_name="orders")
    op.drop_index("ix_orders_event_created", table_name="orders")
    op.drop_index("ix_orders_event_buyer", table_name="orders")
    op.drop_index("ix_orders_due", table_name="orders")
    op.drop_index("ix_orders_buyer", table_name="orders")
    op.drop_table("orders")
    op.drop_index("ix_cart_lines_type", table_name="cart_lines")
    op.drop_table("cart_lines")
    op.drop_table("session_speakers")
    op.drop_table("mass_parts")
    op.drop_table("devices")
    op.drop_index("ix_carts_due", table_name="carts")
    op.drop_table("carts")
    op.drop_index("ix_capacity_pools_event", table_name="capacity_pools")
    op.drop_table("capacity_pools")
    op.drop_index("ix_ticket_types_event", table_name="ticket_types")
    op.drop_table("ticket_types")
    op.drop_index(op.f("ix_speakers_event_id"), table_name="speakers")
    op.drop_table("speakers")
    op.drop_index("ix_rollups_days", table_name="rollups")
    op.drop_table("rollups")
    op.drop_table("refund_policies")
    op.drop_index("ix_promo_codes_event_updated", table_name="promo_codes")
    op.drop_index("ix_promo_codes_event_created", table_name="promo_codes")
    op.drop_table("promo_codes")
    op.drop_index("ix_member_roles_event", table_name="member_roles")
    op.drop_table("member_roles")
    op.drop_index("ix_mass_acts_event", table_name="mass_acts")
    op.drop_table("mass_acts")
    op.drop_index("ix_incidents_state", table_name="incidents")
    op.drop_index("ix_incidents_event", table_name="incidents")
    op.drop_table("incidents")
    op.drop_table("gates")
    op.drop_index("ix_event_sessions_event", table_name="event_sessions")
    op.drop_table("event_sessions")
    op.drop_table("event_refunds")
    op.drop_table("event_keys")
    op.drop_index("ix_attendees_event_updated", table_name="attendees")
    op.drop_index("ix_attendees_email", table_name="attendees")
    op.drop_table("attendees")
    op.drop_table("api_keys")
    op.drop_index(op.f("ix_refresh_tokens_family_id"), table_name="refresh_tokens")
    op.drop_table("refresh_tokens")
    op.drop_index(op.f("ix_organization_members_user_id"), table_name="organization_members")
    op.drop_index("ix_organization_members_name", table_name="organization_members")
    op.drop_table("organization_members")
    op.drop_index("ix_invitations_state", table_name="invitations")
    op.drop_index("ix_invitations_email", table_name="invitations")
    op.drop_index("ix_invitations_created", table_name="invitations")
    op.drop_table("invitations")
    op.drop_index("ix_events_starts", table_name="events")
    op.drop_index("ix_events_created", table_name="events")
    op.drop_index("ix_events_all_status", table_name="events")
    op.drop_index("ix_events_all", table_name="events")
    op.drop_table("events")
    op.drop_table("venues")
    op.drop_table("vat_checks")
    op.drop_index(op.f("ix_token_families_user_id"), table_name="token_families")
    op.drop_index("ix_token_families_ends_at", table_name="token_families")
    op.drop_table("token_families")
    op.drop_table("tenant_settings")
    op.drop_table("tenant_plugins")
    op.drop_index("ix_tenant_exports_state", table_name="tenant_exports")
    op.drop_index("ix_tenant_exports_of", table_name="tenant_exports")
    op.drop_table("tenant_exports")
    op.drop_table("tenant_domains")
    op.drop_table("roles")
    op.drop_table("plugin_faults")
    op.drop_index("ix_organizations_updated", table_name="organizations")
    op.drop_index("ix_organizations_name", table_name="organizations")
    op.drop_index("ix_organizations_kind", table_name="organizations")
    op.drop_table("organizations")
    op.drop_index(op.f("ix_members_user_id"), table_name="members")
    op.drop_index("ix_members_role", table_name="members")
    op.drop_index("ix_members_name", table_name="members")
    op.drop_index("ix_members_email", table_name="members")
    op.drop_table("members")
    op.drop_index(op.f("ix_logins_user_id"), table_name="logins")
    op.drop_table("logins")
    op.drop_index("ix_jobs_lease", table_name="jobs")
    op.drop_index("ix_jobs_due", table_name="jobs")
    op.drop_table("jobs")
    op.drop_table("invoice_series")
    op.drop_index(op.f("ix_impersonations_user_id"), table_name="impersonations")
    op.drop_index(op.f("ix_impersonations_admin_id"), table_name="impersonations")
    op.drop_table("impersonations")
    op.drop_index("ix_idempotency_keys_created_at", table_name="idempotency_keys")
    op.drop_table("idempotency_keys")
    op.drop_table("files")
    op.drop_table("content_versions")
    op.drop_index(op.f("ix_users_is_platform_admin"), table_name="users")
    op.drop_table("users")
    op.drop_index("ix_tenants_status", table_name="tenants")
    op.drop_index(op.f("ix_tenants_skeleton"), table_name="tenants")
    op.drop_index(op.f("ix_tenants_name_key"), table_name="tenants")
    op.drop_table("tenants")
    op.drop_index(op.f("ix_sign_ups_expires_at"), table_name="sign_ups")
    op.drop_table("sign_ups")
    op.drop_index("ix_security_log_at", table_name="security_log")
    op.drop_table("security_log")
    op.drop_index("ix_search_terms_find", table_name="search_terms")
    op.drop_table("search_terms")
    op.drop_table("saved_views")
    op.drop_table("rollup_heads")
    op.drop_index("ix_promo_guesses_since", table_name="promo_guesses")
    op.drop_table("promo_guesses")
    op.drop_table("platform_settings")
    op.drop_table("payment_statements")
    op.drop_index("ix_payment_inbox_state", table_name="payment_inbox")
    op.drop_index("ix_payment_inbox_received", table_name="payment_inbox")
    op.drop_index("ix_payment_inbox_kept", table_name="payment_inbox")
    op.drop_index("ix_payment_inbox_all", table_name="payment_inbox")
    op.drop_table("payment_inbox")
    op.drop_table("login_attempts")
    op.drop_index(
        "ix_ledger_entries_unsealed",
        table_name="ledger_entries",
        sqlite_where=sa.text("seq IS NULL"),
        postgresql_where=sa.text("seq IS NULL"),
    )
    op.drop_index("ix_ledger_entries_order", table_name="ledger_entries")
    op.drop_index("ix_ledger_entries_event", table_name="ledger_entries")
    op.drop_index("ix_ledger_entries_at", table_name="ledger_entries")
    op.drop_index("ix_ledger_entries_account", table_name="ledger_entries")
    op.drop_table("ledger_entries")
    op.drop_table("journal_seals")
    op.drop_table("journal_heads")
    op.drop_index("ix_finance_comparisons_next", table_name="finance_comparisons")
    op.drop_table("finance_comparisons")
    op.drop_index(
        "ix_event_log_unsealed",
        table_name="event_log",
        sqlite_where=sa.text("seq IS NULL"),
        postgresql_where=sa.text("seq IS NULL"),
    )
    op.drop_index("ix_event_log_event", table_name="event_log")
    op.drop_table("event_log")
    op.drop_index("ix_decisions_at", table_name="decisions")
    op.drop_table("decisions")
    op.drop_index("ix_connected_accounts_reference", table_name="connected_accounts")
    op.drop_table("connected_accounts")
    op.drop_table("books_keys")
    op.drop_index(
        "ix_audit_entries_unsealed",
        table_name="audit_entries",
        sqlite_where=sa.text("seq IS NULL"),
        postgresql_where=sa.text("seq IS NULL"),
    )
    op.drop_index("ix_audit_entries_target", table_name="audit_entries")
    op.drop_index("ix_audit_entries_event", table_name="audit_entries")
    op.drop_index("ix_audit_entries_at", table_name="audit_entries")
    op.drop_index("ix_audit_entries_actor", table_name="audit_entries")
    op.drop_index("ix_audit_entries_action", table_name="audit_entries")
    op.drop_table("audit_entries")
