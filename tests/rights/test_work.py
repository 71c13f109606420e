"""A team works through its day, each member by the own login: whatever the rules allow, the database lets through."""

from __future__ import annotations

from pathlib import Path

from models.tables.people import Assignment
from models.tables.reminder import Reminder
from tests.rights.team import Team
from tests.support import office as lay
from tests.support.program import Result
from tui.demo.bulk import write_bulk


def test_a_whole_day_by_personal_logins(team: Team, tmp_path: Path) -> None:
    """Import, Cases, Reminders, Journey, Akten, undo and redo, tasks, VPA-Wechsel, the seal of the day."""
    imports(team, tmp_path)
    with team.bound():
        lay.vpa("V001", "Mira Keller")
        lay.vpa("V002", "Jonas Äpfel")
        lay.customer("K001", "Bäckerei Sommer")
        Assignment.create(customer="K001", vpa="V001", start=lay.moment("2025-01-02T00:00").date())
        lay.task("T1", hours=12.0)
        lay.case()
        lay.flag(stage=">12")
        lay.flag(stage="9-12")
    cases_and_reminders(team)
    journey(team)
    files(team)
    tasks(team)
    handovers(team)
    team.cli("ANN", "check").ok()
    team.cli("ANN", "day", "close", "--despite", "Übung").ok()
    team.cli("MIA", "setting", "set", "long_days", "20").ok()
    team.cli(
        "MIA", "member", "away", "ANN", "--reason", "vacation", "--from", "2025-11-05", "--until", "2025-11-07"
    ).ok()
    team.cli("BUD", "member", "back", "ANN").ok()
    team.cli("SAL", "backup", str(tmp_path / "a.db")).ok()
    assert team.cli("BUD", "history", "verify").ok().json["rows"] > 30
    trail = team.cli("MIA", "history").lines
    assert {row["account"] for row in trail if row["member"]} == {
        team.login(row["member"]) for row in trail if row["member"]
    }
    assert team.cli("ANN", "doctor").ok().json["unprotected"] == []


def one(result: Result) -> str:
    """The id of what was made."""
    return str(result.ok().json["id"])


def imports(team: Team, folder: Path) -> None:
    """By a member with the role `at`: first the baseline, then three Cases."""
    first, second = write_bulk(folder / "export", 9, 3, 9, 9, tasks=9, today=lay.moment(team.now or "").date())
    assert team.cli("ANN", "import", str(first), "--baseline", "--dry-run").ok().json["dry_run"]
    assert team.cli("ANN", "import", str(first), "--baseline").ok().json["cases"] == 0
    assert team.cli("ANN", "import", str(second), "--despite", "neu").ok().json["cases"] == 3


def cases_and_reminders(team: Team) -> None:
    """A Case is resolved, taken back and resolved again; a Reminder changes hands and is closed with its entry."""
    case = team.cli("ANN", "case", "list", "--vpa", "V001").lines[0]["id"]
    resolve = ("case", "resolve", str(case), "--measure", "checked", "--decision", "not_needed", "--note", "nichts")
    team.cli("ANN", *resolve, "--log", "Ruhig", "--log-tag", "Info", "--dry-run").ok()
    team.cli("ANN", *resolve, "--log", "Ruhig", "--log-tag", "Info").ok()
    team.cli("ANN", "undo").ok()
    team.cli("ANN", "redo").ok()
    assert team.cli("BUD", "undo").exit_code == 6, "everybody takes back the own work"
    key = one(team.cli("BUD", "reminder", "set", "--vpa", "V001", "--due", "2025-11-05", "--reason", "Nachsehen"))
    team.cli("BUD", "reminder", "postpone", key, "--due", "2025-11-06", "--reason", "später").ok()
    team.cli("MIA", "reminder", "take", key, "--reason", "eilt").ok()
    team.cli("MIA", "reminder", "give-back", key).ok()
    team.cli("BUD", "reminder", "hand-over", key, "--to", "ANN", "--reason", "Urlaub").ok()
    team.cli("ANN", "reminder", "done", key, "--outcome", "solved", "--log", "Erledigt", "--log-tag", "Info").ok()
    team.cli("ANN", "undo").ok()
    gone = one(team.cli("SAL", "reminder", "set", "--customer", "K001", "--due", "2025-11-06", "--reason", "Anruf"))
    team.cli("SAL", "undo").ok()
    with team.bound():
        assert Reminder.get_or_none(Reminder.id == int(gone)) is None
    assert one(team.cli("SAL", "redo")) == gone


