"""What made-up initiatives are called and say: word lists and the sentences that are put together from them."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random


@dataclass(frozen=True)
class Area:
    """A part of municipal work: the first half of compounds, whose it is, and whom it serves."""

    stem: str
    department: str
    residents: bool
    employees: bool


# fmt: off
AREAS = tuple(Area(*row) for row in (
    ("hemtjänst", "Vård och omsorg", True, True),          ("nattillsyns", "Vård och omsorg", True, True),
    ("boende", "Vård och omsorg", True, True),             ("delegerings", "Vård och omsorg", False, True),
    ("läkemedels", "Vård och omsorg", True, True),         ("nyckel", "Vård och omsorg", False, True),
    ("hjälpmedels", "Vård och omsorg", True, False),       ("bistånds", "Socialtjänst", True, True),
    ("familjehems", "Socialtjänst", False, True),          ("försörjningsstöds", "Socialtjänst", True, True),
    ("orosanmälnings", "Socialtjänst", True, True),        ("bygglovs", "Samhällsbyggnad", True, True),
    ("detaljplane", "Samhällsbyggnad", True, True),        ("miljötillsyns", "Samhällsbyggnad", True, True),
    ("livsmedels", "Samhällsbyggnad", True, True),         ("strandskydds", "Samhällsbyggnad", True, True),
    ("gatu", "Teknisk service", True, True),               ("parkerings", "Teknisk service", True, False),
    ("renhållnings", "Teknisk service", True, True),       ("vattenmätar", "Teknisk service", True, True),
    ("snöröjnings", "Teknisk service", True, True),        ("fastighets", "Teknisk service", False, True),
    ("badplats", "Teknisk service", True, True),           ("förskole", "Barn och utbildning", True, True),
    ("skolskjuts", "Barn och utbildning", True, True),     ("frånvaro", "Barn och utbildning", True, True),
    ("skolval", "Barn och utbildning", True, False),       ("modersmåls", "Barn och utbildning", True, True),
    ("elevhälso", "Barn och utbildning", True, True),      ("studieplans", "Barn och utbildning", True, True),
    ("biblioteks", "Kultur och fritid", True, True),       ("förenings", "Kultur och fritid", True, True),
    ("evenemangs", "Kultur och fritid", True, True),       ("lokal", "Kultur och fritid", True, True),
    ("simskole", "Kultur och fritid", True, False),        ("medborgar", "Kommunledning", True, False),
    ("avtals", "Kommunledning", False, True),              ("upphandlings", "Kommunledning", False, True),
    ("krisberedskaps", "Kommunledning", True, True),       ("nämnd", "Kommunledning", False, True),
    ("diarie", "Kommunledning", False, True),              ("synpunkts", "Kommunledning", True, True),
    ("faktura", "Ekonomi", False, True),                   ("budget", "Ekonomi", False, True),
    ("rekryterings", "Personal", False, True),             ("introduktions", "Personal", False, True),
    ("löne", "Personal", False, True),                     ("bemannings", "Personal", False, True),
    ("arbetsmiljö", "Personal", False, True),              ("kost", "Måltid", True, True),
    ("besöksnärings", "Näringsliv", True, False),          ("tomtkö", "Näringsliv", True, True),
))

HEADS = (
    ("planering", False), ("bokning", False), ("anmälan", False), ("uppföljning", False), ("ansökan", False),
    ("rapportering", False), ("handläggning", False), ("kartläggning", False), ("register", True),
    ("portal", False), ("kontroll", False), ("loggbok", False), ("schema", True), ("översikt", False),
    ("arkiv", True), ("dialog", False), ("avisering", False), ("signering", False), ("vägledning", False),
    ("statistik", False), ("underlag", True), ("stöd", True),
)
"""The second half of compounds, and whether the word is neuter."""

BEGINNINGS = (
    ("Digital", "Digitalt"), ("Gemensam", "Gemensamt"), ("Samlad", "Samlat"), ("Automatiserad", "Automatiserat"),
    ("Enklare", "Enklare"), ("Mobil", "Mobilt"), ("Öppen", "Öppet"), ("Tryggare", "Tryggare"), ("Ny", "Nytt"),
)
ENDINGS = (
    "", "", "", " i mobilen", " utan papper", " med e-legitimation", " för chefer", " för vårdnadshavare",
    " för små förvaltningar", " dygnet runt", " på ett ställe", " för nyanställda", " med karta", " på lätt svenska",
)

TODAY = (
    "sköts i dag på papper", "görs i dag i flera kalkylblad", "hanteras i dag med mejl och telefon",
    "bygger på att samma uppgift skrivs in i tre system", "kräver att någon är på plats under kontorstid",
    "vilar på två personer som kan rutinen", "görs olika i varje enhet", "sker i ett system som inte längre utvecklas",
)
CONSEQUENCES = (
    "Uppgifter faller bort och måste frågas efter på nytt.", "Det tar ofta två veckor längre än det behöver.",
    "Den som väntar vet inte hur långt ärendet har kommit.", "Sammanställningen görs först efter årets slut.",
    "Medarbetare lägger flera timmar i veckan på att leta.", "Fel upptäcks sent och är dyra att rätta.",
    "Det går inte att se helheten utan att ringa runt.", "Chefer saknar underlag när de ska planera.",
    "Små kommuner hinner inte med alls.",
)
BENEFITS = (
    "Kortare väntan och färre frågor till kontaktcenter.", "Mer tid för dem som behöver hjälp på plats.",
    "Samma besked oavsett vem som svarar.", "Ungefär fem timmar i veckan per enhet kan användas till annat.",
    "Fel åtgärdas samma dag.", "Underlag som går att lita på, utan att någon sammanställer det för hand.",
    "Invånare kan göra klart sitt ärende hemifrån.", "Mindre sårbart när någon är sjuk eller slutar.",
    "Lättare att följa lagkravet och visa att det görs.", "Tryggare överlämning mellan enheter.",
)
IDEAS = (
    "Ett enkelt formulär med bild och plats.", "Använd den e-tjänsteplattform som redan finns.",
    "Köp in en tjänst tillsammans och förvalta den på ett ställe.", "Koppla ihop de två system som redan finns.",
    "Låt en robot flytta uppgifterna mellan systemen.", "Börja med en förstudie hos två enheter.",
    "Ta efter den lösning som en grannkommun har byggt.", "",
)

FIRST_NAMES = (
    "Maja", "Elin", "Sofia", "Emma", "Linnea", "Wilma", "Astrid", "Saga", "Alva", "Ines", "Karin", "Helena",
    "Malin", "Åsa", "Ylva", "Gunilla", "Fatima", "Amal", "Leila", "Erik", "Oskar", "Nils", "Hugo", "Anton",
    "Viktor", "Johan", "Mikael", "Lars", "Per", "Anders", "Björn", "Göran", "Yusuf", "Omar", "Samir", "Dragan",
    "Tomas", "Rolf",
)
FAMILY_BEGINNINGS = (
    "Lund", "Berg", "Sand", "Ek", "Björk", "Hag", "Ny", "Öster", "Väster", "Stor", "Lind", "Alm", "Gran", "Hed",
    "Ström", "Fors", "Ås", "Kvist", "Mo",
)
FAMILY_ENDINGS = (
    "gren", "qvist", "ström", "mark", "dahl", "berg", "lund", "stedt", "hammar", "vik", "holm", "by", "sjö",
    "åker",
)
# fmt: on

MOTIVATIONS = (
    "Behovet är bekräftat av verksamheten.", "Stödjer ett beslutat mål i verksamhetsplanen.",
    "Ryms i ordinarie budget.", "Flera kommuner har samma behov.", "Nyttan är tydlig och vägen känd.",
    "Frågan är väl beredd och finansieringen klar.", "Det ger mer att göra detta tillsammans.",
)  # fmt: skip
REFUSALS = (
    "Nyttan står inte i proportion till kostnaden.", "Behovet täcks av ett system som redan är upphandlat.",
    "Det saknas en ägare i verksamheten som har tid.", "De rättsliga hindren är för stora i dag.",
)  # fmt: skip
MISSING = (
    "Beskriv hur ofta detta görs och hur många som berörs.", "Vem äger frågan i verksamheten?",
    "Vilket mål eller vilken lag stödjer detta?",
)  # fmt: skip
LEAVING = (
    "Kan inte avsätta personal under nästa år.", "Har redan tecknat avtal om en egen lösning.",
    "Kostnaden blev högre än vad kommunen kan bära.", "Tidplanen går inte ihop med ett pågående systembyte.",
    "Verksamheten har omorganiserats och behovet är mindre.",
)  # fmt: skip
PAUSES = (
    "Inväntar ny lagstiftning.", "Inväntar upphandling av ramavtal.", "Nyckelperson saknas till hösten.",
    "Inväntar beslut om budget.",
)  # fmt: skip
GROUNDS = (
    "Ingen av de sex kommunerna hade detta sedan tidigare.", "Mätningen visar kortare handläggningstid.",
    "Enkäten till medarbetarna visar nöjdare användare.", "Används av alla enheter sedan i våras.",
    "Färre frågor till kontaktcenter.", "Två enheter har slutat använda lösningen.",
)  # fmt: skip
NOTES = ("", "", "", "Börjar med två enheter.", "Köper in sig i efterhand.", "Hela kommunen på en gång.")
OBJECTS = (
    "E-tjänster", "Ärendehantering", "Välfärdsteknik", "Lärplattform", "Geodata", "Ekonomisystem",
    "Personalsystem", "Kommunikation och webb", "Fastighetssystem",
)  # fmt: skip
DOUBTS = (
    "Behöver utredas av jurist.", "Kostnaden efter första året är inte beslutad.", "Vi har ingen som kan detta i dag.",
    "Går inte att bedöma innan omfattningen är känd.", "Tiden är inte avsatt ännu.",
)  # fmt: skip


def subject(rng: Random, area: Area) -> tuple[str, bool]:
    """A compound, e.g. ``bygglovsanmälan``, and whether it is neuter."""
    head, neuter = rng.choice(HEADS)
    return area.stem + head, neuter


def title(rng: Random, compound: str, neuter: bool) -> str:
    """The compound, mostly with something before or after it."""
    if rng.random() < 0.25:
        return compound.capitalize() + rng.choice(ENDINGS)
    return f"{rng.choice(BEGINNINGS)[neuter]} {compound}{rng.choice(ENDINGS)}"


def need(rng: Random, compound: str) -> str:
    return f"{compound.capitalize()} {rng.choice(TODAY)}. {' '.join(rng.sample(CONSEQUENCES, 2))}"


def person_name(rng: Random) -> str:
    return f"{rng.choice(FIRST_NAMES)} {rng.choice(FAMILY_BEGINNINGS)}{rng.choice(FAMILY_ENDINGS)}"
