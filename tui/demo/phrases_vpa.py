"""Texts of the VPA Kundenakte (▲ VPA) and of the VPA-Akte. How a block reads: see `texts.py`.

Whoever adds to GREEN: VPAs read it, so it never names a class (D-32) and holds no placeholder (K-23).
"""

from __future__ import annotations

GREEN = """
@assignment at Zuweisung|Neukunde
Neuer Kunde für dich: {ap} braucht Hilfe bei {thema}, etwa {std} h im Monat, gern mit fester Rückmeldung am {tag}.
Die Angaben aus der Registrierung und das Erstgespräch sind eingearbeitet.
Bitte melde dich heute noch im Aufgabenchat.
@assignment at Zuweisung|Neuzuweisung
Du übernimmst von einer Kollegin. {ap} kennt den Ablauf und legt Wert auf {thema}.
Übergabe liegt in dieser Akte, Vorlagen im geteilten Ordner.
Erste Aufgabe kommt voraussichtlich am {tag}.
@assignment at Zuweisung|Reaktivierung
War länger still und möchte wieder starten: {thema}, zunächst {nr} Aufgaben.
{ap} freut sich auf ein kurzes Telefonat zum Einstieg.
-
@contact_person vpa Kontakt
{ap} entscheidet allein, am besten erreichbar ab {uhr} Uhr, freitags nur bis mittags.
-
-
@contact_person vpa Kontakt|Vertretung
Bei Abwesenheit von {apd} hilft das Büro weiter, dort bitte nur Termine klären.
Durchwahl steht im Kundenkonto.
-
@contact_person vpa Kontakt
Buchhaltung antwortet schneller als {ap}, Freigaben aber nur durch {apd}.
-
Bei Rechnungsfragen zuerst dort melden.
@preference vpa Vorlieben|Form
Mag kurze Mails mit Stichpunkten, keine Anhänge in alten Formaten.
Vorlage im geteilten Ordner angelegt.
-
@preference vpa Vorlieben|Abstimmung
Zwischenstände bitte immer am {tag}, auch wenn noch nichts fertig ist.
Serientermin eingerichtet.
-
@preference vpa Vorlieben|Ton
Legt Wert auf förmliche Anrede gegenüber seinen eigenen Kunden, intern ist das Du in Ordnung.
Textbausteine angepasst.
-
@preference vpa Vorlieben|Termine
Keine Termine vor {uhr} Uhr, zwischen zwei Terminen mindestens eine halbe Stunde Luft.
Im Kalender als Regel hinterlegt.
-
@running_task vpa laufend|Monatlich
Läuft jeden Monat: {thema}, Lieferung bis zum 5., Umfang etwa {std} h.
Checkliste liegt im Ordner „Monat“.
Nächste Lieferung vorbereiten.
@running_task vpa laufend|Wöchentlich
Jeden {tag} um {uhr} Uhr kurzes Telefonat, danach Aufgaben für die Woche.
Protokoll jeweils im Aufgabenchat.
-
@running_task vpa laufend
Liste mit {std} Einträgen wird fortlaufend gepflegt, offen sind noch {nr}.
Farben: gelb heißt Rückfrage, grün heißt fertig.
Offene Einträge am {tag} klären.
@access_hint vpa Zugang
Zugang zum Kalender über Freigabe, kein eigenes Passwort nötig.
Freigabe läuft ohne Frist.
-
@access_hint vpa Zugang|Technik
Passwörter liegen im Tresor des Kunden, Einladung kommt von {apd}.
Zweiter Faktor per Anruf, deshalb nur zu Bürozeiten anmelden.
-
@access_hint vpa Zugang|Ordner
Geteilter Ordner „Assistenz“ enthält Vorlagen, Logos und ältere Ergebnisse.
-
Nicht mehr gebrauchte Dateien im Archiv ablegen.
@agreement vpa Absprache|Frist
Abgesprochen mit {apd}: Rückmeldung auf neue Aufgaben binnen eines Arbeitstags, Lieferung nach Absprache.
-
-
@agreement vpa Absprache|Urlaub
Während meines Urlaubs ruht {thema}, dringende Fragen gehen an das Admin-Team.
Kunde ist informiert und einverstanden.
Nach der Rückkehr am {tag} melden.
@agreement at Absprache|Umfang
Vereinbart sind bis zu {std} h im Monat. Was darüber hinausgeht, bitte vorher im Aufgabenchat freigeben lassen.
-
-
@peculiarity vpa Besonderheit
Spricht am Telefon sehr schnell, Rückfragen besser schriftlich stellen.
-
-
@peculiarity vpa Besonderheit|Saison
Im Frühjahr und vor Weihnachten doppelt so viel zu tun, dann früh nach Terminen fragen.
Letztes Jahr waren es etwa {std} h in einem Monat.
-
@peculiarity vpa Besonderheit|Schreibweise
Firmenname immer in Großbuchstaben und ohne Bindestrich schreiben.
Im Muster korrigiert.
-
@other vpa Pflege
Akte durchgesehen: Ansprechpartner, Zugänge und laufende Aufgaben sind aktuell.
-
-
@other at Pflege|Hinweis
Bitte ergänze hier deine Absprachen mit {apd}, damit im Notfall jemand einspringen kann.
-
Wir sehen am {tag} noch einmal hinein.
"""

