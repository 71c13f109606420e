"""The team's words: settings, labels, refusals, Vorgehen, messages, Chatvorlagen and rules, in German.

Each part is read from its own file at first use and kept: start-up pays for none of them. `playbook()` is the one
way in; a team that wants other Chatvorlagen lays them into a folder (`models.playbook.own`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from models.playbook import reading
from models.playbook.entries import (
    PLACEHOLDER,
    VARIABLE,
    Block,
    Facts,
    Kind,
    ObstacleText,
    PlaybookError,
    RuleText,
    Setting,
    SettingValue,
    Template,
    placeholder_word,
)
from models.playbook.labels import renamed

__all__ = [
    "Block", "Facts", "Kind", "ObstacleText", "Playbook", "PlaybookError", "RuleText", "Setting", "SettingValue",
    "Template", "first_name", "playbook", "use",
]  # fmt: skip

Topics = dict[str, tuple[Block, ...]]


def playbook() -> Playbook:
    """The playbook, read once: the team's own where there is one (`use`), else ours."""
    return _OWN[0] if _OWN else _shipped()


def use(own: Playbook | None) -> None:
    """From now on this is the playbook; None takes ours again. Called once, before anything is read out of it."""
    _OWN[:] = [own] if own is not None else []


_OWN: list[Playbook] = []
"""The team's own playbook, if any; none or one."""


@lru_cache(maxsize=1)
def _shipped() -> Playbook:
    return Playbook()


def first_name(name: str) -> str:
    """What to call a person: "Keller, Mira" and "Mira Keller" both give "Mira"; titles are passed over."""
    given = name.split(",", 1)[1] if "," in name else name
    words = [word for word in given.split() if not word.endswith(".")]
    return words[0] if words else name.strip()


