"""A PostgreSQL database with a stated number of orders: the roles of production, made once and found again.

`SRATIX_BENCH_PG_URL` (or `SRATIX_TEST_PG_URL`) names a server one may administer. Rows of the first thousand orders come
from `sratix seed`, the rest are their copies with ids, codes and addresses of their own, made inside the database.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine
from sqlalchemy.pool import NullPool

from bench.copies import FIRST, multiply
from bench.server import COMMAND, environment
from sratix_core.tenancy.dialects import address
from sratix_core.tenancy.roles import RoleUrls, create_roles

SERVER = os.environ.get("SRATIX_BENCH_PG_URL") or os.environ.get(
    "SRATIX_TEST_PG_URL", "postgresql+psycopg://postgres@127.0.0.1:5432/postgres"
)
SECRET = "the key of a benchmark, no secret at all"
SOURCES = ("sratix_core/demo/seed_rows.py", "sratix_core/demo/seed.py", "bench/copies.py")
ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Data:
    """One database: its name, its three addresses, and what `sratix seed` said about it."""

    name: str
    orders: int
    urls: RoleUrls
    seeded: dict[str, Any]

    def settings(self) -> dict[str, str]:
        return _settings(self.urls)

    @property
    def tenant(self) -> dict[str, Any]:
        found: dict[str, Any] = self.seeded["tenants"][0]
        return found

    @property
    def event(self) -> dict[str, Any]:
        found: dict[str, Any] = self.tenant["events"][0]
        return found


def administrator(database: str = "postgres") -> Engine:
    """Connections as the server's administrator, in autocommit."""
    url = address(SERVER).set(database=database)
    return create_engine(url, isolation_level="AUTOCOMMIT", poolclass=NullPool)


def _settings(urls: RoleUrls) -> dict[str, str]:
    return {
        "SRATIX_DATABASE_URL": urls.app,
        "SRATIX_DATABASE_OWNER_URL": urls.owner,
        "SRATIX_DATABASE_SYSTEM_URL": urls.system,
        "SRATIX_SECRET_KEY": SECRET,
    }


def loaded(home: Path, orders: int, *, fresh: bool = False) -> Data:
    """A database with that many orders of one event (a multiple of 1,000), found as it was left unless `fresh`."""
    name = f"srx_bench_{orders}"
    print_ = _fingerprint(orders)
    kept = None if fresh else _kept(name, print_)
    urls = create_roles(SERVER, name, recreate=kept is None)
    if kept is None:
        kept = _load(home, urls, name, orders)
        note = json.dumps({"print": print_, "seeded": kept}).replace("'", "''")
        with administrator().connect() as connection:
            connection.exec_driver_sql(
                f"COMMENT ON DATABASE {name} IS '{note}'", execution_options={"no_parameters": True}
            )
    return Data(name, orders, urls, kept)


def seeded(home: Path, name: str, orders: int) -> Data:
    """A fresh database in which `sratix seed` wrote every order itself, with its journal and books."""
    urls = create_roles(SERVER, name, recreate=True)
    return Data(name, orders, urls, _load(home, urls, name, orders, orders))


def _load(home: Path, urls: RoleUrls, name: str, orders: int, first: int = FIRST) -> dict[str, Any]:
    own = environment(home) | _settings(urls)
    subprocess.run([COMMAND, "migrate"], env=own, check=True, stdout=subprocess.DEVNULL)
    seed = subprocess.run(
        [COMMAND, "seed", "--tickets", str(first * 2), "--json"], env=own, check=True, stdout=subprocess.PIPE
    )
    with administrator(name).connect() as connection:
        multiply(connection, orders // first)
    found: dict[str, Any] = json.loads(seed.stdout)
    return found


def _kept(name: str, print_: str) -> dict[str, Any] | None:
    """What was noted when the database was loaded, if it was by the same sources."""
    query = "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s"
    with administrator().connect() as connection:
        note = connection.exec_driver_sql(query, (name,)).scalar()
    known = json.loads(note) if note else {}
    found: dict[str, Any] | None = known.get("seeded") if known.get("print") == print_ else None
    return found


def _fingerprint(orders: int) -> str:
    files = [ROOT / name for name in SOURCES] + sorted(ROOT.glob("sratix_core/db/migrations/versions/*.py"))
    digest = hashlib.sha256(str(orders).encode())
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()
