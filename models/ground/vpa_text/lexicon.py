"""Which German and English words say what beside a class letter. Words are small, umlauts written out (`plain.Words`).

Every word has a set of bits; a sentence has those of its words. Found out once for each word.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from models.ground.vpa_text.plain import word_set

CLASS, RANK, STEP, STEPPED, STAND, SELF, VPA = (1 << place for place in range(7))
"""The noun Klasse; Einstufung and its kin; up- and downgraded for sure; graded somehow; words of moving between
classes; du or Sie; a word for a VPA."""
CAR, SCHOOL, ENERGY, WAY, THING, LABEL, BE = (1 << place for place in range(7, 14))
"""Foreign classes; words of a way from A to B; of a thing that can be better; what a letter can name (Plan B); a verb
of being."""
LIKELY, OFFICE = (1 << place for place in range(14, 16))
"""Words that speak of a standing by themselves; what else is graded (as urgent, by the tax office)."""
FOREIGN: Final = CAR | SCHOOL | ENERGY
OF_INTEREST: Final = CLASS | RANK | STEP | STEPPED | STAND | LIKELY

LETTERS: Final = frozenset("abcdn")
SPELT: Final = word_set("ah aah be beh bee ce ceh zeh cee de deh dee en enn")
"""A class letter as it is spoken."""
ALPHABET: Final = word_set("""
    anton berta bertha caesar dora nordpol alpha alfa bravo charlie delta november
""")
"""A class letter as it is told on the telephone."""
JOINING: Final = word_set("und oder u bis sowie bzw and or")
"""Words that join letters."""

FILLER: Final = word_set("""
    ist sind war waren wird wurde werde wurden lautet heisst bleibt bleibst jetzt nun neu neue neuen neuer aktuell
    zurzeit derzeit auf in im zu zum zur als von nach bei ab bis mit der die das den dem des ein eine einen einem
    einer wieder weiterhin nur noch schon also sofort heute morgen gestern erreicht gestiegen gefallen gesunken
    gerutscht geaendert gesetzt eingestuft angehoben hat sich hast haben leider kuenftig momentan bald gleich dann
    dir dich du uns fuer buchstabe buchstaben vorlaeufig offiziell is now the to at an nr nummer namens genannt mira
    vpa vpas kunde kunden
""")
"""Words that may stand between Klasse and its letter."""
BEFORE: Final = word_set("""
    jetzt nun wieder noch schon ein eine einen einer als auf in zu zur bist wirst bleibst warst wurdest nur kuenftig
    weiterhin leider vorerst aktuell momentan derzeit endlich also mit nach now to as biste bin werde bleibe rein
    runter rauf hoch zurueck a offiziell naemlich gleich bald heute morgen
""")
"""Words before the letter of somebody's standing."""
RIGHT_VERBS: Final = word_set("""
    gefuehrt gesetzt gelistet eingeordnet einsortiert hochgesetzt runtergesetzt notiert
""")

