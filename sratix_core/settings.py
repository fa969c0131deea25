"""Every setting of an installation, declared once: name, environment variable, type, default and help.

Secrets come from the environment or from a file named by `<VARIABLE>_FILE`; none has a working default.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ENVIRONMENTS = ("production", "development", "demo", "test")
SIGN_UPS = ("open", "approval", "closed")


class SettingsError(Exception):
    """Boot stops with this one sentence."""


def _flag(raw: str) -> bool:
    value = raw.strip().lower()
    if value not in {"1", "0", "true", "false", "yes", "no", "on", "off"}:
        raise ValueError("write true or false")
    return value in {"1", "true", "yes", "on"}


def _words(raw: str) -> tuple[str, ...]:
    return tuple(raw.replace(",", " ").split())


def _environment(raw: str) -> str:
    if raw not in ENVIRONMENTS:
        raise ValueError(f"choose one of {', '.join(ENVIRONMENTS)}")
    return raw


def _sign_up(raw: str) -> str:
    if raw not in SIGN_UPS:
        raise ValueError(f"choose one of {', '.join(SIGN_UPS)}")
    return raw


def _base_url(raw: str) -> str:
    if not raw.startswith(("http://", "https://")):
        raise ValueError("write it with http:// or https://")
    return raw.rstrip("/")


@dataclass(frozen=True)
class Setting:
    """One row of the table below; `default=None` means it may stay empty."""

    name: str
    env: str
    parse: Callable[[str], Any]
    default: Any
    help: str
    secret: bool = False


SETTINGS: tuple[Setting, ...] = (
    Setting("env", "SRATIX_ENV", _environment, "production", "production, development, demo or test"),
    Setting("data_dir", "SRATIX_DATA_DIR", Path, Path("var"), "folder for the embedded database, files and mail"),
    Setting("database_url", "SRATIX_DATABASE_URL", str, None, "SQLAlchemy address; SQLite in the data folder if empty", True),
    Setting("database_owner_url", "SRATIX_DATABASE_OWNER_URL", str, None, "role that owns the tables, for migrations", True),
    Setting("database_system_url", "SRATIX_DATABASE_SYSTEM_URL", str, None, "role of workers and platform pages", True),
    Setting("redis_url", "SRATIX_REDIS_URL", str, None, "optional; wake-ups and rate limits go through Redis when set", True),
    Setting("secret_key", "SRATIX_SECRET_KEY", str, None, "at least 32 characters; made on first start outside production", True),
    Setting("secret_key_previous", "SRATIX_SECRET_KEY_PREVIOUS", str, None, "the key before this one, while it is changed", True),
    Setting("base_url", "SRATIX_BASE_URL", _base_url, "http://127.0.0.1:8080", "address of dashboard, account and path shops"),
    Setting("hold_minutes", "SRATIX_HOLD_MINUTES", int, 15, "how long a cart keeps its seats, in minutes"),
    Setting("sign_up", "SRATIX_SIGN_UP", _sign_up, "approval", "who may become an organizer: open, approval or closed"),
    Setting("smtp_url", "SRATIX_SMTP_URL", str, None, "smtp://user:password@host:587; a mail folder if empty", True),
    Setting("storage_url", "SRATIX_STORAGE_URL", str, None, "file: address of a folder; below the data folder if empty", True),
    Setting("files_base_url", "SRATIX_FILES_BASE_URL", _base_url, None, "an origin of its own for uploaded files"),
    Setting("cors_origins", "SRATIX_CORS_ORIGINS", _words, (), "origins that may call the API from a browser"),
    Setting("trusted_proxies", "SRATIX_TRUSTED_PROXIES", str, "127.0.0.1", "addresses whose X-Forwarded headers count"),
    Setting("worker", "SRATIX_WORKER", _flag, True, "run background jobs inside the web process"),
    Setting("threads", "SRATIX_THREADS", int, 8, "request threads of one web process"),
    Setting("backup_passphrase", "SRATIX_BACKUP_PASSPHRASE", str, None, "puts the secret key, encrypted, into every backup", True),
    Setting("run_dir", "SRATIX_RUN_DIR", Path, None, "folder where web processes of one machine share limits and counters"),
    Setting("metrics_token", "SRATIX_METRICS_TOKEN", str, None, "opens /metrics to callers from elsewhere", True),
    Setting("log_format", "SRATIX_LOG_FORMAT", str, "json", "json or text"),
    Setting("egress_allow", "SRATIX_EGRESS_ALLOW", _words, (), "test and demo only: hosts exempt from the address check"),
    Setting("stripe_api_base", "SRATIX_STRIPE_API_BASE", _base_url, None, "test and demo only: where Stripe's API is played"),
    Setting("stripe_test_secret_key", "SRATIX_STRIPE_TEST_SECRET_KEY", str, None, "the platform's own key at Stripe", True),
    Setting("stripe_test_publishable_key", "SRATIX_STRIPE_TEST_PUBLISHABLE_KEY", str, None, "belongs to it; for fields on the shop's page"),
    Setting("stripe_test_webhook_secrets", "SRATIX_STRIPE_TEST_WEBHOOK_SECRETS", _words, (), "what its endpoints sign with", True),
    Setting("stripe_live_secret_key", "SRATIX_STRIPE_LIVE_SECRET_KEY", str, None, "the platform's own key for real money", True),
    Setting("stripe_live_publishable_key", "SRATIX_STRIPE_LIVE_PUBLISHABLE_KEY", str, None, "belongs to it"),
    Setting("stripe_live_webhook_secrets", "SRATIX_STRIPE_LIVE_WEBHOOK_SECRETS", _words, (), "what its endpoints sign with", True),
    Setting("application_fee_basis_points", "SRATIX_APPLICATION_FEE_BASIS_POINTS", int, 0, "the platform's share, in 0.01 %"),
    Setting("application_fee_minor", "SRATIX_APPLICATION_FEE_MINOR", int, 0, "beside it, for each payment, in cents"),
    Setting("test_clock", "SRATIX_TEST_CLOCK", str, None, "test and demo only: file that moves the clock"),
)  # fmt: skip


@dataclass(frozen=True)
class Settings:
    """The values of one process; attributes are the names in `SETTINGS`, types as parsed there."""

    env: str
    data_dir: Path
    database_url: str
    database_owner_url: str
    database_system_url: str
    redis_url: str | None
    secret_key: str
    secret_key_previous: str | None
    base_url: str
    hold_minutes: int
    sign_up: str
    smtp_url: str | None
    storage_url: str
    files_base_url: str | None
    cors_origins: tuple[str, ...]
    trusted_proxies: str
    worker: bool
    threads: int
    backup_passphrase: str | None
    run_dir: Path | None
    metrics_token: str | None
    log_format: str
    egress_allow: tuple[str, ...]
    stripe_api_base: str | None
    stripe_test_secret_key: str | None = field(repr=False)
    stripe_test_publishable_key: str | None
    stripe_test_webhook_secrets: tuple[str, ...] = field(repr=False)
    stripe_live_secret_key: str | None = field(repr=False)
    stripe_live_publishable_key: str | None
    stripe_live_webhook_secrets: tuple[str, ...] = field(repr=False)
    application_fee_basis_points: int
    application_fee_minor: int
    test_clock: str | None
    sources: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)
    """Where each value came from, by name: default, environment, file, made, or what `load` was told of the overrides."""

    @property
    def https(self) -> bool:
        """Whether people reach us through TLS; cookies and HSTS depend on it."""
        return self.base_url.startswith("https://")


def _raw(setting: Setting, environ: Mapping[str, str]) -> tuple[str | None, str]:
    """What is written for a setting, and where."""
    value = environ.get(setting.env)
    path = environ.get(setting.env + "_FILE")
    if value is not None and path is not None:
        raise SettingsError(f"{setting.env} and {setting.env}_FILE are both set: keep one.")
    if path is not None:
        try:
            value = Path(path).read_text().strip()
        except OSError as error:
            raise SettingsError(f"{setting.env}_FILE cannot be read: {error.strerror}.") from error
    return (value or None), ("default" if not value else "environment" if path is None else "file")


def load(
    environ: Mapping[str, str], overrides: Mapping[str, Any] | None = None, above: str = "command line"
) -> Settings:
    """Read all settings; `overrides` win over the environment and come from `above`. Raises `SettingsError`."""
    values: dict[str, Any] = {}
    sources: dict[str, str] = {}
    for setting in SETTINGS:
        raw, sources[setting.name] = _raw(setting, environ)
        if overrides is not None and overrides.get(setting.name) is not None:
            raw, sources[setting.name] = str(overrides[setting.name]), above
        try:
            values[setting.name] = setting.default if raw is None else setting.parse(raw)
        except ValueError as error:
            raise SettingsError(f"{setting.env} is not usable: {error}.") from error
    if not values["secret_key"]:
        sources["secret_key"] = "made"  # noqa: S105 -- where it came from
    _complete(values)
    return Settings(**values, sources=sources)


def as_environment(settings: Settings) -> dict[str, str]:
    """The same settings for a process of our own, whatever they came from."""
    written = {}
    for setting in SETTINGS:
        value = getattr(settings, setting.name)
        if isinstance(value, tuple):
            value = " ".join(value)
        if value not in (None, ""):
            written[setting.env] = str(value)
    return written


def _complete(values: dict[str, Any]) -> None:
    data_dir: Path = values["data_dir"].resolve()
    values["data_dir"] = data_dir
    values["database_url"] = values["database_url"] or f"sqlite:///{data_dir / 'sratix.db'}"
    values["database_owner_url"] = values["database_owner_url"] or values["database_url"]
    values["database_system_url"] = values["database_system_url"] or values["database_url"]
    values["storage_url"] = values["storage_url"] or f"file:{data_dir / 'files'}"
    if values["env"] not in {"test", "demo"}:
        for name in ("egress_allow", "stripe_api_base", "test_clock"):
            if values[name]:
                raise SettingsError(
                    f"SRATIX_{name.upper()} is set, but SRATIX_ENV is not test or demo: unset it."
                )
    if values["hold_minutes"] < 1 or values["threads"] < 1:
        raise SettingsError("SRATIX_HOLD_MINUTES and SRATIX_THREADS must be at least 1.")
    if not 0 <= values["application_fee_basis_points"] <= 10_000 or values["application_fee_minor"] < 0:
        raise SettingsError(
            "SRATIX_APPLICATION_FEE_BASIS_POINTS is from 0 to 10000, SRATIX_APPLICATION_FEE_MINOR at least 0."
        )
    values["secret_key"] = values["secret_key"] or _made_key(values["env"], data_dir)
    if len(values["secret_key"]) < 32:
        raise SettingsError("SRATIX_SECRET_KEY must have at least 32 characters.")


def _made_key(env: str, data_dir: Path) -> str:
    """Outside production the first start makes a key and keeps it beside the database, readable by the owner only."""
    if env == "production":
        raise SettingsError("SRATIX_SECRET_KEY is required in production: set it, or SRATIX_SECRET_KEY_FILE.")
    path = data_dir / "secret_key"
    data_dir.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x") as out:
            path.chmod(0o600)
            out.write(secrets.token_urlsafe(48))
    except FileExistsError:
        pass
    return path.read_text().strip()
