"""Pages around signing in: login, logout, a new password. Answers only on the installation's own address."""

from __future__ import annotations

from pyramid.config import Configurator


def includeme(config: Configurator) -> None:
    config.add_route("home", "/")
    config.add_route("account.login", "/account/login")
    config.add_route("account.logout", "/account/logout")
    config.add_route("account.password", "/account/password")
    config.add_route("sign_up", "/sign-up/")
    config.add_route("sign_up.link", "/sign-up/{token}/")
    config.scan("sratix_core.account")
