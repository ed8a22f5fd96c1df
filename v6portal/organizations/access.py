"""May I open this page? The second of the three permission questions.

Which rows one sees is answered by ``visible_to`` on the querysets, which step one may take by the workflow table.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.csrf import csrf_failure

from .roles import Role

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponseBase

    from .models import User

ACTING_KEY = "acting_membership"

View = Callable[..., "HttpResponse"]


SIGN_IN_AGAIN = 401
"""What a page's script is answered when nobody is signed in any more; it asks to sign in where one is writing."""


class SignedInMiddleware(LoginRequiredMiddleware):
    """Everybody signs in first. A page that saves by itself is told so, instead of being led to the sign-in page."""

    def handle_no_permission(  # type: ignore[override]  # an answer that is no redirection is an answer too
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase]
    ) -> HttpResponseBase:
        if request.htmx:  # type: ignore[attr-defined]
            return HttpResponse(status=SIGN_IN_AGAIN)
        return super().handle_no_permission(request, view_func)


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without this session's key: it was opened before a new sign-in. A script gets the key and sends again."""
    if request.headers.get("HX-Request"):
        return HttpResponse(status=SIGN_IN_AGAIN)
    return csrf_failure(request, reason)


class ActingMiddleware:
    """Puts the membership the person has chosen to act as on ``request.user.acting``.

    A choice that is no longer valid (the role ended, another person signed in) falls back to the first current one.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        if user.is_authenticated:
            chosen = request.session.get(ACTING_KEY)
            memberships = user.current_memberships
            user.acting = next((m for m in memberships if m.pk == chosen), memberships[0] if memberships else None)
        return self.get_response(request)


def may_administer(user: User) -> bool:
    """Whether the person may open Django admin and bring registers in and out."""
    return user.is_active and user.holds(Role.ADMIN)


def keeps_a_record(user: User) -> bool:
    """Whether the person is the registrar of any organisation today."""
    return user.holds(Role.REGISTRAR)


def may_read_the_log(user: User) -> bool:
    """Whether the person may have the whole log checked: those who keep the record, and administrators."""
    return keeps_a_record(user) or may_administer(user)


def has_any_role(user: User) -> bool:
    """Whether the person has a role in any of the eight organisations today."""
    return bool(user.current_memberships)


def reads_initiatives(user: User) -> bool:
    """Whether the person has a role by which she reads what is submitted and what is sent to V6."""
    return any(m.role != Role.STAFF for m in user.current_memberships)


def may_see_vacancies(user: User) -> bool:
    """Whether it is the person's to see that no role stands empty: V6's coordinator, and those who give roles."""
    return user.holds(Role.COORDINATOR, Role.ADMIN)


def may_state_capacity(user: User) -> bool:
    """Whether the person says how much Göliska IT has time for."""
    return any(m.role in (Role.IT_OFFICER, Role.IT_DIRECTOR) for m in user.capacities)


def may_take_steps_with_reports(user: User) -> bool:
    """Whether the person goes through half-year reports or approves them."""
    return user.holds(Role.LEAD, Role.NETWORK, Role.COORDINATOR)


def may_follow_reports(user: User) -> bool:
    """Whether it is the person's to see who has read a report: those who send it."""
    return user.holds(Role.COORDINATOR, Role.NETWORK)


def coordinates(user: User) -> bool:
    """Whether the person acts as V6's coordinator now."""
    return any(m.role == Role.COORDINATOR for m in user.capacities)


def _page_open_to(rule: Callable[[User], bool], refusal: str) -> Callable[[View], View]:
    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not rule(request.user):  # type: ignore[arg-type]
                raise PermissionDenied(_(refusal))
            return view(request, *args, **kwargs)

        return guarded

    return decorate


administrators_only = _page_open_to(may_administer, "Sidan är för portalens administratörer.")
registrars_only = _page_open_to(keeps_a_record, "Sidan är för registratorer.")
registrars_and_administrators = _page_open_to(may_read_the_log, "Sidan är för registratorer och administratörer.")
people_with_a_role = _page_open_to(
    has_any_role,
    "Sidan är för dig som har en roll i någon av organisationerna. Be er administratör om en roll.",
)
reviewers_and_coordinators = _page_open_to(
    may_take_steps_with_reports, "Sidan är för utvecklingsledare, V6 Chefsnätverk och V6-samordnaren."
)
coordinators_and_network = _page_open_to(may_follow_reports, "Sidan är för V6-samordnaren och V6 Chefsnätverk.")
readers_of_initiatives = _page_open_to(
    reads_initiatives,
    "Sidan är för dig som har en roll som läser initiativ. Be er administratör om en roll.",
)
coordinators_and_administrators = _page_open_to(
    may_see_vacancies, "Sidan är för V6-samordnaren och portalens administratörer."
)
coordinators_only = _page_open_to(coordinates, "Sidan är för V6-samordnaren.")
