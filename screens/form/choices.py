"""What a choice of a form offers: German labels from the playbook, cut down to what fits the matter."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from models.action.args import Arg
from models.playbook import playbook
from screens.form.spec import FieldSpec
from screens.tab.tab import Deed


def choices_for(
    name: str, spec: Arg, deed: Deed, values: Mapping[str, Any], allowed: tuple[str, ...]
) -> dict[str, str]:
    """Code and label of what may be chosen now; empty while another field has to be chosen first."""
    if spec.kind == "yes_no":
        return {"yes": "ja", "no": "nein"}
    if spec.choices == "entry":
        return _entry_kinds(name, deed, values)
    labels = {code: str(kind) for code, kind in playbook().kinds[spec.choices].items()}
    allowed = allowed or spec.values
    return {code: labels.get(code, code) for code in allowed} if allowed else labels


def _entry_kinds(name: str, deed: Deed, values: Mapping[str, Any]) -> dict[str, str]:
    file = "vpa_akte" if deed.about.startswith("vpa:") else None
    file = file or values.get("log_file" if name == "log_kind" else "file") or deed.preset.get("entry_file")
    return playbook().labels(f"entry_{file}") if file else {}


def default_tag(name: str, deed: Deed, values: Mapping[str, Any]) -> str:
    """The tag that goes with the chosen kind of entry (K-09); empty where none is known."""
    file = "vpa_akte" if deed.about.startswith("vpa:") else values.get("file") or deed.preset.get("entry_file")
    kind = playbook().kinds.get(f"entry_{file}", {}).get(str(values.get(name)))
    return (kind.tag or kind.label) if kind else ""


def chosen_before(field: FieldSpec, deed: Deed, given: Any, values: Mapping[str, Any]) -> str:
    """Said below the kind of an entry that the form has chosen by what it is about, as long as it stands."""
    kept = given and given == values[field.name] and deed.code != "file.correct"
    return "passt hierzu, darum schon gewählt" if kept else ""
