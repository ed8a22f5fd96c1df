"""*Underlaget* as one A4 page: the same words as the page, the longest cut where they do not fit.

The same case gives the same bytes: the document is dated with the latest thing that has happened, not with now.
"""

from __future__ import annotations

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from v6portal.organizations.models import User
from v6portal.organizations.printing import as_one_page

from ..models import Case
from ..presenting.one_page import one_page


def render_brief(case: Case, user: User) -> bytes:
    """The page as the reader may have it, as a PDF of exactly one page."""
    context = {
        "case": case,
        "initiative": case.initiative,
        "address": settings.PORTAL_URL + reverse("brief", args=[case.initiative.reference]),
    }
    pages = one_page(case, user).shorter()
    return as_one_page(
        render_to_string("governance/pdf/brief.html", {**context, "page": page, "dated": page.dated}) for page in pages
    )
