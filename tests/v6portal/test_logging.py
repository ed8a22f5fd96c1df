"""The log tells what happened and to which request, and nothing about anybody."""

import io
import json
import logging
import logging.config
from collections.abc import Iterator

import pytest
import structlog
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from v6portal.logging import logging_config
from v6portal.middleware import RequestLogMiddleware


@pytest.fixture
def lines(settings) -> Iterator[io.StringIO]:
    """Production's JSON lines, written to memory."""
    config = logging_config(json=True, level="INFO")
    stream = io.StringIO()
    config["handlers"]["stderr"]["stream"] = stream
    logging.config.dictConfig(config)
    yield stream
    logging.config.dictConfig(settings.LOGGING)


def events(stream: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def answer(request: HttpRequest) -> HttpResponse:
    structlog.get_logger("test").info("inside")
    return HttpResponse("ok")


def test_one_line_a_request_without_the_query_string(lines: io.StringIO, rf: RequestFactory) -> None:
    RequestLogMiddleware(answer)(rf.get("/initiativ/?q=Anna+Andersson"))
    last = events(lines)[-1]
    assert {key: last[key] for key in ("event", "method", "path", "status", "user")} == {
        "event": "request",
        "method": "GET",
        "path": "/initiativ/",
        "status": 200,
        "user": None,
    }
    assert "Anna" not in lines.getvalue()


def test_all_lines_of_a_request_share_its_number(lines: io.StringIO, rf: RequestFactory) -> None:
    response = RequestLogMiddleware(answer)(rf.get("/"))
    assert [event["request_id"] for event in events(lines)] == [response["X-Request-ID"]] * 2


def test_the_number_is_gone_after_the_request(lines: io.StringIO, rf: RequestFactory) -> None:
    RequestLogMiddleware(answer)(rf.get("/"))
    structlog.get_logger("test").info("after")
    assert "request_id" not in events(lines)[-1]


@pytest.mark.parametrize(
    ("given", "kept"),
    [("3f2b9c1e-77aa", True), ("short", False), ("two words here", False), ('"}\n{"forged":1', False)],
)
def test_a_proxys_number_is_kept_only_when_it_is_a_number(rf: RequestFactory, given: str, kept: bool) -> None:
    response = RequestLogMiddleware(answer)(rf.get("/", headers={"X-Request-ID": given}))
    assert (response["X-Request-ID"] == given) is kept


def test_a_user_nobody_asked_about_is_not_looked_up(rf: RequestFactory) -> None:
    """A lazy user that raises stands for a query the log would have caused."""

    class Lazy(AnonymousUser):
        def __getattribute__(self, name: str) -> object:
            raise AssertionError("the log asked the database for the user")

    request = rf.get("/")
    request.user = Lazy()
    assert RequestLogMiddleware(answer)(request).status_code == 200


def test_a_fault_tells_its_type_and_lines_but_never_its_message(lines: io.StringIO) -> None:
    try:
        try:
            raise KeyError("19121212-1212")
        except KeyError as error:
            raise ValueError("Anna Andersson") from error
    except ValueError:
        logging.getLogger("django.request").exception("Internal Server Error: %s", "/initiativ/")
    (event,) = events(lines)
    assert [fault["type"] for fault in event["fault"]] == ["ValueError", "KeyError"]
    assert "test_logging.py" in event["fault"][0]["where"][0]
    assert "Anna" not in lines.getvalue()
    assert "19121212" not in lines.getvalue()
