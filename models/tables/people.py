"""The people: members of the team, assistants (VPA), customers, who serves whom, who is away."""

from __future__ import annotations

import datetime as dt
import unicodedata
from typing import Any

from peewee import SQL, BooleanField, CompositeKey, ForeignKeyField, IntegerField, TextField

from models.database import rows
from models.database.fields import BaseModel, DayField, IdField, JsonField, MomentField, Versioned
from models.ground.text import id_text

ROLES = ("at", "vpa_manager", "customer_manager", "approver", "buddy", "sales")
ERASED = "(gelöscht)"
"""Name of a VPA or customer who was erased (A-28)."""

SEPARATOR = "\x1f"
"""Between the cells of a row in `exported`."""

MANAGERS = frozenset({"vpa_manager", "customer_manager"})


def kuerzel_key(kuerzel: str) -> str:
    """Under which a Kürzel is unique: whatever its case, and however its umlauts are composed."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", id_text(kuerzel)).casefold())


class Member(Versioned):
    """A member of the team who uses this program."""

    kuerzel = TextField(primary_key=True)
    key = TextField(unique=True)
    """Its `kuerzel_key`."""
    name = TextField()
    roles = JsonField(default=list)
    """Sorted list out of `ROLES`."""
    login = TextField(null=True, index=True)
    """Account of the operating system that acts as this member."""
    left_on = DayField(null=True)
    """Since then away for good."""
    deputy = TextField(null=True)
    """Kürzel of who is shown first what falls due while this member is away."""

    @classmethod
    def find(cls, kuerzel: str) -> Member | None:
        """The member with this Kürzel, whatever its case."""
        return rows.first(cls, "key = ?", kuerzel_key(kuerzel))

    @property
    def is_manager(self) -> bool:
        """VPA manager or customer manager, and still in the team."""
        return self.has(*MANAGERS)

    def has(self, *roles: str) -> bool:
        """Whether the member has one of these roles; who has left has none any more."""
        return self.left_on is None and not set(roles).isdisjoint(self.roles)

    def away_on(self, day: dt.date) -> Leave | None:
        """The Urlaub or illness that covers this day; first and last day count."""
        query = Leave.select().where(Leave.member == self.kuerzel, Leave.start <= day, Leave.end >= day)
        found: Leave | None = query.order_by(Leave.id.desc()).first()
        return found

    def is_away(self, day: dt.date) -> bool:
        """Whether colleagues may take over on this day (R-05)."""
        return self.left_on is not None or self.away_on(day) is not None

    def show(self) -> dict[str, Any]:
        """One line of `member list`."""
        leaves = Leave.select().where(Leave.member == self.kuerzel).order_by(Leave.start)
        return {
            "kuerzel": self.kuerzel,
            "name": self.name,
            "roles": self.roles,
            "login": self.login,
            "left_on": self.left_on,
            **({"deputy": self.deputy} if self.deputy else {}),
            "away": [{"reason": leave.reason, "from": leave.start, "until": leave.end} for leave in leaves],
        }


class Leave(BaseModel):
    """A time in which a member is away; `from` and `until` both count."""

    id = IdField()
    member = ForeignKeyField(Member, column_name="member", backref="leaves", object_id_name="member_id")
    member_id: str
    reason = TextField()
    """`vacation` or `sick`."""
    start = DayField()
    end = DayField()


class Platform(Versioned):
    """A row that the platform's export brings."""

    exported = TextField(null=True)
    """The cells as the last export gave them (`models.importing.columns`); null for rows made here."""


class Vpa(Platform):
    """A virtual personal assistant; facts as of the newest export. None in a ja/nein column: unknown."""

    id = TextField(primary_key=True)
    name = TextField()
    folded = TextField()
    """The name as search and sort see it (`models.ground.text.fold`)."""
    klasse = TextField()
    """A, B, C, D or N. Never to be named to a VPA (D-32)."""
    start = DayField()
    rising_star = BooleanField(null=True)
    onboarding_call = DayField(null=True)
    part_time = BooleanField(default=False)
    mobile_app = BooleanField(null=True)
    active = BooleanField(null=True)
    last_activity = MomentField(null=True)
    new_customers = BooleanField(null=True)
    orders = BooleanField(null=True)
    areas = JsonField(default=list)
    buddy = TextField(null=True)
    gone = BooleanField(default=False)
    """Missing from a newer `vpas` file: no new flags or cases."""
    known = JsonField(default=dict)
    """The last known value of each compared column: cases come from known to known."""
    made_by = TextField(null=True)
    """Kürzel of the member who made it here (S-01); none where an export brought it."""
    missing = BooleanField(null=True)
    """Whether the newest whole export lacked it: after `vpa leave` or `vpa return` only a change of that counts."""
    merged_into = TextField(null=True)
    """Id of the VPA that it turned out to be (S-06); an import passes it over."""

    class Meta:
        indexes = ((("folded", "id"), False), (("gone", "start", "id"), False))


AREAS_HEAD = 300
"""Characters of the list of areas that its index holds: keys of an index must not grow without bound."""

AREAS = SQL(f"substr(areas, 1, {AREAS_HEAD})")
"""The beginning of the list of areas; SQLite finds its index only by these very words."""

BUDDY = SQL("substr(buddy, 1, 100)")
"""The buddy as its index holds it: no Kürzel is longer, but a cell of the export may be."""

