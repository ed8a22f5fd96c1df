"""Paper: HTML of the portal's own as a tagged PDF (PDF/UA-1). Nothing is fetched from any network.

The same HTML gives the same bytes, so a document is dated with what it tells of and not with now.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

STATIC = Path(settings.BASE_DIR, "static").resolve()
VARIANT = "pdf/ua-1"
# The date that the typeface cut out for a PDF gets; without it the bytes differ from second to second.
os.environ.setdefault("SOURCE_DATE_EPOCH", "1704067200")

# WeasyPrint tells of every page it draws, which is nothing for the log of a server.
logging.getLogger("weasyprint.progress").setLevel(logging.WARNING)


@cache
def pdf_available() -> bool:
    """Whether the machine has the libraries that WeasyPrint draws with."""
    try:
        import weasyprint  # noqa: F401 - loaded when first needed: it takes more than a second
    except (ImportError, OSError):
        return False
    return True


def as_pdf(html: str) -> bytes:
    """A document, whose style sheet it names by its place under ``static/``, as a PDF."""
    content: bytes = _laid_out(html).write_pdf(pdf_variant=VARIANT)
    return content


def as_one_page(documents: Iterable[str]) -> bytes:
    """The first of the documents that fits on one page, as a PDF; each is shorter than the one before, none is empty.

    Where none fits the last is given as it is, so the last one should be sure to.
    """
    for html in documents:
        document = _laid_out(html)
        if len(document.pages) == 1:
            break
    content: bytes = document.write_pdf(pdf_variant=VARIANT)
    return content


def _laid_out(html: str) -> Any:
    """The document with its pages made up."""
    from weasyprint import HTML
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    class OwnFilesOnly(URLFetcher):
        """Opens the portal's own style sheets and typeface, and nothing else in the world."""

        def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
            if not url.startswith(f"{STATIC.as_uri()}/") or ".." in url:
                raise FatalURLFetchingError(f"Refused: {url}")
            return super().fetch(url, headers)

    fetcher = OwnFilesOnly(allowed_protocols=["file"])
    document = HTML(string=html, base_url=f"{STATIC.as_uri()}/", url_fetcher=fetcher)
    return document.render(pdf_variant=VARIANT)
