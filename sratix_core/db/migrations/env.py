"""What Alembic runs for the core and for every plugin: on a connection it is given, inside the caller's transaction."""

from alembic import context

context.configure(**context.config.attributes["options"])
with context.begin_transaction():
    context.run_migrations()
