"""The pages that are measured, as whom, and what each may cost: so many times the floor, so many statements."""

from __future__ import annotations

from dataclasses import dataclass

LEAD, COORDINATOR, ADMIN = "lead.lidkoping", "coordinator", "admin"
GROWTH = 1.2
"""How much slower a page may be at 10,000 initiatives than at 300."""


@dataclass(frozen=True)
class Page:
    """A page of the portal. ``address`` has the places that ``prepare`` found in the database filled in."""

    name: str
    address: str
    who: str
    times_the_floor: float
    statements: int
    growth: float = GROWTH
    after_an_event: bool = False
    """Whether something is logged before each request, so that whatever is remembered is worked out anew."""


@dataclass(frozen=True)
class Document:
    """A file that is made on request: compared with making the same file with the library alone."""

    name: str
    address: str
    who: str
    times_alone: float
    statements: int
    alone: str = ""
    """The module that measures the library alone; without one the answer is written again by openpyxl."""


PAGES = (
    Page("Register", "/initiativ/", LEAD, 2.5, 8),
    Page("Register, filtrerat", "/initiativ/?status=in_progress&organisation=lidkoping", LEAD, 2.5, 8),
    Page("Register, sista sidan", "/initiativ/?page={last_page}", LEAD, 2.5, 8),
    Page("Register, textsökning", "/initiativ/?q=parkering", LEAD, 3, 8),
    Page("Ett initiativ", "/initiativ/{reference}/", LEAD, 3, 12),
    Page("Prioritering", "/prioritering/", COORDINATOR, 3, 10),
    Page("Bedömning, formulär", "/initiativ/{to_assess}/bedom/", LEAD, 2.5, 10),
    Page("Halvårsrapport", "/uppfoljning/{period}/", COORDINATOR, 6, 15, growth=2),
    Page("Halvårsrapport, efter en händelse", "/uppfoljning/{period}/", COORDINATOR, 6, 15, 2, after_an_event=True),
    Page("Nytt initiativ", "/initiativ/nytt/", LEAD, 2, 6),
    Page("Att göra", "/", LEAD, 2.5, 10),
)
DOCUMENTS = (
    Document("Registret som arbetsbok", "/register/export/", ADMIN, 1.3, 15),
    Document("Rapport, PDF", "/uppfoljning/{period}/rapport.pdf", COORDINATOR, 1.3, 20, "benchmarks.pdf_alone"),
)
