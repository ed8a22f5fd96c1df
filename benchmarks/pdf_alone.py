"""How much of making the report as PDF is WeasyPrint's own; run by ``run.py`` in a process of its own.

    DATABASE_URL=... python -m benchmarks.pdf_alone 2026-2 coordinator

Prints two numbers: the seconds of the whole request, and those of them that WeasyPrint took.
"""

from __future__ import annotations

import os
import sys
import time
from typing import Any

import django


def main(period: str, who: str) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "v6portal.settings")
    django.setup()
    import weasyprint
    from django.contrib.auth import get_user_model
    from django.test import Client

    spent: list[float] = []
    draw = weasyprint.HTML.write_pdf

    def timed(self: weasyprint.HTML, *args: Any, **options: Any) -> Any:
        begun = time.perf_counter()
        try:
            return draw(self, *args, **options)
        finally:
            spent.append(time.perf_counter() - begun)

    weasyprint.HTML.write_pdf = timed
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(get_user_model().objects.get(username=who), "v6portal.organizations.backends.PortalBackend")
    begun = time.perf_counter()
    answer = client.get(f"/uppfoljning/{period}/rapport.pdf")
    whole = time.perf_counter() - begun
    assert answer["Content-Type"] == "application/pdf", answer.status_code
    print(whole, sum(spent))


if __name__ == "__main__":
    main(*sys.argv[1:])
