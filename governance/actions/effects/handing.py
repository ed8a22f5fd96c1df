"""Handing what waits to a colleague, taking it over and putting it back; and that it lapses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from v6portal.organizations.errors import Refused
from v6portal.organizations.models import Membership, User
from v6portal.organizations.roles import Kind, Role

from ...facts import Capacity, CaseFacts
from ...handing import ends_a_handing, may_take, tasks
from ...models import Case, Handing
from ...statuses import Status
from ...workflow import Row

if TYPE_CHECKING:
    from ..step import Step


def hand(step: Step) -> None:
    """To a colleague, to oneself where another has it, or back to everybody who has the role."""
    rows = tasks(step.facts, _capacity(_held(step)))
    here = Handing.objects.live().filter(case=step.case, organisation=step.organisation)
    live = here.select_related("handed_to").first()
    _refuse_what_has_changed(step, live)
    if not rows or _has_answered(step):
        raise Refused(_("Inget i ärendet väntar på någon i din roll just nu, så det finns inget att lämna."))
    if step.given.get("released"):
        if live is None:
            raise Refused(_("Ingen har fått uppgiften. Den väntar redan på alla som har rollen."))
        here.update(ended_at=step.at)
        return
    colleague = _receiver(step, live, rows)
    here.update(ended_at=step.at)
    Handing.objects.create(
        case=step.case,
        organisation=step.organisation,
        status=step.case.status,
        event=step.event,
        handed_by=step.by,
        handed_by_name=str(step.by),
        handed_to=colleague,
        handed_to_name=str(colleague),
        handed_at=step.at,
        text=step.given.get("motivation", ""),
    )


def lapse(step: Step) -> None:
    """Ends what was handed on when the case moves, or when the organisation has done it."""
    if not ends_a_handing(step.row.act, step.target):
        return
    live = Handing.objects.live().filter(case=step.case)
    if step.target is None:
        live = live.filter(organisation=step.organisation)
    live.update(ended_at=step.at)


def receivers(case: Case, held: Membership, rows: list[Row], facts: CaseFacts) -> list[User]:
    """Those in the same organisation who may take any of the steps and read the case, by name. One statement and one
    for each; they are few."""
    people = {m.user_id: m for m in _members(held) if may_take(rows, [_capacity(m)], facts)}
    reading = [m.user for m in people.values() if Case.objects.visible_to(m.user).filter(pk=case.pk).exists()]
    return sorted(reading, key=str)


def _members(held: Membership) -> list[Membership]:
    found = Membership.objects.current().filter(organisation=held.organisation_id, user__is_active=True)
    return list(found.exclude(role__in=(Role.STAFF, Role.READER)).select_related("user", "organisation"))


def _refuse_what_has_changed(step: Step, live: Handing | None) -> None:
    """``over`` is the handing that the person had before her."""
    if "over" not in step.given or step.given["over"] == (live.pk if live else None):
        return
    if live is None:
        raise Refused(_("Uppgiften lades tillbaka medan du skrev. Öppna sidan igen innan du går vidare."))
    told = {"by": live.handed_by_name, "to": live.handed_to_name}
    raise Refused(
        _("%(by)s lämnade uppgiften till %(to)s medan du skrev. Öppna sidan igen innan du går vidare.") % told
    )


def _has_answered(step: Step) -> bool:
    """Whether it was the kommun's answer to the inquiry that would be handed on, and it has answered."""
    is_asked = step.case.status == Status.INTEREST and step.organisation.is_kommun
    return is_asked and step.organisation.short_name not in step.facts.not_answered


def _receiver(step: Step, live: Handing | None, rows: list[Row]) -> User:
    colleague: User | None = step.given.get("colleague")
    if colleague is None:
        raise Refused(_("Välj vem som ska ha uppgiften."))
    if live is None and colleague == step.by:
        raise Refused(_("Uppgiften väntar redan på dig. Välj en kollega."))
    if live is not None and colleague == live.handed_to:
        raise Refused(_("%s har den redan.") % colleague)
    if colleague not in receivers(step.case, _held(step), rows, step.facts):
        told = {"name": colleague, "place": step.organisation}
        raise Refused(
            _("%(name)s har ingen roll i %(place)s som får ta det steget. Utse en ersättare i stället.") % told
        )
    return colleague


def _held(step: Step) -> Membership:
    """The role by which a person hands it on: no line of the table lets an author, nor a group."""
    assert isinstance(step.capacity, Membership)  # noqa: S101 - see above
    return step.capacity


def _capacity(membership: Membership) -> Capacity:
    place = membership.organisation
    return Capacity(place.pk, Role(membership.role), Kind(place.kind))
