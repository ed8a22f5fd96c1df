"""While a meeting goes on, and how it ends: the item one is at, who is there, closing and adjusting."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from governance.actions import meetings as acts
from governance.exports.protocol import draw_protocol
from governance.forms.meeting_items import ItemForm, worded
from governance.forms.meetings import AttendanceRow, CloseForm, GuestForm, ReplaceForm
from governance.models import AgendaItem, Case, Meeting
from governance.presenting.beside import beside
from governance.presenting.meetings import page_of
from v6portal.organizations.errors import Refused
from v6portal.organizations.printing import pdf_available

from .meetings import readable_meeting, show


def _item(request: HttpRequest, meeting: Meeting, pk: int) -> AgendaItem:
    """The item, for those who may write it down; 404 for what stands on no agenda, or may not be read."""
    found = meeting.items.select_related("case__initiative__organisation", "case__it_assessment").filter(pk=pk).first()
    if found is None:
        raise Http404(_("Punkten finns inte."))
    found.meeting = meeting
    if found.case_id and not Case.objects.visible_to(request.user).filter(pk=found.case_id).exists():  # type: ignore[arg-type]
        raise Http404(_("Punkten finns inte."))
    return found


def _writable(request: HttpRequest, meeting: Meeting) -> dict[str, Any]:
    context = page_of(meeting, request.user)  # type: ignore[arg-type]
    if not context["may_write"]:
        raise PermissionDenied(_("Punkter skrivs av den som håller i mötet, tills protokollet börjar justeras."))
    return context


@require_http_methods(["GET", "POST"])
def item(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """What is said at one item, saved as often as one likes; ended it gets its paragraph."""
    meeting = readable_meeting(request, reference)
    context, found = _writable(request, meeting), _item(request, meeting, pk)
    if request.method != "POST":
        return _item_page(request, context, found, ItemForm(item=found))
    form = ItemForm(request.POST, item=found)
    if not form.is_valid():
        return _item_page(request, context, found, form)
    ends = "ends" in request.POST
    try:
        seen = form.cleaned_data["version"]
        saved = acts.save_item(item=found, said=form.said(), seen=seen, by=request.user, ends=ends)  # type: ignore[arg-type]
    except Refused as refused:
        return _refused(request, meeting, pk, refused)
    messages.success(request, _told(saved), extra_tags=_kept_as(meeting, pk, seen))
    meeting.refresh_from_db(fields=["current"])
    following = meeting.current_id if ends else pk
    return redirect("meeting_item", reference, following) if following else redirect(meeting)


def _told(item: AgendaItem) -> str:
    if not item.paragraph:
        return _("Sparat.")
    return _("%(paragraph)s är sparad.") % {"paragraph": item.spoken_paragraph}


def _kept_as(meeting: Meeting, pk: int, version: int) -> str:
    """Under which name the browser keeps what is typed: over another version than it was typed on it is not laid."""
    return f"{meeting.reference}/punkt/{pk}/{version}"


def _refused(request: HttpRequest, meeting: Meeting, pk: int, refused: Refused) -> HttpResponse:
    """What the door said, above everything that was typed; what a colleague has saved since stands beside."""
    found = _item(request, meeting, pk)
    data = request.POST.copy()
    overtaken = str(found.version) != data.get("version")
    data["version"] = str(found.version)
    form = ItemForm(data, item=found)
    for sentence in refused.sentences:
        form.add_error(None, sentence)
    context = _writable(request, meeting)
    return _item_page(request, context, found, form, saved=found if overtaken else None, status=409)


def _item_page(
    request: HttpRequest,
    context: dict[str, Any],
    item: AgendaItem,
    form: ItemForm,
    *,
    saved: AgendaItem | None = None,
    status: int = 200,
) -> HttpResponse:
    shown = {
        **context,
        **(beside(item.case, request.user) if item.case else {}),  # type: ignore[arg-type]
        "item": item,
        "form": form,
        "saved": saved,
        "keep": _kept_as(item.meeting, item.pk, item.version),
        "heading": item.case.initiative.title if item.case else item.heading,
    }
    return render(request, "governance/meeting_item.html", shown, status=status)


@require_POST
def suggestion(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """For the page's script: the sentence of the stance that was chosen. Nothing is saved."""
    meeting = readable_meeting(request, reference)
    _writable(request, meeting)
    found = _item(request, meeting, pk)
    if found.case is None:
        raise Http404(_("Punkten gäller inget initiativ."))
    words, beside_it = worded(found, ItemForm(request.POST, item=found))
    data = request.POST.copy()
    data["recommendation"] = words
    context = {"form": ItemForm(data, item=found), "suggestion": beside_it}
    return render(request, "governance/_meeting_words.html", context)


