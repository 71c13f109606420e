"""Whom a deed or a question about a person's rights means."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from models.action.args import arg
from models.action.base import Action
from models.action.work import Work, key_of
from models.ground.errors import UsageError
from models.playbook.refusals import Obstacle, RefusedError
from models.tables.people import Customer, Member, Vpa

READERS = {
    "vpa": ("at", "vpa_manager"),
    "customer": ("at", "vpa_manager", "customer_manager"),
    "member": ("vpa_manager", "customer_manager"),
}
"""Roles that may be told everything about a person of each kind (P-01)."""

PersonRow = Vpa | Customer | Member


@dataclass(frozen=True)
class Person:
    """A VPA, a customer or a member."""

    kind: str
    row: PersonRow

    @property
    def key(self) -> str:
        """Id or Kürzel."""
        return str(key_of(self.row))

    @property
    def subject(self) -> str:
        """Such as `vpa:V001`."""
        return f"{self.kind}:{self.key}"

    @property
    def name(self) -> str:
        """The full name."""
        return str(self.row.name)


def find_person(work: Work, vpa: str | None, customer: str | None, member: str | None = None) -> Person:
    """The one person named. Raises `UsageError` for none or several, `NotFoundError` for an unknown one."""
    given = [(kind, key) for kind, key in (("vpa", vpa), ("customer", customer), ("member", member)) if key]
    if len(given) != 1:
        raise UsageError("Nenn genau eine Person: --vpa ID oder --customer ID, wo es passt auch --member KÜRZEL.")
    kind, key = given[0]
    if kind == "member":
        return Person(kind, work.get(Member, work.require_member(key).kuerzel, "Das Kürzel"))
    return Person(kind, work.get(Vpa, key, "Den VPA") if kind == "vpa" else work.get(Customer, key, "Den Kunden"))


def require_told(work: Work, kind: str) -> None:
    """Refuse who may not be told everything about a person of this kind (P-01)."""
    if not work.has_role(*READERS[kind]):
        raise RefusedError([Obstacle("role_reader", "P-01")])


@dataclass(frozen=True, kw_only=True)
class OnPerson(Action):
    """An action about a VPA or a customer as a person."""

    undoable: ClassVar[bool] = False
    on_restricted: ClassVar[bool] = True

    vpa: str | None = arg("VPA", "vpa")
    customer: str | None = arg("Kunde", "customer")

    def load(self, work: Work) -> Person:
        """The person."""
        return find_person(work, self.vpa, self.customer)

    def asked(self, target: Any) -> list[str]:
        """A form that is opened for one person does not ask for whom."""
        return [
            name for name in self.relevant(target) if target is None or name not in ("vpa", "customer", "of_member")
        ]
