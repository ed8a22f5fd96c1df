"""A case as it is given out: one zip with the case on paper, its files, its log and how to verify it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import IO, Any

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.text import get_valid_filename
from django.utils.translation import gettext as _
from openpyxl import Workbook

from governance.chain import contents
from governance.exports.cells import cell
from governance.models import Decision, Event
from governance.presenting.decisions import line_of, lines, with_all
from governance.presenting.telling import clocked, tell
from initiatives.models import Attachment
from v6portal.organizations.printing import as_pdf, pdf_available

from ..presenting.releasing import Choice, Withheld, paper
from .package import Package, as_json, workbook_bytes

HOW_TO_VERIFY = """import hashlib, json
for e in json.load(open("kedja.json", encoding="utf-8")):
    before = bytes.fromhex(e["foregaende"])
    assert hashlib.sha256(before + e["innehall"].encode("utf-8")).hexdigest() == e["kontrollsumma"], e["nummer"]
"""


@dataclass(frozen=True)
class Built:
    """The finished zip, and the SHA-256 of its manifest."""

    file: IO[bytes]
    sha256: str


def build(choice: Choice, page: dict[str, Any]) -> Built:
    """Puts the package together. ``page`` is the case as ``whole.page_of`` gives it to the same person.

    The same case and the same choice give the same bytes: everything is dated with the newest event that goes with it.
    """
    events = choice.events()
    dated = timezone.localtime(max(event.occurred_at for event in events))
    package = Package(dated)
    withheld = choice.withheld()
    _add_case(package, choice, page, events, dated)
    _add_decisions(package, choice, dated)
    withheld += [gone for one in choice.attachments if (gone := _add_attachment(package, one))]
    _add_log(package, events, dated)
    package.add(
        "versioner.json", as_json([_version(row) for row in choice.case.initiative.revisions.order_by("number")])
    )
    package.add("undanhallet.txt", _in_words(withheld))
    package.add("LAS-MIG.txt", render_to_string("followup/release/readme.txt", {"case": choice.case, "dated": dated}))
    package.add("kontrollera.py", HOW_TO_VERIFY)
    return Built(package.file, package.finish())


def _add_case(package: Package, choice: Choice, page: dict[str, Any], events: list[Event], dated: dt.datetime) -> None:
    told = clocked(tell(event) for event in events)
    html = render_to_string("followup/pdf/case.html", {**paper(choice, page), "events": told, "dated": dated})
    if pdf_available():
        package.add("arende.pdf", as_pdf(html), packed=True)
    else:
        package.add("arende.html", html)


def _add_decisions(package: Package, choice: Choice, dated: dt.datetime) -> None:
    rows = list(with_all(Decision.objects.visible_to(choice.by).filter(case=choice.case)).order_by("pk"))
    package.add("beslut.json", as_json([_decision(row) for row in rows]))
    if rows and pdf_available():
        heading = _("Beslut i %s") % choice.case.initiative.reference
        words = [(_("Initiativ"), choice.case.initiative.title)]
        context = {"heading": heading, "words": words, "dated": dated, "lines": lines(rows)}
        package.add("beslut.pdf", as_pdf(render_to_string("governance/pdf/decisions.html", context)), packed=True)


def _decision(decision: Decision) -> dict[str, Any]:
    line = line_of(decision)
    return {
        "nummer": decision.number,
        "beslutsdatum": decision.decided_on.isoformat(),
        "beslut": line.what,
        "beslutsfattare": decision.decider_told,
        "titel": decision.decider_title,
        "organisation": decision.organisation.name,
        "foredragande": decision.presented_by,
        "stod": line.support,
        "ror": line.concerns,
        "motivering": decision.motivation,
        "ska_anmalas": decision.to_be_reported,
        "anmalt": str(decision.reporting or ""),
        "rattar": line.corrects.number if line.corrects else "",
        "rattat_av": line.corrected_by.number if line.corrected_by else "",
        "handelse": decision.event_id,
    }


def _add_attachment(package: Package, attachment: Attachment) -> Withheld | None:
    """Puts the file in, piece by piece; tells what is wrong where it is not there or not as it was."""
    place = len([name for name in package.manifest if name.startswith("bilagor/")]) + 1
    name = f"bilagor/{place:02d}-{get_valid_filename(attachment.name)}"
    try:
        with attachment.file.open("rb") as content:
            digest = package.add(name, content, packed=True)
    except FileNotFoundError:
        return Withheld(
            _("Bilagan ”%s”") % attachment.name, _("Filen gick inte att läsa när handlingarna lämnades ut.")
        )
    if digest != attachment.sha256:
        return Withheld(
            _("Bilagan ”%s” följer med, men är inte som den var") % attachment.name,
            _("Kontrollsumman var %s när den lades till.") % attachment.sha256,
        )
    return None


def _version(revision: Any) -> dict[str, Any]:
    return {
        "version": revision.number,
        "tidpunkt": timezone.localtime(revision.made_at).isoformat(),
        "av": revision.made_by_name,
        "innehall": revision.content,
    }


def _add_log(package: Package, events: list[Event], dated: dt.datetime) -> None:
    package.add("handelser.json", as_json([_event(event) for event in events]))
    package.add("handelser.xlsx", workbook_bytes(_workbook(events), dated), packed=True)
    content = contents([event.id for event in events])
    chain = [
        {
            "nummer": event.id,
            "foregaende": bytes(event.previous_hash or b"").hex(),
            "kontrollsumma": bytes(event.hash or b"").hex(),
            "innehall": content[event.id],
        }
        for event in events
    ]
    package.add("kedja.json", as_json(chain))


def _event(event: Event) -> dict[str, Any]:
    return {
        "nummer": event.id,
        "tidpunkt": timezone.localtime(event.occurred_at).isoformat(),
        "registrerat": timezone.localtime(event.recorded_at).isoformat(),
        "handelse": event.spoken,
        "i_ord": tell(event).text,
        "fran_lage": str(event.get_from_status_display()),
        "till_lage": str(event.get_to_status_display()),
        "av": event.actor_name,
        "roll": event.get_role_display(),
        "organisation": event.organisation.short_name if event.organisation else "",
        "beslutsfattare": event.decider_name,
        "text": event.text,
    }


def _workbook(events: list[Event]) -> Workbook:
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Händelser"))
    for letter, width in zip("ABCDEFGHIJ", (10, 20, 60, 22, 22, 30, 24, 16, 30, 60), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "B2"
    headings = [_("Nummer"), _("Tidpunkt"), _("Händelse"), _("Från läge"), _("Till läge"), _("Av"), _("Roll")]
    headings += [_("Organisation"), _("Beslutsfattare"), _("Text")]
    sheet.append([cell(sheet, heading, bold=True) for heading in headings])
    for event in events:
        told = _event(event)
        when = timezone.localtime(event.occurred_at).replace(tzinfo=None, microsecond=0)
        keys = ("i_ord", "fran_lage", "till_lage", "av", "roll", "organisation", "beslutsfattare", "text")
        sheet.append([cell(sheet, value) for value in (event.id, when, *(told[key] for key in keys))])
    return book


def _in_words(withheld: list[Withheld]) -> str:
    if not withheld:
        return _("Allt följer med.") + "\n"
    told = [f"{one.what}\n  {one.why}" + (f"\n  {one.basis}" if one.basis else "") for one in withheld]
    return "\n\n".join(told) + "\n"
