"""Vakanser: what waits for a role that nobody has."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from governance.presenting.vacancies import DAYS_AHEAD, vacancies
from v6portal.organizations.access import coordinators_and_administrators, may_administer
from v6portal.organizations.models import User


@coordinators_and_administrators
@require_safe
def vacant(request: HttpRequest) -> HttpResponse:
    """By organisation and role, with what waits and what to do about it."""
    user: User = request.user  # type: ignore[assignment]
    context = {"vacancies": vacancies(user), "days_ahead": DAYS_AHEAD, "may_give_roles": may_administer(user)}
    return render(request, "governance/vacancies.html", context)