_LISTS: Final = {
    CLASS: """
        classes klasse klassen klass class vpaklasse vpaklassen kundenklasse kundenklassen assistentenklasse
        assistentenklassen assistentinnenklasse mitarbeiterklasse helferklasse vpaklass
    """,
    RANK: """
        einstufung einstufungen stufe ranking rankings rang eingruppierung vpastufe vpaeinstufung vparanking vparang
        kundenstufe kundeneinstufung
    """,
    STAND: """
        gerutscht rutschst rutscht rutsche rutschen abgerutscht aufgestiegen abgestiegen steigst steigt steige
        gestiegen faellst faellt falle gefallen gesunken wechsel gewechselt wechselst hochgekommen runtergekommen
        hochgesetzt runtergesetzt befoerdert upgraded downgraded promoted demoted aufstieg abstieg eingruppiert
        hochgerutscht
    """,
    SELF: """
        du dich dir dein deine deinen deinem deiner deines your you youre biste ich mich mein meine meiner
    """,
    VPA: "vpa vpas assistent assistentin assistenten assistentinnen",
    BE: """
        gefuehrt gesetzt gilt gelandet geaendert moved bist biste wirst bleibst warst wurdest bin werde bleibe are
        fuehren fuehrt setzen gesetzt zaehlst giltst landest re machst gehst kommst steigst faellst rutschst aendern
    """,
    CAR: """
        auto autos wagen pkw lkw mercedes benz mietwagen leasing leasen leasingangebot dienstwagen firmenwagen
        werkstatt reifen probefahrt autohaus haendler tuev motor baujahr kfz limousine fuehrerschein fuehrerscheins
        fahrerlaubnis fahrschule fahrer fahrerin fahrzeug fahrzeuge fahrzeugklasse fuehrerscheinklasse
    """,
    SCHOOL: """
        kind kinder sohn tochter schule schulen grundschule schueler schuelerin schuelerinnen lehrer lehrerin
        lehrkraft elternabend gymnasium unterricht schuljahr klassenfahrt klassenlehrer klassenlehrerin schulklasse
        schulklassen kita abitur school elternbrief jahrgang stundenplan zeugnis realschule gesamtschule waldschule
        mathe klassenarbeit schulausflug hort
    """,
    ENERGY: """
        energie energieklasse energieklassen energieeffizienzklasse effizienzklasse energieeffizienz energieausweis
        energielabel kuehlschrank waschmaschine trockner spuelmaschine geschirrspueler effizienz heizung
        stromverbrauch
    """,
    WAY: """
        gelaufen komme kommen anbieter tarif version plattform fahrt fahren faehrt fuhr gefahren weg wege strecke
        route reise reisen umzug umziehen transport transportieren flug fliegen zug bahn bus km kilometer minuten
        laufen gehen bringen bringt liefern lieferung kurier spalte spalten zelle zellen excel tabelle kopieren
        kopiere kopier kopiert verschieben verschiebe datei dateien ordner laufwerk gebaeude raum haus standort
        halle lager kabel daten werte navi taxi stau verbindung gleis punkt gelangen
    """,
    THING: """
        hotel hotelzimmer zimmer ticket mietwagen wagen bahn zug flug abteil tarif geraet drucker laptop monitor
        software sitz sitzplatz kabine auto suite kaffee mitbewerber upgrade gebucht buchen bild qualitaet
    """,
    LABEL: """
        plan option variante anlage anhang team gebaeude haus block halle raum vitamin hepatitis note noten teil
        punkt frage antwort aufgang eingang ausgang tor gate terminal spalte zeile zelle kategorie version typ type
        fall schritt gruppe abteilung konto projekt linie wohnung reihe sitz platz sitzplatz tisch abschnitt absatz
        formular muster blutgruppe buchstabe buchstaben lit litera parkhaus ebene etage dur moll trakt fluegel lager
        standort stadt bezirk serie hausnummer nr nummer autobahn zimmer saal studio variable szenario alternative
        modell kunde kundin firma frau herr herrn dr prof paragraph artikel ziffer anlagen varianten optionen
        spalten punkte gruppen teams seite session track abteil box regal fach kasse stand liga prio prioritaet
        probe job zone wort
    """,
    LIKELY: """
        klassenwechsel klassenaufstieg klassenabstieg klassenverlust klassenaenderung klasseneinteilung
        klassenzuordnung klassenstatus vpaklasse kundenklasse assistentenklasse
    """,
    OFFICE: """
        finanzamt steuer steuern pflege pflegegrad gehalt tarif beitrag sprache sprachschule kurs test
        einstufungstest dringend wichtig eilig bezahlt spam gering hoch niedrig risiko aufgabe aufgaben preise preis
        farben menge liste versicherung google seo hotels hotel restaurants webseite website seite keyword
        tripadvisor suchmaschine themen rechnung privat
    """,
}
_EXACT: Final[dict[str, int]] = {}
for _bit, _words in _LISTS.items():
    for _word in _words.split():
        _EXACT[_word] = _EXACT.get(_word, 0) | _bit

UP_DOWN: Final = r"(?:hoch|herauf|herab|herunter|runter|rauf)"
_STEP: Final = re.compile(rf"{UP_DOWN}(?:ge|zu)?stuf(?!ig)")
_STEPPED: Final = re.compile(
    r"(?:^|klassen?)(?:(?:neu|rueck|zurueck|ein|ab|auf|um|hoeher|tiefer|nieder|hinauf|hinunter)(?:ge|zu)?stuf(?!ig|enl)"
    r"|stufst?$|stufen?$|stufte)"
)


@lru_cache(maxsize=8192)
def bits(word: str) -> int:
    """What a word says."""
    found = _EXACT.get(word, 0)
    if "stuf" in word:
        if _STEP.search(word) and word != "hochstufe":
            found |= STEP
        elif _STEPPED.search(word):
            found |= STEPPED
    return found
