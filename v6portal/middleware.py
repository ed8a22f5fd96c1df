"""Every request gets an id and one line in the log: what, how it went, how long, which user number."""

import re
import time
import uuid
from collections.abc import Callable

import structlog
from django.http import HttpRequest, HttpResponse

log = structlog.get_logger("v6portal.access")

# An id from a proxy in front is kept when it cannot be anything but an id.
FOREIGN_ID = re.compile(r"[A-Za-z0-9-]{8,64}")
QUIET_PREFIXES = ("/static/", "/halsa/")


def request_id(request: HttpRequest) -> str:
    given = request.headers.get("X-Request-ID", "")
    return given if FOREIGN_ID.fullmatch(given) else uuid.uuid4().hex


def known_user_number(request: HttpRequest) -> int | None:
    """The signed-in user's primary key, if something else already looked: logging never costs a query."""
    user = getattr(request, "_cached_user", None)
    return user.pk if user else None


class RequestLogMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        number = request_id(request)
        started = time.perf_counter()
        with structlog.contextvars.bound_contextvars(request_id=number):
            response = self.get_response(request)
            write = log.debug if request.path.startswith(QUIET_PREFIXES) else log.info
            write(
                "request",
                method=request.method,
                path=request.path,
                status=response.status_code,
                ms=round((time.perf_counter() - started) * 1000, 1),
                user=known_user_number(request),
            )
        response["X-Request-ID"] = number
        return response
