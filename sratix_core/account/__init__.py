"""Pages around signing in: login, logout, a new password, signed-in browsers, invitations. On the installation's own address only."""

from __future__ import annotations

from pyramid.config import Configurator


def includeme(config: Configurator) -> None:
    config.add_route("home", "/")
    config.add_route("account.login", "/account/login")
    config.add_route("account.logout", "/account/logout")
    config.add_route("account.password", "/account/password")
    config.add_route("account.logins", "/account/logins")
    config.add_route("account.logins_others", "/account/logins/others/end")
    config.add_route("account.login_end", "/account/logins/{login}/end")
    config.add_route("account.invitation", "/account/invitations/{token}")
    config.add_route("sign_up", "/sign-up/")
    config.add_route("sign_up.link", "/sign-up/{token}/")
    config.scan("sratix_core.account")
