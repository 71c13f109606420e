"""Titles and messages of the demo's tasks.

What AT and VPA write here is read by customers: formal, no class (D-32), no placeholder (K-23).
"""

from __future__ import annotations

TITLES = {
    "Terminplanung": ("Termine für das Quartal abstimmen", "Umlauf zur Terminfindung", "Kalender aufräumen"),
    "E-Mail-Betreuung": ("Posteingang sortieren", "Urlaubsvertretung im Postfach", "Antwortvorlagen anlegen"),
    "Telefonservice": ("Telefonservice am Vormittag", "Rückrufliste abarbeiten", "Anrufe während der Messe"),
    "Recherche": ("Lieferanten für Verpackung suchen", "Fördermittel recherchieren", "Marktübersicht erstellen"),
    "Datenpflege": ("Adressliste bereinigen", "Kontakte in das CRM übertragen", "Artikelstamm ergänzen"),
    "Vorbereitende Buchhaltung": ("Belege für das Quartal sortieren", "Reisekosten erfassen", "Kassenbuch übertragen"),
    "Rechnungen und Mahnwesen": ("Ausgangsrechnungen schreiben", "Offene Posten nachfassen", "Mahnlauf vorbereiten"),
    "Reiseplanung": ("Reise nach Lissabon planen", "Hotel für die Klausurtagung", "Bahnfahrten für das Team buchen"),
    "Texte und Lektorat": ("Jahresbericht Korrektur lesen", "Produkttexte schreiben", "Protokoll in Form bringen"),
    "Übersetzung Englisch": ("Vertrag ins Englische übertragen", "Website auf Englisch", "Untertitel übersetzen"),
    "Übersetzung Französisch": ("Anschreiben auf Französisch", "Katalog übersetzen", "E-Mails aus Lyon übersetzen"),
    "Social Media": ("Beiträge für vier Wochen planen", "Kommentare beantworten", "Profilbilder erneuern"),
    "Newsletter": ("Newsletter zum Saisonstart", "Verteiler bereinigen", "Vorlage für den Rundbrief"),
    "Website-Pflege": ("Öffnungszeiten und Team aktualisieren", "Neue Unterseite anlegen", "Bilder austauschen"),
    "Shop-Pflege": ("Artikel in den Shop einstellen", "Varianten und Preise anpassen", "Rücksendungen erfassen"),
    "Grafik und Präsentation": ("Folien für den Kundentermin", "Flyer überarbeiten", "Organigramm zeichnen"),
    "Transkription": ("Interviews verschriftlichen", "Diktate abtippen", "Podcast als Text"),
    "Kundenservice": ("Anfragen aus dem Formular beantworten", "Reklamationen erfassen", "Bewertungen beantworten"),
    "Bewerbermanagement": ("Bewerbungen vorsortieren", "Stellenanzeige veröffentlichen", "Gespräche koordinieren"),
    "Projektassistenz": ("Projektplan nachführen", "Statusbericht zusammenstellen", "Unterlagen für das Angebot"),
    "Veranstaltungen": ("Sommerfest vorbereiten", "Gästeliste führen", "Räume und Catering anfragen"),
    "Persönliche Assistenz": ("Geschenke für Geschäftspartner", "Umzug organisieren", "Handwerker koordinieren"),
}
"""Assistenzbereich to what is asked for there."""

