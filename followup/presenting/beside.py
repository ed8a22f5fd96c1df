"""What stands beside the source's indicators in a report, never inside them: sections of the portal's own.

Page, PDF and workbook walk the same list, after the sections of ``content.contents``. With an approved report they are
frozen as everybody may have them; what names an initiative is left out for those who may not see it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from v6portal.organizations.models import User

from .benefits import benefit_section
from .beside_parts import Beside, BesideItem
from .corrections import corrections_section
from .measures import measures_section
from .report import Report
from .survey_tables import survey_section

__all__ = ["SECTIONS", "Beside", "BesideItem", "beside"]

SECTIONS: Sequence[Callable[[Report, User | None], Beside | None]] = (benefit_section, survey_section, measures_section)
"""In the order they are shown; each gives None where it has nothing to say of the half-year."""


def beside(report: Report, reader: User | None) -> list[Beside]:
    """The sections that have something to say to this reader; None is the file that ``manage.py report`` writes."""
    corrected = corrections_section(report, reader)
    if report.kept:
        others = report.kept.beside(report.hidden)
    else:
        others = [one for section in SECTIONS if (one := section(report, reader)) is not None]
    return [one for one in (corrected, *others) if one is not None]