@require_POST
def go_to(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """The meeting goes to the item, for everybody who follows it."""
    meeting = readable_meeting(request, reference)
    _writable(request, meeting)
    acts.go_to(item=_item(request, meeting, pk), by=request.user)  # type: ignore[arg-type]
    return redirect("meeting_item", reference, pk)


@require_http_methods(["GET", "POST"])
def attendance(request: HttpRequest, reference: str) -> HttpResponse:
    """Who is there, from and to; guests by name."""
    meeting = readable_meeting(request, reference)
    if not page_of(meeting, request.user)["may_attend"]:  # type: ignore[arg-type]
        raise PermissionDenied(_("Närvaron antecknas av den som håller i mötet, medan det pågår."))
    data = request.POST or None
    rows = [AttendanceRow(data, row=row) for row in meeting.attendance.select_related("user", "organisation")]
    guest = GuestForm(data, prefix="gast")
    if request.method == "POST" and all([*(row.is_valid() for row in rows), guest.is_valid()]):
        people = [row.person() for row in rows]
        more = guest.person()
        try:
            acts.record_attendance(meeting=meeting, people=[*people, more] if more else people, by=request.user)  # type: ignore[arg-type]
        except Refused as refused:
            return show(request, meeting, refused=refused)
        messages.success(request, _("Närvaron är sparad."), extra_tags=f"{reference}/narvaro")
        return redirect("meeting_attendance" if more else "meeting", reference)
    context = {"meeting": meeting, "rows": rows, "guest": guest, "keep": f"{reference}/narvaro"}
    return render(request, "governance/meeting_attendance.html", context)


@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, reference: str) -> HttpResponse:
    """Ends the meeting and names those who adjust the protocol."""
    meeting = readable_meeting(request, reference)
    context = page_of(meeting, request.user)  # type: ignore[arg-type]
    if not context["may_attend"]:
        raise PermissionDenied(_("Mötet avslutas av den som håller i det, medan det pågår."))
    form = CloseForm(request.POST or None, meeting=meeting)
    if request.method == "POST" and form.is_valid():
        try:
            acts.close(meeting=meeting, by=request.user, **form.cleaned_data)  # type: ignore[arg-type]
        except Refused as refused:
            for sentence in refused.sentences:
                form.add_error(None, sentence)
        else:
            messages.success(request, _("Mötet är avslutat. Nu justeras protokollet."), extra_tags=f"{reference}/slut")
            return redirect(meeting)
    left = [line for line in context["minutes"].lines if not line.is_ended]
    shown = {**context, "form": form, "left": left, "keep": f"{reference}/slut"}
    return render(request, "governance/meeting_close.html", shown)


@require_http_methods(["GET", "POST"])
def replace_adjuster(request: HttpRequest, reference: str) -> HttpResponse:
    """Somebody else adjusts instead of one who cannot."""
    meeting = readable_meeting(request, reference)
    context = page_of(meeting, request.user)  # type: ignore[arg-type]
    if not (context["may_write"] and context["is_closed"]):
        raise PermissionDenied(_("Justerare byts av den som håller i mötet, tills någon har justerat."))
    form = ReplaceForm(request.POST or None, meeting=meeting)
    if request.method == "POST" and form.is_valid():
        try:
            acts.replace_adjuster(meeting=meeting, by=request.user, **form.cleaned_data)  # type: ignore[arg-type]
        except Refused as refused:
            for sentence in refused.sentences:
                form.add_error(None, sentence)
        else:
            told = _("%s justerar protokollet i stället.") % form.cleaned_data["instead"]
            messages.success(request, told, extra_tags=f"{reference}/justerare")
            return redirect(meeting)
    shown = {**context, "form": form, "keep": f"{reference}/justerare"}
    return render(request, "governance/meeting_adjuster.html", shown)


@require_POST
def adjust(request: HttpRequest, reference: str) -> HttpResponse:
    """One adjuster adjusts the protocol that she has read."""
    meeting = readable_meeting(request, reference)
    if not pdf_available():
        return render(request, "governance/protocol_no_pdf.html", {"meeting": meeting}, status=503)
    try:
        acts.adjust(meeting=meeting, seen=request.POST.get("seen", ""), by=request.user, draw=draw_protocol)  # type: ignore[arg-type]
    except Refused as refused:
        return show(request, meeting, refused=refused)
    messages.success(request, _("Du har justerat protokollet."))
    return redirect(meeting)