MESSAGES = {
    "describe": (
        "Guten Tag, es geht um Folgendes: {titel}. Umfang etwa {std} Stunden, Beispiel und Liste liegen im Anhang.",
        "Hallo, ich brauche Unterstützung: {titel}. Bitte gehen Sie vor wie beim letzten Mal, die Vorlage liegt bei.",
        "Liebes Team, bitte übernehmen: {titel}. Fertig sollte es bis {tag} sein, Rückfragen gern hier.",
    ),
    "short": ("{titel}. Bitte möglichst bald.", "Könnten Sie das übernehmen? {titel}."),
    "thanks": (
        "Vielen Dank für Ihren Auftrag, ich beginne am {tag} und melde mich mit einem Zwischenstand.",
        "Guten Tag, das übernehme ich gern. Den ersten Entwurf erhalten Sie am {tag}.",
    ),
    "ask": (
        "Eine Frage habe ich noch: In welchem Format wünschen Sie das Ergebnis, und wer gibt es frei?",
        "Damit ich beginnen kann, fehlt mir noch die Liste aus Ihrem Haus. Können Sie sie hier anhängen?",
        "Sollen auch die Einträge aus dem Vorjahr berücksichtigt werden? Davon hängt der Aufwand ab.",
    ),
    "answer": (
        "Gern als Tabelle, die Freigabe mache ich selbst.",
        "Die Liste hängt jetzt an, entschuldigen Sie die Verzögerung.",
        "Nur das laufende Jahr, danke für die Nachfrage.",
    ),
    "remind": (
        "Guten Tag, ich möchte kurz an meine Frage erinnern. Ohne Ihre Antwort kommen wir hier leider nicht weiter.",
        "Darf ich noch einmal nachfragen? Sobald Ihre Angaben da sind, geht es sofort weiter.",
    ),
    "result": (
        "Guten Tag, das Ergebnis hängt an. Ich habe {std} Stunden gebraucht. Passt alles für Sie?",
        "Fertig: Sie finden alles im geteilten Ordner. Für Änderungen bin ich gern da.",
    ),
    "praise": ("Perfekt, vielen Dank!", "Sieht sehr gut aus, danke für die schnelle Arbeit.", "Danke, passt so."),
    "complaint": (
        "Das Ergebnis entspricht leider nicht der Vorgabe, mehrere Angaben fehlen. So kann ich es nicht verwenden.",
    ),
    "forward": (
        "Vielen Dank für die Aufgabe. Hier kann ich Ihnen selbst nicht helfen; unser Team sucht jemanden, der es kann.",
        "Das liegt außerhalb meiner Erfahrung. Ich gebe es intern weiter, damit Sie bald ein gutes Ergebnis erhalten.",
    ),
    "deadline": (
        "Bis {tag} schaffe ich es leider nicht, aber eine Woche später gern. Wäre das für Sie in Ordnung?",
        "Mein Kalender ist voll, ich könnte zum Monatsende liefern. Genügt Ihnen das?",
    ),
    "no_later": ("Leider nein, ich brauche es früher.", "Das ist mir zu spät, gibt es eine andere Möglichkeit?"),
    "options": ("Für eine feste Schicht gibt es mehrere Möglichkeiten, die Übersicht hängt an. Welche passt Ihnen?",),
    "choose": ("Feste Uhrzeit bitte, Montag bis Freitag um {uhr} Uhr.",),
    "booked": (
        "Gebucht wie gewünscht: feste Schicht, Mo–Fr {uhr} Uhr, täglich mindestens 1 h, Kündigungsfrist 2 Wochen.",
    ),
    "welcome": (
        "Willkommen bei uns! Ich habe Ihre Angaben gelesen und suche gerade die passende Assistenz für Sie.",
        "Guten Tag, schön, dass Sie da sind. Noch heute stellen wir Ihnen eine Assistenz vor.",
    ),
    "poll": ("Wir fragen gerade im Team, wer diese Aufgabe übernehmen kann, und melden uns in Kürze.",),
    "declined": (
        "Da wir ohne Ihre Angaben nicht arbeiten können, schließen wir die Aufgabe. Gern stellen Sie sie neu.",
    ),
}
"""Message name to its wordings."""

COMMENTS = {
    "kompetenz": (
        "Mit diesem Programm habe ich noch nie gearbeitet.",
        "Fachtexte auf diesem Niveau kann ich nicht übersetzen.",
        "Dafür fehlt mir die nötige Software.",
    ),
    "zeit": (
        "Bin in dieser Woche mit zwei großen Aufgaben ausgelastet.",
        "Umfang passt nicht mehr in meinen Monat.",
        "Prüfungswoche, ich komme erst danach wieder dazu.",
    ),
}
"""What a VPA writes when handing a task to the TL (F-10), by reason."""
