"""Reading a posted form: each field becomes a clean value or an error code, and what was typed is kept for the page.

Collects every error at once, because a person should fix a form in one go.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from sratix_core.errors import Invalid, Refused
from sratix_core.values.locale import BadTime, local_to_utc
from sratix_core.values.money import BadMoney, Money, parse_money
from sratix_core.values.slugs import BadSlug, check_slug
from sratix_core.values.text import BadText, clean, is_email, normal_email
from sratix_core.web.messages import sentence
from sratix_core.web.request import Request
from sratix_core.web.translate import translate

_PERCENT = re.compile(r"([0-9]{1,3})(?:[.,]([0-9]{1,2}))?")
HONEYPOT = "website"
"""A field people do not see and robots fill in."""


class Form:
    """One submission. Readers answer the value, or None with an error noted under the field's name."""

    def __init__(
        self, posted: Mapping[str, Any] | None = None, initial: Mapping[str, Any] | None = None
    ) -> None:
        self._posted = posted
        self._initial = initial or {}
        self.errors: dict[str, str] = {}
        self.kept_secret: set[str] = set()

    # what the page shows -----------------------------------------------------

    def value(self, name: str, default: Any = "") -> Any:
        """What was typed, else what was there before; a password is never shown again."""
        if name in self.kept_secret:
            return ""
        source = self._initial if self._posted is None else self._posted
        found = source.get(name, default)
        return "" if found is None else found

    def error(self, name: str, locale: str = "en") -> str | None:
        """The sentence beside the field."""
        code = self.errors.get(name)
        return sentence(code, locale) if code is not None else None

    def summary(self, locale: str = "en") -> list[tuple[str, str]]:
        """Field and sentence of each error, in order, for the list above the form."""
        return [(name, sentence(code, locale)) for name, code in self.errors.items()]

    @property
    def ok(self) -> bool:
        return not self.errors

    @property
    def is_robot(self) -> bool:
        return bool(self._raw(HONEYPOT))

    def fail(self, name: str, code: str) -> None:
        """Note an error; the first one of a field stays."""
        self.errors.setdefault(name, code)

    def take(self, error: Invalid) -> None:
        """Put a room's verdict beside the fields."""
        for name, code in error.fields.items():
            self.fail(name, code)

    def check(self) -> None:
        """Raises `Invalid` when a field had an error; for callers that are not pages."""
        if self.errors:
            raise Invalid(dict(self.errors))

    # readers -----------------------------------------------------------------

    def _raw(self, name: str) -> str:
        found = (self._posted or {}).get(name, "")
        return found if isinstance(found, str) else ""

    def text(
        self, name: str, max: int = 200, *, required: bool = True, multiline: bool = False
    ) -> str | None:
        """Cleaned text; an optional empty field is the empty string."""
        try:
            value = clean(self._raw(name), max, multiline=multiline)
        except BadText as error:
            self.fail(name, "too_long" if error.reason == "too_long" else "bad_text")
            return None
        if not value and required:
            self.fail(name, "required")
            return None
        return value

    def secret(self, name: str) -> str | None:
        """A password exactly as typed."""
        self.kept_secret.add(name)
        value = self._raw(name)
        if not value:
            self.fail(name, "required")
            return None
        return value

    def email(self, name: str, *, required: bool = True) -> str | None:
        value = self.text(name, 254, required=required)
        if not value:
            return value
        if not is_email(value):
            self.fail(name, "email")
            return None
        return normal_email(value)

    def slug(self, name: str) -> str | None:
        try:
            return check_slug(self._raw(name).strip())
        except BadSlug as error:
            self.fail(name, "slug_reserved" if error.reason == "reserved" else "slug")
            return None

    def integer(self, name: str, low: int, high: int, *, required: bool = True) -> int | None:
        """A whole number of ASCII digits between `low` and `high`."""
        raw = self._raw(name).strip()
        if not raw:
            if required:
                self.fail(name, "required")
            return None
        if not (raw.removeprefix("-").isascii() and raw.removeprefix("-").isdigit()) or len(raw) > 18:
            self.fail(name, "integer")
            return None
        if not low <= int(raw) <= high:
            self.fail(name, "range")
            return None
        return int(raw)

    def money(self, name: str, currency: str, *, required: bool = True) -> Money | None:
        raw = self._raw(name).strip()
        if not raw:
            if required:
                self.fail(name, "required")
            return None
        try:
            return parse_money(raw, currency)
        except BadMoney:
            self.fail(name, "money")
            return None

    def percent(self, name: str, *, required: bool = True) -> int | None:
        """`8.1` or `8,1` as basis points, 0 to 100 with at most two decimals."""
        raw = self._raw(name).strip().removesuffix("%").strip()
        if not raw:
            if required:
                self.fail(name, "required")
            return None
        found = _PERCENT.fullmatch(raw)
        bp = int(found[1]) * 100 + int((found[2] or "").ljust(2, "0")) if found else -1
        if not 0 <= bp <= 10_000:
            self.fail(name, "percent_range")
            return None
        return bp

    def choice(self, name: str, options: Collection[str], *, required: bool = True) -> str | None:
        raw = self._raw(name)
        if not raw and not required:
            return None
        if raw not in options:
            self.fail(name, "choice" if raw else "required")
            return None
        return raw

    def flag(self, name: str) -> bool:
        """A checkbox: sent at all means on."""
        return bool(self._raw(name))

    def day(self, name: str, *, required: bool = True) -> date | None:
        raw = self._raw(name).strip()
        if not raw and not required:
            return None
        try:
            return date.fromisoformat(raw)
        except ValueError:
            self.fail(name, "date" if raw else "required")
            return None

    def moment(self, name: str, zone: str, *, required: bool = True) -> datetime | None:
        """A wall time as `<input type="datetime-local">` sends it, answered as UTC."""
        raw = self._raw(name).strip()
        if not raw:
            if required:
                self.fail(name, "required")
            return None
        try:
            return local_to_utc(datetime.fromisoformat(raw), zone)
        except BadTime as error:
            self.fail(name, "gap" if error.reason == "gap" else "moment")
        except ValueError:
            self.fail(name, "moment")
        return None


def refused_fields(request: Request, error: Invalid | Refused, *, rest: str = "") -> dict[str, str]:
    """The sentence beside each field of a form that a room turned down; sets the status of the answer.

    A refusal that names no field is shown at `rest`, by default above the form. A plugin's check of its own
    settings answers a whole sentence, which stays as it is.
    """
    request.response.status_int = 422 if isinstance(error, Invalid) else 409
    if isinstance(error, Refused):
        request.journal.refusal = error
    fields = error.fields if isinstance(error, Invalid) else {rest: error.code}
    facts: dict[str, Any] = {k: v for k, v in error.data.items() if isinstance(v, str | int | Money)}
    return {
        name: translate(code, request.locale_name)
        if " " in code
        else sentence(code, request.locale_name, **facts)
        for name, code in fields.items()
    }