def journey(team: Team) -> None:
    """The last stage is the VPA Manager's, the others are everybody's."""
    flags = {row["stage"]: str(row["id"]) for row in team.cli("ANN", "journey", "list").lines if row["vpa"] == "V001"}
    team.cli("ANN", "journey", "inform", flags[">12"], "--to", "MIA").ok()
    contacted = ("journey", "remove", flags[">12"], "--contacted-on", "2025-11-04")
    assert team.cli("ANN", *contacted).codes == ["role_vpa_manager"]
    team.cli("MIA", *contacted).ok()
    team.cli("MIA", "undo").ok()
    team.cli("MIA", "redo").ok()
    team.cli("ANN", "journey", "remove", flags["9-12"], "--class-checked").ok()


def files(team: Team) -> None:
    """Log, correct, take back; look with the eyes of a VPA; search."""
    log = ("file", "log", "--customer", "K001", "--kind", "other", "--tag", "Info", "--situation")
    first = one(team.cli("ANN", *log, "Mag Tee", "--file", "vpa_kunde"))
    team.cli("ANN", "file", "correct", first, "--situation", "Mag grünen Tee").ok()
    team.cli("KIM", *log, "Nörgelt", "--file", "oteam").ok()
    second = one(team.cli("SAL", *log, "Falsch", "--file", "vpa_kunde"))
    team.cli("SAL", "undo").ok()
    shown = team.cli("ANN", "file", "export", "K001").ok().json
    assert [entry["situation"] for entry in shown["entries"]] == ["Mag grünen Tee"]
    assert second not in {str(entry["id"]) for entry in shown["entries"]}
    assert [hit["situation"] for hit in team.cli("SAL", "file", "search", "nörgelt").lines] == ["Nörgelt"]
    assert team.cli("ANN", "file", "log", "--customer", "K001", "--kind", "other", "--tag", "x", "--file", "vpa_kunde",
                    "--situation", "Klasse A").codes == ["class_named"]  # fmt: skip
    team.cli("KIM", "customer", "status", "K001", "--to", "prio", "--reason", "viel").ok()


def tasks(team: Team) -> None:
    """Twelve hours are declined once an approver has released them."""
    for at, tag, text in (
        ("10-27", "rueckfrage", "Was genau?"),
        ("10-29", "erinnerung", "Bitte"),
        ("10-31", "erinnerung", "Noch offen"),
    ):
        team.cli(
            "ANN", "task", "message", "T1", "--from", "at", "--text", text, "--tag", tag, now=f"2025-{at}T10:00"
        ).ok()
    decline = ("task", "decline", "T1", "--text", "Leider nein.", "--why-impossible", "Keine Angaben")
    assert team.cli("ANN", *decline).codes == ["release_missing"]
    assert team.cli("ANN", "task", "release", "T1").codes == ["role_approver"]
    team.cli("FRE", "task", "release", "T1").ok()
    team.cli("FRE", "undo").ok()
    team.cli("FRE", "redo").ok()
    team.cli("ANN", *decline).ok()
    team.cli("ANN", "undo").ok()
    team.cli("ANN", "redo").ok()
    team.cli("BUD", "task", "note", "T1", "--text", "Wir bleiben dran").ok()


def handovers(team: Team) -> None:
    """From the wish to the successor; approved by a manager who did not ask for it."""
    wish = (
        "handover",
        "open",
        "--customer",
        "K001",
        "--vpa",
        "V001",
        "--reason-kind",
        "need_changed",
        "--reason",
        "Mehr",
    )
    key = one(team.cli("ANN", *wish))
    team.cli("ANN", "handover", "question", key, "--question", "Was?", "--answer", "Alles", "--plausible", "yes").ok()
    propose = ("handover", "propose", key, "--successor", "V002", "--effort", "low", "--refund", "no")
    team.cli("ANN", *propose).ok()
    assert team.cli("ANN", "handover", "approve", key).codes == ["role_vpa_or_customer_manager", "own_request"]
    team.cli("KIM", "handover", "approve", key).ok()
    team.cli("KIM", "undo").ok()
    team.cli("MIA", "handover", "reject", key, "--reason", "nein").ok()
    team.cli("MIA", "undo").ok()
    team.cli("KIM", "handover", "approve", key).ok()
    team.cli("BUD", *propose).ok()
    team.cli("KIM", "handover", "approve", key).ok()
    team.cli("ANN", "handover", "informed", key, "--on", "2025-11-05").ok()
    team.cli("ANN", "handover", "training", key, "--wanted", "no").ok()
    team.cli("ANN", "handover", "finish", key, "--text", "Willkommen").ok()
    team.cli("ANN", "undo").ok()
    team.cli("ANN", "redo").ok()
    team.cli("ANN", "handover", "escalate", "--customer", "K001", "--text", "Beleidigt").ok()
    own = one(team.cli("MIA", *wish[:5], "V002", *wish[6:]))
    assert team.cli("MIA", "handover", "approve", own).codes == ["own_request", "not_proposed"]
    team.cli("MIA", "undo").ok()
