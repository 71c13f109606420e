"""The team's own Chatvorlagen: written out, edited, checked at start, used by command (K-22, T-17, D-32)."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from models.playbook import Playbook, playbook, use
from models.playbook.own import BadTemplatesError, read_own
from models.playbook.writing import export_templates, template_files
from tests.support import task as tasks
from tests.support.world import World
from tui.settings import read_settings, settings_path, templates_folder

SHIPPED = Playbook()


@pytest.fixture(autouse=True)
def ours_again() -> Iterator[None]:
    """No test leaves its templates to the next one."""
    yield
    use(None)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A team's folder, in use by the environment."""
    path = tmp_path / "vorlagen"
    path.mkdir()
    monkeypatch.setenv("SCHICHT_TEMPLATES", str(path))
    return path


def lay(folder: Path, text: str, name: str = "templates.toml") -> None:
    """Write one file of the team."""
    (folder / name).write_text(text, encoding="utf-8")


def test_what_is_written_out_reads_back_as_it_is(tmp_path: Path) -> None:
    export_templates(tmp_path / "neu")
    own = read_own(tmp_path / "neu")
    assert own.templates == SHIPPED.templates
    assert own.placeholders == SHIPPED.placeholders
    for name, text in template_files().items():
        comments = [line for line in text.splitlines() if line.startswith("#")]
        assert comments, name
        assert all(len(line) <= 120 for line in comments), name
    assert "# ▲ Liest: VPA. Passt zu: Kunde." in template_files()["templates.toml"]


def test_export_overwrites_nothing(team: World, tmp_path: Path) -> None:
    target = tmp_path / "neu"
    assert len(team.cli("template", "export", str(target)).ok().json["files"]) == 3
    lay(target, "# unsere")
    again = team.cli("template", "export", str(target))
    assert (again.exit_code, again.json["error"]["code"]) == (6, "already_done")
    assert (target / "templates.toml").read_text(encoding="utf-8") == "# unsere"
    (tmp_path / "datei").write_text("x", encoding="utf-8")
    assert team.cli("template", "export", str(tmp_path / "datei" / "x")).exit_code == 2


def test_an_edited_text_is_filled_by_command_k22(team: World, folder: Path) -> None:
    lay(folder, '[new_prio]\nversion = 2\ntext = "Liebe [vorname], [kunde] ist da: [grund] [hausregel]"\n')
    lay(folder, 'hausregel = "was bei uns gilt"\n', "placeholders.toml")
    filled = team.cli("template", "fill", "new_prio", "--for", "customer:K1").ok().json
    assert filled["text"].startswith("Liebe [vorname], ")
    assert (filled["version"], filled["reader"]) == (2, "vpa")
    assert filled["missing"]["hausregel"] == "was bei uns gilt"
    listed = {line["code"]: line for line in team.cli("template", "list").ok().lines}
    assert listed["new_prio"]["version"] == 2
    assert listed["new_offer"]["version"] == SHIPPED.template("new_offer").version
    team.cli("template", "check").ok()


def test_a_new_template_can_be_added(team: World, folder: Path) -> None:
    lay(
        folder,
        '[urlaub]\nversion = 1\nlabel = "Urlaub"\nreader = "vpa"\nsubjects = ["vpa"]\ntext = "Hallo [vorname]"\n',
    )
    assert team.cli("template", "fill", "urlaub", "--for", "vpa:V1").ok().json["missing"] == {}


