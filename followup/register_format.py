"""The register workbook as a table: its eight sheets, their columns, and the words that may stand in them.

Import and export both walk this table. Source: docs/register.md.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, auto
from functools import cached_property
from typing import Any

from django.db import models
from django.utils import timezone

from followup.models import Confirmation
from governance.acts import Act
from governance.models import CostKind, CostValue, Motive, Outcome, ParticipationRole, StageType
from governance.statuses import Status
from governance.workflow import STAYS, TABLE
from initiatives.models import GateReply, Level
from v6portal.organizations.roles import Role

LONGEST_CELL = 32_767
"""Characters that a cell of a workbook may hold."""

LONGEST_NAME = 150


class Kind(Enum):
    """What sort of value a column holds."""

    TEXT = auto()
    REFERENCE = auto()
    WORD = auto()
    YES_NO = auto()
    DATE = auto()
    TIME = auto()
    """Date and time of day, local time."""
    WHOLE = auto()
    AMOUNT = auto()
    ORGANISATION = auto()
    KOMMUN = auto()
    ANSWER = auto()
    """*ja*, *nej*, *oklart*, 1–5 or *vet inte*."""


@dataclass(frozen=True)
class Column:
    """One column: the key used in the code, the header used in the file, and what may stand in it."""

    key: str
    header: str
    kind: Kind = Kind.TEXT
    required: bool = False
    words: Mapping[str, str] | None = None
    """Word in the file → code in the database."""
    longest: int = LONGEST_CELL
    may_lie_ahead: bool = False
    width: int = 18

    @cached_property
    def spoken(self) -> dict[str, str]:
        """Code in the database → word in the file."""
        return {code: word for word, code in (self.words or {}).items()}

    def show(self, value: Any) -> str:
        """A value of the column as a person wrote it, for the list of faults."""
        if value is None or value == "":
            return ""
        if isinstance(value, bool):
            return "ja" if value else "nej"
        if isinstance(value, dt.datetime):
            return f"{timezone.localtime(value):%Y-%m-%d %H:%M}"
        if isinstance(value, Decimal):
            return f"{value:f}"
        return self.spoken.get(str(value), str(value))


@dataclass(frozen=True)
class Sheet:
    """One sheet: the key used in the code, the title used in the file, and its columns in the order of the export."""

    key: str
    title: str
    columns: tuple[Column, ...]

    def __getitem__(self, key: str) -> Column:
        return self._by_key[key]

    @cached_property
    def _by_key(self) -> dict[str, Column]:
        return {column.key: column for column in self.columns}


def _words(choices: type[models.TextChoices], codes: Iterable[str] | None = None) -> dict[str, str]:
    wanted = choices.values if codes is None else codes
    return {str(choices(code).label): str(choices(code).value) for code in wanted}


MOVING_ACTS = frozenset({Act.CREATE} | {row.act for row in TABLE if row.target is not STAYS})
"""The acts that change the status; the format has a word for each."""

STATUSES = _words(Status)
ANSWERS: dict[str, str | int] = {
    "ja": GateReply.YES.value,
    "nej": GateReply.NO.value,
    "oklart": GateReply.UNCLEAR.value,
    "vet inte": "unknown",
    **{str(level): level for level in range(1, 6)},
}
K = Kind


def _reference() -> Column:
    return Column("reference", "Referens", K.REFERENCE, required=True, longest=20, width=14)


def _person(key: str, header: str) -> Column:
    return Column(key, header, longest=LONGEST_NAME)


INITIATIVES = Sheet(
    "initiatives",
    "Initiativ",
    (
        _reference(),
        Column("title", "Titel", required=True, longest=200, width=44),
        Column("organisation", "Organisation", K.ORGANISATION, required=True),
        Column("department", "Förvaltning", longest=120, width=26),
        _person("author_name", "Inlämnare"),
        Column("need", "Problem eller behov", required=True, width=60),
        Column("benefit", "Väntad nytta", required=True, width=50),
        Column("idea", "Idé till lösning", width=50),
        Column("targets_residents", "Målgrupp invånare", K.YES_NO, required=True),
        Column("targets_employees", "Målgrupp medarbetare", K.YES_NO, required=True),
        Column("created_at", "Skapat", K.TIME),
        Column("submitted_at", "Inskickat", K.TIME, required=True),
        Column("shared_at", "Inkommet till V6", K.TIME),
        Column("status", "Status", K.WORD, required=True, words=STATUSES),
        Column("status_since", "Status sedan", K.TIME),
        Column("duplicate_of", "Dubblett av", K.REFERENCE, longest=20),
        Column("leader", "Leder", K.KOMMUN),
        Column("motive", "Samverkansmotiv", K.WORD, words=_words(Motive)),
        Column("registry_number", "Diarienummer", longest=60),
        Column("managed_object", "Förvaltningsobjekt", longest=120),
    ),
)
EVENTS = Sheet(
    "events",
    "Händelser",
    (
        _reference(),
        Column("occurred_at", "Tidpunkt", K.TIME, required=True),
        Column("word", "Händelse", required=True, longest=120, width=34),
        Column("from_status", "Från status", K.WORD, words=STATUSES, width=24),
        Column("to_status", "Till status", K.WORD, words=STATUSES, width=24),
        Column("organisation", "Organisation", K.ORGANISATION),
        Column("role", "Roll", K.WORD, words=_words(Role)),
        _person("decider_name", "Beslutsfattare"),
        _person("actor_name", "Registrerad av"),
        Column("text", "Motivering", width=60),
    ),
)
PARTICIPATIONS = Sheet(
    "participations",
    "Deltagande",
    (
        _reference(),
        Column("organisation", "Kommun", K.KOMMUN, required=True),
        Column("role", "Roll", K.WORD, required=True, words=_words(ParticipationRole)),
        Column("joined_on", "Gick med", K.DATE, required=True),
        Column("left_on", "Lämnade", K.DATE),
        Column("principle", "Princip", longest=10),
        Column("reason", "Orsak", width=50),
        _person("decider_name", "Beslutsfattare"),
    ),
)
STAGES = Sheet(
    "stages",
    "Etapper",
    (
        _reference(),
        Column("number", "Nr", K.WHOLE, required=True, width=8),
        Column("type", "Typ", K.WORD, required=True, words=_words(StageType)),
        Column("start", "Start", K.DATE, required=True),
        Column("end", "Slut", K.DATE),
        Column("outcome", "Utfall", K.WORD, words=_words(Outcome)),
        Column("organisation", "Ansvarig organisation", K.ORGANISATION, width=22),
        Column("planned_end", "Planerat slut", K.DATE, may_lie_ahead=True),
    ),
)
COSTS = Sheet(
    "costs",
    "Kostnader",
    (
        _reference(),
        Column("stage", "Etapp", K.WHOLE, width=8),
        Column("kind", "Slag", K.WORD, required=True, words=_words(CostKind)),
        Column("value", "Värde", K.WORD, required=True, words=_words(CostValue)),
        Column("amount", "Belopp", K.AMOUNT, required=True),
        Column("organisation", "Kommun", K.ORGANISATION),
        Column("date", "Datum", K.DATE, required=True),
        Column("until", "Till och med", K.DATE, may_lie_ahead=True),
    ),
)
ADOPTIONS = Sheet(
    "adoptions",
    "Införanden",
    (
        _reference(),
        Column("organisation", "Kommun", K.KOMMUN, required=True),
        Column("in_use_on", "I drift", K.DATE, required=True),
        Column("note", "Anmärkning", width=40),
    ),
)
CONFIRMATIONS = Sheet(
    "confirmations",
    "3N",
    (
        _reference(),
        Column("kind", "Slag", K.WORD, required=True, words=_words(Confirmation.Kind)),
        Column("holds", "Svar", K.YES_NO, required=True),
        Column("date", "Datum", K.DATE, required=True),
        _person("confirmed_by_name", "Bekräftad av"),
        Column("organisation", "Organisation", K.ORGANISATION),
        Column("grounds", "Underlag", width=50),
    ),
)
ANSWERS_GIVEN = Sheet(
    "answers",
    "Bedömningar",
    (
        _reference(),
        Column("level", "Nivå", K.WORD, required=True, words=_words(Level)),
        Column("organisation", "Organisation", K.ORGANISATION, required=True),
        _person("assessor_name", "Bedömare"),
        Column("version", "Modellversion", required=True, longest=20),
        Column("code", "Kod", required=True, longest=10, width=8),
        Column("answer", "Svar", K.ANSWER, required=True, words={w: str(c) for w, c in ANSWERS.items()}),
        Column("motivation", "Motivering", width=60),
        Column("answered_at", "Tidpunkt", K.TIME),
    ),
)
SHEETS = (INITIATIVES, EVENTS, PARTICIPATIONS, STAGES, COSTS, ADOPTIONS, CONFIRMATIONS, ANSWERS_GIVEN)
"""The eight, in the order in which they stand in the file."""
