"""The declarative base, column types and migrations. Says of every table whose it is; sessions are made in `tenancy`."""
