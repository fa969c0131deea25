"""The host asks only the plugins a tenant has switched on, in a fixed order, and refuses at boot what cannot be right."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pytest

from sratix_core.plugins import PluginError, PluginHost, TenantHooks, hookimpl
from sratix_core.plugins.interfaces import PluginPermission, PluginSetting
from sratix_core.plugins.tables import owner_of_table
from tests.unit.plugins.support import plugin


class Tenant:
    def __init__(self, *enabled: str) -> None:
        self.enabled_plugins = frozenset(enabled)


def hooks(host: PluginHost, *enabled: str) -> TenantHooks:
    return host.hooks_for(Tenant(*enabled))


def provides(answer: Any) -> Any:
    def payment_providers(ctx: Any) -> Any:
        return answer

    return payment_providers


def test_a_plugin_that_is_off_is_not_asked() -> None:
    host = PluginHost([plugin("cash", provides(["cash"])), plugin("cheque", provides(["cheque"]))])
    assert hooks(host, "cash").payment_providers(ctx=None) == [["cash"]]
    assert hooks(host).payment_providers(ctx=None) == []
    assert hooks(host, "unheard_of").payment_providers(ctx=None) == []


def test_answers_come_in_the_order_of_names_whatever_the_order_of_installing() -> None:
    plugins = [plugin(name, provides([name])) for name in ("zebra", "apple", "mango")]
    assert hooks(PluginHost(plugins), "mango", "zebra", "apple").payment_providers(ctx=None) == [
        ["apple"],
        ["mango"],
        ["zebra"],
    ]


def test_no_answer_is_left_out() -> None:
    host = PluginHost([plugin("silent", provides(None)), plugin("wordy", provides([]))])
    assert hooks(host, "silent", "wordy").payment_providers(ctx=None) == [[]]


def test_a_system_plugin_is_always_on() -> None:
    host = PluginHost([plugin("mailer", provides(["x"]), level="system")])
    assert hooks(host).is_on("mailer")
    assert hooks(host).payment_providers(ctx=None) == [["x"]]


def test_a_plugin_whose_requirement_is_off_is_off() -> None:
    host = PluginHost(
        [plugin("base"), plugin("extra", requires=("base",)), plugin("more", requires=("extra",))]
    )
    assert not hooks(host, "extra", "more").is_on("more")
    assert hooks(host, "base", "extra", "more").on == {"base", "extra", "more"}


def test_a_hook_may_take_fewer_arguments_than_there_are() -> None:
    def order_actions(order: Any) -> list[str]:
        return [order]

    assert hooks(PluginHost([plugin("a1", order_actions)]), "a1").order_actions(request=1, order="o") == [
        ["o"]
    ]


def test_a_typo_in_a_hook_name_raises_where_it_is_called() -> None:
    with pytest.raises(AttributeError):
        hooks(PluginHost(), "x").payment_provders(ctx=None)


def test_settings_and_other_boot_answers_know_their_plugin() -> None:
    def register_settings() -> list[PluginSetting]:
        return [PluginSetting("key", "text", "Key")]

    host = PluginHost([plugin("one", register_settings), plugin("two")])
    assert [s.name for s in host.settings_of("one")] == ["key"]
    assert host.settings_of("two") == ()
    assert [(n, s.name) for n, s in host.collect("register_settings")] == [("one", "key")]


def test_migrations_come_after_those_of_the_requirements() -> None:
    def register_migrations() -> str:
        return "/nowhere"

    plugins = [plugin("aa", register_migrations, requires=("zz",)), plugin("zz", register_migrations)]
    assert [name for name, _ in PluginHost(plugins).migrations()] == ["zz", "aa"]


def refused(*modules: ModuleType) -> str:
    with pytest.raises(PluginError) as caught:
        PluginHost(modules)
    return str(caught.value)


def test_an_unknown_hook_is_refused() -> None:
    def order_teleported(ctx: Any) -> None: ...

    assert refused(plugin("odd", order_teleported)) == "Plugin odd: there is no hook named order_teleported."


def test_a_specname_is_refused() -> None:
    @hookimpl(specname="payment_providers")
    def sly(ctx: Any) -> None: ...

    assert "uses a specname" in refused(plugin("odd", sly))


@pytest.mark.parametrize("option", ["wrapper", "hookwrapper"])
def test_a_wrapper_is_refused(option: str) -> None:
    @hookimpl(**{option: True})
    def payment_providers(ctx: Any) -> Any:
        yield

    assert "is a wrapper" in refused(plugin("odd", payment_providers))


def test_an_argument_that_the_hook_does_not_have_is_refused() -> None:
    def payment_providers(ctx: Any, cart: Any) -> None: ...

    assert refused(plugin("odd", payment_providers)) == "Plugin odd: payment_providers takes ctx, not cart."


def test_a_hook_without_the_mark_is_refused_because_nobody_would_call_it() -> None:
    assert "not marked @hookimpl" in refused(plugin("odd", payment_providers=lambda ctx: None))


def test_an_async_hook_is_refused() -> None:
    async def order_paid(ctx: Any, order: Any) -> None: ...

    assert "order_paid is async" in refused(plugin("odd", order_paid))


def declares(*settings: Any) -> Any:
    def register_settings() -> list[Any]:
        return list(settings)

    return register_settings


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        (["key"], "returns PluginSetting"),
        ([PluginSetting("Key", "text", "Key")], "not usable as a name"),
        ([PluginSetting("key", "colour", "Key")], "has the type colour"),  # type: ignore[arg-type]
        ([PluginSetting("key", "text", "Key", secret=True, default="known")], "is a secret"),
        ([PluginSetting("key", "choice", "Key")], "a choice has options"),
        ([PluginSetting("key", "text", "Key"), PluginSetting("key", "text", "Key")], "key twice"),
    ],
)
def test_a_setting_that_cannot_be_drawn_is_refused(settings: list[Any], words: str) -> None:
    assert words in refused(plugin("odd", declares(*settings)))


def test_a_right_outside_its_own_name_is_refused() -> None:
    def register_permissions() -> list[Any]:
        return [PluginPermission("order.edit", "Everything", ("event.view",))]

    assert "a permission is PluginPermission('odd.<what>'" in refused(plugin("odd", register_permissions))


def test_a_right_comes_with_those_of_the_core_while_the_plugin_is_on() -> None:
    def register_permissions() -> list[Any]:
        return [PluginPermission("notes.write", "Write notes", ("attendee.view",))]

    host = PluginHost([plugin("notes", register_permissions)])
    held = frozenset({"attendee.view"})
    assert host.with_permissions(held, frozenset({"notes"})) == {"attendee.view", "notes.write"}
    assert host.with_permissions(held, frozenset()) == held
    assert host.with_permissions(frozenset({"event.view"}), frozenset({"notes"})) == {"event.view"}


def test_tables_belong_to_the_longest_name_that_fits() -> None:
    assert owner_of_table("x_lead_capture_scans", ["lead", "lead_capture"]) == "lead_capture"
    assert owner_of_table("x_lead_things", ["lead", "lead_capture"]) == "lead"
    assert owner_of_table("orders", ["lead"]) is None


def test_a_missing_requirement_is_refused() -> None:
    assert refused(plugin("extra", requires=("base",))) == (
        "Plugin extra requires base: install it, or uninstall extra."
    )


def test_plugins_that_require_each_other_are_refused() -> None:
    assert "require each other" in refused(plugin("aa", requires=("bb",)), plugin("bb", requires=("aa",)))


def test_the_same_name_twice_is_refused() -> None:
    assert "installed twice" in refused(plugin("twin"), plugin("twin"))


@pytest.mark.parametrize("name", ["", "A", "9x", "a-b", "a b", "x" * 40])
def test_a_name_that_cannot_be_a_table_prefix_is_refused(name: str) -> None:
    assert "not usable" in refused(plugin(name))


def test_a_package_without_info_is_refused() -> None:
    assert "has no `info" in refused(ModuleType("acme_nothing"))


def test_a_job_outside_its_own_name_is_refused() -> None:
    class Kind:
        kind = "orders.expire"

    def register_jobs() -> list[Any]:
        return [Kind()]

    assert "must be named thief.orders.expire" in refused(plugin("thief", register_jobs))


def test_the_bundled_plugins_are_found() -> None:
    host = PluginHost.discover()
    assert {"email_smtp", "bank_transfer", "pdf_tickets"} <= set(host.infos)
    assert host.infos["email_smtp"].level == "system"


def test_asking_costs_little_however_many_tenants_there_are() -> None:
    host = PluginHost([plugin(f"p{i}", provides([i])) for i in range(20)])
    for i in range(6000):
        hooks(host, f"p{i % 20}", f"no_{i}").payment_providers(ctx=None)
    assert len(host._effective) <= 4097
    assert len(host._calls) <= 4097
