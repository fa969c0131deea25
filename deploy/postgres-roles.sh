#!/usr/bin/env bash
# Makes the three roles on an empty PostgreSQL: the owner migrates, app and system run and own nothing (docs/operators-guide.md).
# The postgres image runs it once, when its volume is new; anywhere else run it with psql's own variables (PGHOST, PGUSER) set.
set -euo pipefail

database="${POSTGRES_DB:-sratix}"
psql -v ON_ERROR_STOP=1 -v db="$database" --dbname "$database" ${POSTGRES_USER:+--username "$POSTGRES_USER"} \
  -v owner="${SRATIX_OWNER_PASSWORD:?}" -v app="${SRATIX_APP_PASSWORD:?}" -v system="${SRATIX_SYSTEM_PASSWORD:?}" <<'SQL'
CREATE ROLE sratix_owner LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE PASSWORD :'owner';
CREATE ROLE sratix_app LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE PASSWORD :'app';
CREATE ROLE sratix_system LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE PASSWORD :'system';
ALTER DATABASE :"db" OWNER TO sratix_owner;
REVOKE ALL ON DATABASE :"db" FROM PUBLIC;
GRANT CONNECT ON DATABASE :"db" TO sratix_app, sratix_system;
ALTER SCHEMA public OWNER TO sratix_owner;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO sratix_app, sratix_system;
SQL
