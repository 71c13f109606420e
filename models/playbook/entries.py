"""What the playbook is made of: one frozen record per sort of entry."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Literal

from models.ground.workdays import valid_region

SettingType = Literal["int", "time", "list", "land", "choice"]
SettingValue = int | str | dt.time | tuple[str, ...]
Reader = Literal["vpa", "kunde", "intern"]
Weight = Literal["stop", "warn"]

Facts = Mapping[str, object]

PLACEHOLDER = re.compile(r"\[([a-zäöüß_]+)\]")
VARIABLE = re.compile(r"\{([a-zäöüß_]+)\}")

WORDS = {"vpa": "VPA", "luecken": "Lücken", "kuendigungsfrist": "Kündigungsfrist"}


def placeholder_word(name: str) -> str:
    """A placeholder's name as a German word, for a text that leaves it open: `termin` is `Termin`."""
    return WORDS.get(name, name[:1].upper() + name[1:])


class PlaybookError(Exception):
    """A playbook file is not as it must be; the message names file and entry in German."""

    def __init__(self, message: str, what: str = "") -> None:
        """`what` is the fault alone, without file and entry, where it is known."""
        super().__init__(message)
        self.what = what or message


@dataclass(frozen=True, slots=True)
class Setting:
    """One number or list that the whole team shares (REQUIREMENTS 1.8).

    `type` is `int`, `time` (Berlin time of day), `list` (of Kürzel, accounts or words), `land` (`DE`,
    `DE-BY` …) or `choice` (one of `values`).
    `unit` is a German word for the form ("Tage"), `rules` the requirement ids that read the setting.
    """

    key: str
    type: SettingType
    default: SettingValue
    label: str
    explanation: str
    rules: tuple[str, ...] = ()
    unit: str = ""
    minimum: int = 0
    maximum: int = 9999
    values: tuple[str, ...] = ()

    def read(self, text: str) -> SettingValue:
        """The value that a typed text means; `ValueError` with a German sentence when it means none."""
        text = text.strip()
        if self.type == "int":
            return self._whole_number(text)
        if self.type == "time":
            return self._time_of_day(text)
        if self.type == "land":
            return self._land(text)
        if self.type == "choice":
            return self._choice(text)
        # People type commas; a script may hand back what `--json` gave it.
        bare = text.removeprefix("[").removesuffix("]")
        parts = (part.strip().strip("\"'").strip() for part in re.split("[,;\n]", bare))
        return tuple(dict.fromkeys(part for part in parts if part))

    def show(self, value: SettingValue) -> str:
        """The value as text that `read` takes back unchanged."""
        if isinstance(value, dt.time):
            return f"{value:%H:%M}"
        return ", ".join(value) if isinstance(value, tuple) else str(value)

    def _whole_number(self, text: str) -> int:
        match = re.fullmatch(r"[0-9]{1,9}", text)
        if match is None or not self.minimum <= int(text) <= self.maximum:
            raise ValueError(f"„{self.label}“ braucht eine ganze Zahl von {self.minimum} bis {self.maximum}.")
        return int(text)

    def _time_of_day(self, text: str) -> dt.time:
        match = re.fullmatch(r"([01]?[0-9]|2[0-3]):([0-5][0-9])", text)
        if match is None:
            raise ValueError(f"„{self.label}“ braucht eine Uhrzeit wie 12:00.")
        return dt.time(int(match[1]), int(match[2]))

    def _choice(self, text: str) -> str:
        if text.casefold() not in self.values:
            raise ValueError(f"„{self.label}“ ist {' oder '.join(self.values)}.")
        return text.casefold()

    def _land(self, text: str) -> str:
        code = text.upper()
        if not valid_region(code):
            raise ValueError(f"„{self.label}“ braucht DE, AT oder CH, auch mit Land oder Kanton: DE-BY, AT-9, CH-ZH.")
        return code


