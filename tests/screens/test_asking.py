"""A form that begins with a Chatvorlage: placeholders asked one by one, sources to tick, the check in 4 weeks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Event
from unittest import mock

import pytest

from models.action.catalogue import load_all
from models.playbook import use
from models.playbook.own import read_own
from models.tables.entry import Entry
from models.tables.people import Assignment, Customer, Vpa
from models.tables.reminder import Reminder
from screens.form.asking import TemplateForm, form_for
from screens.form.form import FormScreen
from screens.form.model import FormModel
from screens.form.parts import Keys
from screens.form.templates import in_words, open_placeholders, put_in
from screens.tab.tab import Deed
from screens.tasks.words import decline_text
from tests.screens.stage import Player, Stage


@pytest.fixture
def edited(tmp_path: Path) -> Iterator[Path]:
    """The team's own template for a VPA-Wechsel, short enough for a test."""
    text = '[vpa_change]\nversion = 2\ntext = """Moin [vorname], [kunde] kommt zu dir. Es spricht: [ansprechpartner]. '
    (tmp_path / "templates.toml").write_text(f'{text}Wichtig: [absprachen]"""\n', encoding="utf-8")
    use(read_own(tmp_path))
    yield tmp_path
    use(None)


def _told(stage: Stage) -> None:
    from models.ground.clock import parse_moment

    with stage.store.connected():
        Customer.update(wizard="Bedarf: Datenpflege").where(Customer.id == "K1").execute()
        Entry.create(file="oteam", subject="customer:K1", kind="lead", situation="Hätte gern Rückrufe", tags=["x"],
                     author="SAL", account="", created_at=parse_moment("2025-11-02T10:00"), origin="sales")  # fmt: skip


async def _assign(player: Player) -> FormScreen:
    await player.press("4", "x")
    await player.type("zuweisen")
    await player.press("enter")
    assert isinstance(player.app.screen, FormScreen)
    return player.app.screen


@pytest.mark.usefixtures("edited")
async def test_an_assignment_from_the_teams_own_template_k20_to_k25(stage: Stage) -> None:
    _told(stage)
    with stage.store.connected():
        Vpa.update(active=True).execute()
    async with stage.screen() as player:
        form = await _assign(player)
        assert "Bedarf: Datenpflege" in player.text  # what is ticked as read can be read here (K-24)
        assert "Hätte gern" in player.text
        await player.type("demir")
        await player.press("tab")
        assert form._fields["kind"].value == "vpa_change"  # the fitting kind stands there, its template with it (K-22)
        text = str(form._fields["text"].value)
        assert text.startswith("Moin Can, Café Nordlicht kommt zu dir.")
        assert "F2 fragt" in player.text
        assert "F2 Platzhalter" in player.text
        await player.press("f2")
        assert "Platzhalter 1 von 2" in player.text
        assert "Wer beim Kunden zuständig ist" in player.text
        await player.type("Frau Berg")
        await player.press("ctrl+q")
        assert player.app.is_running  # an answer is nothing to be thrown away without asking
        await player.press("enter")
        assert "Platzhalter 2 von 2" in player.text
        await player.press("up")
        assert "Frau Berg" in player.text  # one can go back and look
        await player.press("down", "enter")  # left empty: stays open
        assert "Es spricht: Frau Berg. Wichtig: [Absprachen]" in str(form._fields["text"].value)
        await player.press("ctrl+s")
        assert player.app.screen is form  # K-23: not with an open placeholder
        await player.press("f2")
        await player.type("Rechnung monatlich")
        await player.press("enter")
        form._fields["read"].fill("wizard")
        form._fields["read"].fill("sales")
        await player.press("ctrl+s")
        assert player.app.screen is not form
        assert stage.count(Assignment, Assignment.customer == "K1", Assignment.vpa == "V2") == 1
        assert stage.count(Entry, Entry.situation.contains("Rechnung monatlich"), Entry.file == "vpa_kunde") == 1
        with stage.store.connected():
            check = Reminder.get(Reminder.kind == "upkeep")
        assert check.due.in_timezone("Europe/Berlin").date().isoformat() == "2025-12-03"  # 4 weeks on (K-25)


async def test_the_deadline_of_the_form_stands_in_the_text_k30(stage: Stage) -> None:
    async with stage.screen(size=(80, 24)) as player:
        await player.press("4", "x")
        await player.type("ansprechen")
        await player.press("enter")
        form = player.app.screen
        assert isinstance(form, FormScreen)
        text = str(form._fields["text"].value)
        assert "frist]" not in text.casefold()
        assert "Mi 12.11.2025" in text
        form._fields["deadline"].fill("24.11.")
        await player.rest()
        assert "Mo 24.11.2025" in str(form._fields["text"].value)
        form._fields["text"].fill("Eigener Text")
        form._fields["deadline"].fill("+3")
        await player.rest()
        assert form._fields["text"].value == "Eigener Text"  # what somebody wrote is never put aside
        await player.press("f2")
        assert isinstance(player.app.screen, FormScreen)  # nothing left to ask
        assert "F2" not in player.text


async def test_a_name_that_fits_several_is_no_name_and_a_late_answer_is_about_less_than_stands_there(
    stage: Stage,
) -> None:
    async with stage.screen(size=(80, 24)) as player:
        form = await _assign(player)
        answers, newer = form.model.called.candidates, Event()

        def candidates(kind: str, text: str) -> list[tuple[str, str]]:
            found = answers(kind, text)
            newer.set() if text == "v2" else newer.wait(20)  # what was asked first is answered last
            return found

        with mock.patch.object(form.model.called, "candidates", candidates):
            await player.type("v2")
        assert "→ Demir, Can (V2)" in player.text
        assert "niemand heißt so" not in player.text
        form._fields["vpa"].fill("m")
        await player.rest()
        assert "Keller, Mira (V1) · Müller, Ole (V3)" in player.text
        assert "„m“ passt zu mehreren" in player.text
        assert "gibt es nicht" not in player.text
        await player.press("ctrl+s")
        assert player.app.screen is form
        assert stage.count(Assignment) == 2


async def test_a_template_set_beforehand_asks_for_its_placeholders_too_k23(stage: Stage) -> None:
    load_all()
    assert in_words("Ab [termin] bei [kunde] [hier]: [luecken]") == "Ab [Termin] bei [Kunde] [hier]: [Lücken]"
    assert put_in("[Termin] [termin] [Kunde]", {"termin": "Montag"}) == "Montag Montag [Kunde]"
    deed = Deed("task.decline", "Ablehnen: Plan", {"id": "T1"}, {"text": decline_text("Plan", "Anna")})
    assert list(open_placeholders(str(deed.preset["text"]))) == ["anrede", "grund"]
    model = FormModel(stage.session(), deed)
    assert isinstance(form_for(model), TemplateForm)
    assert not isinstance(form_for(FormModel(stage.session(), replace(deed, preset={}))), TemplateForm)


async def test_sales_entries_are_shown_at_the_top_until_somebody_serves_the_customer_k05(stage: Stage) -> None:
    _told(stage)
    async with stage.screen() as player:
        await player.press("4")
        assert "Vorabinfos von Sales" not in player.text
        with stage.store.connected():
            Assignment.delete().where(Assignment.customer == "K1").execute()
        await player.press("r")
        assert "Vorabinfos von Sales" in player.text


def test_where_the_keys_of_a_form_have_no_room_the_way_back_stays() -> None:
    keys = Keys()
    keys.ask("Platzhalter")
    (line,) = keys.draw(56)
    assert line.plain.startswith("Strg+S Speichern   F2 Platzhalter   Esc Zurück")
