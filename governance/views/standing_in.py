"""Ersättare: who acts in one's role while one is away, and in whose place one acts oneself."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from governance.forms.standing_in import StandInForm
from governance.presenting.standing_in import appointments
from v6portal.organizations.access import people_with_a_role
from v6portal.organizations.actions import appoint, end_early
from v6portal.organizations.errors import Refused
from v6portal.organizations.models import Membership, User

KEEP = "ersattare"


@people_with_a_role
@require_http_methods(["GET", "POST"])
def stand_ins(request: HttpRequest) -> HttpResponse:
    """The person's appointments, and the form for a new one where she has a role that can be stood in for."""
    user: User = request.user  # type: ignore[assignment]
    roles = [m for m in user.current_memberships if m.may_be_stood_in_for]
    form = StandInForm(request.POST or None, roles=roles, by=user) if roles else None
    if request.method == "POST" and form and form.is_valid():
        given = form.cleaned_data
        try:
            made = appoint(
                held=given["held"],
                stand_in=given["person"],
                first=given["first"],
                last=given["last"],
                basis=given.get("basis", ""),
                by=user,
            )
        except Refused as refusal:
            form.refuse(refusal.sentences)
        else:
            messages.success(request, _told(made), extra_tags=KEEP)
            return redirect("stand_ins")
    context = {"form": form, "appointments": appointments(user), "keep": KEEP}
    return render(request, "governance/stand_ins.html", context)


@people_with_a_role
@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Ends an appointment of one's own at once."""
    user: User = request.user  # type: ignore[assignment]
    stand_in = get_object_or_404(Membership.objects.stand_ins().filter(stands_in_for=user), pk=pk)
    try:
        end_early(stand_in=stand_in, by=user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("%s är inte längre din ersättare.") % stand_in.user)
    return redirect("stand_ins")


def _told(made: Membership) -> str:
    told = {"name": made.user, "role": made.get_role_display(), "place": made.organisation}
    told["first"], told["last"] = date_format(made.valid_from, "j F"), date_format(made.valid_to or "", "j F Y")
    if made.valid_from <= timezone.localdate():
        return _("%(name)s är nu ersättare för dig som %(role)s i %(place)s, till och med %(last)s.") % told
    return _("%(name)s blir ersättare för dig som %(role)s i %(place)s, %(first)s–%(last)s.") % told
