"""Writing down that decisions have been reported (*anmälda*) to the body that asked to hear of them."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from v6portal.organizations.errors import Refused
from v6portal.organizations.models import Organisation, User

from ..acts import Act
from ..models import Decision, Reporting
from ..reading import registrar_in
from .log import write_event_of
from .perform import Overtaken


def as_seen(decisions: Iterable[int]) -> str:
    """What a page carries of the list that it shows, so that another list is noticed when it is sent."""
    return hashlib.sha256(",".join(map(str, sorted(decisions))).encode()).hexdigest()


@transaction.atomic
def report_decisions(
    *,
    organisation: Organisation,
    by: User,
    decisions: Iterable[int],
    seen: str,
    body: str,
    reported_on: dt.date,
    paragraph: str,
) -> Reporting:
    """Marks the decisions, by primary key, as reported, all at once; leaves one event, which names them all.

    Only the organisation's registrar may, and only what she may see. Raises ``Overtaken`` when the list is another
    than the one she had before her, ``Refused`` when a rule says no; then nothing has changed.
    """
    capacity = registrar_in(by, organisation)
    if capacity is None:
        raise Refused(_("Bara organisationens registrator skriver in att beslut är anmälda."))
    rows = Decision.objects.visible_to(by).waiting_to_be_reported().filter(organisation=organisation)
    # Without its key: a correction that is being written points at the row while it waits for nothing but the log.
    locked = list(rows.filter(pk__in=list(decisions)).order_by("pk").select_for_update(of=("self",), no_key=True))
    if as_seen(row.pk for row in locked) != seen:
        raise Overtaken(_("Listan har ändrats sedan du öppnade den. Se efter att allt är med och tryck igen."))
    _refuse_days(locked, reported_on)
    told = {"body": body, "day": reported_on.isoformat(), "paragraph": paragraph}
    for row in locked:
        row.organisation = organisation
    event = write_event_of(
        Act.REPORT,
        capacity=capacity,
        by=by,
        at=timezone.now(),
        given={**told, "decisions": [row.number for row in sorted(locked, key=lambda row: (row.year, row.running))]},
    )
    reporting = Reporting.objects.create(
        organisation=organisation, event=event, body=body, reported_on=reported_on, paragraph=paragraph
    )
    Decision.objects.filter(pk__in=[row.pk for row in locked]).update(reporting=reporting)
    return reporting


def _refuse_days(decisions: list[Decision], reported_on: dt.date) -> None:
    if not decisions:
        raise Refused(_("Det finns inget beslut att anmäla i listan."))
    if reported_on > timezone.localdate():
        raise Refused(_("Sammanträdesdagen kan inte ligga i framtiden. Skriv in anmälan när den är gjord."))
    newest = max(row.decided_on for row in decisions)
    if reported_on < newest:
        raise Refused(
            _("I listan finns beslut från den %(day)s. De kan inte ha anmälts före den dagen.")
            % {"day": date_format(newest, "j F Y")}
        )
