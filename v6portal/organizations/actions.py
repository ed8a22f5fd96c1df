"""Appointing a stand-in (ersättare) for a role one has, for a time, and ending it early.

Source: docs/process.md, *Ersättare*; what being appointed means in law stands in decision 0027.
"""

from __future__ import annotations

import datetime as dt

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from .errors import Refused, refuse_if
from .models import Membership, User
from .roles import DECISION_ROLES, NOT_STOOD_IN_FOR, Role

LONGEST = 366
"""Days that a stand-in may be appointed for at a time. Who is away longer than a year is replaced, not stood in for."""


@transaction.atomic
def appoint(
    *, held: Membership, stand_in: User, first: dt.date, last: dt.date, by: User, basis: str = ""
) -> Membership:
    """Lets a colleague act in one's role from the first day to the last, both included.

    ``basis`` is what gives her the right to decide where the role decides. Returns the stand-in's membership; raises
    Refused with what stands in the way.
    """
    held = Membership.objects.select_for_update(of=("self",)).select_related("organisation", "user").get(pk=held.pk)
    if held.user_id != by.pk or held not in by.memberships.current():
        raise Refused(_("Du kan bara utse ersättare för en roll som du själv har i dag."))
    if held.stands_in_for_id is not None:
        told = _("Du har rollen som ersättare och kan inte utse någon i ditt ställe. Be %s göra det.")
        raise Refused(told % held.stands_in_for)
    wanted = Membership(
        user=stand_in,
        organisation=held.organisation,
        role=held.role,
        valid_from=first,
        valid_to=last,
        stands_in_for=held.user,
        basis=basis.strip(),
        appointed_by=by,
        appointed_at=timezone.now(),
    )
    refuse_if(objections(wanted))
    try:
        with transaction.atomic():
            wanted.save()
    except IntegrityError:
        raise Refused(_("Någon hann före och utsåg en ersättare under samma tid. Titta igen.")) from None
    return wanted


@transaction.atomic
def end_early(*, stand_in: Membership, by: User) -> None:
    """Ends it at once; one that has not begun is taken away. For the one stood in for, or an administrator."""
    found = Membership.objects.stand_ins().select_for_update(of=("self",)).get(pk=stand_in.pk)
    if by.pk != found.stands_in_for_id and not by.holds(Role.ADMIN):
        raise Refused(_("Bara den som har ersättaren kan avsluta i förtid."))
    today = timezone.localdate()
    if found.ended_at is not None or (found.valid_to or today) < today:
        raise Refused(_("Det är redan avslutat."))
    if found.valid_from > today:
        found.delete()
        return
    found.valid_to, found.ended_by, found.ended_at = today, by, timezone.now()
    found.save()


def objections(wanted: Membership) -> list[str]:
    """Why the person cannot stand in so, as sentences; empty means that she can."""
    role, holder = Role(wanted.role), wanted.stands_in_for
    if role in NOT_STOOD_IN_FOR:
        return [_("Rollen %s har ingen ersättare. Be en administratör ge rollen i stället.") % role.label]
    if holder == wanted.user:
        return [_("Ingen kan vara sin egen ersättare. Välj en kollega.")]
    found = _about_the_days(wanted) or [*_about_the_people(wanted), *_about_others(wanted)]
    if role in DECISION_ROLES and not wanted.basis.strip():
        found.append(_("Skriv vad som ger ersättaren rätt att besluta, till exempel en punkt i delegationsordningen."))
    return found


def objections_to_longer(stand_in: Membership, last: dt.date | None) -> list[str]:
    """Why a stand-in cannot have a later last day than it is given; empty where it may, or where the day is earlier."""
    if stand_in.ended_at is not None:
        return [] if last == stand_in.valid_to else [_("Det är redan avslutat.")]
    if last is not None and stand_in.valid_to is not None and last <= stand_in.valid_to:
        return []
    longer = Membership(
        user=stand_in.user,
        organisation=stand_in.organisation,
        role=stand_in.role,
        valid_from=stand_in.valid_from,
        valid_to=last,
        stands_in_for=stand_in.stands_in_for,
    )
    return _about_the_last_day(longer) or _about_the_people(longer)


def _about_the_days(wanted: Membership) -> list[str]:
    if wanted.valid_to and wanted.valid_from <= wanted.valid_to and wanted.valid_from < timezone.localdate():
        return [_("Första dagen har passerat. Välj i dag eller senare.")]
    return _about_the_last_day(wanted)


def _about_the_last_day(wanted: Membership) -> list[str]:
    first, last = wanted.valid_from, wanted.valid_to
    if last is None:
        return [_("Ange sista dagen. En ersättare har alltid en sista dag.")]
    if last < first:
        return [_("Sista dagen kan inte vara före första dagen.")]
    if (last - first).days >= LONGEST:
        return [_("Högst ett år åt gången. Välj en tidigare sista dag.")]
    return []


def _about_the_people(wanted: Membership) -> list[str]:
    """The one stood in for has the role herself all the time; the colleague works in the same organisation."""
    place = {"organisation": wanted.organisation, "role": wanted.role}
    held = Membership.objects.own().on(wanted.valid_from).filter(user=wanted.stands_in_for, **place).first()
    told: dict[str, object] = {"holder": wanted.stands_in_for, "name": wanted.user, "place": wanted.organisation}
    if held is None:
        return [_("%(holder)s har inte själv rollen i %(place)s den första dagen.") % told]
    if held.valid_to and wanted.valid_to and held.valid_to < wanted.valid_to:
        told["day"] = _day(held.valid_to)
        return [_("%(holder)s har själv rollen till och med %(day)s. Ersättaren kan inte ha den längre.") % told]
    if not (wanted.user.is_active and wanted.organisation.memberships.current().own().filter(user=wanted.user)):
        return [_("%(name)s har ingen roll i %(place)s i dag. Välj en kollega i samma organisation.") % told]
    return []


def _about_others(wanted: Membership) -> list[str]:
    """Neither the role twice for one person, nor two stand-ins at once."""
    assert wanted.valid_to is not None  # noqa: S101 - asked before
    same = Membership.objects.between(wanted.valid_from, wanted.valid_to).select_related("user")
    same = same.filter(organisation=wanted.organisation, role=wanted.role)
    if already := same.filter(user=wanted.user).first():
        told = {"name": wanted.user, "role": wanted.get_role_display(), "place": wanted.organisation}
        if already.stands_in_for_id is None:
            form = _("%(name)s är redan %(role)s i %(place)s och kan göra allt i rollen. Ingen ersättare behövs.")
        else:
            form = _("%(name)s är redan ersättare som %(role)s i %(place)s under den tiden. Välj någon annan.")
        return [form % told]
    if other := same.filter(stands_in_for=wanted.stands_in_for).first():
        told = {"name": other.user, "first": _day(other.valid_from), "last": _day(other.valid_to)}
        return [_("%(name)s är redan ersättare %(first)s–%(last)s. Avsluta det först, eller välj andra dagar.") % told]
    return []


def _day(date: dt.date | None) -> str:
    return date_format(date, "j F Y") if date else ""
