"""What in a text looks like a person who should not be named in it: a hint to the writer, never a ban.

An initiative becomes a public record when it is sent in (*allmän handling*) and is read in up to eight authorities.
It is to speak of roles and needs, not of pupils, patients or people with home care. Plain rules on plain text.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto


class Kind(Enum):
    PERSONAL_NUMBER = auto()
    """A personnummer or samordningsnummer: a date and a check digit that hold."""
    NAMED_PERSON = auto()
    """A name where the text speaks of somebody in care, in school or in need."""


@dataclass(frozen=True)
class Concern:
    """Something to look at again; ``words`` is what was found, as it was written."""

    kind: Kind
    words: str


def concerns(text: str) -> list[Concern]:
    """What in the text the writer should look at again, in the order of the text, each wording once."""
    found = [*_personal_numbers(text), *_named_people(text)]
    return list(dict.fromkeys(concern for _place, concern in sorted(found, key=lambda pair: pair[0])))


Found = Iterator[tuple[int, Concern]]

PERSONAL_NUMBER = re.compile(r"(?<![\d-])(?:19|20)?(\d{2})(\d{2})(\d{2})[-+ ]?(\d{4})(?!\d)")
COORDINATION_DAYS = 60
"""Added to the day of birth in a samordningsnummer."""


def _personal_numbers(text: str) -> Found:
    for match in PERSONAL_NUMBER.finditer(text):
        if _is_date(match) and _has_check_digit("".join(match.groups())):
            yield match.start(), Concern(Kind.PERSONAL_NUMBER, match.group())


def _is_date(match: re.Match[str]) -> bool:
    _year, month, day = (int(part) for part in match.groups()[:3])
    try:
        dt.date(2000, month, day - COORDINATION_DAYS if day > COORDINATION_DAYS else day)
    except ValueError:
        return False
    return True


def _has_check_digit(digits: str) -> bool:
    """Luhn: every other digit doubled from the left, the digits of all added, a multiple of ten."""
    doubled = (int(digit) * (2 - place % 2) for place, digit in enumerate(digits))
    return sum(number // 10 + number % 10 for number in doubled) % 10 == 0


PERSONS = (
    r"brukaren?|brukares|patient(?:en)?|klient(?:en)?|vårdtagaren?|omsorgstagaren?|elev(?:en)?|kund(?:en)?"
    r"|barnet|pojken|flickan|sonen|dottern|mannen|kvinnan|mamman?|pappan?|boende|pensionären?"
)
"""Who the text may be about. Right before a name, each of these is enough for a hint."""

SITUATIONS = (
    r"brukare\w*|patient\w*|klient\w*|vårdtagar\w*|omsorgstagar\w*|elev(?:en|ens|s)?|diagnos\w*|demens\w*|dement\w*"
    r"|sjuk(?!hus|sköt)\w*|missbruk\w*|autism\w*|adhd|depression\w*|funktionsnedsatt\w*|orosanmäl\w*|diabetes|stroke"
    r"|omhändertag\w*|försörjningsstöd\w*|socialbidrag\w*|skyddad\w*|skilsmässa\w*"
)
"""What makes a full name anywhere in the same text sensitive."""

NEAR = r"hemtjänst|lss|medicin(?:er|erna|en)?|boendet?|hemma hos"
"""What makes a full name in the same sentence sensitive."""

NAME = r"[A-ZÅÄÖÉ][a-zåäöéèü]+(?:-[A-ZÅÄÖÉ][a-zåäöéèü]+)?"
A_PERSON = re.compile(PERSONS, re.IGNORECASE)
AFTER_A_PERSON = re.compile(rf"\b(?i:{PERSONS})(?:\s+i\s+\w{{1,5}},|,)?\s+({NAME}(?:\s+{NAME})?)")
FULL_NAME = re.compile(rf"(?<![\w-])(?=(({NAME})\s+({NAME}))(?![\w-]))")
SITUATION = re.compile(rf"\b(?i:{SITUATIONS})\b")
SITUATION_NEAR = re.compile(rf"\b(?i:{NEAR})\b")
SENTENCE = re.compile(r"[^.!?\n]+")

OTHER_CAPITALS = """
Essunga Grästorp Götene Lidköping Skara Vara Göliska Skaraborg Skaraborgs Västra Götaland Götalands Göteborg
Stockholm Sverige Svenska Nossebro Kvänum Källby Axvall Ardala Region Regionen Kommunal Kommun Kommunen
Microsoft Google Apple Teams Office Excel Word Windows Android Visma Tietoevry Combine Procapita Lifecare
Treserva Viva Pulsen Raindance Platina Evolution Public Unikum Schoolsoft Vklass Skolplattformen Phoniro
Socialstyrelsen Skolverket Datainspektionen Integritetsskyddsmyndigheten Försäkringskassan Arbetsförmedlingen
Inera Sambruk Adda Kronoberg Borås Trollhättan Falköping Mariestad Skövde Tibro Hjo Karlsborg Töreboda
Gullspång Vårgårda Herrljunga Alingsås Lagan Hemtjänsten Omsorgen Skolan Vården Socialtjänsten Förskolan
En Ett Den Det De Vi Ni Jag Du Han Hon När Om Vid För Från Med Alla Många Varje Ingen Idag Nu Här Där I På

Ring Kontakta Fråga Mejla Prata Enligt Till Av Att Som Och Men Eller
Personalen Chefen Medarbetare Medarbetaren Digital Digitala Nya Ny Stora Mer
"""
NOT_PEOPLE = frozenset(OTHER_CAPITALS.split())
"""Words with a capital that are places, systems, authorities or the beginning of a sentence."""


def _named_people(text: str) -> Found:
    for match in AFTER_A_PERSON.finditer(text):
        if match.group(1).split()[0] not in NOT_PEOPLE:
            yield match.start(1), Concern(Kind.NAMED_PERSON, match.group(1))
    is_sensitive = SITUATION.search(text) is not None
    for sentence in SENTENCE.finditer(text):
        if is_sensitive or SITUATION_NEAR.search(sentence.group()):
            yield from _full_names(sentence)


def _full_names(sentence: re.Match[str]) -> Found:
    for match in FULL_NAME.finditer(sentence.group()):
        words, first, last = match.groups()
        if not {first, last} & NOT_PEOPLE and not A_PERSON.fullmatch(first):
            yield sentence.start() + match.start(), Concern(Kind.NAMED_PERSON, words)
