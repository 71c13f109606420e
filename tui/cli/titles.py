"""German titles of the fields that commands show to people; with `--json` the contract's names stand."""

from __future__ import annotations

TITLES = {
    # Anything
    "id": "Nr.", "kind": "Art", "state": "Stand", "title": "Titel", "name": "Name", "note": "Notiz", "link": "Link",
    "reason": "Grund", "subject": "Gegenstand", "about": "Anlass", "score": "Treffer", "type": "Art", "text": "Text",
    "at": "Zeit", "from": "von", "until": "bis", "von": "von", "bis": "bis", "eingetragen_am": "eingetragen",
    "tags": "Tags", "date": "Datum", "count": "Anzahl", "label": "Bedeutung", "key": "Einstellung", "value": "Wert",
    "default": "Vorgabe", "hints": "Hinweise", "rule": "Regel", "message": "Text", "dry_run": "nur geprüft",
    # Cases, Reminder, VPA-Journey
    "vpa": "VPA", "vpa_name": "VPA", "absence": "Abwesenheit", "opened_at": "offen seit", "findings": "Befunde",
    "facts": "Fakten", "before": "vorher", "after": "nachher", "workable_from": "bearbeitbar ab",
    "contacted_at": "Kontakt am", "contacted_by": "Kontakt durch", "reminders": "Reminder", "measure": "Ergebnis",
    "resolved_at": "erledigt am", "resolved_by": "erledigt von", "days": "Tage", "starts_90_days": "Beginne",
    "due": "fällig", "owner": "Kürzel", "original_owner": "zuerst bei", "created_by": "gesetzt von",
    "created_at": "geschrieben", "overdue": "überfällig", "days_overdue": "Tage überfällig", "outcome": "Ergebnis",
    "entry": "Akteneintrag", "accepted_at": "angenommen", "done_at": "entfernt am", "done_by": "entfernt von",
    "stage": "Phase", "raised_on": "seit", "informed_at": "informiert am", "informed_by": "informiert von",
    "details": "Einzelheiten", "removed_at": "entfernt am", "removed_by": "entfernt von",
    # Imports
    "baseline": "nur Grundstand", "profile": "Profil", "reverted_at": "zurückgenommen",
    "reverted_by": "zurückgenommen von",
    # Akten, Menschen
    "file": "Akte", "situation": "Situation", "response": "Reaktion/Lösung", "next_steps": "Nächste Schritte",
    "author": "Verfasser", "account": "Konto", "corrects": "berichtigt", "withdrawn_at": "zurückgenommen",
    "origin": "Herkunft", "class": "Klasse", "months": "Monate", "part_time": "Teilzeit", "active": "aktiv",
    "areas": "Assistenzbereiche", "last_activity": "letzte Aktivität", "gone": "nicht mehr im Export",
    "customers": "Kunden", "absences": "Abwesenheiten", "cases": "Cases", "flags": "Neu-Flags", "tasks": "Aufgaben",
    "returns": "zurückgegeben", "entries": "Akteneinträge", "customer": "Kunde", "pattern": "Muster",
    "last_booking": "letzte Buchung", "vpa_since": "VPA seit", "changes_12_months": "VPA-Wechsel in 12 Monaten",
    "withdrawn": "zurückgenommen", "merged_into": "aufgegangen in", "priority": "Prio", "on": "am", "by": "von",
    "agreed_with": "abgestimmt mit", "last_entry": "letzte Pflege", "weeks": "Wochen", "risk": "Risiko",
    "requested_at": "beantragt am", "requested_by": "beantragt von", "erased": "gelöscht", "goes": "geht",
    "stays": "bleibt", "mentions": "Erwähnungen", "where": "Stelle", "excerpt": "Wortlaut",
    "restricted": "eingeschränkt", "restricted_at": "eingeschränkt seit", "restricted_by": "eingeschränkt von",
    "restricted_why": "eingeschränkt, weil",
    # Team und Schicht
    "kuerzel": "Kürzel", "roles": "Rollen", "login": "Anmeldename", "left_on": "verabschiedet am",
    "open_reminders": "offene Reminder", "buddy_of": "Buddy von VPAs", "away": "abwesend",
    "now": "jetzt", "member": "Mitglied", "own_due": "eigene fällig", "all_due": "fällig",
    "stand_in_due": "in Vertretung fällig", "open_cases": "offene Cases", "new_flags": "neue Neu-Flags", "day": "Tag",
    "complete": "alles bearbeitet", "last_import": "letzter Import", "sealed_by": "abgeschlossen von",
    "sealed_at": "abgeschlossen am", "counts": "bearbeitet", "leftovers": "liegen geblieben", "action": "Aktion",
    "command": "Kennung",
    # Aufgaben und VPA-Wechsel
    "hours": "Stunden", "deadline": "Deadline", "checklist": "Checkliste", "tags_checked": "Tags geprüft",
    "messages": "Aufgabenchat", "notes": "interne Notizen", "gates": "Sperren", "customer_class": "Klasse",
    "months_in_charge": "Monate zuständig", "effort": "Einarbeitungsaufwand", "refund": "Erstattung",
    "successor": "Nachfolger", "rank": "Platz", "reasons": "Gründe",
    "reason_kind": "Art des Grundes", "questions": "Rückfragen", "question": "Frage", "answer": "Antwort",
    "plausible": "plausibel", "talks": "Gespräche", "result": "Ergebnis", "measures": "Maßnahmen",
    "exception_by": "Ausnahme von", "proposed_at": "vorgeschlagen am", "proposed_by": "vorgeschlagen von",
    "decided_at": "entschieden am", "decided_by": "entschieden von", "remark": "Bemerkung",
    "informed_on": "Kunde informiert am", "training_wanted": "Einarbeitung gewünscht",
    "training_done_on": "Einarbeitung erledigt am", "closed_at": "abgeschlossen am", "closed_by": "abgeschlossen von",
    "facts_at_proposal": "Fakten beim Vorschlag",
    "customer_name": "Kunde", "opened_by": "eröffnet von", "code": "Code", "reader": "liest", "subjects": "für",
    "status": "Status", "tag": "Tag",
    # Ausgang
    "made_at": "seit", "made_by": "von", "how": "übertragen", "takes_back": "nimmt zurück",
    # Auswertung
    "cases_raised": "Cases neu", "cases_resolved": "erledigt", "cases_open": "offen", "reminders_done": "Reminder weg",
    "reminders_late": "verspätet", "flags_removed": "Neu-Flags weg", "handovers_finished": "VPA-Wechsel",
    "entries_written": "Akteneinträge", "raised": "neu", "resolved": "erledigt", "open": "offen",
    "median_days": "Tage im Mittel", "oldest_days": "ältester in Tagen", "set": "gesetzt", "done": "entfernt",
    "late": "verspätet", "median_late_days": "Tage zu spät im Mittel", "removed": "entfernt",
    "forwarded": "in Forwarded",
    "returned": "zurückgegeben", "declined": "abgelehnt", "offered": "ausgeschrieben", "opened": "angefragt",
    "finished": "abgeschlossen", "changes": "Wechsel", "sealed": "abgeschlossen", "missing": "nicht abgeschlossen",
    "handovers": "VPA-Wechsel", "oteam": "O-Team Kundenakte",
    "vpa_kunde": "VPA Kundenakte", "vpa_akte": "VPA-Akte",
    # Programm
    "schicht": "Schicht", "packages": "Pakete", "platform": "System", "engine": "Datenbankart",
    "engine_version": "Version der Datenbank", "database": "Datenbank", "log": "Protokoll", "schema": "Stand",
    "schema_expected": "erwarteter Stand", "sandbox": "Sandkasten", "empty": "leer", "integrity": "Unversehrtheit",
    "history": "Verlauf", "rows": "Zeilen", "undo": "rückgängig", "redo": "wiederholt",
}  # fmt: skip
"""By the field's name in the contract."""
