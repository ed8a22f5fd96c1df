"""The page that stands instead of a file that takes long: make it in the background, or wait for it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from governance.estimating import seconds

WAITS = "vanta"
"""In the address of a file: make it while I wait."""


def offer(request: HttpRequest, name: str, *, what: str, query: str, rows: int) -> HttpResponse:
    """``name`` is the file in words; ``what`` and ``query`` are what is asked for, with so many rows."""
    address = request.GET.copy()
    address[WAITS] = "1"
    context = {
        "name": name,
        "what": what,
        "query": query,
        "seconds": round(seconds(what, rows)),
        "waiting_address": f"?{address.urlencode()}",
    }
    return render(request, "governance/file_takes_long.html", context)
