"""Tab 6: VPA-Wechsel, on the screen."""

from __future__ import annotations

from typing import Any

import pytest

from models.tables.entry import Entry
from models.tables.handover import Handover
from models.tables.people import Assignment, Member
from models.tables.reminder import Reminder
from screens.form.form import FormScreen
from screens.widgets.checklist import Checklist
from tests.screens.stage import Player, Stage

ASKED = [{"question": "Seit wann?", "answer": "Seit Mai", "plausible": True, "by": "ANN", "at": "2025-11-04T10:00"}]


@pytest.fixture
def desk(stage: Stage) -> Stage:
    """The stage with somebody who may approve what others have proposed."""
    with stage.store.connected():
        Member.create(kuerzel="KIM", key="kim", name="Kim Nord", roles=["customer_manager"])
    return stage


def request(stage: Stage, **facts: Any) -> int:
    """A request of V1 to give K1 away."""
    from models.ground.clock import parse_moment

    given = {"reason_kind": "need_changed", "reason": "Braucht jetzt Telefonservice", "opened_by": "ANN", **facts}
    with stage.store.connected():
        return int(Handover.create(customer="K1", vpa="V1", opened_at=parse_moment("2025-11-03T09:00"), **given).id)


def step(player: Player, name: str) -> str:
    """The line of the path that shows a step, in single blanks."""
    line = next(line[67:] for line in player.lines if f" {name} " in line[67:] and line[68:].strip()[0] in "●▸○–·")
    return " ".join(line.split())


async def test_the_path_stands_in_words_with_what_comes_next(desk: Stage) -> None:
    request(desk, reason_kind="cooperation_failed", questions=ASKED,
            measures=[{"on": "2025-11-04", "text": "Feste Zeiten", "by": "ANN"}],
            talks=[{"on": "2025-11-04", "result": "Ruhiges Gespräch", "by": "ANN"}])  # fmt: skip
    async with desk.screen(size=(120, 99)) as player:
        await player.press("6")
        assert "Maßnahme 2" in player.text
        assert "e Maßnahme festhalten" in player.lines[-1]
        assert "● Gründe erledigt gestern ANN" in step(player, "Gründe")
        assert "● Gespräch erledigt" in step(player, "Gespräch")
        assert "▸ Maßnahmen jetzt 1 von 2" in step(player, "Maßnahmen")
        assert "○ Vorschlag offen" in step(player, "Vorschlag")
        assert "(W-04)" in player.text
        assert "Maßnahme 04.11.25: Feste Zeiten" in player.text


async def test_the_facts_of_w_15_stand_beside_it(desk: Stage) -> None:
    request(desk)
    async with desk.screen(size=(120, 60)) as player:
        await player.press("6")
        text = " ".join(player.text.split())
        for words in (
            "Klasse des Kunden B",
            "laufende Aufgaben",
            "seit 8 Monaten",
            "VPA-Wechsel 12mon 0",
            "Erstattung nötig noch offen",
        ):
            assert words in text


async def test_from_the_question_to_the_proposal_by_one_key_w_06_w_10(desk: Stage) -> None:
    key = request(desk)
    async with desk.screen(size=(120, 60)) as player:
        await player.press("6", "e")
        await player.type("Seit wann")
        await player.press("tab")
        await player.type("Seit Mai")
        await player.press("tab", "j", "ctrl+s")
        assert desk.one(Handover, key).questions[0]["plausible"] is True
        assert "e Nachfolger vorschlagen" in player.lines[-1]
        assert "Mögliche Nachfolger" in player.text
        assert "Müller, Ole (V3)" in player.text
        await player.press("e")
        assert "Ausnahme durch" not in player.text
        await player.type("muell")
        await player.press("tab", "right", "tab", "right", "ctrl+s")
        proposed = desk.one(Handover, key)
        assert (proposed.state, proposed.successor, proposed.effort, proposed.refund) == (
            "proposed",
            "V3",
            "high",
            True,
        )


async def test_an_implausible_reason_is_sent_back_with_e_w_07(desk: Stage) -> None:
    key = request(desk, reason_kind="budget", questions=[{**ASKED[0], "plausible": False}])
    async with desk.screen(size=(120, 60)) as player:
        await player.press("6")
        assert "zurückgeben (W-07)" in player.text
        await player.press("e", "f2")
        assert "danke für deine Offenheit" in player.text  # the Chatvorlage, only where it was asked for
        assert "F2 Platzhalter" in player.text
        player.app.screen._fields["text"].fill("")  # type: ignore[attr-defined]  # it is the form
        await player.rest()
        assert "F2 Chatvorlage" in player.text
        await player.type("Bitte betreue den Kunden weiter")
        assert "F2" not in player.text
        await player.press("ctrl+s")
        assert desk.one(Handover, key).state == "sent_back"
        assert "Kein VPA-Wechsel läuft" in player.text


async def test_nobody_releases_an_own_request_a_manager_does_w_12_a_17(desk: Stage) -> None:
    key = request(
        desk, state="proposed", questions=ASKED, successor="V3", effort="low", refund=False, proposed_by="ANN"
    )
    async with desk.screen(size=(120, 60)) as player:
        await player.press("6", "e", "ctrl+s")
        assert isinstance(player.app.screen, FormScreen)
        assert "W-12" in player.text
        assert "A-17" in player.text
        assert desk.one(Handover, key).state == "proposed"
    async with desk.screen(me="KIM") as player:
        await player.press("6", "e", "ctrl+s")
        assert desk.one(Handover, key).state == "approved"


