"""What waits for a group, the sentence a recommendation begins as, and the paragraphs that a case has."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from v6portal.organizations.models import User

from .facts import CaseFacts
from .meetings import AT_HOME, COMMITTING, FROM_V6, MeetingStatus, Seat, could_give, filled_in, listed, waits_for
from .models import AgendaItem, Case, ItAssessment, RecommendationTemplate, Stance
from .statuses import Status

NOT_OVER = (MeetingStatus.PLANNED, MeetingStatus.ONGOING)


def waiting_for(seat: Seat, user: User) -> list[Case]:
    """The cases that the person may see and that the group has not taken up since they came where they stand, the
    longest waiting first. What already stands on an agenda of the group's is left out. One statement."""
    here = AgendaItem.objects.filter(
        case=OuterRef("pk"), meeting__body=seat.body, meeting__organisation=seat.organisation
    )
    where = FROM_V6[seat.body] | COMMITTING
    candidates = Case.objects.visible_to(user).filter(
        Q(status__in=where, initiative__shared_at__isnull=False)
        | Q(status__in=AT_HOME, initiative__organisation=seat.organisation)
    )
    fresh = candidates.exclude(Exists(here.filter(ended_at__gte=OuterRef("status_since")))).exclude(
        Exists(here.filter(meeting__status__in=NOT_OVER))
    )
    rows = fresh.select_related("initiative__organisation", "it_assessment").order_by("status_since", "pk")
    return [case for case in rows if waits_for(seat, _as_facts(case))]


def _as_facts(case: Case) -> CaseFacts:
    """As much of the facts as the rule asks for, from what is loaded."""
    it: ItAssessment | None = getattr(case, "it_assessment", None)
    return CaseFacts(
        status=case.standing,
        own=case.initiative.organisation_id,
        commitment_needed=bool(it and it.commitment_needed),
        commitment_decided=bool(it and it.commitment),
        ever_in_v6=case.initiative.is_shared,
    )


def suggested(item: AgendaItem, stance: Stance | None, agreeing: Sequence[str] | None = None) -> str:
    """The sentence of the template that fits best: for the group before for all, for the status before for all.

    ``agreeing`` are the kommuner that take the stance, in order; those that are written down where it is not given.
    """
    template = _best(item, stance)
    if template is None or stance is None:
        return ""
    if agreeing is None:
        agreeing = list(item.voices.filter(stance=stance).values_list("organisation__short_name", flat=True))
    return filled_in(template.text, {**_words(item), "kommuner": listed(agreeing or _concerned(item))})


def is_suggestion(item: AgendaItem, text: str) -> bool:
    """Whether a template gives the text for some stance and kommuner, so that another may replace it unasked."""
    templates = [_best(item, stance) for stance in Stance]
    return any(template is not None and could_give(template.text, _words(item), text) for template in templates)


def _best(item: AgendaItem, stance: Stance | None) -> RecommendationTemplate | None:
    if stance is None or item.case is None:
        return None
    fitting = RecommendationTemplate.objects.filter(
        stance=stance, body__in=("", item.meeting.body), status__in=("", item.case.status)
    )
    return fitting.order_by(F("body").desc(), F("status").desc()).first()


def _words(item: AgendaItem) -> dict[str, str]:
    """What the placeholders stand for, but for the kommuner, which depend on what is said."""
    assert item.case is not None  # noqa: S101 - asked before
    initiative = item.case.initiative
    return {"referens": initiative.reference, "titel": initiative.title, "organ": item.meeting.body_name}


def _concerned(item: AgendaItem) -> list[str]:
    """The kommuner that take part, or the organisation that the case comes from.

    While the kommuner are being asked, who has answered what may be withheld, so it is not told here either.
    """
    assert item.case is not None  # noqa: S101 - asked before
    if Status.INTEREST in (item.case.status, item.case.paused_from):
        return [item.case.initiative.organisation.short_name]
    takes_part = item.case.participations.ongoing().active().order_by("organisation__order")
    names = list(takes_part.values_list("organisation__short_name", flat=True))
    return names or [item.case.initiative.organisation.short_name]


def paragraphs_of(case: Case) -> QuerySet[AgendaItem]:
    """Where a group has taken the case up, the latest first."""
    ended = case.agenda_items.filter(ended_at__isnull=False)
    return ended.select_related("meeting__organisation").order_by("-ended_at", "-pk")
