"""A half-year's report as it was: the two dates stand in the address, so that every link from it keeps them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import wraps

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from followup.exports import as_json
from followup.periods import HalfYear, NoSuchPeriod
from followup.presenting.as_it_was import count_as_it_was
from followup.presenting.behind import list_behind
from followup.presenting.content import contents
from followup.presenting.per_initiative import left_out_in_words, summary
from followup.presenting.report import Report, read_all_rows, read_rows
from governance.forms.two_dates import TwoDatesForm
from governance.known import knowing
from v6portal.organizations.access import View, people_with_a_role
from v6portal.organizations.models import User

ROWS = 50
BAD_REQUEST = 400


@require_safe
@people_with_a_role
def choose(request: HttpRequest, period: str) -> HttpResponse:
    """Takes the two dates to their own address, or says what is wrong with them."""
    half_year = _half_year(period)
    form = TwoDatesForm(request.GET)
    if not request.GET or not form.is_valid() or form.dates is None:
        return _asked_again(request, half_year, form if request.GET else TwoDatesForm())
    today = timezone.localdate()
    if form.dates.is_today(today):
        return redirect("report", period)
    return redirect("report_as_it_was", period, form.dates.true_on, form.dates.known(today))


def _as_it_was(
    wrong: Callable[..., HttpResponse],
) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Gives a view the report for the two dates of its address; ``wrong`` answers where they cannot be answered for."""

    def with_report(show: View) -> View:
        @require_safe
        @people_with_a_role
        @wraps(show)
        def view(request: HttpRequest, period: str, gallde: str, visste: str, **more: str) -> HttpResponse:
            user: User = request.user  # type: ignore[assignment]
            half_year, form = _half_year(period), TwoDatesForm({"gallde": gallde, "visste": visste})
            if not form.is_valid() or form.dates is None:
                return wrong(request, half_year, form)
            with knowing(form.dates.known_on):
                try:
                    found = count_as_it_was(half_year, form.dates.true_on, reader=user)
                except NoSuchPeriod:
                    form.add_error(None, _nothing_then(half_year, form.dates.true_on))
                    return wrong(request, half_year, form)
                return show(request, found, form, **more)

        return view

    return with_report


def _asked_again(request: HttpRequest, period: HalfYear, form: TwoDatesForm) -> HttpResponse:
    return render(request, "followup/report_choose_dates.html", {"period": period, "form": form})


def _told_wrong(request: HttpRequest, period: HalfYear, form: TwoDatesForm) -> HttpResponse:
    told = [sentence for sentences in form.errors.values() for sentence in sentences]
    return JsonResponse({"fel": told}, status=BAD_REQUEST, json_dumps_params={"ensure_ascii": False})


@_as_it_was(_asked_again)
def report(request: HttpRequest, found: Report, form: TwoDatesForm) -> HttpResponse:
    """The figures and the tables, without pictures."""
    page = Paginator(found.visible_rows, ROWS).get_page(request.GET.get("page"))
    read_rows(found, list(page.object_list))
    base = _address(found, form, "report_as_it_was")
    return render(
        request,
        "followup/report_as_it_was.html",
        {
            "report": found,
            "form": form,
            "dates": form.dates,
            "contents": contents(found),
            "page_obj": page,
            "base": base,
            "leading": found.leading(base),
            "rows": summary(found.rows, found.titles),
            "hidden_rows": left_out_in_words(found.hidden_rows),
        },
    )


@_as_it_was(_asked_again)
def report_list(request: HttpRequest, found: Report, form: TwoDatesForm, key: str) -> HttpResponse:
    """The initiatives, stages or införanden behind a figure, as they were known."""
    behind = list_behind(found, key)
    if behind is None:
        raise Http404
    page = Paginator(behind.items, ROWS).get_page(request.GET.get("page"))
    tables = behind.tables(list(page.object_list)) if page.object_list else []
    context = {"report": found, "dates": form.dates, "behind": behind, "tables": tables, "page_obj": page, "base": ""}
    context["back"] = _address(found, form, "report_as_it_was")
    return render(request, "followup/report_list_as_it_was.html", context)


@_as_it_was(_told_wrong)
def report_json(request: HttpRequest, found: Report, form: TwoDatesForm) -> HttpResponse:
    """The figures for machines, without a word of what the reader may not see today."""
    read_all_rows(found)
    name = "-".join(_address(found, form, "report_as_it_was").strip("/").split("/"))
    return HttpResponse(
        as_json(found.withheld),
        content_type="application/json",
        headers={"Content-Disposition": f'attachment; filename="{name}.json"'},
    )


def _address(found: Report, form: TwoDatesForm, name: str) -> str:
    assert form.dates is not None  # noqa: S101 - the form has been asked
    return reverse(name, args=[found.period.code, form.dates.true_on, form.dates.known(timezone.localdate())])


def _half_year(code: str) -> HalfYear:
    try:
        return HalfYear.parse(code)
    except NoSuchPeriod as fault:
        raise Http404(str(fault)) from fault


def _nothing_then(period: HalfYear, day: dt.date) -> str:
    if day < period.first:
        return _("%(period)s hade inte börjat den dagen. Välj en senare dag.") % {"period": period.label}
    return _("Den dagen var inget registrerat om %(period)s. Välj en senare dag.") % {"period": period.label}
