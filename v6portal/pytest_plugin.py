"""What the tests need before Django's settings are read: a database, a key, templates that never guess."""

import os
import sys
from contextlib import AbstractContextManager
from pathlib import Path
from types import FrameType

import pytest
from django.conf import settings
from django.template.base import Node

TEST_ENVIRONMENT = {
    "SECRET_KEY": "a key for tests only, long enough to be accepted by every check",
    "DEBUG": "off",
    "DEMO": "off",
    "HTTPS": "off",
    "STATIC_MANIFEST": "off",
    "DATABASE_POOL": "off",
    "LOG_LEVEL": "ERROR",
    # Playwright's synchronous interface runs an event loop in the thread that also talks to the database.
    "DJANGO_ALLOW_ASYNC_UNSAFE": "true",
}
_leave: list[AbstractContextManager[object]] = []


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    """Runs before pytest-django reads the settings."""
    os.environ.update(TEST_ENVIRONMENT)
    if os.environ.get("DATABASE_URL"):
        return
    from v6portal.embedded import checkout_environment

    environment = checkout_environment()
    environment.__enter__()
    _leave.append(environment)


def pytest_configure(config: pytest.Config) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    for engine in settings.TEMPLATES:
        engine["OPTIONS"]["string_if_invalid"] = Undefined("%s")


def pytest_unconfigure(config: pytest.Config) -> None:
    while _leave:
        _leave.pop().__exit__(None, None, None)


class UndefinedTemplateVariable(Exception):
    """One of our own templates used a variable that its view did not give."""


class Undefined(str):
    """What Django puts in the place of an undefined variable. Other people's templates (the admin's) rely on
    silence; ours may not."""

    def __mod__(self, variable: object) -> str:
        origin = _origin_of_node(sys._getframe(1))
        if any(Path(origin).is_relative_to(folder) for folder in settings.TEMPLATES[0]["DIRS"]):
            raise UndefinedTemplateVariable(f"{variable} i {origin}")
        return ""


def _origin_of_node(frame: FrameType | None) -> str:
    while frame is not None:
        node = frame.f_locals.get("self")
        if isinstance(node, Node):
            return str(getattr(getattr(node, "origin", None), "name", ""))
        frame = frame.f_back
    return ""