class Playbook:
    """All words of the team; every part is loaded and checked at first use (`PlaybookError` names a bad entry)."""

    def __init__(self, folder: Path | None = None) -> None:
        """`folder` may hold the team's own versions of the TOML files."""
        self._folder = folder

    def check(self) -> None:
        """Loads every part, so that a fault shows now; for `doctor` and tests."""
        for part in (self.settings, self.kinds, self.obstacles, self.guidances, self.messages, self.templates):
            len(part)
        len(self.rules)

    # Settings

    @cached_property
    def settings(self) -> Mapping[str, Setting]:
        """The team settings by key, in the order they are shown."""
        return {key: reading.setting(key, raw) for key, raw in self._load("settings").items()}

    def setting(self, key: str) -> Setting:
        """One setting; `KeyError` if there is none of that key."""
        return self.settings[key]

    # Labels

    @cached_property
    def kinds(self) -> Mapping[str, Mapping[str, Kind]]:
        """The codes of each group (`case_kind`, `finding`, `measure` …) in their order.

        The group `entry` holds the kinds of all three files, for a choice made before the file is known.
        """
        groups = {
            group: {code: reading.kind(group, code, raw) for code, raw in codes.items()}
            for group, codes in self._load("kinds").items()
        }
        groups["entry"] = {**groups["entry_oteam"], **groups["entry_vpa_kunde"], **groups["entry_vpa_akte"]}
        return groups

    def kind(self, group: str, code: str) -> Kind:
        """One code's German face; `KeyError` if the group or code does not exist."""
        return self.kinds[group][code]

    def label(self, group: str, code: str | None) -> str:
        """The German label; an unknown code (an older export's, say) shows as itself, None as nothing."""
        if code is None:
            return ""
        known = self.kinds[group].get(code)
        return known.label if known else code

    def labels(self, group: str) -> dict[str, str]:
        """Code → label of a group, in the order in which choices are offered."""
        return {code: kind.label for code, kind in self.kinds[group].items()}

    # Refusals

    @cached_property
    def obstacles(self) -> Mapping[str, ObstacleText]:
        """The text of every obstacle code, in the order of the contract."""
        return {code: reading.obstacle(code, raw) for code, raw in self._load("obstacles").items()}

    def obstacle(self, code: str, rule: str = "") -> ObstacleText:
        """What to say for an obstacle, in the words of that rule where they differ; `KeyError` for an unknown code."""
        return self.obstacles[code].under(rule)

    # Vorgehen and messages

    @cached_property
    def guidances(self) -> Mapping[str, tuple[Block, ...]]:
        """The paragraphs of „Vorgehen“ by topic."""
        return self._topics("guidance")

    def guidance(self, topic: str, findings: Collection[str] = (), facts: Facts | None = None) -> list[str]:
        """What to do about a matter: the paragraphs that fit its findings, in order.

        `topic` is a Case kind, `journey.<stage>`, `reminder.<sort>`, `task.<gate>`, `handover.<step>` or
        `assign.<kind>`. `findings` may also hold class letters and obstacle codes. Where a fact is unknown, a
        paragraph shows its plain form.
        """
        known = {"vorname": "VPA", **_texts(facts)}
        return [_filled(block, known) for block in _chosen(self.guidances[topic], findings)]

    @cached_property
    def messages(self) -> Mapping[str, tuple[Block, ...]]:
        """The paragraphs of messages to a VPA by topic; `frame` holds greeting and close."""
        topics = self._topics("messages")
        for topic, blocks in topics.items():
            for block in blocks:
                reading.check_placeholders(f"messages.toml, {topic}", block.text, self.placeholders)
        if len(topics.get("frame", ())) != 2:
            raise PlaybookError("Playbook, messages.toml, frame: braucht Anrede und Schluss.")
        return topics

    def message(self, topic: str, findings: Collection[str] = (), facts: Facts | None = None) -> str:
        """A fitting message to the VPA, ready to be adapted; empty when there is nothing to write.

        What is not known stays as `[Name]`, which the placeholder rule (K-23) keeps from being sent.
        """
        body = [block.text for block in _chosen(self.messages.get(topic, ()), findings)]
        if not body:
            return ""
        greeting, close = (block.text for block in self.messages["frame"])
        left = {name: f"[{placeholder_word(name)}]" for name in self.placeholders}
        return _put_in("\n\n".join([greeting, *body, close]), {**left, **_texts(facts)})

    # Chatvorlagen

    @cached_property
    def placeholders(self) -> Mapping[str, str]:
        """Name → meaning of everything that may stand in `[brackets]` in a template or message."""
        return {name: str(meaning) for name, meaning in self._load("placeholders").items()}

    @cached_property
    def templates(self) -> Mapping[str, Template]:
        """All Chatvorlagen by code."""
        return {code: reading.template(code, raw, self.placeholders) for code, raw in self._load("templates").items()}

    def template(self, code: str) -> Template:
        """One Chatvorlage; `KeyError` for an unknown code."""
        return self.templates[code]

    def fill(self, code: str, facts: Facts | None = None) -> str:
        """The template with what is known put in; what is not known stays as `[name]` (K-23)."""
        return _put_in(self.template(code).text, _texts(facts))

    # Rules

    @cached_property
    def rules(self) -> Mapping[str, RuleText]:
        """Every requirement id with its short and its full wording."""
        return {id_: reading.rule(id_, raw) for id_, raw in self._load("rules").items()}

    def rule(self, id_: str, numbers: Mapping[str, str] | None = None) -> RuleText:
        """One requirement in our own words, with the team's settings as text; without them our defaults.

        `KeyError` for an unknown id.
        """
        known = numbers or {key: spec.show(spec.default) for key, spec in self.settings.items()}
        return self.rules[id_].with_numbers(known)

    # Names

    @cached_property
    def names(self) -> Mapping[str, str]:
        """What the team calls TL, TA and Forwarded, where it has names of its own."""
        return reading.own_names(self._folder) if self._folder else {}

    def say(self, text: str) -> str:
        """A text of ours with the team's names for TL, TA and Forwarded."""
        return str(renamed(text, self.names)) if self.names else text

    def _load(self, name: str) -> dict[str, Any]:
        raw = reading.load(name, self._folder)
        return dict(renamed(raw, self.names)) if self.names else raw

    def _topics(self, name: str) -> Topics:
        return {topic: reading.blocks(f"{name}.toml, {topic}", raw) for topic, raw in self._load(name).items()}


def _chosen(blocks: Iterable[Block], findings: Collection[str]) -> list[Block]:
    """The paragraphs that hold, up to and including the first that ends the text."""
    chosen: list[Block] = []
    for block in blocks:
        if block.holds(findings):
            chosen.append(block)
            if block.stop:
                break
    return chosen


def _texts(facts: Facts | None) -> dict[str, str]:
    """The facts that are known, as text: None and empty ones are left out."""
    return {key: str(value).strip() for key, value in (facts or {}).items() if value is not None and str(value).strip()}


def _filled(block: Block, known: Mapping[str, str]) -> str:
    """A paragraph of guidance; values are put in once and never looked at again."""
    if not set(VARIABLE.findall(block.text)) <= set(known):
        return block.plain
    return VARIABLE.sub(lambda match: known[match[1]], block.text)


def _put_in(text: str, known: Mapping[str, str]) -> str:
    """A template or message with known placeholders replaced, all others left."""
    return PLACEHOLDER.sub(lambda match: known.get(match[1], match[0]), text)
