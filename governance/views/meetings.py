"""The list of meetings, calling one, and its page: the agenda before it, the protocol after it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from governance.actions import meetings as acts
from governance.exports.protocol import draw_protocol
from governance.forms.meetings import AddForm, WhenForm
from governance.meetings import Seat
from governance.models import AgendaItem, Case, Meeting
from governance.presenting.meetings import Led, Place, groups_led_by, listed, page_of, to_be_adjusted_by
from v6portal.organizations.access import people_with_a_role
from v6portal.organizations.errors import Refused
from v6portal.organizations.models import Organisation, User
from v6portal.organizations.printing import pdf_available

from .once import already_made, remember

ROWS = 20


@require_safe
@people_with_a_role
def meetings(request: HttpRequest) -> HttpResponse:
    """Those to come, those going on, and earlier ones."""
    user: User = request.user  # type: ignore[assignment]
    visible = Meeting.objects.visible_to(user)
    context = {
        "to_adjust": to_be_adjusted_by(user),
        "ongoing": listed(visible.ongoing()),
        "coming": listed(visible.coming()),
        "page_obj": Paginator(listed(visible.earlier()), ROWS).get_page(request.GET.get("page")),
        "may_call": bool(groups_led_by(user)),
    }
    return render(request, "governance/meetings.html", context)


def readable_meeting(request: HttpRequest, reference: str) -> Meeting:
    """The meeting, for those who may read it; 404 for everybody else."""
    found = Meeting.objects.visible_to(request.user).select_related("organisation", "chair", "secretary")  # type: ignore[arg-type]
    return get_object_or_404(found, reference=reference)


@require_http_methods(["GET", "POST"])
@people_with_a_role
def new(request: HttpRequest) -> HttpResponse:
    """Calls a meeting of a group that the person leads."""
    user: User = request.user  # type: ignore[assignment]
    groups = groups_led_by(user)
    if not groups:
        raise PermissionDenied(_("Möten läggs in av den som håller i gruppens möten."))
    wanted = request.POST.get("group") or request.GET.get("grupp", "")
    group, seat = next(((g, s) for g, s in groups if g.key == wanted), groups[0])
    form = WhenForm(request.POST or None, seat=seat, by=user)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            return _called(request, form, group, seat, groups)
    return _form_page(request, form, group=group, groups=[g for g, _seat in groups])


def _called(request: HttpRequest, form: WhenForm, group: Led, seat: Seat, groups: list[Any]) -> HttpResponse:
    token = form.cleaned_data["token"]
    if made := already_made(request, token):
        return redirect("meeting", made)
    organisation = Organisation.objects.get(pk=seat.organisation)
    try:
        meeting = acts.call(body=seat.body, organisation=organisation, when=form.when(), by=request.user)  # type: ignore[arg-type]
    except Refused as refused:
        form.add_error(None, str(refused))
        return _form_page(request, form, group=group, groups=[g for g, _seat in groups])
    remember(request, token, meeting.reference)
    messages.success(request, _("Mötet är inlagt. Lägg nu till det som ska tas upp."), extra_tags="mote/nytt")
    return redirect(meeting)


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, reference: str) -> HttpResponse:
    """Another day, place or person."""
    meeting, user = readable_meeting(request, reference), request.user
    if not page_of(meeting, user)["may_arrange"]:  # type: ignore[arg-type]
        raise PermissionDenied(_("Mötet ändras av den som håller i det, innan det har öppnats."))
    form = WhenForm(request.POST or None, seat=meeting.seat, by=user, meeting=meeting)  # type: ignore[arg-type]
    if request.method == "POST" and form.is_valid():
        try:
            acts.change(meeting=meeting, when=form.when(), by=user)  # type: ignore[arg-type]
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Mötet är ändrat."), extra_tags=f"mote/{reference}")
            return redirect(meeting)
    return _form_page(request, form, meeting=meeting)


def _form_page(request: HttpRequest, form: WhenForm, **more: Any) -> HttpResponse:
    meeting: Meeting | None = more.get("meeting")
    keep = f"mote/{meeting.reference}" if meeting else "mote/nytt"
    return render(request, "governance/meeting_form.html", {"form": form, "keep": keep, **more})


@require_safe
def meeting(request: HttpRequest, reference: str) -> HttpResponse:
    """One meeting: the call before it, how far it has come, and the protocol."""
    return show(request, readable_meeting(request, reference))


def show(
    request: HttpRequest, meeting: Meeting, *, add: AddForm | None = None, refused: Refused | None = None
) -> HttpResponse:
    """The page, with what the door said where something was refused."""
    page = page_of(meeting, request.user)  # type: ignore[arg-type]
    moved, moved_by = _moved_item(request, page["places"])
    context = {
        **page,
        "add": add or AddForm(by=request.user),  # type: ignore[arg-type]
        "refused": refused.sentences if refused else [],
        "moved": moved,
        "moved_by": moved_by,
        "pdf_available": pdf_available(),
    }
    return render(request, "governance/meeting.html", context, status=409 if refused else 200)


def _moved_item(request: HttpRequest, places: list[Place]) -> tuple[int, str]:
    """Which item was moved just now, and which of its buttons takes focus: the other one where it came to the end."""
    pk, way = request.GET.get("flyttad", ""), request.GET.get("med", "")
    place = next((one for one in places if str(one.line.pk) == pk), None)
    if place is None:
        return 0, ""
    way = "ned" if place.is_first else "upp" if place.is_last else way
    return place.line.pk, way


@require_POST
def agenda(request: HttpRequest, reference: str) -> HttpResponse:
    """Adds to the agenda, takes away from it, and puts it in order."""
    meeting = readable_meeting(request, reference)
    form = AddForm(request.POST if "what" in request.POST else None, by=request.user)  # type: ignore[arg-type]
    if form.is_bound and not form.is_valid():
        return show(request, meeting, add=form)
    try:
        return _arranged(request, meeting, form)
    except Refused as refused:
        return show(request, meeting, add=form if form.is_bound else None, refused=refused)


def _arranged(request: HttpRequest, meeting: Meeting, form: AddForm) -> HttpResponse:
    sent, user = request.POST, request.user
    if form.is_bound:
        _added(meeting, form, user)  # type: ignore[arg-type]
        messages.success(request, _("Punkten står på dagordningen."), extra_tags=f"{meeting.reference}/ny-punkt")
        return redirect(f"{meeting.get_absolute_url()}#dagordning")
    if "case" in sent:
        case = get_object_or_404(Case.objects.visible_to(user), initiative__reference=sent["case"])  # type: ignore[arg-type]
        acts.add_case(meeting=meeting, case=case, by=user)  # type: ignore[arg-type]
    elif "remove" in sent:
        acts.remove_item(meeting=meeting, item=_item(meeting, sent["remove"]), by=user)  # type: ignore[arg-type]
    elif "move" in sent:
        way, _colon, pk = sent["move"].partition(":")
        order = _moved(meeting, _item(meeting, pk), -1 if way == "upp" else 1)
        acts.put_in_order(meeting=meeting, items=order, by=user)  # type: ignore[arg-type]
        return redirect(f"{meeting.get_absolute_url()}?flyttad={pk}&med={way}")
    else:
        order = [int(pk) for pk in sent.get("order", "").split(",") if pk.isdecimal()]
        acts.put_in_order(meeting=meeting, items=order, by=user)  # type: ignore[arg-type]
    return redirect(f"{meeting.get_absolute_url()}#dagordning")


def _added(meeting: Meeting, form: AddForm, user: User) -> None:
    if case := form.case():
        acts.add_case(meeting=meeting, case=case, by=user)
    else:
        acts.add_heading(meeting=meeting, heading=form.cleaned_data["what"], by=user)


def _item(meeting: Meeting, pk: str) -> AgendaItem:
    if not pk.isdecimal():
        raise Refused(_("Punkten finns inte längre på dagordningen."))
    item = meeting.items.filter(pk=int(pk)).first()
    if item is None:
        raise Refused(_("Punkten finns inte längre på dagordningen."))
    item.meeting = meeting
    return item


def _moved(meeting: Meeting, item: AgendaItem, by: int) -> list[int]:
    """The agenda with the item one place up or down; at the end it stays."""
    order = list(meeting.items.order_by("position").values_list("pk", flat=True))
    here = order.index(item.pk)
    there = min(max(here + by, 0), len(order) - 1)
    order.insert(there, order.pop(here))
    return order


STEPS: dict[str, tuple[Callable[..., Any], str]] = {
    "oppna": (acts.open_meeting, "Mötet är öppnat. Börja med vilka som är närvarande."),
    "stall-in": (acts.call_off, "Mötet är inställt."),
}


@require_POST
def step(request: HttpRequest, reference: str, step: str) -> HttpResponse:
    """Opens the meeting, or calls it off."""
    meeting = readable_meeting(request, reference)
    take, told = STEPS[step]
    try:
        take(meeting=meeting, by=request.user)
    except Refused as refused:
        return show(request, meeting, refused=refused)
    messages.success(request, _(told))
    return redirect("meeting_attendance" if step == "oppna" else "meeting", reference)


@require_safe
def protocol(request: HttpRequest, reference: str) -> HttpResponse:
    """The protocol as a PDF: the kept file where it is signed and all of it may be read, else drawn for the reader."""
    meeting = readable_meeting(request, reference)
    context = page_of(meeting, request.user)  # type: ignore[arg-type]
    if context["is_signed"] and not context["minutes"].hidden:
        return _file(meeting, bytes(meeting.protocol.content))
    if not context["is_held"]:
        return show(request, meeting, refused=Refused(_("Det finns inget protokoll förrän mötet har öppnats.")))
    if not pdf_available():
        return render(request, "governance/protocol_no_pdf.html", context, status=503)
    return _file(meeting, draw_protocol(meeting, request.user))  # type: ignore[arg-type]


def _file(meeting: Meeting, content: bytes) -> HttpResponse:
    name = f"protokoll-{meeting.reference}.pdf"
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}"', "Cache-Control": "private, no-store"},
    )
