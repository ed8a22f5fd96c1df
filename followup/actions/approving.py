"""The report of a half-year gone through, sent back, approved and read: one event for each.

While a report is gone through or approved nothing new can enter the log, so its figures and the log's head belong
together however many statements it takes to count them. See decision 0036.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from governance.actions.log import write_event_of
from governance.actions.notifying import DELIVER, reachable
from governance.actions.perform import Overtaken
from governance.acts import Act
from governance.chain import Head, hold
from governance.models import Event, MailChoice, Notice
from governance.notices import Delivery, NoticeKind
from initiatives.models import Initiative
from v6portal.organizations.errors import refuse_if
from v6portal.organizations.models import Membership, User
from v6portal.organizations.roles import Role

from ..approving import READERS, ReportFacts, Standing, obstacles, step_of
from ..indicators import Figures
from ..models import HalfYearReport, ReportReading
from ..periods import HalfYear, NoSuchPeriod
from ..reports import compute


@dataclass(frozen=True)
class Frozen:
    """What an approved report shows for ever: ``text`` is JSON with its keys in order; the rest is taken from it."""

    text: str
    figures: Figures
    head: Head | None
    version: str


Freeze = Callable[[HalfYear, str], Frozen]
"""Makes a report's content, with its summary, out of what the portal knows now. See ``presenting.frozen``."""


def checksum_of(text: str) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def figures_checksum(figures: Figures) -> str:
    """What stands for all the figures of a report with the rows and lists behind them."""
    return checksum_of(json.dumps(figures, ensure_ascii=False, sort_keys=True))


@transaction.atomic
def review_report(*, period: HalfYear, by: User, seen: str) -> HalfYearReport:
    """Somebody who knows the work says that the draft is right. ``seen`` stands for the figures she had before her.

    Raises Overtaken when they are others now, Refused with what is in the way.
    """
    report = _locked(period)
    capacity = _allowed(Act.REVIEW_REPORT, report, by)
    hold()
    found = figures_checksum(compute(period))
    _refuse_others_than(found, seen)
    report.status, report.reviewed_figures = Standing.REVIEWED, found
    report.reviewed_by, report.reviewed_by_name, report.reviewed_at = by, str(by), timezone.now()
    report.save()
    _write(Act.REVIEW_REPORT, report, capacity, by, figures=found)
    return report


@transaction.atomic
def return_report(*, period: HalfYear, by: User, reason: str) -> HalfYearReport:
    """A report that was gone through becomes a draft again, with a reason. Raises Refused."""
    report = _locked(period)
    capacity = _allowed(Act.RETURN_REPORT, report, by)
    refuse_if([] if reason.strip() else [_("Skriv varför rapporten lämnas tillbaka.")])
    report.status, report.reviewed_figures = Standing.DRAFT, ""
    report.reviewed_by, report.reviewed_by_name, report.reviewed_at = None, "", None
    report.save()
    _write(Act.RETURN_REPORT, report, capacity, by, text=reason.strip())
    return report


@transaction.atomic
def approve_report(*, period: HalfYear, by: User, summary: str, seen: str, freeze: Freeze) -> HalfYearReport:
    """The coordinator approves what was gone through: it is frozen as it stands and sent to the directors.

    Raises Overtaken when the figures are others than those before her, Refused with what is in the way.
    """
    report, summary = _locked(period), summary.strip()
    capacity = _allowed(Act.APPROVE_REPORT, report, by)
    refuse_if([] if summary else [_("Skriv en sammanfattning.")])
    hold()
    frozen = freeze(period, summary)
    found = figures_checksum(frozen.figures)
    _allowed(Act.APPROVE_REPORT, report, by, changed=found != report.reviewed_figures)
    _refuse_others_than(found, seen)
    report.status, report.summary, report.content = Standing.APPROVED, summary, frozen.text
    report.approved_by, report.approved_by_name, report.approved_at = by, str(by), timezone.now()
    report.checksum, report.version = checksum_of(frozen.text), frozen.version
    head = frozen.head or Head(0, "")
    report.head_number, report.head_hash = head.number, head.hash
    told = {"checksum": report.checksum, "head": f"{head.number}:{head.hash}"}
    report.event = _write(Act.APPROVE_REPORT, report, capacity, by, **told)
    report.save()
    _tell_the_readers(report.event)
    return report