async def test_informed_trained_finished_by_one_key_each_w_13_w_14_k_08(desk: Stage) -> None:
    key = request(desk, state="approved", questions=ASKED, successor="V3", effort="low", proposed_by="ANN",
                  decided_by="KIM")  # fmt: skip
    async with desk.screen(size=(120, 60)) as player:
        await player.press("6", "e", "ctrl+s")
        assert str(desk.one(Handover, key).informed_on) == "2025-11-05"
        await player.press("e", "n", "ctrl+s")
        assert desk.one(Handover, key).training_wanted is False
        assert "Einarbeitung erledigt nicht gewünscht" in step(player, "Einarbeitung")
        await player.press("e")
        assert "du übernimmst" in player.text
        await player.press("ctrl+s")
        assert desk.one(Handover, key).state == "informed", "the Chatvorlage is to be filled in"
        assert isinstance(player.app.screen, FormScreen)
        player.app.screen._fields["text"].fill("Hallo, Frau Berg ist die Ansprechpartnerin.")
        await player.press("ctrl+s")
        assert desk.one(Handover, key).state == "finished"
        with desk.store.connected():
            assert Assignment.get(Assignment.vpa == "V3").customer_id == "K1"
        assert desk.count(Entry, Entry.kind == "vpa_change") == 1
        await player.press("u")
        assert desk.one(Handover, key).state == "informed"


async def test_y_copies_the_form_for_the_channel_w_11(desk: Stage) -> None:
    request(desk, questions=ASKED)
    async with desk.screen(size=(120, 60)) as player:
        await player.press("6", "y")
        copied = player.app.clipboard
        for head in ("VPA:", "KUNDE (Klasse):", "VPA-Wechsel 12mon:", "Einarbeitungsaufwand:", "Grund:", "Nachfolger:"):
            assert head in copied
        assert "Text für AT: Austausch" in player.told[-1]


async def test_a_sonderfall_is_reported_by_one_key_from_any_tab_w_16(desk: Stage) -> None:
    async with desk.screen(size=(120, 40)) as player:
        await player.press("4", "exclamation_mark", "ctrl+s")
        assert isinstance(player.app.screen, FormScreen)
        assert "W-16" in player.text
        assert "Café Nordlicht (K1)" in player.text
        await player.press("tab")
        await player.type("Beschimpft den VPA")
        await player.press("ctrl+s")
        assert desk.count(Handover, Handover.state == "escalated") == 1
        assert desk.count(Reminder, Reminder.about.startswith("handover:")) == 2  # Vera and Kim


async def test_a_sonderfall_stands_in_the_palette_w_16(desk: Stage) -> None:
    async with desk.screen(size=(120, 40)) as player:
        await player.press("ctrl+p")
        await player.type("Sonderfall")
        assert "Sonderfall" in "\n".join(player.lines[4:14])
        await player.press("enter")
        assert "Was vorgefallen ist" in player.text


async def test_an_ended_request_and_keys_without_meaning_say_why(desk: Stage) -> None:
    request(desk, state="rejected", closed_by="KIM", remark="Noch nicht")
    async with desk.screen(size=(120, 50)) as player:
        await player.press("6", "f")
        await player.type("abgeschlossen")
        await player.press("enter")
        assert "nicht freigegeben" in player.text
        for key, word in (("e", "beendet"), ("v", "Wiedervorlage"), ("z", "ganzen Team"), ("c", "mit e")):
            await player.press(key)
            assert word in player.told[-1]


@pytest.mark.parametrize("size", [(80, 24), (60, 18)])
async def test_narrow_screens_keep_ten_characters_of_the_customer(desk: Stage, size: tuple[int, int]) -> None:
    request(desk)
    async with desk.screen(size=size) as player:
        await player.press("6")
        assert "Café Nordl" in player.text
        await player.press("enter")
        assert "Weg" in player.text


async def test_a_request_knows_whose_customer_it_is_and_names_what_the_reason_lacks_w_01_w_06(desk: Stage) -> None:
    async with desk.screen(size=(80, 24)) as player:
        await player.press("4", "x")
        await player.type("abgeben")
        await player.press("enter")
        form = player.app.screen
        assert isinstance(form, FormScreen)
        assert form._fields["vpa"].value == "V1"
        assert "→ Keller, Mira (V1)" in player.text
        assert "○ Art des Grundes (W-06)" in player.text
        assert "○ Grund (W-06)" in player.text
        form._fields["reason"].fill("Zu viel")
        form._fields["vpa"].fill("V2")
        await player.rest()
        assert "○ Grund (W-06)" not in player.text
        assert "○ Art des Grundes (W-06)" in player.text
        assert "der VPA des Kunden (Keller, Mira)" in " ".join(player.text.split())


async def test_what_is_no_date_is_said_once_in_the_list(desk: Stage) -> None:
    request(desk, reason_kind="cooperation_failed", questions=ASKED)
    async with desk.screen(size=(120, 40)) as player:
        await player.press("6", "x")
        await player.type("gespräch")
        await player.press("enter")
        form = player.app.screen
        assert isinstance(form, FormScreen)
        form._fields["on"].fill("bald")
        await player.rest()
        points = [point.text for point in form.query_one(Checklist).points if not point.done]
        assert sum("Das ist kein Datum" in point for point in points) == 1
        assert not any("ein Tag bis heute" in point for point in points)
