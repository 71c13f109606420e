"""What a form asks: its fields, and what stands in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from models.action.args import Arg
from models.playbook import playbook

Values = dict[str, Any]
"""What stands in the fields: texts, codes of choices, flags."""


@dataclass(frozen=True)
class FieldSpec:
    """One field as the form asks it."""

    name: str
    label: str
    spec: Arg
    group: str = ""
    """Heading above the first field of a group."""
    part: bool = False
    """Whether it judges one item of a field that takes several, `item.lists` of `item`."""

    @property
    def commas(self) -> bool:
        """Whether several are typed with commas; else one a line."""
        return self.name in ("tag", "log_tag") or self.spec.kind == "choice"

    @property
    def several(self) -> bool:
        """Whether several of the choices may be chosen."""
        return self.spec.many and self.spec.kind == "choice"


def fields_of(name: str, spec: Arg) -> list[FieldSpec]:
    """One field; five for the Starterkit, each point with its own judgement."""
    if spec.choices != "starterkit_item":
        return [FieldSpec(name, spec.label, spec, "Gleich in die Akte" if name.startswith("log") else "")]
    judged = Arg(spec.label, "choice", choices="starterkit_state")
    labels = playbook().labels("starterkit")
    return [FieldSpec(f"{name}.{item}", label, judged, part=True) for item, label in labels.items()]
