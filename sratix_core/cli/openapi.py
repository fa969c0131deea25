"""`sratix openapi`: the document of the API, for generators of clients and for review."""

from __future__ import annotations

import json

import click


@click.command("openapi")
def command() -> None:
    """Print the OpenAPI 3.1 document of /api/v1/."""
    from sratix_core import api  # noqa: F401  (declares the operations)
    from sratix_core.api.framework import operations_of
    from sratix_core.api.openapi import document
    from sratix_core.plugins import PluginHost

    click.echo(json.dumps(document(operations_of(PluginHost.discover())), indent=2, ensure_ascii=False))
