"""Small pieces that lists show on every row: drawn once for each value, by their template, and then remembered."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django import template
from django.template.loader import render_to_string

from ..models import Organisation

register = template.Library()


@register.simple_tag
def kommun(organisation: Organisation) -> str:
    """The organisation's name with its colour; see ``components/_kommun.html``."""
    return _kommun(organisation.key, organisation.short_name)


@lru_cache(maxsize=64)
def _kommun(key: str, short_name: str) -> str:
    return render_to_string("components/_kommun.html", {"organisation": {"key": key, "short_name": short_name}})


@register.simple_tag
def status_tag(status: Any) -> str:
    """The status with its icon; see ``components/_status.html``. Takes a member of a list of choices with a tone."""
    return _status(status)


@lru_cache(maxsize=64)
def _status(status: Any) -> str:
    return render_to_string("components/_status.html", {"status": status})
