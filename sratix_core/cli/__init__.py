"""`sratix`: what an operator types. One module per command; this list is the table of contents."""

from __future__ import annotations

import gc
import os
import sys
import warnings
from importlib import import_module

from sratix_core.cli import lean, resources

if sys.argv[1:2] == ["serve"]:
    lean.begin(os.environ)  # before anything is loaded that was prepared

import click

if "rich" not in sys.modules:
    # structlog loads it wherever something has installed it, for coloured tracebacks: 7 MB in every process.
    sys.modules["rich"] = None  # type: ignore[assignment]
    import structlog  # noqa: F401

    del sys.modules["rich"]

# Pyramid 2.1 still imports pkg_resources, of which it needs the names of files.
sys.modules.setdefault("pkg_resources", resources)
# Who loads the original all the same is warned; the operator who runs a command can do nothing about it.
warnings.filterwarnings("ignore", message="pkg_resources is deprecated", category=UserWarning)

COMMANDS = {
    "serve": "sratix_core.cli.serve",
    "worker": "sratix_core.cli.worker",
    "migrate": "sratix_core.cli.migrate",
    "doctor": "sratix_core.cli.doctor",
    "verify": "sratix_core.cli.verify",
    "rebuild": "sratix_core.cli.rebuild",
    "backup": "sratix_core.cli.backup",
    "restore": "sratix_core.cli.restore",
    "keys": "sratix_core.cli.keys",
    "demo": "sratix_core.cli.demo",
    "seed": "sratix_core.cli.seed",
    "tenant": "sratix_core.cli.tenant",
    "user": "sratix_core.cli.user",
    "plugin": "sratix_core.cli.plugin",
    "clock": "sratix_core.cli.clock",
    "openapi": "sratix_core.cli.openapi",
}


class TableOfContents(click.Group):
    """Loads a command's module when it is asked for, so that one command never pays for another's imports."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        place = COMMANDS.get(cmd_name)
        if place is None:
            return None
        gc.disable()  # what loading makes stays: walking through it again and again would be a third of the time
        try:
            found: click.Command = import_module(place).command
        finally:
            gc.enable()
        return found


@click.command(cls=TableOfContents, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="sratix", prog_name="sratix")
def main() -> None:
    """Event ticketing and registration that many organizers share.

    Settings come from the environment (SRATIX_…); docs/operators-guide.md lists them.
    """
