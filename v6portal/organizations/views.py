"""Signing in and out, and choosing which of one's roles to act in."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from . import demo
from .access import ACTING_KEY
from .forms import ActAsForm, SignInAgainForm, SignInForm


class SignIn(LoginView):
    """Django's own, with the demo accounts beside the form where demo mode was asked for."""

    authentication_form = SignInForm
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        accounts = demo.accounts()
        context = super().get_context_data(**kwargs)
        return {
            **context,
            "demo_accounts": accounts,
            "demo_password": demo.DEMO_PASSWORD if accounts else "",
        }


@login_not_required
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def sign_in_again(request: HttpRequest) -> HttpResponse:
    """Signs the same person in again on the page where she was writing, and gives the page its new form key.

    Answers with a piece of a page. Whether there is such a person it does not tell; the sign-in page's own rules hold.
    """
    expected = request.POST.get("username", "") or request.GET.get("som", "")
    form: SignInAgainForm | None = SignInAgainForm(request, request.POST or None, expected=expected)
    if request.user.is_authenticated and request.user.get_username() == expected:
        form = None
    elif form and form.is_valid():
        login(request, form.get_user())
        form = None
    return render(request, "registration/_sign_in_again.html", {"form": form, "expected": expected})


@require_POST
def act_as(request: HttpRequest) -> HttpResponse:
    """Remembers in the session which role the person acts in, and goes back to where she was."""
    form = ActAsForm(request.POST, user=request.user)  # type: ignore[arg-type]
    if not form.is_valid():
        raise PermissionDenied(_("Du har inte den rollen i dag. Välj bland dina roller i sidhuvudet."))
    membership = form.cleaned_data["membership"]
    request.session[ACTING_KEY] = membership.pk
    messages.success(request, _("Nu arbetar du som %s.") % membership)
    return redirect(_own_page(request, request.POST.get("next", "")))


def _own_page(request: HttpRequest, address: str) -> str:
    """The address if it is a page of this portal, else the start page."""
    own = url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return address if own else reverse("home")
