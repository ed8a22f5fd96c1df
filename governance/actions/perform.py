"""``perform``: the only writer of a case's state."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from initiatives import actions as initiative_actions
from initiatives.models import Initiative, Level
from v6portal.organizations.errors import Refused, refuse_if
from v6portal.organizations.models import Membership, User

from ..acts import Act
from ..asks import Ask
from ..facts import CaseFacts
from ..models import Case, Decision, Event
from ..reading import ROUND_DURING, actor_for, membership_of, read_facts
from ..statuses import Status
from ..workflow import Row, row_for, rows_for
from .asking import missing_answers, only_what_is_asked
from .correcting import decision_to_correct, title_of_the_decider
from .effects import EFFECTS, SAID
from .effects.handing import lapse
from .log import OnBehalf, write_event
from .notifying import notify
from .step import Step


class Overtaken(Refused):
    """Somebody else moved the case while the person was looking at it."""


@transaction.atomic
def perform(
    act: Act,
    *,
    case: Case,
    by: User,
    given: Mapping[str, Any] | None = None,
    seen: str = "",
    at: dt.datetime | None = None,
    on_behalf: OnBehalf | None = None,
) -> Event:
    """Takes one step with a case, or says in Swedish why it cannot be taken.

    ``given`` holds what the step asks for (see ``asking``), ``seen`` the status that the person had before her when
    she pressed, ``at`` when it happened if that is not now. ``on_behalf`` is the group that took the step at its
    meeting: the person only writes it down, and the table is asked about the group (``actions.meetings`` has asked
    about her). Returns the one event that the act leaves. Raises ``Overtaken`` when somebody was faster, ``Refused``
    when a rule says no; then nothing has changed.
    """
    at = at or timezone.now()
    case = _locked(case, by, given or {})
    if seen and seen != case.status:
        raise Overtaken(_what_happened(case))
    facts = read_facts(case, timezone.localdate(at))
    actor = on_behalf.actor if on_behalf else actor_for(by, case)
    row = row_for(act, facts, actor)
    if row is None:
        raise Refused(_why_not(act, case))
    given = only_what_is_asked(row, given or {})
    refuse_if(row.obstacles_for(facts) or missing_answers(row, given) or _time_problems(case, at))
    capacity = on_behalf or membership_of(by, row.capacity_of(actor, facts))
    step = _logged(row, case, by, capacity, given, at, facts)
    step.decision = _record_decision(step)
    if effect := EFFECTS.get(act):
        effect(step)
    _move(step)
    lapse(step)
    notify(step.event, case=step.case, by=by, before=facts)
    return step.event


def _logged(
    row: Row,
    case: Case,
    by: User,
    capacity: Membership | OnBehalf | None,
    given: dict[str, Any],
    at: dt.datetime,
    facts: CaseFacts,
) -> Step:
    """Appends the act's one event and gives the step that its effects work on."""
    target, source = row.lands_in(facts), case.standing
    said = SAID[row.act](case, given) if row.act in SAID else {}
    event = write_event(
        row.act,
        case=case,
        by=by,
        at=at,
        capacity=capacity,
        source=source if target else None,
        target=target,
        decider_name=given.get("decider_name", ""),
        text=given.get("motivation", ""),
        given={**given, **said},
    )
    return Step(row, case, by, capacity, given, at, facts, source, target, event)


def _locked(case: Case, by: User, given: Mapping[str, Any]) -> Case:
    """The case as it stands now, locked until the transaction ends; refused to those who may not see it.

    One that the act names as its original is locked with it, the lower number first, and both before the log's chain:
    all who wait then wait in one direction (docs/process.md, *Två samtidigt*). Others may go on referring to it.
    """
    touched = {case.pk, *(value.pk for value in given.values() if isinstance(value, Initiative))}
    visible = Case.objects.visible_to(by).select_for_update(of=("self", "initiative"), no_key=True)
    found = visible.select_related("initiative__organisation").order_by("pk").in_bulk(touched)
    if case.pk not in found:
        raise Refused(_("Du har inte tillgång till initiativet."))
    return found[case.pk]


