"""Carrying out a rule of retention: one event for each case, and never more than was shown beforehand."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from initiatives.actions.purging import purge_draft
from initiatives.models import Attachment, Initiative, Scenario
from v6portal.organizations.errors import Refused
from v6portal.organizations.models import Membership, User

from ..acts import Act
from ..models import Case, RetentionRule
from ..reading import registrar_in
from .log import write_event, write_event_of
from .perform import Overtaken, perform
from .reporting import as_seen


def files_due(rule: RetentionRule, by: User) -> list[Attachment]:
    """The files that the rule lets go in cases that the person may see, case by case."""
    cases = Case.objects.visible_to(by).values("pk")
    due = rule.attachments_due(timezone.localdate()).filter(initiative__in=cases)
    return list(due.select_related("initiative__case").order_by("initiative__case__status_since", "initiative", "pk"))


def drafts_due(rule: RetentionRule) -> list[Initiative]:
    return list(rule.drafts_due(timezone.localdate()).order_by("pk"))


def scenarios_due(rule: RetentionRule) -> list[Scenario]:
    return list(rule.scenarios_due(timezone.localdate()).order_by("pk"))


def shown(rule: RetentionRule, by: User) -> str:
    """What stands for the list of what would go, as the person sees it now."""
    rows = [*files_due(rule, by), *drafts_due(rule), *scenarios_due(rule)]
    return as_seen(row.pk for row in rows)


@transaction.atomic
def carry_out(*, rule: RetentionRule, by: User, seen: str) -> int:
    """Destroys what the rule lets go, and returns how many things. Nothing at all if the list is another by now.

    Raises ``Overtaken`` then, and ``Refused`` where the rule is not in force or not this person's to carry out.
    """
    rule = (
        RetentionRule.objects.select_for_update(of=("self",), no_key=True)
        .select_related("organisation")
        .get(pk=rule.pk)
    )
    capacity = registrar_in(by, rule.organisation)
    if capacity is None:
        raise Refused(_("Bara organisationens registrator gallrar."))
    if not rule.active:
        raise Refused(_("Regeln gäller inte. Organisationen ska först ha beslutat om gallring."))
    _lock_cases(rule, by)
    if shown(rule, by) != seen:
        raise Overtaken(_("Listan har ändrats sedan du öppnade den. Se efter vad som står där nu."))
    return _files(rule, by) + _drafts(rule, by, capacity) + _scenarios(rule, by, capacity)


def _lock_cases(rule: RetentionRule, by: User) -> None:
    """All of them before the first event is written, the lowest number first, as every act that touches several."""
    keys = {file.initiative_id for file in files_due(rule, by)} | {draft.pk for draft in drafts_due(rule)}
    list(
        Case.objects.filter(pk__in=keys)
        .order_by("pk")
        .select_related("initiative")
        .select_for_update(of=("self", "initiative"), no_key=True)
    )


def _files(rule: RetentionRule, by: User) -> int:
    files = files_due(rule, by)
    for case in dict.fromkeys(file.initiative.case for file in files):
        perform(Act.PURGE, case=case, by=by, given={"rule": rule})
    return len(files)


def _drafts(rule: RetentionRule, by: User, capacity: Membership) -> int:
    drafts = drafts_due(rule)
    for draft in drafts:
        case = Case.objects.select_for_update(of=("self",), no_key=True).select_related("initiative").get(pk=draft.pk)
        write_event(Act.PURGE, case=case, by=by, at=timezone.now(), capacity=capacity, given=_told(rule, 1))
        initiative = case.initiative
        case.delete()
        purge_draft(initiative)
    return len(drafts)


def _scenarios(rule: RetentionRule, by: User, capacity: Membership) -> int:
    scenarios = scenarios_due(rule)
    if scenarios:
        write_event_of(Act.PURGE, by=by, capacity=capacity, at=timezone.now(), given=_told(rule, len(scenarios)))
        Scenario.objects.filter(pk__in=[one.pk for one in scenarios]).delete()
    return len(scenarios)


def _told(rule: RetentionRule, count: int) -> dict[str, object]:
    return {"rule": rule, "count": count, "years": rule.years, "by_decision": rule.by_decision}
