"""Choosing one's mail; and, in demo mode, reading what would have been sent."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from governance.actions import choose_mail
from governance.forms.mail import MailChoicesForm
from governance.models import Mail, MailQuerySet, Notice
from initiatives.models import visible_to
from v6portal.organizations.models import User

ROWS = 25


@require_http_methods(["GET", "POST"])
def choices(request: HttpRequest) -> HttpResponse:
    """When one wants which mail; everybody who signs in has the page."""
    form = MailChoicesForm(request.POST or None, person=request.user)  # type: ignore[arg-type]
    if request.method == "POST" and form.is_valid():
        choose_mail(by=request.user, chosen=form.chosen())  # type: ignore[arg-type]
        messages.success(request, _("Dina val är sparade."))
        return redirect("mail_choices")
    context = {"form": form, "digest_at": settings.MAIL_DIGEST_AT}
    return render(request, "governance/mail_choices.html", context)


# The demo's mailbox


def in_demo_mode_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.DEMO:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def _own(request: HttpRequest) -> MailQuerySet:
    """One's own mail and nobody else's, less what is about an initiative that one may see no longer."""
    user: User = request.user  # type: ignore[assignment]
    seen = visible_to(user, "event__case__initiative__") | visible_to(user, "case__initiative__")
    seen |= Q(event__isnull=False, event__case__isnull=True)
    unseen = Notice.objects.filter(mail=OuterRef("pk")).exclude(seen)
    return Mail.objects.addressed_to(user).sent().exclude(text="").exclude(Exists(unseen))


@in_demo_mode_only
@require_safe
def mailbox(request: HttpRequest) -> HttpResponse:
    """What has been written to the person, the newest first."""
    page = Paginator(_own(request).order_by("-ended_at", "-pk"), ROWS).get_page(request.GET.get("page"))
    return render(request, "governance/demo_mail.html", {"page_obj": page})


@in_demo_mode_only
@require_safe
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """One mail as a program shows it that shows plain text."""
    mail = get_object_or_404(_own(request), pk=pk)
    return render(request, "governance/demo_mail_one.html", {"mail": mail, "sender": settings.DEFAULT_FROM_EMAIL})


@in_demo_mode_only
@require_safe
def as_html(request: HttpRequest, pk: int) -> HttpResponse:
    """The mail's HTML as it was sent, with nothing but its own style allowed."""
    mail = get_object_or_404(_own(request), pk=pk)
    response = HttpResponse(mail.html)
    response["Content-Security-Policy"] = f"default-src 'none'; style-src {_styles_of(mail.html)}; {LOCKED}"
    return response


LOCKED = "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"


def _styles_of(html: str) -> str:
    """The style sheets in the page, each by its hash: nothing else may style it."""
    sheets = re.findall(r"<style>(.*?)</style>", html, re.DOTALL)
    hashes = (base64.b64encode(hashlib.sha256(sheet.encode()).digest()).decode() for sheet in sheets)
    return " ".join(f"'sha256-{value}'" for value in hashes) or "'none'"