def _what_happened(case: Case) -> str:
    last = case.events.moves().latest("id")
    return _("%(who)s hann före: %(what)s %(when)s. Läget är nu %(status)s. Titta igen innan du går vidare.") % {
        "who": last.actor_name,
        "what": last.spoken.lower(),
        "when": date_format(timezone.localtime(last.occurred_at), "j F H.i"),
        "status": case.get_status_display(),
    }


def _why_not(act: Act, case: Case) -> str:
    """Names the button and the status when the step is not on from here, else that it is not this person's."""
    rows = list(rows_for(act))
    if any(case.status in row.source for row in rows):
        return _("Du kan inte ta det steget i den roll du har nu.")
    return _("Det går inte att välja ”%(button)s” när läget är %(status)s.") % {
        "button": rows[0].button if rows else act.label,
        "status": case.get_status_display(),
    }


def _time_problems(case: Case, at: dt.datetime) -> list[str]:
    if at > timezone.now() + dt.timedelta(minutes=1):
        return [_("Tidpunkten ligger i framtiden.")]
    if at < case.status_since:
        return [_("Tidpunkten ligger före det senaste steget.")]
    return []


def _record_decision(step: Step) -> Decision | None:
    if Ask.DECISION not in step.row.asks:
        return None
    given, corrected = step.given, decision_to_correct(step)
    refuse_if(
        [_("Ett beslut kan inte ha ett datum i framtiden.")] if given["decided_on"] > timezone.localdate() else []
    )
    if bool(given.get("body")) != bool(given.get("protocol_reference")):
        raise Refused(_("Ange både organ och protokollets paragraf när ett politiskt organ har beslutat."))
    prepared_by = given.get("prepared_by")
    if prepared_by and (prepared_by.case_id != step.case.pk or not prepared_by.paragraph):
        raise Refused(_("Rekommendationen gäller ett annat initiativ."))
    return Decision.objects.create(
        case=step.case,
        event=step.event,
        act=corrected.act if corrected else step.row.act,
        corrects=corrected,
        organisation=step.organisation,
        decider=step.by if given["decider_name"] == str(step.by) else None,
        decider_name=given["decider_name"],
        body=given.get("body", ""),
        protocol_reference=given.get("protocol_reference", ""),
        decided_on=given["decided_on"],
        motivation=given["motivation"],
        in_place_of=_in_whose_place(step),
        delegation_reference=given.get("delegation_reference", ""),
        to_be_reported=bool(given.get("to_be_reported")),
        decider_title=title_of_the_decider(step),
        presented_by=given.get("presented_by", ""),
        concerns=given.get("concerns", ""),
        prepared_by=prepared_by,
    )


def _in_whose_place(step: Step) -> str:
    """For whom the decider stood in; empty where she writes down what somebody else has decided."""
    decides = step.given["decider_name"] == str(step.by)
    return step.capacity.in_whose_place if decides and step.capacity else ""


def _move(step: Step) -> None:
    """Writes where the case stands now, and lets the rounds of assessment follow."""
    case = step.case
    if step.target is not None:
        _follow_with_rounds(step)
        case.status, case.status_since = step.target, step.at
        case.paused_from = step.source if step.target == Status.PAUSED else ""
    case.save()


def _follow_with_rounds(step: Step) -> None:
    """Entering where it is assessed opens a round, leaving closes the one still open; being dormant does neither."""
    initiative = step.case.initiative
    if Status.PAUSED in (step.source, step.target):
        return
    if leaving := ROUND_DURING.get(step.source):
        initiative_actions.close_round(initiative=initiative, level=leaving, by=step.by, at=step.at)
    if entering := ROUND_DURING.get(step.target or step.source):
        minimum = step.facts.kommun_minimum if entering == Level.KOMMUN else step.facts.v6_minimum
        initiative_actions.open_round(initiative=initiative, level=entering, minimum=minimum, by=step.by, at=step.at)
