"""Everything that has happened in a case, the latest first."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from governance.acts import DECIDING, OWN_NOTES, Act
from governance.models import Event
from governance.presenting.telling import clocked, tell

from .acts import readable_case

ROWS = 25

KINDS = {
    "moves": (_("Lägesändringar"), ~Q(to_status="")),
    "decisions": (_("Beslut"), Q(kind__in=DECIDING)),
    "advice": (_("Rekommendationer och bedömningar"), Q(kind__in=(Act.RECOMMEND, Act.ASSESS, Act.IT_ASSESS))),
    "participation": (
        _("Deltagande"),
        Q(kind__in=(Act.ANSWER_INTEREST, Act.JOIN, Act.LEAVE, Act.FOLLOW, Act.UNFOLLOW, Act.CHANGE_LEADER)),
    ),
    "work": (
        _("Etapper, kostnader och införanden"),
        Q(
            kind__in=(
                *(Act.START_STAGE, Act.END_STAGE, Act.REPLAN, Act.RECORD_COST),
                *(Act.RECORD_ADOPTION, Act.CONFIRM_BENEFIT),
            )
        ),
    ),
    "notes": (_("Egna arbetsanteckningar"), Q(kind__in=OWN_NOTES)),
}


@require_safe
def events(request: HttpRequest, reference: str) -> HttpResponse:
    """The log of one case, by kind if one is chosen; working notes only of one's own organisation."""
    case = readable_case(request, reference)
    chosen = request.GET.get("kind", "")
    found = Event.objects.visible_to(request.user).filter(case=case).select_related("organisation")  # type: ignore[arg-type]
    if chosen in KINDS:
        found = found.filter(KINDS[chosen][1])
    page = Paginator(found.order_by("-occurred_at", "-id"), ROWS).get_page(request.GET.get("page"))
    context = {
        "case": case,
        "initiative": case.initiative,
        "page_obj": page,
        "query": f"kind={chosen}" if chosen in KINDS else "",
        "events": clocked(tell(event) for event in page),
        "kinds": [(key, label, key == chosen) for key, (label, _q) in KINDS.items()],
        "all_kinds": chosen not in KINDS,
    }
    return render(request, "governance/events.html", context)
