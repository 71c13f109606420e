"""German names of what an Auskunft lists, for the reader of `auskunft.md`; names without one stand as they are."""

from __future__ import annotations

WORDS = {
    "id": "Nr.", "name": "Name", "klasse": "Klasse", "start": "von", "end": "bis", "rising_star": "Rising Star",
    "onboarding_call": "Onboarding-Call", "part_time": "Teilzeit", "mobile_app": "mobile App", "active": "aktiv",
    "last_activity": "letzte Aktivität", "new_customers": "Neukunden", "orders": "Aufträge", "areas": "Bereiche",
    "buddy": "Buddy", "gone": "nicht mehr im Export", "status": "Status", "pattern": "Muster", "wizard": "Wizard-Infos",
    "last_booking": "letzte Buchung", "kept_on": "VPA-Akte gepflegt am", "kept_by": "gepflegt von", "customer": "Kunde",
    "vpa": "VPA", "reason": "Grund", "entered_on": "eingetragen am", "withdrawn": "zurückgenommen", "file": "Akte",
    "subject": "Gegenstand", "kind": "Art", "situation": "Situation", "link": "Link", "response": "Reaktion",
    "next_steps": "Nächste Schritte", "tags": "Tags", "author": "Verfasser", "account": "Konto", "origin": "Herkunft",
    "created_at": "geschrieben am", "due": "fällig", "owner": "bei", "original_owner": "zuerst bei", "note": "Notiz",
    "created_by": "gesetzt von", "state": "Stand", "done_at": "erledigt am", "done_by": "erledigt von",
    "opened_at": "offen seit", "opened_by": "eröffnet von", "vpa_name": "VPA-Name", "findings": "Befunde",
    "facts": "Fakten", "before": "vorher", "after": "nachher", "changed_on": "geändert am", "details": "Einzelheiten",
    "measure": "Ergebnis", "resolved_at": "erledigt am", "resolved_by": "erledigt von", "stage": "Phase",
    "contacted_at": "angesprochen am", "contacted_by": "angesprochen von", "workable_from": "bearbeitbar ab",
    "raised_on": "seit", "title": "Titel", "hours": "Stunden", "deadline": "Deadline", "checklist": "Checkliste",
    "text": "Text", "at": "Zeit", "sender": "von", "task": "Aufgabe", "questions": "Fragen", "talks": "Gespräche",
    "measures": "Maßnahmen", "successor": "Nachfolger", "effort": "Aufwand", "remark": "Bemerkung",
    "member": "Mitglied",
    "action": "Aktion", "where": "Stelle", "excerpt": "Wortlaut", "kuerzel": "Kürzel", "roles": "Rollen",
    "login": "Anmeldename", "left_on": "verabschiedet am", "deputy": "Vertretung", "until": "bis",
    "made_by": "eingetragen von", "made_at": "eingetragen am", "requested_at": "beantragt am",
    "requested_by": "beantragt von", "cleaned": "aufgeräumt", "also": "auch geleert", "outcome": "Ergebnis",
    "delegated_by": "delegiert von", "delegation_reason": "warum delegiert", "delegation_comment": "Kommentar",
}  # fmt: skip
