"""Reading and checking the playbook files: every fault names its file and entry."""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

from models.ground.os_errors import why_not
from models.playbook.entries import (
    PLACEHOLDER,
    VARIABLE,
    Block,
    Kind,
    ObstacleText,
    PlaybookError,
    Reader,
    RuleText,
    Setting,
    SettingType,
    SettingValue,
    Template,
    Weight,
)

HERE = Path(__file__).parent
PARTS = {
    "obstacles": ("obstacles", "obstacles_files", "obstacles_tasks", "obstacles_records"),
    "templates": ("templates", "templates_tasks"),
}
"""Parts that are spread over several files; a name stands in one of them only."""


def load(part: str, folder: Path | None = None) -> dict[str, Any]:
    """The raw entries of a part; those of the same files in `folder` (the team's own words) replace ours."""
    raw: dict[str, Any] = {}
    for name in PARTS.get(part, (part,)):
        for key, value in _parse(HERE / f"{name}.toml").items():
            if key in raw:
                raise PlaybookError(f"Playbook, {name}.toml, {key}: steht schon in einer anderen Datei.")
            raw[key] = value
    for name in PARTS.get(part, (part,)) if folder else ():
        own = Path(folder or "") / f"{name}.toml"
        raw = _merged(raw, _parse(own)) if own.is_file() else raw
    return raw


def own_names(folder: Path) -> dict[str, str]:
    """The team's names for TL, TA and Forwarded (`labels.toml`), if it has any."""
    own = folder / "labels.toml"
    return {key: str(name) for key, name in _parse(own).items()} if own.is_file() else {}


def load_file(name: str) -> dict[str, Any]:
    """The raw entries of one of our own files."""
    return _parse(HERE / f"{name}.toml")


def _parse(path: Path) -> dict[str, Any]:
    """The entries of a file; ours are kept as JSON beside Python's own compiled files: read ten times quicker."""
    if path.parent != HERE:
        return _parse_toml(path)
    kept = path.parent / "__pycache__" / f"{path.name}.json"
    mark = _mark(path)
    try:
        known = json.loads(kept.read_text(encoding="utf-8"))
        if mark and known["mark"] == mark:
            return dict(known["entries"])
    except (OSError, ValueError, KeyError, TypeError):
        pass  # not kept yet, or spoilt: read the file itself
    entries = _parse_toml(path)
    _keep(kept, mark, entries)
    return entries


def _mark(path: Path) -> list[int]:
    """By what a changed file is told from the one that was kept; nothing for a missing one."""
    try:
        state = path.stat()
    except OSError:
        return []
    return [state.st_mtime_ns, state.st_size]


def _keep(kept: Path, mark: list[int], entries: dict[str, Any]) -> None:
    """Keep what was read, where that is possible; a folder that cannot be written only costs time."""
    try:
        text = json.dumps({"mark": mark, "entries": entries}, ensure_ascii=False)
        own = kept.with_suffix(f".{os.getpid()}")
        own.write_text(text, encoding="utf-8")
        own.replace(kept)
    except (OSError, TypeError):
        return  # TypeError: times of day have no form in JSON; that file is small


def _parse_toml(path: Path) -> dict[str, Any]:
    import tomllib  # some milliseconds that `--help` and `--version` need not pay

    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise PlaybookError(f"Playbook, {path.name}: nicht lesbar ({why_not(error)}).") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise PlaybookError(f"Playbook, {path.name}: kein gültiges TOML ({error}).") from error


