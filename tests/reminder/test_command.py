"""`schicht reminder …` as scripts use it: shapes, exit codes, order of the list, filters."""

from __future__ import annotations

from models.tables.reminder import Reminder
from tests.support.cases import away, case, entry, everything, moment, reminder
from tests.support.world import World

SHAPE = {
    "id", "subject", "about", "due", "reason", "owner", "original_owner", "created_by", "created_at", "state",
    "overdue", "days_overdue", "outcome", "note", "entry", "accepted_at", "done_at", "done_by", "answer",
}  # fmt: skip


def ids(world: World, *args: str, as_: str | None = None) -> list[int]:
    return [row["id"] for row in world.cli("reminder", "list", *args, as_=as_).ok().lines]


def five() -> dict[str, int]:
    """Own and others', due and not, one closed; ids by name."""
    return {
        "others late": reminder(owner="TOM", due="2025-10-01").id,
        "own later": reminder(due="2025-11-05T14:01").id,
        "own due": reminder(due="2025-11-05T14:00").id,
        "own overdue": reminder(due="2025-11-03").id,
        "others later": reminder(owner="TOM", due="2025-11-05T14:00:30").id,
        "own closed": reminder(due="2025-09-01", state="done", done_by="ANN", done_at=moment("2025-11-04")).id,
        "others due": reminder(owner="LIA", due="2025-11-05T13:00").id,
    }


def test_r01_r10_own_due_then_others_due_then_by_date(desk: World) -> None:
    key = five()
    order = ["own overdue", "own due", "others late", "others due", "others later", "own later"]
    assert ids(desk) == [key[name] for name in order]
    toms = ["others late", "own overdue", "others due", "own due", "others later", "own later"]
    assert ids(desk, as_="TOM") == [key[name] for name in toms]


def test_filters(desk: World) -> None:
    key = five()

    def listed(*args: str) -> list[str]:
        names = {number: name for name, number in key.items()}
        return [names[number] for number in ids(desk, *args)]

    assert listed("--due") == ["own overdue", "own due", "others late", "others due"]
    assert listed("--mine") == ["own overdue", "own due", "own later"]
    assert listed("--due", "--mine") == ["own overdue", "own due"]
    assert listed("--state", "done") == ["own closed"]
    assert listed("--state", "done", "--due") == ["own closed"]
    assert set(listed("--state", "all")) == set(key)
    assert listed("--state", "all")[:4] == listed("--due")
    assert listed("--limit", "1") == ["own overdue"]


def test_without_a_kuerzel_nobodys_are_ones_own(desk: World) -> None:
    key = five()
    desk.me = None
    assert ids(desk)[0] == key["others late"]
    assert ids(desk, "--mine") == []


def test_show_has_the_shape_of_the_contract(desk: World) -> None:
    row = reminder(due="2025-11-03", about="vpa:V1")
    shown = desk.cli("reminder", "show", str(row.id)).ok().json
    assert set(shown) == SHAPE
    assert (shown["due"], shown["overdue"], shown["days_overdue"]) == ("2025-11-03T00:00:00+01:00", True, 2)
    assert shown["created_at"] == "2025-11-03T09:00:00+01:00"


def test_a_life_by_command(desk: World) -> None:
    found = case("absence", "long")
    made = desk.cli("reminder", "set", "--about", f"case:{found.id}", "--due", "12.11.2025", "--reason", "Fragen").ok()
    assert (made.json["id"], made.json["subject"], made.json["due"]) == (1, "vpa:V1", "2025-11-12T00:00:00+01:00")
    later = desk.cli("reminder", "postpone", "1", "--due", "2025-11-13T09:30", "--reason", "Urlaub").ok()
    assert later.json["due"] == "2025-11-13T09:30:00+01:00"
    handed = desk.cli("reminder", "hand-over", "1", "--to", "tom", "--reason", "Kennt sie").ok()
    assert handed.json["owner"] == "TOM"
    away("TOM", "2025-11-05", "2025-11-05")
    assert desk.cli("reminder", "take", "1", as_="LIA").ok().json["owner"] == "LIA"
    assert desk.cli("reminder", "give-back", "1", as_="LIA").ok().json["owner"] == "TOM"
    done = desk.cli(
        "reminder", "done", "1", "--outcome", "solved", "--note", "Gut", "--log", "Gefragt", as_="TOM"
    ).ok().json  # fmt: skip
    assert set(done) == SHAPE
    assert (done["state"], done["done_by"], done["entry"], done["original_owner"]) == ("done", "TOM", 1, "ANN")
    assert desk.cli("reminder", "done", "1").exit_code == 6


