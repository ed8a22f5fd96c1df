"""The initiative in brief beside a form: everything an assessor or a decider needs of it, the short things in sight."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import JSONObject
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from initiatives.models import Attachment, GateAnswer, GateQuestion, GateReply, Initiative, Revision, name_of_answer

from ..models import Case
from .attachments import Line, lines
from .benefit_calculation import Told, standing_columns, standing_from
from .register import target_groups

SHORT = 160
"""Characters of an answer that is shown at once; a longer one is folded under its name."""

OPTIONAL = ("idea", "existing_solutions", "goal_or_law", "business_owner")


@dataclass(frozen=True)
class Passed:
    """A question that a case goes past in spite of a *nej*: why, and who said so."""

    question: str
    reason: str
    who: str


@dataclass(frozen=True)
class Brief:
    """The context of the first card of ``governance/_case_beside.html``. What is empty is not there."""

    facts: tuple[tuple[str, str], ...]
    folded: tuple[tuple[str, str], ...]
    attachments: tuple[Line, ...]
    revision: int
    flagged: tuple[str, ...]
    """The routing questions whose *ja* asks for preparation."""
    overridden: tuple[Passed, ...]
    reckoned: Told | None
    """The benefit calculation that counts."""

    @property
    def text_alone(self) -> Brief:
        """Without what anybody has answered to the gate questions."""
        return replace(self, flagged=(), overridden=())

    @property
    def has_changed(self) -> bool:
        """Whether there is an earlier text to compare with."""
        return self.revision > 1


def brief_of(case: Case) -> Brief:
    """One statement, however much hangs on the case. ``case`` has its initiative loaded."""
    initiative = case.initiative
    revision, papers, answers, *reckoned = _read(case)
    optional = [(name_of_answer(name), getattr(initiative, name)) for name in OPTIONAL if getattr(initiative, name)]
    return Brief(
        facts=(*_facts(initiative), *((label, text) for label, text in optional if len(text) <= SHORT)),
        folded=tuple((label, text) for label, text in optional if len(text) > SHORT),
        attachments=lines((Attachment(**row) for row in papers), initiative.reference),
        revision=revision or 0,
        flagged=tuple(row["text"] for row in answers if not row["reason"]),
        overridden=tuple(Passed(row["text"], row["reason"], row["who"]) for row in answers if row["reason"]),
        reckoned=standing_from(*reckoned),
    )


def _read(case: Case) -> tuple[Any, ...]:
    """The number of the newest text, the attachments, the answers that must be seen wherever it is decided, and what is
    reckoned of the benefit."""
    of_initiative = Q(initiative=OuterRef("pk"))
    newest = Revision.objects.filter(of_initiative).order_by("-number").values("number")[:1]
    paper = JSONObject(**{name: name for name in ("public_id", "name", "content_type", "size")})
    seen = Q(question__kind=GateQuestion.Kind.ROUTING, reply=GateReply.YES) | ~Q(override_reason="")
    answer = JSONObject(text="question__text", reason="override_reason", who="answered_by_name")
    return (
        Initiative.objects.filter(pk=case.pk)
        .values_list(
            Subquery(newest),
            ArraySubquery(Attachment.objects.current().filter(of_initiative).values(row=paper)),
            ArraySubquery(GateAnswer.objects.standing().filter(of_initiative).filter(seen).values(row=answer)),
            *standing_columns(),
        )
        .get()
    )


def _facts(initiative: Initiative) -> list[tuple[str, str]]:
    told = [
        (_("Lämnat av"), _sent_in(initiative)),
        (_("Målgrupp"), target_groups(initiative)),
        (_("Tid i dag"), time_today(initiative)),
    ]
    return [(label, value) for label, value in told if value]


def _sent_in(initiative: Initiative) -> str:
    day = date_format(initiative.submitted_on, "j F Y") if initiative.submitted_on else ""
    return ", ".join(part for part in (initiative.author_name, day) if part)


def time_today(initiative: Initiative) -> str:
    """How much time it takes today: what was said, and multiplied out to hours a year where all three were said."""
    times, minutes, people = initiative.times_per_year, initiative.minutes_each_time, initiative.people_involved
    said = []
    if times is not None:
        said.append(ngettext("%s gång per år", "%s gånger per år", times) % _whole(times))
    if minutes is not None:
        said.append(ngettext("%s minut", "%s minuter", minutes) % _whole(minutes))
    if people is not None:
        said.append(_("%s medarbetare") % _whole(people))
    if initiative.hours_per_year is None:
        return ", ".join(said)
    hours = round(initiative.hours_per_year)
    total = ngettext("%s timme per år", "%s timmar per år", hours) % _whole(hours)
    return f"{' × '.join(said)} = {total}"


def _whole(number: int) -> str:
    return number_format(number, 0, use_l10n=True, force_grouping=True)
