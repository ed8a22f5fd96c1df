"""How far a report has come, in words, and what a person can do with it: on its page and on *Att göra*."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from governance.acts import Act
from governance.expected import expected_by
from governance.models import ProcessSettings
from initiatives.models import Initiative
from v6portal.organizations.access import may_follow_reports, may_take_steps_with_reports
from v6portal.organizations.models import User
from v6portal.organizations.roles import Role

from ..actions.approving import facts_of, figures_checksum
from ..approving import Standing, may_ever, obstacles
from ..models import HalfYearReport, ReportReading
from ..periods import HalfYear
from ..reports import compute
from .cells import Table
from .corrections import number_in_words, since_approval, table_of
from .overview import NUMBERS, Desk
from .readers import has_read, unread
from .report import Report


@dataclass
class Steps:
    """A report and one who looks at it."""

    report: Report
    user: User

    @cached_property
    def row(self) -> HalfYearReport:
        """The report's row; one that is not saved while nobody has taken a step with it."""
        period = self.report.period
        if self.report.approval is not None:
            return self.report.approval
        found = HalfYearReport.objects.of(period).without_content().first()
        return found or HalfYearReport(year=period.year, half=period.half)

    @property
    def tone(self) -> str:
        """How the tag of its standing is tinted."""
        return {Standing.DRAFT: "wait", Standing.REVIEWED: "info", Standing.APPROVED: "go"}[self.row.standing]

    @property
    def told(self) -> str:
        """How far it has come, in a sentence or two."""
        row = self.row
        match row.standing:
            case Standing.DRAFT:
                return _("Siffrorna räknas om varje gång sidan öppnas.")
            case Standing.REVIEWED:
                words = {"name": row.reviewed_by_name, "day": _day(row.reviewed_at)}
                return _("Granskad av %(name)s den %(day)s. Väntar på att V6-samordnaren fastställer den.") % words
            case _:
                return f"{row.told} {_('Siffror och ord ändras aldrig.')}"

    @property
    def leads_on(self) -> bool:
        """Whether there is a step for the person to look at: one who reviews or approves, of what is not approved."""
        has_ended = not self.report.running
        return has_ended and not self.row.is_approved and may_take_steps_with_reports(self.user)

    @property
    def may_follow(self) -> bool:
        return self.row.is_approved and may_follow_reports(self.user)

    # Reading it

    @cached_property
    def reading(self) -> ReportReading | None:
        """Her own word that she has read it."""
        return has_read(self.row, self.user) if self.is_for_her else None

    @property
    def is_for_her(self) -> bool:
        """Whether she is one who gets the report."""
        return self.row.is_approved and may_ever(Act.READ_REPORT, _roles(self.user))

    @property
    def may_read(self) -> bool:
        return self.is_for_her and self.reading is None

    # What is otherwise today

    @cached_property
    def corrected(self) -> Table | None:
        """What an approved report would say otherwise today, as the person may know of it; None where nothing."""
        if self.report.kept is None or not (found := since_approval(self.report.kept, self.report.desk)):
            return None
        return table_of(found, self.report.hidden, self.user)

    @cached_property
    def corrected_told(self) -> str:
        kept = self.report.kept
        return number_in_words(len(since_approval(kept, self.report.desk))) if kept else ""

    # Taking a step

    @cached_property
    def seen(self) -> str:
        """What stands for the figures that are shown now."""
        desk = self.report.desk or Desk()
        key = (desk.state, "checksum", self.report.period)
        found = NUMBERS.get(key)
        if not isinstance(found, str):
            found = figures_checksum(compute(self.report.period))
            NUMBERS.put(key, found)
        return found

    @property
    def review_obstacles(self) -> list[str]:
        return self._obstacles(Act.REVIEW_REPORT)

    @property
    def approval_obstacles(self) -> list[str]:
        return self._obstacles(Act.APPROVE_REPORT)

    @property
    def may_review(self) -> bool:
        """Whether the step is hers at some time; what is in the way is said instead of its button."""
        return self.row.standing == Standing.DRAFT and may_ever(Act.REVIEW_REPORT, _roles(self.user))

    @property
    def may_return(self) -> bool:
        return not self._obstacles(Act.RETURN_REPORT)

    @property
    def may_approve(self) -> bool:
        return not self.row.is_approved and may_ever(Act.APPROVE_REPORT, _roles(self.user))

    def _obstacles(self, act: Act) -> list[str]:
        is_reviewed = self.row.standing == Standing.REVIEWED
        changed = act == Act.APPROVE_REPORT and is_reviewed and self.seen != self.row.reviewed_figures
        return obstacles(act, facts_of(self.row, self.user, changed=changed), _roles(self.user))


def _roles(user: User) -> list[Role]:
    return [Role(capacity.role) for capacity in user.capacities]


def _day(at: dt.datetime | None) -> str:
    return date_format(timezone.localtime(at), "j F Y") if at else ""


# --- Att göra


@dataclass(frozen=True)
class Waits:
    """A report that waits for the person."""

    what: str
    then: str
    url: str
    button: str


def reports_waiting_for(user: User) -> list[Waits]:
    """What reports ask of the person in the role she acts in. At most two statements, and none for most people."""
    roles = _roles(user)
    if may_ever(Act.READ_REPORT, roles):
        return [_to_read(one) for one in unread(user)]
    if may_ever(Act.APPROVE_REPORT, roles) or Role.NETWORK in roles:
        return _to_approve(may_approve=may_ever(Act.APPROVE_REPORT, roles))
    return []


def last_day_to_read(report: HalfYearReport) -> dt.date:
    """By when the directors are asked to have read it."""
    began = timezone.localdate(report.approved_at)
    return expected_by(began, ProcessSettings.objects.on(began).report_days)


def _to_read(report: HalfYearReport) -> Waits:
    return Waits(
        what=_("Halvårsrapport att läsa: %s.") % report.period.label,
        then=_("Läs den senast den %s.") % date_format(last_day_to_read(report), "j F"),
        url=reverse("report", args=[report.period.code]),
        button=_("Läs rapporten"),
    )


def _to_approve(*, may_approve: bool) -> list[Waits]:
    """The latest half-year that has ended, if there is something to report and it is not approved."""
    period = HalfYear.of(timezone.localdate()).previous()
    row = HalfYearReport.objects.of(period).without_content().first()
    standing = row.standing if row else Standing.DRAFT
    is_hers = standing != Standing.APPROVED if may_approve else standing == Standing.DRAFT
    if not is_hers or not Initiative.objects.filter(submitted_on__lte=period.last).exists():
        return []
    to_review, to_approve = _("Halvårsrapport att granska: %s."), _("Halvårsrapport att fastställa: %s.")
    return [
        Waits(
            what=(to_approve if may_approve else to_review) % period.label,
            then=_("Den väntar på att bli granskad.") if may_approve and standing == Standing.DRAFT else "",
            url=reverse("report_approval", args=[period.code]),
            button=_("Fastställ") if may_approve else _("Granska"),
        )
    ]
