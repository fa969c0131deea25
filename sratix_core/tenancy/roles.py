"""Making a database and its three roles on a PostgreSQL server one administers: for scripts, tests and self-hosting.

Managed hosts create the same three by hand; nothing at run time needs this.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import create_engine
from sqlalchemy.engine import URL, Connection
from sqlalchemy.pool import NullPool

from sratix_core.tenancy.dialects import address

OWNER_ROLE = "sratix_owner"
APP_ROLE = "sratix_app"
SYSTEM_ROLE = "sratix_system"
LOCK = 7727_2026
"""Advisory lock: roles belong to the server, so two setups at once would trip over each other."""


@dataclass(frozen=True)
class RoleUrls:
    """Addresses of one database for its three roles."""

    owner: str
    app: str
    system: str


def create_roles(
    superuser_url: str, database: str, *, password: str | None = None, recreate: bool = False
) -> RoleUrls:
    """Create what is missing and return the addresses; `recreate` drops the database first. Can be run twice."""
    if not database.replace("_", "").isalnum() or not database.islower():
        raise ValueError(
            f"{database!r} is no name for a database: use lower-case letters, digits and underscores"
        )
    url = address(superuser_url)
    server = create_engine(url.set(database="postgres"), isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with server.connect() as connection:
        connection.exec_driver_sql(f"SELECT pg_advisory_lock({LOCK})")
        for role in (OWNER_ROLE, APP_ROLE, SYSTEM_ROLE):
            _role(connection, role, password)
        if recreate:
            connection.exec_driver_sql(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')
        if not _exists(connection, "SELECT 1 FROM pg_database WHERE datname = %s", database):
            connection.exec_driver_sql(f'CREATE DATABASE "{database}" OWNER {OWNER_ROLE} TEMPLATE template0')
        connection.exec_driver_sql(f'REVOKE ALL ON DATABASE "{database}" FROM PUBLIC')
        connection.exec_driver_sql(f'GRANT CONNECT ON DATABASE "{database}" TO {APP_ROLE}, {SYSTEM_ROLE}')
        connection.exec_driver_sql(f"SELECT pg_advisory_unlock({LOCK})")
    inside = create_engine(url.set(database=database), isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with inside.connect() as connection:
        connection.exec_driver_sql(f"ALTER SCHEMA public OWNER TO {OWNER_ROLE}")
        connection.exec_driver_sql("REVOKE ALL ON SCHEMA public FROM PUBLIC")
        connection.exec_driver_sql(f"GRANT USAGE ON SCHEMA public TO {APP_ROLE}, {SYSTEM_ROLE}")
    return RoleUrls(*(_url(url, database, role, password) for role in (OWNER_ROLE, APP_ROLE, SYSTEM_ROLE)))


def _role(connection: Connection, role: str, password: str | None) -> None:
    if not _exists(connection, "SELECT 1 FROM pg_roles WHERE rolname = %s", role):
        connection.exec_driver_sql(f"CREATE ROLE {role}")
    connection.exec_driver_sql(f"ALTER ROLE {role} LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE")
    if password is not None:
        quoted = password.replace("'", "''")
        connection.exec_driver_sql(
            f"ALTER ROLE {role} PASSWORD '{quoted}'", execution_options={"no_parameters": True}
        )


def _exists(connection: Connection, query: str, name: str) -> bool:
    return connection.exec_driver_sql(query, (name,)).first() is not None


def _url(url: URL, database: str, role: str, password: str | None) -> str:
    own = url.set(username=role, password=password or url.password, database=database)
    return own.render_as_string(hide_password=False)
