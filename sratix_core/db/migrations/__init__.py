"""Alembic's side of the database: the environment, the template of a revision, and the core's revisions in `versions`."""
