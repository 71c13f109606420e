"""Texts of the O-Team Kundenakte (■ intern). How a block reads: see `texts.py`."""

from __future__ import annotations

OTEAM = """
@lead sales Erstgespräch|Angebot
Erstgespräch mit {apd}: sucht Entlastung im Bereich {thema}, etwa {std} h im Monat, Start so bald wie möglich.
Ablauf und Abrechnung erklärt, Angebot über {std} h verschickt.
Am {tag} nachfassen, falls keine Antwort kommt.
@lead sales Erstgespräch|Empfehlung
Kommt auf Empfehlung. {ap} möchte zunächst eine einzelne Aufgabe vergeben ({thema}) und dann entscheiden.
Probeaufgabe mit {nr} h vorgeschlagen, wurde gern angenommen.
Nach der Probeaufgabe anrufen.
@lead sales Mailberatung|Preis
Anfrage per Mail: {thema}, unregelmäßig, Budget knapp. Legt großen Wert auf feste Ansprechperson.
Paket mit {std} h empfohlen, Hinweis auf Übertrag nicht genutzter Stunden gegeben.
-
@lead sales Erstgespräch|Telefon
Telefonat mit {apd}, {nr} Rückfragen zum Datenschutz. Arbeitet mit eigener Software, Zugang läuft über Fernwartung.
Vereinbarung zur Auftragsverarbeitung geschickt, kam unterschrieben zurück.
Bei der Zuweisung auf sicheren Umgang mit Software achten.
@assignment_info at Zuweisung|Chat
Im Chat schreibt {ap}, dass {thema} erst nach dem {tag} beginnen kann, weil noch Unterlagen fehlen.
Start verschoben, VPA ist informiert.
Am {tag} prüfen, ob die Unterlagen da sind.
@assignment_info at Zuweisung|Wunsch
Wünscht ausdrücklich jemanden mit Erfahrung in {thema} und Erreichbarkeit ab {uhr} Uhr.
In der Suche berücksichtigt.
-
@assignment_info at Zuweisung|Mail
Mail von {apd}: bisherige Assistenz im Haus hört auf, deshalb wächst der Bedarf auf etwa {std} h.
Telefonisch bestätigt, zweite VPA vorgemerkt.
Mit dem Kundenmanager über Vertretung sprechen.
@status_change at Status|Prio
Status auf Prio gesetzt: bucht seit {nr} Monaten regelmäßig und erweitert auf {thema}.
Mit KIM abgestimmt.
-
@status_change at Status|inaktiv
Seit {wo} Wochen keine Aufgabe mehr. Auf zwei Mails keine Antwort, deshalb auf inaktiv gesetzt.
VPA ist informiert und hält die Akte bereit.
In {nr} Monaten noch einmal anrufen.
@status_change at Status|Reaktivierung
{ap} meldet sich nach längerer Pause mit neuem Auftrag ({thema}). Status wieder aktiv.
Bisherige VPA hat Zeit und übernimmt.
-
@vpa_change at VPA-Wechsel|Kapazität
VPA-Wechsel: Bedarf ist auf {std} h gewachsen, bisherige VPA kann den Umfang nicht mehr leisten.
Freigabe durch KIM, {vpa} übernimmt, Einarbeitung ist erledigt.
In vier Wochen die Akte prüfen.
@vpa_change at VPA-Wechsel|Bedarf
VPA-Wechsel: gefragt ist jetzt {thema}, das deckt die bisherige VPA nicht ab.
Freigabe durch BEN. {vpa} eingearbeitet, {ap} ist einverstanden.
-
@vpa_change at VPA-Wechsel|Ausfall
Bisherige VPA fällt länger aus. {ap} wollte keine Pause, deshalb Wechsel zu {vpa}.
Übergabe anhand der grünen Akte, {nr} h Einarbeitung gehen auf uns.
Erstattung in der Abrechnung prüfen.
@it_problem at IT|Login
{ap} kommt seit {tag} nicht mehr in das Kundenkonto, Link zum Zurücksetzen kommt nicht an.
An die Technik gegeben, Adresse stand auf der Sperrliste, ist behoben.
-
@it_problem at IT|Upload
Anhänge über 20 MB lassen sich im Aufgabenchat nicht hochladen.
Umweg über geteilten Ordner vereinbart, Technik kennt den Fehler.
Nachfragen, sobald die Technik sich meldet.
@it_problem at IT|Rechnung
Rechnung lässt sich im Portal nicht öffnen ({ap}).
Rechnung noch einmal erzeugt und per Mail geschickt.
-
@personal_talk at Telefon|Zufriedenheit
Telefonat mit {apd}: sehr zufrieden, lobt die schnelle Rückmeldung bei {thema}.
Lob an {vpa} weitergegeben.
-
@personal_talk at Telefon|Urlaub
{ap} rief an: Betriebsferien für {nr} Wochen, in der Zeit nur dringende Aufgaben.
VPA informiert, Telefonservice läuft weiter.
Nach den Ferien am {tag} kurz melden.
@personal_talk at Telefon|Ausbau
Gespräch über mehr Unterstützung: denkbar wären weitere {std} h für {thema}.
Möglichkeiten vorgestellt, {ap} berät sich intern.
In {nr} Wochen wieder anrufen.
@chat_info at Einzelchat|Kapazität
Aus dem Einzelchat mit {vpa}: „Der Kunde fragt inzwischen jede Woche an, ich schaffe bis zu {std} h im Monat.“
Passt zum Bedarf, nichts zu ändern.
-
@chat_info at Einzelchat|Abstimmung
Aus dem Einzelchat mit {vpa}: Freigaben dauern oft länger, weil {ap} viel unterwegs ist.
Feste Freigabezeit am {tag} um {uhr} Uhr vereinbart.
-
@complaint at Beschwerde|Qualität
Beschwerde: Ergebnis zu {thema} enthielt mehrere Fehler, {ap} musste nacharbeiten.
Aufgabenchat geprüft, Vorgabe war eindeutig. {nr} h gutgeschrieben, {vpa} korrigiert.
Ergebnis am {tag} ansehen.
@complaint at Beschwerde|Erreichbarkeit
Beschwerde: {ap} hat {nr} Tage auf eine Antwort gewartet.
VPA war krank, Vertretung fehlte. Entschuldigt, Vertretung ist jetzt festgelegt.
In {wo} Wochen nachfragen, ob alles läuft.
@complaint at Beschwerde|Abrechnung
{ap} bemängelt die abgerechnete Zeit ({std} h für {thema}).
Zeiten stimmen mit dem Aufgabenchat überein, im Telefonat erklärt, verstanden.
-
@package_extension at Stundenpaket|Verlängerung
Stundenpaketverlängerung: weitere {std} h, Laufzeit zwölf Monate.
Bestätigt und in der Abrechnung hinterlegt.
-
@package_extension at Stundenpaket|Aufstockung
Paket ist fast verbraucht, {ap} stockt auf {std} h im Monat auf.
Bestätigt, VPA hat Zeit.
In {nr} Monaten prüfen, ob der Umfang reicht.
@special_agreement at Sondervereinbarung|Preis
Sondervereinbarung: Stundensatz bleibt bis Jahresende auf dem alten Stand.
Von KIM freigegeben, Abrechnung weiß Bescheid.
Zum Jahreswechsel neu besprechen.
@special_agreement at Sondervereinbarung|Rechnung
Sammelrechnung zum Monatsende statt Einzelrechnung je Aufgabe.
In der Abrechnung eingerichtet.
-
@other at Hinweis|Abrechnung
Firmierung ändert sich zum Quartalsende, Rechnungsanschrift folgt per Mail.
Vorgemerkt.
Anschrift am {tag} nachfragen.
@other at Hinweis|Bewertung
{ap} hat uns öffentlich sehr gut bewertet und dabei {vpa} erwähnt.
Bedankt, im Team geteilt.
-
"""
"""`booking` and `task_declined` entries come with their tasks, see `tasks.py`."""
