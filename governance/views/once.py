"""One opened form makes one thing, however many times it is sent: a double click, the back button, a slow network."""

from __future__ import annotations

from django.db import connection
from django.http import HttpRequest

KEY = "made_by_forms"
REMEMBERED = 20
"""As many forms as one session keeps in mind."""


def wait_for(token: str) -> None:
    """Waits for what the same opened form is making this instant, and holds others back until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [token])


def already_made(request: HttpRequest, token: str) -> str | None:
    """The reference of what the form has made before, waiting for one that is being made this instant.

    Call inside a transaction: the lock is held until it ends, and the session is read again under it.
    """
    wait_for(token)
    now = type(request.session)(request.session.session_key)
    reference: str | None = now.get(KEY, {}).get(token)
    return reference


def remember(request: HttpRequest, token: str, reference: str) -> None:
    """Notes in the session what the form made, in the same transaction."""
    made = {**request.session.get(KEY, {}), token: reference}
    request.session[KEY] = dict(list(made.items())[-REMEMBERED:])
    request.session.save()
