"""What a screen offers about a VPA, customer or task that it shows: data by hand, and handing on what one leaves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Offer:
    """An action that is one key away."""

    code: str
    title: str
    """What it will do; naming whom, where that is known."""
    values: Mapping[str, Any] = field(default_factory=dict)
    """Fields that are fixed."""
    preset: Mapping[str, Any] = field(default_factory=dict)
    """Fields that are filled in and can be changed."""
    about: str = ""
    """VPA or customer, as a subject."""
    key: str = "id"
    """The field that names the thing: several of them are done together."""


NEW_VPA = Offer("vpa.add", "VPA anlegen", preset={"active": "yes", "new_customers": "yes", "orders": "yes"})
NEW_CUSTOMER = Offer("customer.add", "Kunden anlegen")
NEW_TASK = Offer("task.add", "Aufgabe anlegen")


def new_vpa(name: str) -> Offer:
    """A VPA of this name."""
    return Offer(NEW_VPA.code, f"Neuen VPA anlegen: {name}", preset={**NEW_VPA.preset, "name": name})


def for_vpa(key: str, name: str, gone: bool = False) -> list[Offer]:
    """What may have changed about a VPA, what comes most often first."""
    about = f"vpa:{key}"
    back = Offer("vpa.return", f"Wieder da: {name}", {"id": key}, about=about)
    if gone:
        return [back, _set(key, name, "facts", "Stammdaten ändern"), *_rights("vpa", key, name)]
    return [
        Offer("absence.add", f"Abwesenheit eintragen: {name}", {"vpa": key}, {"start": "heute"}, about),
        _set(key, name, "schedule", "Zeitplanung ändern (Neukunden, Aufträge)"),
        _set(key, name, "class", "Klasse oder Rising Star ändern"),
        _set(key, name, "activity", "Aktivität ändern (aktiv, mobile App, Teilzeit)"),
        _set(key, name, "facts", "Stammdaten ändern"),
        Offer("vpa.leave", f"Austritt: {name}", {"id": key}, {"on": "heute"}, about),
        Offer("vpa.merge", f"Zusammenführen, derselbe VPA steht zweimal da: {name}", {"id": key}, about=about),
        *_rights("vpa", key, name),
    ]


def _set(key: str, name: str, topic: str, title: str) -> Offer:
    return Offer("vpa.set", f"{title}: {name}", {"id": key, "topic": topic}, about=f"vpa:{key}")


def _rights(kind: str, key: str, name: str) -> list[Offer]:
    """What a person may ask for (P-01 to P-04)."""
    about, whom = f"{kind}:{key}", {kind: key}
    return [
        Offer("person.report", f"Auskunft erteilen: {name}", whom, about=about, key=kind),
        Offer("person.restrict", f"Verarbeitung einschränken: {name}", whom, about=about, key=kind),
        Offer("person.unrestrict", f"Einschränkung aufheben: {name}", whom, about=about, key=kind),
        Offer(f"{kind}.erase", f"Löschung beantragen: {name}", {"id": key}, about=about),
    ]


def for_customer(key: str, name: str) -> list[Offer]:
    """What may have changed about a customer."""
    about = f"customer:{key}"
    return [
        Offer("customer.set", f"Stammdaten ändern: {name}", {"id": key}, about=about),
        Offer(NEW_TASK.code, f"Aufgabe anlegen: {name}", {"customer": key}, about=about),
        Offer("customer.merge", f"Zusammenführen, derselbe Kunde steht zweimal da: {name}", {"id": key}, about=about),
        *_rights("customer", key, name),
    ]


def for_task(key: str, title: str, customer: str) -> list[Offer]:
    """What may have changed about a task."""
    about = f"customer:{customer}"
    return [
        Offer("task.set", f"Aufgabe ändern: {title}", {"id": key}, about=about),
        Offer("task.delegate", f"An TL delegieren: {title}", {"id": key}, about=about),
    ]


def for_absence(key: str, vpa: str, name: str) -> list[Offer]:
    """What may become of an absence."""
    about = f"vpa:{vpa}"
    return [
        Offer("absence.change", f"Abwesenheit ändern: {name}", {"id": key}, about=about),
        Offer("absence.withdraw", f"Abwesenheit zurücknehmen: {name}", {"id": key}, about=about),
    ]


def hand_on_customer(key: str, name: str) -> Offer:
    """A customer whose VPA has left gets another (S-04)."""
    about = f"customer:{key}"
    return Offer("assign", f"Kunden weitergeben: {name}", {"customer": key}, {"kind": "vpa_dropout"}, about, "customer")


def hand_on_task(key: str, title: str, customer: str) -> Offer:
    """A task whose VPA has left gets another (S-04)."""
    return Offer("task.set", f"Aufgabe weitergeben: {title}", {"id": key, "topic": "vpa"}, about=f"customer:{customer}")