def test_wrong_usage_and_unknown_ids_exit_2(desk: World) -> None:
    reminder("customer:K1")
    wrong = (
        "list --state open2", "set --vpa V1 --customer K1 --due 2025-11-12 --reason x", "set --vpa V1 --due nie",
        "set --vpa V1 --due 2026-03-29T02:30 --reason x", "done 1 --outcome solved --log x",
        "done 1 --outcome solved --log x --log-file nix", "postpone",
    )  # fmt: skip
    unknown = (
        "show 9", "show 01", "take 9", "give-back 9", "done 9", "postpone 9", "hand-over 9", "set --vpa V9",
        "set --about case:9", "set --about nix", "set --vpa V1 --for NIX", "hand-over 1 --to NIX --reason x",
    )  # fmt: skip
    for line in wrong + unknown:
        answer = desk.cli("reminder", *line.split())
        assert (answer.exit_code, answer.json["error"]["code"]) == (2, "usage" if line in wrong else "not_found"), line


def test_an_option_with_a_code_is_never_wrong_usage(desk: World) -> None:
    reminder()
    expected = {
        "set": ["subject_missing", "due_missing", "reason_missing"],
        "set --vpa= --due= --reason= --for=": ["subject_missing", "due_missing", "reason_missing"],
        "postpone 1 --due= --reason=": ["due_missing", "reason_missing"],
        "hand-over 1 --to= --reason=": ["kuerzel_missing", "reason_missing"],
        "done 1 --outcome nix --log=": ["outcome_missing", "entry_missing"],
        "done 1 --outcome=": ["outcome_missing", "entry_missing"],
    }
    for line, codes in expected.items():
        answer = desk.cli("reminder", *line.split())
        assert (answer.exit_code, answer.codes) == (3, codes), line


def test_several_ids_each_get_their_verdict(desk: World) -> None:
    reminder()
    reminder(owner="TOM")
    answer = desk.cli("reminder", "postpone", "2", "9", "1", "--due", "2025-11-12", "--reason", "Urlaub")
    assert answer.exit_code == 3
    first, second, third = answer.lines
    assert (first["id"], first["error"]["obstacles"][0]["code"]) == (2, "not_owner")
    assert (second["id"], second["error"]["code"]) == (9, "not_found")
    assert (third["id"], third["due"]) == (1, "2025-11-12T00:00:00+01:00")


def test_a_dry_run_by_command(desk: World) -> None:
    reminder()
    entry()
    before = everything()
    for line in (
        "set --vpa V1 --due 2025-11-12 --reason x", "postpone 1 --due 2025-11-12 --reason x", "done 1 --outcome solved",
        "hand-over 1 --to TOM --reason x",
    ):  # fmt: skip
        assert desk.cli("reminder", *line.split(), "--dry-run").ok().json["dry_run"] is True
    assert desk.cli("reminder", "done", "1", "--dry-run").codes == ["outcome_missing"]
    assert everything() == before


def test_undo_by_command(desk: World) -> None:
    desk.cli("reminder", "set", "--vpa", "V1", "--due", "2025-11-12", "--reason", "Fragen").ok()
    desk.cli("undo").ok()
    assert ids(desk) == []
    assert desk.cli("redo").ok().json["id"] == 1
    assert Reminder.select().count() == 1
