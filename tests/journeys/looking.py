"""What is looked for on every page a browser opens: axe's rules in both schemes, and nothing to scroll sideways."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

AXE = (Path(__file__).resolve().parent.parent / "vendor" / "axe-core" / "axe.min.js").read_text()
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
SCHEME_DEPENDENT = ["color-contrast", "link-in-text-block"]
"""The rules whose answer can be another in the dark: the page is the same, its colours are not."""

# preload would bring a style sheet of axe's own into the page, which the security policy rightly refuses.
RUN = "options => axe.run(document, {...options, preload: false, resultTypes: ['violations']})"


def violations(page: Page) -> list[str]:
    """What axe finds on the page, in light and in dark, folded parts opened; the page is left in light.

    Without motion: colours that glide from one scheme to the other would be measured on their way.
    """
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(AXE)
    page.evaluate("document.querySelectorAll('main details').forEach(part => { part.open = true })")
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    found = _told(page, "mörkt", page.evaluate(RUN, {"runOnly": SCHEME_DEPENDENT}))
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    return found + _told(page, "ljust", page.evaluate(RUN, {"runOnly": WCAG}))


def _told(page: Page, scheme: str, result: Any) -> list[str]:
    return [
        f"{page.url} {scheme} {rule['id']}: {node['html'][:200]} – {node['failureSummary'][:300]}"
        for rule in result["violations"]
        for node in rule["nodes"][:3]
    ]


def scrolls_sideways(page: Page) -> int:
    """By how many pixels the page is wider than the window."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))
