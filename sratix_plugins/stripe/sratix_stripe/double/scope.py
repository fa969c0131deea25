"""One account in one mode, as its objects see the world: find, make, change, say what happened."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sratix_stripe.double.errors import missing
from sratix_stripe.double.kinds import KINDS, blank
from sratix_stripe.double.store import Record

if TYPE_CHECKING:
    from sratix_stripe.double.app import Double


@dataclass(frozen=True)
class Owner:
    """An account's live or test side; objects of one are unknown to the other."""

    account: str
    live: bool = False

    def __str__(self) -> str:
        return f"{self.account}/{'live' if self.live else 'test'}"

    @classmethod
    def read(cls, text: str) -> Owner:
        account, mode = text.split("/")
        return cls(account, mode == "live")


@dataclass(frozen=True)
class Scope:
    """What every rule of the double works in. `request` goes into the events it causes."""

    double: Double
    owner: Owner
    request: tuple[str | None, str | None] = (None, None)

    @property
    def now(self) -> int:
        return self.double.clock.now()

    def of(self, account: str) -> Scope:
        """The same moment, seen from another account."""
        return replace(self, owner=replace(self.owner, account=account))

    def find(self, kind: str, id: str, param: str = "id") -> Record:
        """The own object of that kind; raises `resource_missing`."""
        found = self.double.store.get(kind, id)
        if found is None or found["_owner"] != str(self.owner):
            raise missing(kind, id, param)
        return found

    def all(self, kind: str) -> list[Record]:
        """Own objects, oldest first."""
        return [one for one in self.double.store.all(kind) if one["_owner"] == str(self.owner)]

    def new(self, kind: str, **fields: Any) -> Record:
        """A saved object: defaults, then `fields`; a field that is None keeps its default."""
        made = blank(kind)
        shape = KINDS[kind]
        mode = ("live_" if self.owner.live else "test_") if kind == "checkout.session" else ""
        made["id"] = shape.prefix + mode + self.double.store.chance(shape.length)
        for name, value in {"created": self.now, "livemode": self.owner.live}.items():
            if name in made:
                made[name] = value
        made |= {name: value for name, value in fields.items() if value is not None or name not in made}
        made["_owner"] = str(self.owner)
        return self.save(made)

    def save(self, record: Record, **changes: Any) -> Record:
        record.update(changes)
        return self.double.store.save(record["object"], record)

    def emit(self, kind: str, subject: Record, previous: dict[str, Any] | None = None) -> None:
        """Tell every endpoint that listens."""
        self.double.happened(self, kind, subject, previous)

    def later(self, seconds: int, job: str, id: str, *more: str) -> None:
        """Have `job` done by the double's clock; see `jobs.py`."""
        at = self.now + seconds
        job_id = self.double.store.chance(12)
        record = {"id": job_id, "at": at, "job": job, "args": [id, *more], "owner": str(self.owner)}
        self.double.store.save("_job", record)


@dataclass(frozen=True)
class Call(Scope):
    """A scope with a request in it: checked parameters, the ids of its path, and whether a browser sent it."""

    params: dict[str, Any] = None  # type: ignore[assignment]
    ids: tuple[str, ...] = ()
    public: bool = False