def _merged(base: dict[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    result = dict(base)
    for key, value in own.items():
        old = result.get(key)
        result[key] = _merged(old, value) if isinstance(old, dict) and isinstance(value, dict) else value
    return result


class Row:
    """One entry while it is read: gives typed values and complains with file and entry name."""

    def __init__(self, where: str, raw: object) -> None:
        """`where` is "file.toml, entry"; `raw` must be a table."""
        self.where = where
        if not isinstance(raw, Mapping):
            raise self.fault("ist keine Tabelle")
        self._raw = dict(raw)

    def fault(self, what: str) -> PlaybookError:
        """The error to raise for this entry."""
        return PlaybookError(f"Playbook, {self.where}: {what}.", what)

    def take(self, key: str) -> object:
        """The raw value, or None; whatever was taken counts as known."""
        return self._raw.pop(key, None)

    def text(self, key: str, *, required: bool = True) -> str:
        """A trimmed text; empty only where it is not required."""
        value = self.take(key)
        if value is None and not required:
            return ""
        if not isinstance(value, str) or not value.strip():
            raise self.fault(f"„{key}“ fehlt oder ist kein Text")
        return value.strip()

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts, empty if left out."""
        value = self.take(key)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(part, str) and part for part in value):
            raise self.fault(f"„{key}“ muss eine Liste von Texten sein")
        return tuple(value)

    def number(self, key: str, default: int) -> int:
        """A whole number, or the default."""
        value = self.take(key)
        if value is None:
            return default
        if not isinstance(value, int) or isinstance(value, bool):
            raise self.fault(f"„{key}“ muss eine ganze Zahl sein")
        return value

    def flag(self, key: str) -> bool:
        """true or false, false if left out."""
        value = self.take(key)
        if value is not None and not isinstance(value, bool):
            raise self.fault(f"„{key}“ muss true oder false sein")
        return bool(value)

    def done(self) -> None:
        """Refuses keys nobody asked for: a misspelt key must not pass in silence."""
        if self._raw:
            raise self.fault(f"unbekannt: {', '.join(sorted(self._raw))}")


def setting(key: str, raw: object) -> Setting:
    """One team setting; its default must be of its own type and within its bounds."""
    row = Row(f"settings.toml, {key}", raw)
    type_ = _choice(row, "type", get_args(SettingType))
    default = _default(row, type_)
    entry = Setting(
        key, type_, default, row.text("label"), row.text("explanation"), row.texts("rules"),
        row.text("unit", required=False), row.number("minimum", 0), row.number("maximum", 9999), row.texts("values"),
    )  # fmt: skip
    row.done()
    try:
        same = entry.read(entry.show(default)) == default
    except ValueError as error:
        raise row.fault(f"Vorgabe passt nicht: {error}") from error
    if not same:
        raise row.fault("Vorgabe liest sich anders, als sie geschrieben wird")
    return entry


def _choice(row: Row, key: str, allowed: tuple[str, ...]) -> Any:
    """A text out of a closed list (Any, because the Literal types differ)."""
    value = row.text(key)
    if value not in allowed:
        raise row.fault(f"„{key}“ muss eines davon sein: {', '.join(allowed)}")
    return value


def _default(row: Row, type_: str) -> SettingValue:
    if type_ == "list":
        return row.texts("default")
    value = row.take("default")
    wanted: type[int] | type[str] | type[dt.time] = {"int": int, "time": dt.time}.get(type_, str)
    if not isinstance(value, (int, str, dt.time)) or isinstance(value, bool) or not isinstance(value, wanted):
        raise row.fault(f"„default“ passt nicht zum Typ {type_}")
    return value


def kind(where: str, code: str, raw: object) -> Kind:
    """One code's German face; a bare text is its label."""
    if isinstance(raw, str):
        raw = {"label": raw}
    row = Row(f"kinds.toml, {where}.{code}", raw)
    label = row.text("label")
    entry = Kind(
        code,
        label,
        row.text("short", required=False) or label,
        **{key: row.text(key, required=False) for key in ("tag", "symbol", "explanation", "log_kind")},
    )
    row.done()
    return entry


def obstacle(code: str, raw: object) -> ObstacleText:
    """The text of one obstacle code, with what single rules say differently."""
    where = f"obstacles.toml, {code}"
    row = Row(where, raw)
    variants = row.take("at")
    if variants is not None and not isinstance(variants, Mapping):
        raise row.fault("„at“ muss eine Tabelle je Regel sein")
    general = _obstacle(row, code)
    shared = {key: value for key, value in raw.items() if key != "at"} if isinstance(raw, Mapping) else {}
    by_rule = {}
    for rule_, own in (variants or {}).items():
        if rule_ not in general.rules or not isinstance(own, Mapping):
            raise row.fault(f"„at“ nennt {rule_}, „rules“ nicht")
        variant = _obstacle(Row(f"{where}.at.{rule_}", {**shared, **own}), code)
        by_rule[rule_] = replace(variant, rules=(rule_,))
    return replace(general, by_rule=by_rule)


def _obstacle(row: Row, code: str) -> ObstacleText:
    weight: Weight = "warn" if row.flag("warn") else "stop"
    entry = ObstacleText(
        code, row.texts("rules"), weight, row.text("reason"), row.text("missing"), row.text("way_out"),
        row.text("option", required=False), row.text("key", required=False), row.text("passing", required=False),
    )  # fmt: skip
    row.done()
    if entry.reason.endswith("."):
        raise row.fault("„reason“ steht hinter „weil“ und hat keinen Punkt")
    if not entry.rules:
        raise row.fault("„rules“ fehlt")
    return entry


def blocks(where: str, raw: object) -> tuple[Block, ...]:
    """The paragraphs of one topic, in their order."""
    if not isinstance(raw, list):
        raise PlaybookError(f"Playbook, {where}: ist keine Liste von Absätzen.")
    return tuple(_block(f"{where}, Absatz {number}", item) for number, item in enumerate(raw, 1))


def _block(where: str, raw: object) -> Block:
    row = Row(where, raw)
    entry = Block(
        row.text("text"), frozenset(row.texts("when")), frozenset(row.texts("unless")),
        row.text("plain", required=False), row.flag("stop"),
    )  # fmt: skip
    row.done()
    if VARIABLE.search(entry.plain):
        raise row.fault("„plain“ darf keine Variable enthalten")
    if set(VARIABLE.findall(entry.text)) - {"vorname"} and not entry.plain:
        raise row.fault("„plain“ fehlt: der Text braucht eine Fassung ohne Variable")
    return entry


def template(code: str, raw: object, known: Mapping[str, str]) -> Template:
    """One Chatvorlage; every placeholder must be in the documented list."""
    row = Row(f"templates.toml, {code}", raw)
    reader: Reader = _choice(row, "reader", get_args(Reader))
    entry = Template(
        code, row.number("version", 0), row.text("label"), reader, row.texts("subjects"), row.text("text"),
        row.text("hint", required=False),
    )  # fmt: skip
    row.done()
    if entry.version < 1:
        raise row.fault("„version“ muss 1 oder mehr sein")
    check_placeholders(row.where, entry.text, known)
    return entry


def check_placeholders(where: str, text: str, known: Mapping[str, str]) -> None:
    """Refuses a placeholder that nobody documented."""
    strange = sorted(set(PLACEHOLDER.findall(text)) - set(known))
    if strange:
        what = f"unbekannte Platzhalter: {', '.join(strange)}"
        raise PlaybookError(f"Playbook, {where}: {what}.", what)


def rule(id_: str, raw: object) -> RuleText:
    """One requirement: a list of two texts, short and long."""
    if not isinstance(raw, list) or len(raw) != 2 or not all(isinstance(part, str) and part for part in raw):
        raise PlaybookError(f"Playbook, rules.toml, {id_}: braucht zwei Texte, kurz und ganz.")
    if not raw[1].endswith("."):
        raise PlaybookError(f"Playbook, rules.toml, {id_}: der ganze Satz endet mit einem Punkt.")
    return RuleText(id_, raw[0], raw[1])
