"""What has happened in the demo's team before it opens: the plan, as data.

The demo plays it through the ordinary actions, in this order:

1. `init --sandbox`; every Member of MEMBERS is added, the managers first (nobody may add others without a manager).
2. Yesterday's export is imported with `--baseline`, the clock on yesterday evening: nothing is due yet.
3. Every Follow of FOLLOWS is set by its `creator` for its `owner`, the clock `set_ago` days back at 10:00, so that an
   overdue one needs no exception from R-01.
4. The absent member is marked away; `taken_by` takes over (R-05).
5. Today's export is imported by ACTING at the demo's now: Cases and flags arise, the first screen has something to do.
"""

from __future__ import annotations

from dataclasses import dataclass

ACTING = "ANN"
"""Whose shift the demo shows."""


@dataclass(frozen=True, slots=True)
class MemberData:
    """One member of the demo's team."""

    kuerzel: str
    name: str
    roles: tuple[str, ...]
    away: tuple[str, int, int] | None = None
    """Reason, first and last day of absence counted from today; None for somebody present."""


@dataclass(frozen=True, slots=True)
class FollowData:
    """One Reminder that is already there when the demo opens; days are counted from today, the past negative."""

    owner: str
    subject: str
    """`vpa:…` or `customer:…` of the generated export."""
    due: int
    """Day on which it falls due."""
    reason: str
    set_ago: int
    """How many days ago it was set; never fewer than `-due`."""
    creator: str = ""
    """Who set it, empty for the owner."""
    hour: int = 0
    """Hour at which it falls due, 0 for the whole day."""
    taken_by: str = ""
    """Who has taken it over since, empty for nobody."""


MEMBERS = (
    MemberData("BEN", "Benedikt Auerhahn", ("vpa_manager", "approver")),
    MemberData("KIM", "Kim Nordlohne", ("customer_manager",)),
    MemberData("ANN", "Annika Lübberstedt", ("at",)),
    MemberData("TOM", "Tomke Reentsma", ("at", "buddy")),
    MemberData("LIA", "Lia Sperberg", ("at", "buddy"), away=("vacation", -3, 11)),
)
"""Managers first."""

FOLLOWS = (
    FollowData("ANN", "vpa:V0012", -2, "War zwei Tage inaktiv: noch einmal in die Aufgabenliste schauen", 4),
    FollowData("ANN", "customer:K0001", -1, "Rückruf wegen Aufstockung des Stundenpakets", 9),
    FollowData("ANN", "vpa:V0001", 0, "Vorbereitung der Abwesenheit im nächsten Monat durchgehen", 12),
    FollowData("ANN", "customer:K0012", 0, "Frist für die VPA Kundenakte läuft heute ab", 7),
    FollowData("ANN", "customer:K0101", 0, "Beschwerde: fragen, ob die Nacharbeit passt", 3, creator="KIM", hour=11),
    FollowData("ANN", "vpa:V0111", 3, "Wie läuft es mit den beiden neuen Kunden?", 10),
    FollowData("ANN", "customer:K0066", 2, "Vier Wochen nach der Zuweisung: ist die Akte gepflegt?", 26),
    FollowData("LIA", "vpa:V0028", -3, "Antwort auf die Frage nach der Urlaubsvertretung steht aus", 8),
    FollowData("LIA", "customer:K0077", -1, "Neue Rechnungsanschrift nachtragen", 11),
    FollowData("LIA", "vpa:V0114", 0, "Nach dem Check-in Call kurz melden", 14),
    FollowData("LIA", "customer:K0002", -1, "Probeaufgabe besprechen und Paket anbieten", 6, taken_by="TOM"),
    FollowData("LIA", "customer:K0415", 6, "Betriebsferien vorbei: Aufgaben wieder aufnehmen", 20),
    FollowData("TOM", "vpa:V0090", -1, "Headset da? Telefonservice wieder einschalten", 5),
    FollowData("TOM", "customer:K0150", 0, "Login-Problem: Rückmeldung der Technik", 2),
    FollowData("TOM", "vpa:V0103", 2, "Maßnahmen: Zwischenstand nach der Hälfte", 16),
    FollowData("TOM", "customer:K0502", 14, "Sondervereinbarung läuft zum Monatsende aus", 21),
    FollowData("BEN", "vpa:V0040", 0, "Über 12 Monate dabei: Gespräch führen", 6, creator="TOM"),
    FollowData("BEN", "vpa:V0095", 4, "Maßnahmen mit dem Admin-Team abstimmen", 3),
    FollowData("KIM", "customer:K0606", -1, "Gutschrift nach der Beschwerde freigeben", 4, creator="ANN"),
    FollowData("KIM", "customer:K0090", 1, "Jahresgespräch mit dem Prio-Kunden vorbereiten", 12),
)
"""Own, overdue, due today and later ones, those of the absent member, one already taken over."""
