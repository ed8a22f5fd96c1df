"""An approved report to its readers, each in the version that she may see, and reminders to those who have not read it.

Everything is written, and the PDF drawn, at the moment of sending.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from governance.actions.notifying import reachable
from governance.acts import Act
from governance.mail.items import TELLERS, Attached, Item
from governance.mail.letters import address_of, by_role
from governance.mail.reminders import DUE_BESIDES
from governance.models import Notice
from governance.notices import NoticeKind
from governance.reminding import days_to_remind
from initiatives.models import Initiative
from v6portal.organizations.models import Membership, User
from v6portal.organizations.printing import pdf_available

from ..approving import READERS
from ..exports.report_pdf import render_pdf
from ..models import HalfYearReport, ReportReading
from ..presenting.report import open_report, read_all_rows
from ..presenting.report_steps import last_day_to_read


def register() -> None:
    """Lets the mail know of reports."""
    TELLERS[Act.APPROVE_REPORT] = item_for
    if due not in DUE_BESIDES:
        DUE_BESIDES.append(due)


def item_for(notice: Notice) -> Item | None:
    """The approved report, or the reminder of it, as its recipient may have it now.

    None for one who no longer gets it, and for a reminder of what has been read meanwhile.
    """
    report = HalfYearReport.objects.filter(event=notice.event).without_content().first()
    held = Membership.objects.current().with_role(*READERS).filter(user=notice.recipient)
    why = by_role(held)
    if report is None or not why:
        return None
    if notice.remind_on is None:
        return _approved(report, notice.recipient, why)
    waits = held.exclude(organisation__in=_read_in(report))
    return _reminder(report, why) if waits.exists() else None


def due(day: dt.date) -> list[Notice]:
    """A reminder of the latest approved report to each who gets it, where nobody in the organisation has read it."""
    report = HalfYearReport.objects.approved().without_content().order_by("approved_at").last()
    if report is None:
        return []
    days = days_to_remind(timezone.localdate(report.approved_at), last_day_to_read(report), day)
    if not days:
        return []
    waiting = Membership.objects.current().with_role(*READERS).exclude(organisation__in=_read_in(report))
    people = reachable().filter(pk__in=waiting.values("user_id")).order_by("pk")
    return [
        Notice(
            event_id=report.event_id,
            recipient=person,
            kind=NoticeKind.REMINDER,
            remind_on=days[-1],
            written_at=timezone.now(),
        )
        for person in people
    ]


def _read_in(report: HalfYearReport) -> list[int]:
    """The organisations where somebody has read it."""
    return list(ReportReading.objects.filter(report=report).values_list("organisation_id", flat=True))


def _approved(report: HalfYearReport, recipient: User, why: str) -> Item:
    files = (_pdf(report, recipient),) if pdf_available() else ()
    last = date_format(last_day_to_read(report), "j F Y")
    asked = _("Läs den i portalen och tryck på Jag har tagit del av den, senast den %s.") % last
    return Item(
        subject=_("Halvårsrapport att läsa"),
        told=_("%(name)s har fastställt rapporten.") % {"name": report.approved_by_name},
        then=f"{asked} {_('Rapporten följer med som PDF.')}" if files else asked,
        quote_label=_("Sammanfattning"),
        quote=report.summary,
        files=files,
        **_about(report, why),
    )


def _reminder(report: HalfYearReport, why: str) -> Item:
    last = date_format(last_day_to_read(report), "j F Y")
    return Item(
        subject=_("Påminnelse: Halvårsrapport att läsa"),
        told=_("Rapporten fastställdes den %s.") % date_format(timezone.localtime(report.approved_at), "j F Y"),
        then=_("Läs den och tryck på Jag har tagit del av den. Sista dag är den %s.") % last,
        **_about(report, why),
    )


def _about(report: HalfYearReport, why: str) -> dict[str, Any]:
    period = report.period
    url = address_of(reverse("report", args=[period.code]))
    return {"title": period.label, "reference": period.code, "url": url, "why": why}


def _pdf(report: HalfYearReport, recipient: User) -> Attached:
    """As she may read it in the portal, less what is marked secret: a mail lies outside the portal's rules."""
    found = open_report(report.period, timezone.localdate(), reader=recipient)
    secret = Initiative.objects.filter(is_secret=True, submitted_at__isnull=False).values_list("reference", flat=True)
    found.hidden = {*found.hidden, *secret}
    read_all_rows(found)
    return Attached(f"uppfoljning-{report.period.code}.pdf", "application/pdf", render_pdf(found))
