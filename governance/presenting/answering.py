"""What is said around an answer to the *intresseförfrågan*: what happens next, and who may lead."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from v6portal.organizations.models import Membership, Organisation, User, organisation_ids
from v6portal.organizations.roles import Role

from ..models import Case, InterestAnswer
from .one_page import offering_to_lead
from .people import spoken
from .seen import day_of

JOIN, WAIT, DECLINE = InterestAnswer.Answer

ANSWERED = {
    JOIN: gettext_lazy("Svaret är lämnat: %(kommun)s deltar."),
    WAIT: gettext_lazy("Svaret är lämnat: %(kommun)s avvaktar."),
    DECLINE: gettext_lazy("Svaret är lämnat: %(kommun)s avstår."),
}
NEXT = {
    JOIN: gettext_lazy("Sedan bedömer utvecklingsledarna i de kommuner som deltar initiativet tillsammans."),
    WAIT: gettext_lazy("Kommunen kan gå med senare. Tills dess kan du ändra svaret."),
    DECLINE: gettext_lazy("Du kan ändra svaret tills dess."),
}


def after_answering(case: Case, by: User) -> str:
    """The receipt: what the kommun has answered, and what happens now."""
    answers = case.interest_answers.standing().filter(organisation__in=organisation_ids(by.capacities))
    given = answers.select_related("organisation").order_by("-pk").first()
    if given is None:
        return _("Svaret är lämnat.")
    answer = InterestAnswer.Answer(given.answer)
    closing = _("Samordnaren stänger förfrågan när alla har svarat.")
    if case.interest_deadline:
        closing = _("Samordnaren stänger förfrågan när alla har svarat, eller efter %s.") % day_of(
            case.interest_deadline
        )
    return " ".join([str(ANSWERED[answer]) % {"kommun": given.organisation.short_name}, closing, str(NEXT[answer])])


@dataclass(frozen=True)
class WhoMayLead:
    """For the coordinator who closes: who leads, who has offered to, and whose decision another leader is."""

    leading: Organisation
    offering: str
    """The kommuner that can lead, in words; empty where none has offered."""
    decider: str
    """Who decides that another kommun leads, in words."""


def who_may_lead(case: Case, user: User) -> WhoMayLead | None:
    """None where no kommun leads."""
    row = case.participations.ongoing().leading().select_related("organisation").first()
    if row is None:
        return None
    directors = Membership.objects.current().with_role(Role.DIRECTOR).filter(organisation=row.organisation_id)
    names = [str(membership.user) for membership in directors.select_related("user").order_by("pk")]
    return WhoMayLead(
        leading=row.organisation,
        offering=get_text_list([kommun.short_name for kommun in offering_to_lead(case, user)], _("och")),
        decider=spoken(Role.DIRECTOR, names),
    )