ABOUT = """
@contact at Einzelchat|Zufriedenheit
Kurzer Austausch: {vpa} fühlt sich mit den Kunden wohl und wünscht sich mehr {thema}.
In den Bereichen ergänzt.
-
@contact at Telefon|Kapazität
Telefonat zur Auslastung: bis zu {std} h in der Woche sind möglich, vormittags am liebsten.
Vermerkt.
In {nr} Wochen wieder fragen.
@contact at Einzelchat|Rückmeldung
Auf Rückfrage zu {thema} sehr schnell und freundlich geantwortet.
-
-
@contact at Telefon|Technik
Neuer Rechner, Headset fehlt noch, deshalb {nr} Tage kein Telefonservice.
Kunden mit Telefonservice vertreten.
Am {tag} nachfragen.
@absence at Abwesenheit|Urlaub
Urlaub eingetragen, Kunden sind informiert, laufende Aufgaben werden vorher fertig.
Angesehen, Länge und Häufigkeit unauffällig.
-
@absence at Abwesenheit|kurzfristig
Kurzfristig abgemeldet (krank). {nr} offene Aufgaben.
Angeschrieben, Deadlines mit den Kunden verschoben.
Nach der Rückkehr kurz melden.
@absence at Abwesenheit|lang
Länger als drei Wochen weg, steht seit Monaten fest (Familie).
Vertretung für {nr} Kunden abgesprochen, Übergabe liegt in den Akten.
Eine Woche vorher noch einmal durchgehen.
@absence at Abwesenheit|häufig
Mehrere kurze Abwesenheiten in wenigen Wochen. {vpa} pflegt derzeit einen Angehörigen.
Feste Vertretung vereinbart, Kunden werden dadurch durchgehend betreut.
In {wo} Wochen wieder sprechen.
@class at Entwicklung|Qualität
Rückgang durch zwei Beschwerden zu {thema}. Ursache: unklare Absprachen mit dem Kunden.
Im Gespräch Vorgehen bei Rückfragen durchgegangen.
Nächste Ergebnisse ansehen.
@class at Entwicklung|Lob
Sehr schöne Entwicklung, durchweg gute Rückmeldungen.
{vpa} gelobt, hat sich sehr gefreut.
-
@class at Entwicklung|Auslastung
Weniger Aufgaben angenommen als sonst, Grund ist eine Prüfungsphase.
Mit BEN besprochen, keine Maßnahme nötig.
-
@inactivity at Inaktivität
Als inaktiv gemeldet. Am Folgetag geprüft: war über das Telefon im Chat unterwegs.
Nichts zu tun.
-
@inactivity at Inaktivität|Kontakt
Drei Tage ohne Aktivität, Aufgabenliste geprüft, {nr} Aufgaben ohne Antwort.
Angeschrieben, Antwort am selben Tag: Internet war ausgefallen.
-
@inactivity at Inaktivität|Teilzeit
Inaktiv, arbeitet Teilzeit. Kein Kunde hat sich gemeldet, deshalb nicht angeschrieben.
Wieder aktiv.
-
@schedule at Zeitplanung|Aufträge
Nimmt vorerst keine neuen Kunden, weil ein Kunde stark gewachsen ist.
Plausibel, bestehende Kunden sind versorgt.
In {wo} Wochen fragen, ob wieder Platz ist.
@schedule at Zeitplanung|Neukunden
Neukunden wieder eingeschaltet, freut sich auf {thema}.
Mit BEN abgestimmt, für passende Anfragen vorgemerkt.
-
@schedule at Zeitplanung|Start
Kurz nach dem Start Aufträge ausgeschaltet. {vpa} wollte erst die Einarbeitung abschließen.
Gesprochen, Aufträge sind ab {tag} wieder an.
-
@journey at Onboarding|Call
Onboarding-Call geführt, Technik und Aufgabenchat sitzen, offene Frage zu {thema}.
Unterlagen geschickt.
Nach der ersten Aufgabe kurz melden.
@journey at Check-in|Buddy
Check-in Call ist vereinbart: {tag}, {uhr} Uhr.
-
-
@journey at Maßnahmen|Gespräch
Maßnahmen mit BEN und {vpa} besprochen: Rückfragen früher stellen, Zwischenstand nach der Hälfte.
Wird so umgesetzt.
In {wo} Wochen die Ergebnisse ansehen.
@delegation at Delegation|Kompetenz
Aufgabe zu {thema} an TL delegiert, Kunde war informiert, Kommentar eindeutig.
In Umfrage gegeben und vergeben.
-
@delegation at Delegation|Zeit
Zum {nr}. Mal aus Zeitgründen delegiert, ohne vorher eine neue Deadline anzubieten.
Im Einzelchat darauf hingewiesen.
Bei der nächsten Delegation darauf achten.
@other at Hinweis
Hat nach einer Schulung zu {thema} gefragt.
An BEN weitergegeben.
-
@other at Hinweis|Adresse
Zieht um, zwei Tage ohne Internet angekündigt.
Kunden sind informiert.
-
"""
