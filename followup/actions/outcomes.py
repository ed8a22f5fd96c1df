"""What came of it, recorded: införanden and confirmations of benefit. Each goes through the process's one door."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.actions import perform
from governance.acts import Act
from governance.models import Case, Participation
from v6portal.organizations.errors import Refused
from v6portal.organizations.models import Organisation, User

from ..models import Adoption, Confirmation, RealisedBenefit


@transaction.atomic
def record_adoption(
    *, case: Case, by: User, organisation: Organisation, in_use_on: dt.date, note: str = "", seen: str = ""
) -> Adoption:
    """Records that a kommun has taken the solution into use.

    The lead of the leading kommun records for any, others for their own. A kommun that never took part joins late
    first, by its director's decision (*Gå med*). Raises Refused with what is wrong.
    """
    event = perform(
        Act.RECORD_ADOPTION,
        case=case,
        by=by,
        seen=seen,
        given={"organisation": organisation, "in_use_on": in_use_on},
    )
    case = Case.objects.select_related("initiative__organisation").get(pk=case.pk)
    _refuse_what_cannot_be(case, organisation, in_use_on)
    _refuse_others(case, organisation, acting_for=event.organisation)
    return Adoption.objects.create(case=case, organisation=organisation, in_use_on=in_use_on, note=note)


def _refuse_what_cannot_be(case: Case, organisation: Organisation, in_use_on: dt.date) -> None:
    if not organisation.is_kommun:
        raise Refused(_("Det är en kommun som inför. Göliska IT inför inte."))
    if in_use_on > timezone.localdate():
        raise Refused(_("Införandet kan inte ligga i framtiden. Registrera det när lösningen är i drift."))
    if in_use_on < timezone.localdate(case.initiative.submitted_at):
        raise Refused(_("Införandet kan inte ligga före den dag initiativet skickades in."))
    if case.adoptions.filter(organisation=organisation).exists():
        raise Refused(_("%(kommun)s har redan infört lösningen.") % {"kommun": organisation})


def _refuse_others(case: Case, organisation: Organisation, acting_for: Organisation | None) -> None:
    """A kommun must have taken part at some time; and who does not lead records for its own kommun only."""
    took_part = Participation.objects.filter(case=case).active().filter(organisation=organisation).exists()
    if not took_part and case.initiative.organisation != organisation:
        raise Refused(
            _("%(kommun)s har inte deltagit. Kommundirektören beslutar först att gå med.") % {"kommun": organisation}
        )
    leads = case.participations.ongoing().leading().filter(organisation=acting_for).exists()
    own = case.initiative.organisation == acting_for
    if acting_for != organisation and not leads and not own:
        raise Refused(_("Du kan bara registrera införande för din egen kommun."))


@transaction.atomic
def confirm_benefit(
    *,
    case: Case,
    by: User,
    kind: Confirmation.Kind,
    holds: bool,
    date: dt.date,
    grounds: str,
    hours_a_year: Decimal | None = None,
    kronor_a_year: Decimal | None = None,
    kronor_once: Decimal | None = None,
    seen: str = "",
) -> Confirmation:
    """Confirms, or says that it is not so yet or any longer, that the solution is new, is useful or has been put to use
    (3N). With it goes what it gives the person's own kommun, as much as is known: hours and kronor a year, kronor once.
    It answers what the kommun had to follow up by the date."""
    came_to = {"hours_a_year": hours_a_year, "kronor_a_year": kronor_a_year, "kronor_once": kronor_once}
    if date > timezone.localdate():
        raise Refused(_("Bekräftelsen kan inte ha ett datum i framtiden."))
    event = perform(
        Act.CONFIRM_BENEFIT,
        case=case,
        by=by,
        seen=seen,
        given={"kind": kind, "holds": holds, "date": date, "grounds": grounds, **came_to},
    )
    if any(amount is not None for amount in came_to.values()):
        RealisedBenefit.objects.create(
            case=case,
            organisation=event.organisation or case.initiative.organisation,
            date=date,
            grounds=grounds,
            said_by=by,
            said_by_name=str(by),
            **came_to,
        )
    return Confirmation.objects.create(
        case=case,
        kind=kind,
        holds=holds,
        date=date,
        grounds=grounds,
        confirmed_by=by,
        confirmed_by_name=str(by),
        organisation=event.organisation,
    )
