"""Structured logs: one JSON object a line in production, readable lines at the desk.

No personal data is written: a person is a number, an address has no query string, and a fault is its type and
the lines it passed, never its message (a database's message may quote what somebody typed).
"""

import sys
import traceback
from typing import Any

import structlog
from structlog.typing import EventDict, Processor

SHARED: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso"),
]


def fault_without_message(_logger: Any, _method: str, event: EventDict) -> EventDict:
    """Replace `exc_info` by `fault`: exception types, outermost cause last, with file, line and function."""
    exc_info = event.pop("exc_info", None)
    if exc_info is True:
        exc_info = sys.exc_info()
    error = exc_info[1] if isinstance(exc_info, tuple) else exc_info
    faults = []
    while isinstance(error, BaseException):
        where = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)]
        faults.append({"type": type(error).__qualname__, "where": where})
        error = error.__cause__ or error.__context__
    if faults:
        event["fault"] = faults
    return event


def logging_config(*, json: bool, level: str) -> dict[str, Any]:
    """The `LOGGING` dictionary. Also turns structlog towards the standard library's handlers."""
    structlog.configure(
        processors=[*SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    ending: list[Processor] = (
        [fault_without_message, structlog.processors.JSONRenderer(ensure_ascii=False)]
        if json
        else [
            structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback)
        ]
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "lines": {
                "()": structlog.stdlib.ProcessorFormatter,
                "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, *ending],
                "foreign_pre_chain": SHARED,
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "lines"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            "django": {"handlers": [], "level": level, "propagate": True},
            # Django's own access lines hold query strings; v6portal.middleware writes ours.
            "django.server": {"handlers": [], "level": "CRITICAL", "propagate": False},
            # WeasyPrint's font subsetter tells every table it touches.
            "fontTools": {"level": "WARNING"},
            # Every job twice and every minute; what goes wrong is told as a warning or worse.
            "procrastinate": {"level": "WARNING"},
        },
    }
