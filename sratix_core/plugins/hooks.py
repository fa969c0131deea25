"""`ctx.hooks`: asks and tells only the plugins a tenant has on, and keeps a failing one from taking the act with it."""

from __future__ import annotations

import inspect
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING, Any, TypeVar

import pluggy
import structlog
from sqlalchemy.exc import SQLAlchemyError

from sratix_core import hookspecs
from sratix_core.errors import DomainError, Refused
from sratix_core.plugins.deadlines import HOOK_SECONDS

if TYPE_CHECKING:
    from sratix_core.plugins.host import PluginHost

log = structlog.get_logger("sratix.plugins")
T = TypeVar("T")

MOST_ANSWERS = 50
"""Rules or fees that one plugin may have for one cart: a reason is read by a person."""

LISTS = frozenset(
    name
    for name, function in inspect.getmembers(hookspecs, inspect.isfunction)
    if str(inspect.signature(function).return_annotation).startswith("list[")
)
"""Hooks whose answer is a list; anything else counts as a failure of the plugin."""


class NoAnswer(Refused):
    """A plugin whose answer decides what is paid gave none: nothing is sold at a price that nobody meant."""

    code = "price_unanswered"


class TenantHooks:
    """What this tenant has switched on. `hooks.payment_providers(ctx=ctx)` gives an answer per plugin.

    A question that raises is left out of the answers and counted; a `DomainError` is an answer and passes, a broken
    database unit fails the request as any other would.
    """

    def __init__(self, host: PluginHost, on: frozenset[str], tenant_id: int = 0) -> None:
        self.host = host
        self.on = on
        self._tenant_id = tenant_id

    def has(self, hook: str) -> bool:
        """Whether any plugin that is on answers it."""
        return bool(self.host.implementations(hook, self.on))

    def is_on(self, plugin: str) -> bool:
        """Whether a plugin is on for this tenant."""
        return plugin in self.on

    def __getattr__(self, hook: str) -> Callable[..., list[Any]]:
        impls = self.host.implementations(hook, self.on)
        if hook in hookspecs.FACTS:
            return lambda **given: self.notify(hook, **given)
        return lambda **given: [a for i in impls if (a := self._ask(hook, i, given)) is not None]

    def insist(self, hook: str, kind: type[T], **given: Any) -> Iterator[tuple[str, list[T]]]:
        """The answers of a question that decides what is paid, each with its plugin's name, lazily; a lone answer is a list of one.

        Raises `NoAnswer` for a plugin that failed, or answered with anything but `kind`: it is counted, and not left out.
        """
        for impl in self.host.implementations(hook, self.on):
            try:
                answer = self._answer(hook, impl, given)
                answers = [] if answer is None else list(answer) if hook in LISTS else [answer]
                if not all(isinstance(each, kind) for each in answers) or len(answers) > MOST_ANSWERS:
                    raise TypeError(f"{hook} answers at most {MOST_ANSWERS} of {kind.__name__}")
            except (DomainError, SQLAlchemyError):
                raise
            except Exception as error:
                self._failed(hook, impl, error)
                raise NoAnswer(plugin=impl.plugin_name) from error
            if answers:
                yield impl.plugin_name, answers

    def _ask(self, hook: str, impl: pluggy.HookImpl, given: dict[str, Any]) -> Any:
        try:
            return self._answer(hook, impl, given)
        except (DomainError, SQLAlchemyError):
            raise
        except Exception as error:
            self._failed(hook, impl, error)
            return None

    def _answer(self, hook: str, impl: pluggy.HookImpl, given: dict[str, Any]) -> Any:
        answer = self._call(hook, impl, _arguments(impl, given))
        if answer is not None and hook in LISTS and not isinstance(answer, list | tuple):
            raise TypeError(f"{hook} answers a list, not {type(answer).__name__}")
        return answer

    def _call(self, hook: str, impl: pluggy.HookImpl, arguments: list[Any]) -> Any:
        began = time.perf_counter()
        try:
            with _lent(arguments):
                answer = self.host.deadlines.run(impl.plugin_name, HOOK_SECONDS, impl.function, *arguments)
        except SystemExit as error:
            raise RuntimeError(f"{hook} tried to end the process") from error
        self.host.health.answered((self._tenant_id, impl.plugin_name, hook), time.perf_counter() - began)
        return answer

    def _failed(self, hook: str, impl: pluggy.HookImpl, error: Exception) -> None:
        log.exception("plugin_failed", plugin=impl.plugin_name, hook=hook)
        self.host.health.failed((self._tenant_id, impl.plugin_name, hook), error)

    def notify(self, hook: str, **given: Any) -> list[Any]:
        """Tell a fact to each plugin on its own. A failing one is logged, its changes are undone, the act goes on."""
        database = getattr(given.get("ctx"), "db", None)
        for impl in self.host.implementations(hook, self.on):
            arguments = _arguments(impl, given)
            if database is not None:
                database.flush()  # the act's own rows must not fail inside the plugin's savepoint
            try:
                with database.begin_nested() if database is not None else nullcontext():
                    self._call(hook, impl, arguments)
            except Exception as error:
                self._failed(hook, impl, error)
        return []


@contextmanager
def _lent(arguments: list[Any]) -> Iterator[None]:
    """The session that a hook is given, while it has it."""
    database = next((a.db for a in arguments if hasattr(a, "db")), None)
    if database is None:
        yield
        return
    before, database.lent = getattr(database, "lent", False), True
    try:
        yield
    finally:
        database.lent = before


def _arguments(impl: pluggy.HookImpl, given: dict[str, Any]) -> list[Any]:
    return [given[name] for name in impl.argnames]