FAULTS = {
    "names a class": ('[new_prio]\nversion = 2\ntext = """\nJa\n\nein A-Kunde"""\n', 6, "„A-Kunde“ nennt eine Klasse"),
    "class placeholder": ('[new_prio]\ntext = "[kundenklasse]"\n', 2, "[kundenklasse] ist intern"),
    "unknown placeholder": ('[new_prio]\n\ntext = "Hallo [nochwas]"\n', 3, "nochwas"),
    "capital placeholder": ('[new_prio]\ntext = "Bis [Frist]"\n', 2, "[Frist] ist kein bekannter Platzhalter"),
    "never to be saved": ('[new_prio]\ntext = """\nBis\nXY"""\n', 4, "„XY“ ließe sich nie speichern"),
    "other reader": ('[new_prio]\nreader = "intern"\n', 2, "„reader“ ist bei dieser Vorlage 'vpa' und bleibt es"),
    "other subjects": ('[new_prio]\nsubjects = ["vpa"]\n', 2, "„subjects“ ist bei dieser Vorlage"),
    "no text": ("[neu]\nversion = 1\nlabel = 'x'\nreader = 'vpa'\nsubjects = ['vpa']\n", 1, "„text“ fehlt"),
    "misspelt": ('\n[new_prio]\ntxet = "x"\n', 2, "unbekannt: txet"),
    "wrong subject": (
        "[neu]\nversion = 1\nlabel = 'x'\nreader = 'vpa'\nsubjects = ['hund']\ntext = 'x'\n", 5, "möglich ist: vpa",
    ),
    "no toml": ('[new_prio]\ntext = "Hallo\n', 2, "ein Zeichen, das nicht sein darf"),
    "open text": ('[new_prio]\ntext = """Hallo\n', 2, "ein Text ist nicht zu Ende"),

    "no table": ('gruss = "x"\n', 1, "eine Vorlage beginnt mit einer Zeile wie"),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_a_faulty_file_is_refused_at_start_with_file_and_line(team: World, folder: Path, fault: str) -> None:
    text, line, said = FAULTS[fault]
    lay(folder, text)
    result = team.cli("check")
    assert (result.exit_code, result.json["error"]["code"]) == (4, "bad_data")
    (problem,) = result.json["error"]["problems"]
    assert (problem["file"], problem["line"]) == ("templates.toml", line)
    assert said.casefold() in problem["message"].casefold()
    told = team.cli("check", json=False).stderr
    assert f"templates.toml, Zeile {line}, " in told
    assert "SCHICHT_TEMPLATES=-" in told
    assert playbook().templates == SHIPPED.templates  # nothing of it was taken


def test_every_fault_of_every_file_is_listed(folder: Path) -> None:
    lay(folder, '[decline]\ntext = "[grund]"\n[new_prio]\ntext = "Rising Star, B-Kunde"\n')
    lay(folder, '[decline]\ntext = "x"\n', "templates_tasks.toml")
    lay(folder, "Frist = 'x'\ngut = ''\n", "placeholders.toml")
    for name in ("kinds.toml", "Templates.TOML", "templates.toml.txt", ".templates.toml.swp", "templates.toml~"):
        lay(folder, "x = 1", name)
    (folder / "notizen.txt").write_text("egal", encoding="utf-8")
    with pytest.raises(BadTemplatesError) as refused:
        read_own(folder)
    found = {(problem.file, problem.line, problem.code) for problem in refused.value.problems}
    assert found == {
        ("kinds.toml", 1, "unknown_file"), ("Templates.TOML", 1, "unknown_file"),
        ("templates.toml.txt", 1, "unknown_file"),
        ("placeholders.toml", 1, "name"), ("placeholders.toml", 2, "meaning"),
        ("templates.toml", 4, "class_named"), ("templates_tasks.toml", 1, "twice"),
    }  # fmt: skip
    assert sum(problem.code == "class_named" for problem in refused.value.problems) == 2


def test_a_file_that_is_no_text_is_refused(folder: Path) -> None:
    (folder / "templates.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(BadTemplatesError) as refused:
        read_own(folder)
    assert "UTF-8" in refused.value.problems[0].message


def test_internal_templates_may_say_what_they_need(folder: Path) -> None:
    lay(folder, '[handover_form]\nversion = 2\ntext = "Klasse A: [kundenklasse] XY"\n')
    assert read_own(folder).template("handover_form").version == 2


def test_where_the_templates_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Environment, then the user's settings, then the data folder; `-` is none."""
    usual = Path(os.environ["XDG_DATA_HOME"]) / "schicht" / "vorlagen"
    assert templates_folder() is None
    usual.mkdir(parents=True)
    assert templates_folder() == usual
    settings_path().parent.mkdir(parents=True)
    settings_path().write_text('templates = "~/team"\n', encoding="utf-8")
    assert templates_folder() == Path("~/team").expanduser()
    monkeypatch.setenv("SCHICHT_TEMPLATES", str(tmp_path))
    assert templates_folder() == tmp_path
    monkeypatch.setenv("SCHICHT_TEMPLATES", "-")
    assert templates_folder() is None
    settings_path().write_text("templates = 3\n", encoding="utf-8")
    assert read_settings().complaints == ("Einstellungen: templates nennt einen Ordner, in Anführungszeichen.",)


def test_a_folder_that_is_not_there_is_wrong_usage(
    team: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert team.cli("template", "check").exit_code == 2
    monkeypatch.setenv("SCHICHT_TEMPLATES", str(tmp_path / "weg"))
    result = team.cli("check")
    assert result.exit_code == 2
    assert "weg" in result.json["error"]["message"]
    monkeypatch.setenv("SCHICHT_TEMPLATES", "-")
    assert team.cli("check").exit_code in (0, 3)


def test_a_team_names_tl_ta_and_forwarded_itself_a_21(team: World, folder: Path) -> None:
    """Everywhere the program says them, and nowhere in what members wrote."""
    lay(folder, 'tl = "Leitung"\nta = "Assistenz"\nforwarded = "Eingang"\n', "labels.toml")
    own = read_own(folder)
    assert own.label("task_state", "forwarded") == "Eingang"
    assert own.obstacle("not_forwarded").missing == "eine Aufgabe in Eingang"
    assert own.rule("F-01").sentence.endswith("delegiert er an Leitung; es kommt in Eingang an.")
    assert "Würde dir ein Assistenz helfen" in own.message("reminder.support", (), {"kunde": "Café", "vorname": "Mira"})
    assert own.say("28 Fwd. · MTA · forwarded") == "28 Eing. · MTA · forwarded"
    assert SHIPPED.say("Fwd. TL TA Forwarded") == "Fwd. TL TA Forwarded"
    lay(folder, 'forwarded = "Post"\n', "labels.toml")
    assert read_own(folder).say("Fwd. · an TL") == "Post · an TL"
    tasks.task("T1")
    assert team.cli("task", "list", json=False).ok().stdout.count("Post") == 1


def test_names_that_fit_nowhere_are_refused_a_21(folder: Path) -> None:
    lay(folder, 'tl = ""\nta = "A-Kunde"\nforwarded = "Eingang der ganz großen Aufgaben"\nat = "x"\n', "labels.toml")
    with pytest.raises(BadTemplatesError) as refused:
        read_own(folder)
    found = [(problem.file, problem.line, problem.code) for problem in refused.value.problems]
    assert found == [("labels.toml", line, "name" if line == 4 else "label") for line in (1, 2, 3, 4)]
