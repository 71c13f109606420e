"""A form that begins with a Chatvorlage: placeholders asked one by one, sources to tick, the check in 4 weeks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from models.file.table import Entry
from models.people import Assignment, Customer
from models.playbook import use
from models.playbook.own import read_own
from models.reminder.table import Reminder
from screens.form import FormScreen
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
    from models.clock import parse_moment

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
        await player.press("f2")
        assert "Platzhalter 1 von 2" in player.text
        assert "Wer beim Kunden zuständig ist" in player.text
        await player.type("Frau Berg")
        await player.press("enter")
        assert "Platzhalter 2 von 2" in player.text
        await player.press("up")
        assert "Frau Berg" in player.text  # one can go back and look
        await player.press("down", "enter")  # left empty: stays open
        assert "Es spricht: Frau Berg. Wichtig: [absprachen]" in str(form._fields["text"].value)
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
        assert "[frist]" not in text
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


async def test_sales_entries_are_shown_at_the_top_until_somebody_serves_the_customer_k05(stage: Stage) -> None:
    _told(stage)
    async with stage.screen() as player:
        await player.press("4")
        assert "Vorabinfos von Sales" not in player.text
        with stage.store.connected():
            Assignment.delete().where(Assignment.customer == "K1").execute()
        await player.press("r")
        assert "Vorabinfos von Sales" in player.text
