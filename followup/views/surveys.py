"""The surveys: which there are, and what the coordinator does with them."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from followup.actions import close_survey, open_survey, prepare_survey
from followup.forms.surveys import SurveyForm
from followup.models import Survey
from followup.periods import HalfYear, NoSuchPeriod
from followup.presenting.survey_bars import bars_of
from followup.presenting.survey_pages import invited_to, listed, role_words, said_in, would_be_invited
from followup.presenting.survey_results import results_of
from followup.presenting.survey_tables import in_words, section_of
from followup.survey_reading import reader_of
from followup.surveying import Doing, Standing, why_not
from governance.forms.fields import number_in
from v6portal.organizations.access import coordinates, coordinators_only, people_with_a_role
from v6portal.organizations.errors import Refused
from v6portal.organizations.models import User

KEPT_AS = "enkat/forbered"


def survey_or_404(period: str) -> Survey:
    try:
        found = Survey.objects.of(HalfYear.parse(period)).select_related("questionnaire").first()
    except NoSuchPeriod as fault:
        raise Http404(str(fault)) from fault
    if found is None:
        raise Http404(_("Det halvåret har ingen enkät."))
    return found


@require_safe
@people_with_a_role
def surveys(request: HttpRequest) -> HttpResponse:
    """Every survey, the newest first."""
    user: User = request.user  # type: ignore[assignment]
    found = listed(user, timezone.localdate())
    return render(request, "followup/surveys.html", {"surveys": found, "may_prepare": coordinates(user)})


@require_http_methods(["GET", "POST"])
@coordinators_only
def survey_prepare(request: HttpRequest, period: str = "") -> HttpResponse:
    """A new survey, or other terms for one that is not opened."""
    user: User = request.user  # type: ignore[assignment]
    survey = survey_or_404(period) if period else None
    if survey and why_not(Doing.PREPARE, survey.facts(timezone.localdate()), reader_of(survey, user)):
        return redirect("survey_manage", period)
    form = SurveyForm(request.POST or None, survey=survey)
    if request.method == "POST" and form.is_valid():
        try:
            seen = form.cleaned_data["seen"]
            made = prepare_survey(period=form.half_year(), terms=form.terms(), by=user, seen=seen)
        except Refused as refused:
            for sentence in refused.sentences:
                form.add_error(None, sentence)
            form.seen_again()
        else:
            messages.success(request, _("Enkäten är förberedd. Ingen är inbjuden än."), extra_tags=KEPT_AS)
            return redirect("survey_manage", made.period.code)
    return render(request, "followup/survey_prepare.html", {"form": form, "survey": survey, "keep": KEPT_AS})


@require_http_methods(["GET", "POST"])
@coordinators_only
def survey_manage(request: HttpRequest, period: str) -> HttpResponse:
    """How the survey stands, whom it is put to, and the buttons that open and close it."""
    survey = survey_or_404(period)
    if request.method == "POST":
        return _moved(request, survey)
    stands = survey.standing(timezone.localdate())
    guests = would_be_invited(survey) if stands is Standing.PREPARED else invited_to(survey)
    facts, reader = survey.facts(timezone.localdate()), reader_of(survey, request.user)  # type: ignore[arg-type]
    context = {
        "survey": survey,
        "standing": stands.value,
        "guests": guests,
        "invited": sum(one.number for one in guests),
        "answers": survey.invitations.filter(has_answered=True).count(),
        "roles": role_words(survey),
        "questions": survey.questionnaire.questions.all(),
        "obstacles": why_not(Doing.OPEN, facts, reader) if stands is Standing.PREPARED else [],
    }
    return render(request, "followup/survey_manage.html", context)


def _moved(request: HttpRequest, survey: Survey) -> HttpResponse:
    """Opened or closed, as the button said."""
    user: User = request.user  # type: ignore[assignment]
    try:
        if "open" in request.POST:
            event = open_survey(survey=survey, by=user, seen=number_in(request.POST.get("seen")))
            invited = event.data["invited"]
            told = ngettext(
                "Enkäten är öppen och %d person är inbjuden.", "Enkäten är öppen och %d personer är inbjudna.", invited
            )
            messages.success(request, told % invited)
        elif "close" in request.POST:
            close_survey(survey=survey, by=user)
            messages.success(request, _("Enkäten är stängd. Nu syns resultatet."))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("survey_manage", survey.period.code)


@require_safe
@people_with_a_role
def survey_results(request: HttpRequest, period: str) -> HttpResponse:
    """What came of it, for everybody with a role, once it is closed."""
    survey = survey_or_404(period)
    results = results_of(survey.period, timezone.localdate())
    context = {"survey": survey, "may_read_texts": coordinates(request.user)}  # type: ignore[arg-type]
    if results is None:
        return render(request, "followup/survey_no_results.html", context)
    context |= {"section": section_of(results), "told": in_words(results)}
    context["bars"] = bars_of(results.lines(), survey.questionnaire.unknown)
    return render(request, "followup/survey_results.html", context)


@require_safe
@coordinators_only
def survey_texts(request: HttpRequest, period: str) -> HttpResponse:
    """What people wrote in their own words, for the coordinator alone."""
    survey = survey_or_404(period)
    if why_not(Doing.READ_TEXTS, survey.facts(timezone.localdate()), reader_of(survey, request.user)):  # type: ignore[arg-type]
        return redirect("survey_manage", period)
    return render(request, "followup/survey_texts.html", {"survey": survey, "said": said_in(survey)})
