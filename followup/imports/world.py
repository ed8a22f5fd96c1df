"""What the portal already has that a register refers to: organisations, questions, principles, people, initiatives."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from governance.models import Principle, ProcessSettings
from initiatives.models import AssessmentModel, Criterion, GateQuestion, Initiative, Level
from v6portal.organizations.models import Membership, Organisation


@dataclass(frozen=True)
class Version:
    """A published version of the questions and criteria, by code."""

    model: AssessmentModel
    questions: Mapping[str, GateQuestion]
    criteria: Mapping[str, Criterion]


@dataclass
class World:
    organisations: dict[str, Organisation]
    """By short name."""
    versions: dict[str, Version]
    principles: dict[str, list[Principle]]
    """The wordings of each code, the oldest first."""
    people: dict[tuple[str, int], set[int]]
    """Who has, or has had, a role in an organisation, by full name."""
    settings: list[ProcessSettings]
    """The oldest first."""
    existing: dict[str, int] = field(default_factory=dict)
    """The primary keys of initiatives that are here already, by reference."""
    drafts: set[str] = field(default_factory=set)
    """References taken by drafts, which nobody but their authors sees."""

    def organisation_id(self, name: str) -> int:
        return self.organisations[name].pk

    def organisation_id_or_none(self, name: str) -> int | None:
        return self.organisations[name].pk if name else None

    def person(self, name: str, organisation: str) -> int | None:
        """The one person of that name with a role in the organisation at some time; None where it is not certain."""
        if not name or not organisation:
            return None
        found = self.people.get((name, self.organisations[organisation].pk), set())
        return next(iter(found)) if len(found) == 1 else None

    def principle(self, code: str, date: dt.date) -> Principle | None:
        """The wording in force on the date, else the first one of that code."""
        wordings = self.principles.get(code, [])
        valid = [p for p in wordings if p.valid_from <= date and (p.valid_to is None or date <= p.valid_to)]
        return next(iter(valid or wordings), None)

    def minimum(self, level: str, date: dt.date) -> int:
        """How many answers a round of the level opened on the date asks for."""
        valid = [s for s in self.settings if s.valid_from <= date] or self.settings[:1]
        if not valid:
            return 1
        return valid[-1].kommun_minimum if level == Level.KOMMUN else valid[-1].v6_minimum

    def newest_version(self) -> Version | None:
        return max(self.versions.values(), key=lambda v: (v.model.published_at, v.model.pk), default=None)


def read_world() -> World:
    """Read once per import; a handful of queries."""
    return World(
        organisations={o.short_name: o for o in Organisation.objects.all()},
        versions=_versions(),
        principles=_principles(),
        people=_people(),
        settings=list(ProcessSettings.objects.order_by("valid_from")),
    )


def note_existing(world: World, references: Iterable[str]) -> None:
    """Looks up which of the references are here already."""
    for reference, pk, submitted in Initiative.objects.filter(reference__in=set(references)).values_list(
        "reference", "pk", "submitted_at"
    ):
        if submitted is None:
            world.drafts.add(reference)
        else:
            world.existing[reference] = pk


def _versions() -> dict[str, Version]:
    models = AssessmentModel.objects.published().prefetch_related("gate_questions", "criteria")
    return {
        model.version: Version(
            model,
            {question.code: question for question in model.gate_questions.all()},
            {criterion.code: criterion for criterion in model.criteria.all()},
        )
        for model in models
    }


def _principles() -> dict[str, list[Principle]]:
    wordings: dict[str, list[Principle]] = defaultdict(list)
    for principle in Principle.objects.order_by("code", "valid_from"):
        wordings[principle.code].append(principle)
    return wordings


def _people() -> dict[tuple[str, int], set[int]]:
    people: dict[tuple[str, int], set[int]] = defaultdict(set)
    for membership in Membership.objects.select_related("user"):
        people[membership.user.get_full_name(), membership.organisation_id].add(membership.user_id)
    return people
