"""One line in the log for every request, and an early no to requests that are far too large."""

import re
import time
import uuid
from collections.abc import Callable
from typing import Any

import structlog
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from v6portal.organizations.receiving import room_of

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
    """Every request gets an id and one line: what, how it went, how long, which user number."""

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


class LargestFile(FileUploadHandler):
    """Lets a file through until it has become too large; the rest of it is read past, and only its name is kept."""

    def __init__(self, request: HttpRequest, most: int) -> None:
        super().__init__(request)
        self.most = most
        self.too_large: list[str] = []
        request.too_large = self.too_large  # type: ignore[attr-defined]

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        if start + len(raw_data) > self.most:
            self.too_large.append(self.file_name or "")
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """The handlers after this one make the file."""


class UploadLimitMiddleware:
    """Answers 413 before anything is read when the request is larger than the page it goes to has room for.

    A request that does not say how large it is has no body as far as Django is concerned.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        room = room_of(view)
        try:
            size = int(request.META.get("CONTENT_LENGTH") or 0)
        except ValueError:
            size = 0
        if size > room.request:
            return render(request, "413.html", {"megabytes": room.request // 1024 // 1024}, status=413)
        if room.file and request.method == "POST":
            request.upload_handlers.insert(0, LargestFile(request, room.file))
        return None
