"""Where payment providers tell us what happened: received and kept here, worked on by a job."""

from __future__ import annotations

from pyramid.config import Configurator


def includeme(config: Configurator) -> None:
    config.add_route("inbound.payment", "/webhooks/in/{tenant}/{provider}/{address}")
    config.add_route("inbound.platform", "/webhooks/in/{provider}/{mode:test|live}")
    config.scan("sratix_core.inbound")