@dataclass(frozen=True, slots=True)
class Kind:
    """The German face of one code: label, short form for narrow columns, default tag, symbol, explanation.

    `log_kind` is, for Case kinds and stages, the kind of the VPA-Akte entry that belongs to closing it.
    """

    code: str
    label: str
    short: str
    tag: str = ""
    symbol: str = ""
    explanation: str = ""
    log_kind: str = ""

    def __str__(self) -> str:
        """Symbol and label, as shown wherever colour alone must not speak."""
        return f"{self.symbol} {self.label}".strip()


@dataclass(frozen=True, slots=True)
class ObstacleText:
    """What a member reads when a rule stops or warns.

    `reason` is a clause that stands behind "weil " (verb last, no full stop), `missing` the short label for the list
    „Es fehlt noch“, `way_out` a sentence saying what to do. `rules` are the ids it may carry, `option` the
    command-line option that supplies it, `key` the default key (CONTRACT §11) that does, `passing` the reason by which
    the form passes this warning with one key; all three may be empty.
    `by_rule` holds what single rules say differently.
    """

    code: str
    rules: tuple[str, ...]
    weight: Weight
    reason: str
    missing: str
    way_out: str
    option: str = ""
    key: str = ""
    passing: str = ""
    by_rule: Mapping[str, ObstacleText] = field(default_factory=dict, repr=False, compare=False)

    def under(self, rule: str) -> ObstacleText:
        """The text in the words of one rule, itself where that rule says nothing different."""
        return self.by_rule.get(rule, self)

    def clause(self, rule: str = "", detail: str = "") -> str:
        """ "weil …", to follow "Gesperrt: Case erledigen, "; with the rule id and what the playbook cannot know."""
        bracket = ", ".join(part for part in (rule, detail) if part)
        return f"weil {self.under(rule).reason}" + (f" ({bracket})" if bracket else "")

    def sentence(self, rule: str = "", detail: str = "", what: str = "") -> str:
        """The house form: "Gesperrt: <what>, weil … Es fehlt: …"; a warning says that a reason is enough."""
        head = "Gesperrt" if self.weight == "stop" else "Nur mit Begründung"
        subject = f"{head}: {what}" if what else head
        return f"{subject}, {self.clause(rule, detail)}. Es fehlt: {self.under(rule).missing}."


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph that stands when all of `when` and none of `unless` hold; `stop` ends the text there.

    `plain` replaces `text` when a variable of `text` is not known.
    """

    text: str
    when: frozenset[str] = frozenset()
    unless: frozenset[str] = frozenset()
    plain: str = ""
    stop: bool = False

    def holds(self, findings: Collection[str]) -> bool:
        """Whether this paragraph belongs to a matter with these findings."""
        return self.when <= set(findings) and self.unless.isdisjoint(findings)


@dataclass(frozen=True, slots=True)
class Template:
    """A Chatvorlage: own text with `[placeholders]`, to be adapted before use (K-22, K-23, T-17).

    `reader` says who gets to read the filled text, `subjects` what it can be filled for, `version` grows when the
    text changes so that an old copy can be told apart.
    """

    code: str
    version: int
    label: str
    reader: Reader
    subjects: tuple[str, ...]
    text: str
    hint: str = ""

    @property
    def placeholders(self) -> tuple[str, ...]:
        """The names that stand in square brackets, in order of appearance."""
        return tuple(dict.fromkeys(PLACEHOLDER.findall(self.text)))


@dataclass(frozen=True, slots=True)
class RuleText:
    """One requirement in the program's own words: `short` for a bracket behind a refusal, `sentence` for the help."""

    id: str
    short: str
    sentence: str

    def with_numbers(self, known: Mapping[str, str]) -> RuleText:
        """The same rule with the settings that it names in `{…}` put in; `KeyError` for one that there is none of."""
        short, sentence = (VARIABLE.sub(lambda match: known[match[1]], text) for text in (self.short, self.sentence))
        return RuleText(self.id, short, sentence)

    def __str__(self) -> str:
        """As shown behind a refusal: "D-44: nach dem Wochenende erst nachmittags"."""
        return f"{self.id}: {self.short}"