@transaction.atomic
def read_report(*, period: HalfYear, by: User) -> ReportReading | None:
    """Somebody who gets the report says that she has read it; None where she has said so already. Raises Refused."""
    report = HalfYearReport.objects.without_content().of(period).select_for_update(no_key=True).first()
    report = report or HalfYearReport(year=period.year, half=period.half)
    capacity = _allowed(Act.READ_REPORT, report, by)
    reading, is_new = ReportReading.objects.get_or_create(
        report=report,
        person=by,
        organisation=capacity.organisation,
        defaults={
            "person_name": str(by),
            "role": capacity.role,
            "in_place_of": capacity.in_whose_place,
            "read_at": timezone.now(),
        },
    )
    if not is_new:
        return None
    _write(Act.READ_REPORT, report, capacity, by, in_place_of=capacity.in_whose_place)
    return reading


def facts_of(report: HalfYearReport, by: User, *, changed: bool = False) -> ReportFacts:
    """What the table asks of the report and the person."""
    return ReportFacts(
        standing=report.standing,
        has_ended=report.period.last < timezone.localdate(),
        reviewed_it_herself=report.reviewed_by_id is not None and report.reviewed_by_id == by.pk,
        changed_since_review=changed,
    )


def _locked(period: HalfYear) -> HalfYearReport:
    """The report's row, made if it is the first step with it, which nobody else takes a step with meanwhile.

    Raises NoSuchPeriod for a half-year that ended before anything was submitted.
    """
    if not Initiative.objects.filter(submitted_on__lte=period.last).exists():
        raise NoSuchPeriod(_("Det finns inget att rapportera om halvåret."))
    HalfYearReport.objects.get_or_create(year=period.year, half=period.half)
    return HalfYearReport.objects.select_for_update(no_key=True).get(year=period.year, half=period.half)


def _allowed(act: Act, report: HalfYearReport, by: User, *, changed: bool = False) -> Membership:
    """The membership by which the person takes the step. Raises Refused with what is in the way."""
    refuse_if(obstacles(act, facts_of(report, by, changed=changed), [Role(m.role) for m in by.capacities]))
    return next(m for m in by.capacities if m.role in step_of(act).roles)


def _refuse_others_than(found: str, seen: str) -> None:
    if found != seen:
        raise Overtaken(_("Siffrorna har ändrats sedan du öppnade sidan. Läs dem igen innan du går vidare."))


def _write(act: Act, report: HalfYearReport, capacity: Membership, by: User, text: str = "", **told: str) -> Event:
    given: Mapping[str, Any] = {"period": report.period.code} | {key: value for key, value in told.items() if value}
    return write_event_of(act, capacity=capacity, by=by, at=timezone.now(), text=text, given=given)


def _tell_the_readers(event: Event) -> None:
    """A notice to each who gets the report and can be reached; what it says is written when it is sent."""
    holders = Membership.objects.current().with_role(*READERS).values("user_id")
    unwanted = MailChoice.objects.filter(kind=NoticeKind.REPORT, delivery=Delivery.NEVER).values("user_id")
    people = reachable().filter(pk__in=holders).exclude(pk__in=unwanted)
    now = timezone.now()
    notices = [
        Notice(event=event, recipient_id=pk, kind=NoticeKind.REPORT, written_at=now)
        for pk in people.order_by("pk").values_list("pk", flat=True)
    ]
    if Notice.objects.bulk_create(notices):
        app.configure_task(DELIVER).defer(event=event.pk)
