"""What a filled-in form would do, initiative by initiative and answer by answer, before anything is stored."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Any

from initiatives.actions.assessing import Mark
from initiatives.models import Criterion

from ..filled_in import Outcome
from ..form_format import fingerprint
from ..presenting.own_forms import OwnForm
from .form_cells import Fault


@dataclass(frozen=True)
class Answer:
    """One criterion: what the portal has, what the file says, and what becomes of it."""

    criterion: Criterion
    portal: Mark | None
    file: Mark | None
    outcome: Outcome
    key: str
    """The name of the choice, where there is one to make."""
    chosen: str = ""
    """What the person has chosen where there is a conflict: "portal" or "file"; empty before she has."""

    @property
    def changes(self) -> bool:
        return self.outcome in (Outcome.NEW, Outcome.CHANGED)

    @property
    def is_conflict(self) -> bool:
        return self.outcome == Outcome.CONFLICT

    @property
    def is_undecided(self) -> bool:
        return self.is_conflict and self.chosen not in ("portal", "file")

    @property
    def settled(self) -> Mark | None:
        """What the portal will have."""
        takes_file = self.changes or (self.is_conflict and self.chosen == "file")
        return self.file if takes_file else self.portal


@dataclass(frozen=True)
class Filled:
    """One initiative of the file."""

    form: OwnForm
    read_on: int
    """The version of the text that the form was fetched with."""
    answers: tuple[Answer, ...]

    @property
    def shown(self) -> list[Answer]:
        """What there is to see: changes, conflicts, and what the portal has newer."""
        return [answer for answer in self.answers if answer.outcome != Outcome.SAME]

    @property
    def changed(self) -> int:
        return sum(answer.changes for answer in self.answers)

    @property
    def same(self) -> int:
        return sum(answer.outcome == Outcome.SAME for answer in self.answers)

    @property
    def is_outdated(self) -> bool:
        """Whether the text has changed since the form was fetched."""
        return self.read_on != self.form.revision

    @property
    def may_be_handed_in(self) -> bool:
        """Whether every criterion will have an answer, given on the text as it reads now."""
        return not self.is_outdated and all((answer.file or answer.portal) is not None for answer in self.answers)

    @property
    def to_save(self) -> dict[str, Mark]:
        """The answers that the portal will have and does not have already, by the criterion's code."""
        return {code: mark for code, mark in self.settled.items() if self.form.answers.get(code) != mark}

    @property
    def settled(self) -> dict[str, Mark]:
        """All the answers that the portal will have."""
        marks = {answer.criterion.code: answer.settled for answer in self.answers}
        return {code: mark for code, mark in marks.items() if mark is not None}


@dataclass
class Plan:
    """What a file would do. Nothing has been stored."""

    refusal: str = ""
    """Why the file is not read at all."""
    filled: list[Filled] = field(default_factory=list)
    left_out: list[tuple[str, str]] = field(default_factory=list)
    """Sheets that can no longer be answered, each with a sentence that says why."""
    notices: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    has_more_faults: bool = False

    @property
    def ok(self) -> bool:
        return not self.refusal and not self.faults

    @property
    def changing(self) -> list[Filled]:
        return [one for one in self.filled if one.shown]

    @property
    def unchanged(self) -> list[Filled]:
        return [one for one in self.filled if not one.shown]

    @property
    def conflicts(self) -> list[Answer]:
        return [answer for one in self.filled for answer in one.answers if answer.is_conflict]

    @property
    def may_save(self) -> bool:
        return self.ok and (bool(self.conflicts) or any(one.changed for one in self.filled))

    @property
    def ready(self) -> list[Filled]:
        """Those that can be handed in."""
        return [one for one in self.filled if one.may_be_handed_in] if self.ok else []

    @property
    def seen(self) -> str:
        """A fingerprint of all that is shown, to know whether it still is so when it is confirmed."""
        told: list[Any] = [self.refusal, *self.left_out, *self.notices]
        for one in self.filled:
            told.append((one.form.reference, one.form.revision, one.read_on))
            told += [(a.key, a.portal and fingerprint(a.portal), a.file and fingerprint(a.file)) for a in one.answers]
        return hashlib.sha256(repr(told).encode()).hexdigest()
