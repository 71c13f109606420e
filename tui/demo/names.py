"""Invented names for the demo: people and customers, the same at every start.

Every name is put together from the lists below by a fixed seed; none is meant to be a real person or firm.
"""

from __future__ import annotations

from random import Random

_FIRST = """
Mira Can Ole Ida Jördis Änne Björn Götz Käthe Zoë Chloé Aylin Emre Leyla Tarık Nesrin Milan Jelena Goran Agnieszka
Tomasz Magda Irina Sergej Olga Nadja Thi-Mai Linh Amara Kwame Noor Samir Yara Elif Anna-Lena Hans-Jörg Karl-Heinz
Marie-Luise Eva-Maria Jan-Philipp Wiebke Swantje Fenja Tjark Hauke Maike Birte Silke Anke Heike Ulrike Sabine Petra
Gudrun Ingrid Dörte Jürgen Günter Jörg Rüdiger Sören Malte Torben Lasse Finn Jonas Lukas Felix Moritz Jakob Anton
Emil Oskar Theo Bruno Valentin Korbinian Xaver Vroni Resi Franziska Theresa Magdalena Veronika Johanna Charlotte
Frieda Greta Paula Clara Lotte Hedwig Henriette Nora Lea Mila Pia Svenja Tabea Rahel Miriam Judith Esther Ruth Dana
""".strip()
FIRST = _FIRST.split()
"""First names, umlauts and double names among them."""

_LAST = """
Keller Demir Brandt Sommer Großmann Müller-Voß Weißhaupt Jäger Köster Schröer Böhning Krämer Vögele Hölzl Düring
Grünfeld Süßmilch Bär Kühnel Röhrig Lüttke Möllers Pröll Stüber Täuber Übelhör Ölschläger Ägidius Çelik Yıldız Öztürk
Şahin Kaya Aydın Kowalczyk Nowicki Wiśniewski Horvat Petrović Novák Dvořák Ivanov Sokolova Nguyen Tran Okafor Mensah
Haddad Rahimi Costa Moreau Rossi Jensen Sørensen Hansen Petersen Clausen Thomsen Harms Onken Eilers Behrends Tammen
Schulze-Bergmann Meyer-Lüdecke Hartmann-Roth Klein-Ostermann Vogt-Sander Lange-Priebe Kurz-Weidlich Ahrens-Böll
Albers Bachmeier Bergfeld Birkholz Brüggemann Burmeister Dahlke Dorn Eberle Eckstein Falk Feldkamp Fink Frohwein
Gerlach Gießler Haberland Hagedorn Heidenreich Hellwig Holtkamp Imhoff Junghans Kamphaus Kirchner Klingbeil Kranz
Lammers Leitner Lindhorst Lohmann Marquardt Mertens Nagelschmidt Neuhaus Oberländer Ostwald Paulsen Pfeiffer Quandt
Rademacher Reinders Rosenthal Sandmann Schaffrath Scheffler Sperling Steinbrecher Tiedemann Trautwein Uhlig Vollmer
Wagenknecht-Ohm Wallner Wiegand Windisch Zeisig Ziegler Zumsande Zwingli Teichgräber Rauchfuß Kließ Nießen Dreßler
""".strip()
LAST = _LAST.split()
"""Family names, with ß, umlauts, other alphabets' letters and double names."""

TRADES = (
    """
Tischlerei|Zahnarztpraxis|Kanzlei|Steuerbüro|Architekturbüro|Ingenieurbüro|Physiotherapie|Hausverwaltung|Gärtnerei
Malerbetrieb|Fahrschule|Reisebüro|Buchhandlung|Weinhandel|Bäckerei|Hofladen|Fotostudio|Tonstudio|Agentur|Coaching
Unternehmensberatung|Immobilien|Versicherungsbüro|Optik|Goldschmiede|Yogastudio|Musikschule|Sprachschule|Verlag
Hebammenpraxis|Tierarztpraxis|Logopädie|Ergotherapie|Dachdeckerei|Elektro|Sanitär und Heizung|Küchenstudio|Möbelbau
Onlinehandel|Softwarebüro|Datenschutzberatung|Personalberatung|Hochzeitsplanung|Eventbüro|Catering|Café|Pension
Ferienwohnungen|Bootsverleih|Fahrradladen|Modeatelier|Keramikwerkstatt|Druckerei|Werbetechnik|Spedition|Umzüge
Pflegedienst|Seniorenhilfe|Nachhilfe|Patentbüro|Sachverständigenbüro|Vermessungsbüro|Baumpflege|Imkerei
""".replace("\n", "|")
    .strip("|")
    .split("|")
)
"""What customers do for a living; stands before a family name."""

AREAS = (
    "Terminplanung",
    "E-Mail-Betreuung",
    "Telefonservice",
    "Recherche",
    "Datenpflege",
    "Vorbereitende Buchhaltung",
    "Rechnungen und Mahnwesen",
    "Reiseplanung",
    "Texte und Lektorat",
    "Übersetzung Englisch",
    "Übersetzung Französisch",
    "Social Media",
    "Newsletter",
    "Website-Pflege",
    "Shop-Pflege",
    "Grafik und Präsentation",
    "Transkription",
    "Kundenservice",
    "Bewerbermanagement",
    "Projektassistenz",
    "Veranstaltungen",
    "Persönliche Assistenz",
)
"""Assistenzbereiche (F-14), as the platform names them."""


def person_names(count: int, rng: Random) -> list[str]:
    """`count` different people as 'Keller, Mira'; no family name is used much more often than another."""
    names: dict[str, None] = {}
    while len(names) < count:
        for last in rng.sample(LAST, len(LAST)):
            names.setdefault(f"{last}, {rng.choice(FIRST)}")
    return list(names)[:count]


def customer_names(count: int, rng: Random) -> list[str]:
    """`count` different customers: firms, practices, partnerships and people working alone."""
    names: dict[str, None] = {}
    while len(names) < count:
        last, other = rng.sample(LAST, 2)
        names.setdefault(
            rng.choice(
                (
                    f"{rng.choice(TRADES)} {last}",
                    f"{rng.choice(TRADES)} {last}",
                    f"{rng.choice(TRADES)} {last} GmbH",
                    f"{last} & {other} GbR",
                    f"{last} & {other} {rng.choice(TRADES)}",
                    f"{rng.choice(FIRST)} {last}",
                )
            )
        )
    return list(names)


def contact_name(customer: str, rng: Random) -> str:
    """Whom to talk to there: 'Herr Demir' for a firm of that name, the person herself where she works alone."""
    words = customer.removesuffix(" GmbH").split()
    if words[0] in FIRST:
        return customer
    return f"{rng.choice(('Frau', 'Herr'))} {words[0] if '&' in words else words[-1]}"
