"""The form of assessment as a workbook: what it is called, and what it says of itself to the portal.

Each sheet's origin stands in a sheet behind the others, signed, so that the portal knows whether the form is its own
and what the answers were when it was fetched. It gives no right to anything: who may answer is asked anew.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import asdict, dataclass
from typing import Any

from django.core import signing
from django.utils.translation import gettext_lazy as _
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from initiatives.actions.assessing import Mark

MARKER, KIND, FORMAT = "V6-portalen", "bedömningsformulär", 1
"""The first row of the sheet behind. The number goes up when forms of the old sort can no longer be read."""
BEHIND, README, OVERVIEW = "Portalen", "Läs mig", "Översikt"
OWN_SHEETS = (BEHIND, README, OVERVIEW)
CRITERION, ANSWER, WORDS = _("Kriterium"), _("Svar"), _("Motivering")
UNKNOWN = _("Vet inte")
LONGEST_WORDS = 5_000
"""Characters of a motivering, as on the page. Far more than anybody writes, far less than a cell may hold."""
LONGEST_CELL = 32_767
SALT = "governance.assessment-form"
LINE_ENDINGS = re.compile(r"(_x000[dD]_|\r)\n?")


class NotOurs(Exception):
    """The origin was not written by this portal, or somebody has changed it."""


@dataclass(frozen=True)
class Origin:
    """Of what a sheet is the form: whose, which round by which model, and the answers as they were."""

    person: int
    round: int
    reference: str
    revision: int
    model: str
    answers: dict[str, str]
    """By criterion the fingerprint of the answer that stood in the form; no entry where none did."""

    def signed(self) -> str:
        return signing.Signer(salt=SALT).sign_object(asdict(self), compress=True)

    @classmethod
    def read(cls, token: Any) -> Origin:
        """What was signed; raises NotOurs."""
        try:
            return cls(**signing.Signer(salt=SALT).unsign_object(str(token)))
        except (signing.BadSignature, TypeError) as error:
            raise NotOurs from error


def as_in_a_cell(words: str) -> str:
    """A text as it comes back out of a workbook: one sort of line endings, nothing around it, no longer than a cell."""
    return LINE_ENDINGS.sub("\n", ILLEGAL_CHARACTERS_RE.sub("", words))[:LONGEST_CELL].strip()


def fingerprint(mark: Mark) -> str:
    """The same for two answers that look the same in a workbook."""
    told = f"{mark.value}|{as_in_a_cell(mark.motivation)}"
    return hashlib.sha256(told.encode()).hexdigest()[:16]
