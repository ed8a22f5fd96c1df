"""One opened form makes one thing, however many times it is sent: a double click, the back button, a slow network."""

from __future__ import annotations

import re

from django.db import connection
from django.http import HttpRequest

KEY = "made_by_forms"
REMEMBERED = 20
"""As many forms as one session keeps in mind."""


TOKEN = re.compile(r"[A-Za-z0-9_-]{1,64}")
"""What forms are told apart by. Anything else no form has been given, and it counts as none."""


def wait_for(token: str) -> None:
    """Waits for what the same opened form is making this instant, and holds others back until the transaction ends."""
    if not TOKEN.fullmatch(token):
        return
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [token])


def already_made(request: HttpRequest, token: str) -> str | None:
    """What was noted of what the form has made before, waiting for one that is being made this instant.

    Call inside a transaction: the lock is held until it ends, and the session is read again under it.
    """
    wait_for(token)
    now = type(request.session)(request.session.session_key)
    noted: str | None = now.get(KEY, {}).get(token)
    return noted


def remember(request: HttpRequest, token: str, note: str) -> None:
    """Notes in the session what the form made, by its reference or in words, in the same transaction."""
    if not TOKEN.fullmatch(token):
        return
    made = {**request.session.get(KEY, {}), token: note}
    request.session[KEY] = dict(list(made.items())[-REMEMBERED:])
    request.session.save()