Vpa.add_index(Vpa.index(Vpa.merged_into, where=(SQL("merged_into IS NOT NULL"),), name="vpa_merged"))
Vpa.add_index(Vpa.index(BUDDY, name="vpa_buddy"))
Vpa.add_index(Vpa.index(Vpa.gone, AREAS, Vpa.new_customers, Vpa.orders, name="vpa_areas"))


class Customer(Platform):
    """A customer (KD)."""

    id = TextField(primary_key=True)
    name = TextField()
    folded = TextField()
    klasse = TextField(null=True)
    """A–D or none. As internal as a VPA's class (A-27)."""
    status = TextField()
    """`angebot`, `bucher`, `prio`, `aktiv` or `inaktiv`."""
    pattern = TextField(null=True)
    """`laufend` or `einzeln`."""
    last_booking = DayField(null=True)
    wizard = TextField(null=True)
    """Read-only „Wizard/KA-Infos“ (A-12)."""
    kept_on = DayField(null=True)
    """vpa_akte_gepflegt_am."""
    kept_by = TextField(null=True)
    """`vpa` or `at`."""
    made_by = TextField(null=True)
    """Kürzel of the member who made it here (S-02); none where an export brought it."""
    merged_into = TextField(null=True)
    """Id of the customer that it turned out to be (S-06); an import passes it over."""
    watched_for = TextField(null=True)
    """Why a member has put it on the Watchlist (K-29); none where nobody has."""
    watched_by = TextField(null=True)
    """Kürzel of who did."""

    class Meta:
        indexes = ((("folded", "id"), False), (("status", "id"), False))


Customer.add_index(
    Customer.index(Customer.merged_into, where=(SQL("merged_into IS NOT NULL"),), name="customer_merged")
)


class Assignment(Platform):
    """A time in which a VPA is in charge of a customer."""

    id = IdField()
    customer = ForeignKeyField(Customer, column_name="customer", object_id_name="customer_id")
    customer_id: str
    vpa = ForeignKeyField(Vpa, column_name="vpa", object_id_name="vpa_id", index=False)
    vpa_id: str
    start = DayField()
    end = DayField(null=True)
    """Last day; none while it lasts."""
    reason = TextField(null=True)

    class Meta:
        indexes = ((("customer", "vpa", "start"), True), (("vpa", "customer", "end"), False))

    @classmethod
    def current(cls, customer: str, today: dt.date) -> Assignment | None:
        """The assignment with the latest start and no end before today: its VPA is in charge."""
        query = cls.select().where(cls.customer == customer, cls.end.is_null() | (cls.end >= today))
        found: Assignment | None = query.order_by(cls.start.desc(), cls.id.desc()).first()
        return found


class Absence(Platform):
    """A time in which a VPA does not work."""

    id = TextField(primary_key=True)
    vpa = ForeignKeyField(Vpa, column_name="vpa", object_id_name="vpa_id")
    vpa_id: str
    start = DayField()
    end = DayField()
    entered_on = DayField()
    changed_on = DayField(null=True)
    """Day of the import that changed the dates; counts as entered until `entered_on` changes."""
    withdrawn = BooleanField(default=False)
    known = JsonField(null=True)
    """`von`, `bis`, `eingetragen_am` as last judged; none while it is not yet known: Cases come from here."""
    pending = BooleanField(default=False)
    """Whether an import brought it or changed it since it was last judged."""
    made_by = TextField(null=True)
    """Kürzel of the member who entered it for the VPA (S-03); none where an export brought it."""
    missing = BooleanField(null=True)
    """Whether the newest whole export lacked it: after `absence withdraw` only a change of that counts."""
    platform_id = TextField(null=True)
    """The platform's id, where an export has named one that was entered here."""

    class Meta:
        indexes = ((("end", "start"), False),)


Absence.add_index(
    Absence.index(Absence.vpa, Absence.start, where=(SQL("exported IS NULL"),), name="absence_entered_here")
)
Absence.add_index(
    Absence.index(Absence.platform_id, unique=True, where=(SQL("platform_id IS NOT NULL"),), name="absence_recognised")
)


class Import(BaseModel):
    """One taken export: when, by whom, and how new it was."""

    id = IdField()
    at = MomentField()
    member = TextField(null=True)
    newest = JsonField(default=dict)
    """Newest `letzte_aktivitaet`, `eingetragen_am` and `zeit` it held: what `older_export` compares."""
    counts = JsonField(default=dict)
    baseline = BooleanField(default=False)
    rows = IntegerField(default=0)
    reverted_at = MomentField(null=True)
    """When it was taken back (X-04)."""
    reverted_by = TextField(null=True)
    marks = JsonField(null=True)
    """By table: the last id before it and after it; none for imports that cannot be taken back."""

    @classmethod
    def newest_standing(cls) -> Import | None:
        """The newest one that was not taken back."""
        found: Import | None = cls.select().where(cls.reverted_at.is_null()).order_by(cls.id.desc()).first()
        return found


class Earlier(BaseModel):
    """A row as it was before the newest import wrote it: what lets that one be taken back (X-04)."""

    place = TextField()
    """Its table."""
    key = TextField()
    """Its id, as text."""
    was = TextField(null=True)
    """Its columns as JSON, as they are stored; none for a row that was not there."""

    class Meta:
        primary_key = CompositeKey("place", "key")
