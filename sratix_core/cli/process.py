"""What every command starts with: settings, a runtime, and errors said in one sentence instead of a traceback."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click
from sqlalchemy.exc import OperationalError, ProgrammingError

from sratix_core import models as _all_models  # noqa: F401  (relationships resolve by name)
from sratix_core import runtime
from sratix_core.errors import DomainError, Invalid
from sratix_core.plugins import PluginError
from sratix_core.runtime import Runtime
from sratix_core.settings import Settings, SettingsError, load
from sratix_core.web import logs
from sratix_core.web.messages import sentence


@contextmanager
def said_in_a_sentence() -> Iterator[None]:
    """Turn what an operator can mend into a sentence and exit code 1."""
    try:
        yield
    except (SettingsError, PluginError) as error:
        raise click.ClickException(str(error)) from error
    except Invalid as error:
        fields = "; ".join(f"{name}: {sentence(code, 'en')}" for name, code in error.fields.items())
        raise click.ClickException(fields) from error
    except DomainError as error:
        raise click.ClickException(f"{sentence(error.code, 'en', **error.data)} ({error.code})") from error
    except (OperationalError, ProgrammingError) as error:
        why = str(error.orig).splitlines()[0]
        if "no such table" in why or "does not exist" in why:
            raise click.ClickException(f"The database is not ready ({why}). Run sratix migrate.") from error
        raise click.ClickException(f"The database does not answer ({why}).") from error


def settings(**overrides: Any) -> Settings:
    """The settings of this command, options over environment."""
    with said_in_a_sentence():
        return load(os.environ, overrides)


@contextmanager
def process(**overrides: Any) -> Iterator[Runtime]:
    """A runtime for the length of a command; its connections are closed at the end."""
    with said_in_a_sentence():
        chosen = settings(**overrides)
        logs.configure(chosen)
        made = runtime.build(chosen)
        try:
            yield made
        finally:
            made.engines.dispose()
