"""What a step must be given before it can be taken, and the sentence that says so when it is missing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from ..asks import Ask
from ..workflow import Row

NEEDED: dict[Ask, dict[str, str]] = {
    Ask.MOTIVATION: {"motivation": gettext_noop("Skriv en motivering.")},
    Ask.MISSING: {"motivation": gettext_noop("Skriv vad som saknas.")},
    Ask.SUPPLEMENT: {"motivation": gettext_noop("Skriv ett svar på frågan.")},
    Ask.AMENDMENT: {"motivation": gettext_noop("Skriv vad som är ändrat, och varför.")},
    Ask.REFERRAL: {"referred_to": gettext_noop("Välj vart initiativet hänvisas.")},
    Ask.ORIGINAL: {"original": gettext_noop("Välj vilket initiativ det är en dubblett av.")},
    Ask.ORDER: {"order": gettext_noop("Ange platsen i ordningen.")},
    Ask.DECISION: {
        "decider_name": gettext_noop("Ange vem som har beslutat."),
        "decided_on": gettext_noop("Ange beslutsdatum."),
        "motivation": gettext_noop("Skriv en motivering till beslutet."),
    },
    Ask.MOTIVE: {"motive": gettext_noop("Välj samverkansmotiv.")},
    Ask.NOTICE: {"notice_accepted": gettext_noop("Bekräfta att du förstår vad det innebär att skicka till V6.")},
    Ask.LEADER: {"leader": gettext_noop("Välj vilken kommun som leder.")},
    Ask.REVIEW_DATE: {"review_on": gettext_noop("Ange när initiativet ska tas upp igen.")},
    Ask.DEADLINE: {"deadline": gettext_noop("Ange när kommunerna senast ska svara.")},
    Ask.STANCE: {"stance": gettext_noop("Välj tillstyrker, avstyrker eller återremitterar.")},
    Ask.ATTACHMENT: {"attachment": gettext_noop("Välj en fil.")},
    Ask.TEXT: {"motivation": gettext_noop("Skriv en text.")},
    Ask.MEETING: {"meeting": gettext_noop("Det skrivs in på mötet där initiativet togs upp.")},
    Ask.CALCULATION: {
        "calculation": gettext_noop("Fyll i minst en nytta eller en kostnad."),
        "motivation": gettext_noop("Skriv vad siffrorna bygger på."),
    },
    Ask.ANSWER: {"answer": gettext_noop("Välj delta, avvakta eller avstå.")},
    Ask.IT_REQUEST: {
        "it_request": gettext_noop("Skriv vad Göliska IT ska bedöma."),
        "wished_start": gettext_noop("Ange när arbetet önskas börja."),
        "it_users": gettext_noop("Ange hur många som beräknas använda lösningen, 0 om det inte är några."),
    },
    Ask.COMMITMENT: {"commitment": gettext_noop("Välj om Göliska IT åtar sig uppdraget.")},
    Ask.START: {
        "stage_type": gettext_noop("Välj vilken sorts etapp som börjar."),
        "start": gettext_noop("Ange när etappen börjar."),
        "leader": gettext_noop("Välj vilken kommun som leder."),
        "budget": gettext_noop("Ange budgeten, 0 om den är noll."),
    },
    Ask.STAGE: {
        "stage_type": gettext_noop("Välj vilken sorts etapp som börjar."),
        "start": gettext_noop("Ange när etappen börjar."),
    },
    Ask.STAGE_END: {
        "stage": gettext_noop("Välj vilken etapp som avslutas."),
        "end": gettext_noop("Ange när etappen slutade."),
        "outcome": gettext_noop("Välj om etappen är genomförd eller avbruten."),
    },
    Ask.COST: {
        "kind": gettext_noop("Välj vilket slags kostnad det är."),
        "value": gettext_noop("Välj budget eller utfall."),
        "amount": gettext_noop("Ange beloppet."),
        "date": gettext_noop("Ange datum."),
    },
    Ask.PLAN: {
        "planned": gettext_noop("Välj vilken etapp planen gäller."),
    },
    Ask.EVIDENCE: {
        "belongs_to": gettext_noop("Välj vilken etapp eller kostnad underlaget hör till."),
        "evidence_kind": gettext_noop("Välj vilket slags underlag det är."),
    },
    Ask.ADOPTION: {"in_use_on": gettext_noop("Ange när lösningen togs i drift.")},
    Ask.BENEFIT: {
        "kind": gettext_noop("Välj nytt, nyttigt eller nyttiggjort."),
        "date": gettext_noop("Ange datum."),
        "grounds": gettext_noop("Skriv vad bekräftelsen bygger på."),
    },
    Ask.LEAVING: {
        "principle": gettext_noop("Välj vilken princip det gäller."),
        "reason": gettext_noop("Skriv orsaken."),
    },
    Ask.SHARING: {
        "cost_rule": gettext_noop("Välj hur kostnaderna delas."),
        "late_rule": gettext_noop("Välj vad den som går med sent betalar."),
        "valid_from": gettext_noop("Ange från vilken dag fördelningen gäller."),
    },
    Ask.AGREED: {"agreed": gettext_noop("Välj vilket värde ni enas om, 1–5.")},
    Ask.MANAGED_OBJECT: {"managed_object": gettext_noop("Ange förvaltningsobjektet.")},
    Ask.REGISTRY_NUMBER: {"registry_number": gettext_noop("Ange diarienumret.")},
    Ask.CORRECTED: {"corrects": gettext_noop("Välj vilket beslut som rättas.")},
    Ask.RELEASED: {
        "recipient": gettext_noop("Ange vem handlingarna lämnas ut till."),
        "tried": gettext_noop("Bekräfta att du har prövat om handlingarna får lämnas ut."),
    },
    Ask.RETENTION: {"rule": gettext_noop("Välj vilken gallringsregel det gäller.")},
    Ask.SECRECY: {
        "legal_basis": gettext_noop("Ange lagrummet."),
        "marked_on": gettext_noop("Ange datum för markeringen."),
        "readers": gettext_noop("Välj vilka roller som får läsa."),
    },
}


OPTIONAL: dict[Ask, tuple[str, ...]] = {
    Ask.MISSING: ("questions",),
    Ask.NOTE: ("motivation",),
    Ask.ORDER: ("motivation",),
    Ask.SUPPLEMENT: ("fields",),
    Ask.AMENDMENT: ("fields", "replaces"),
    Ask.DECISION: (
        "delegation_reference",
        "to_be_reported",
        "body",
        "protocol_reference",
        "decider_title",
        "presented_by",
        "concerns",
        "prepared_by",
    ),
    Ask.RELEASED: ("purpose", "notes", "left_out", "sha256"),
    Ask.STANCE: ("meeting", "paragraph"),
    Ask.MEETING: ("paragraph", "motivation"),
    Ask.ANSWER: ("offers_to_lead",),
    Ask.IT_PARTS: ("impact", "capacity", "cost", "security", "commitment_needed", "effort_hours"),
    Ask.IT_REQUEST: ("it_objects",),
    Ask.START: ("planned_end", "organisation"),
    Ask.STAGE: ("planned_end", "organisation", "coming"),
    Ask.PLAN: ("planned_start", "planned_end", "stage_type", "dropped"),
    Ask.COST: ("stage", "organisation", "until", "instead_of", "corrects", "never_was", "motivation"),
    Ask.ADOPTION: ("organisation",),
    Ask.BENEFIT: ("holds", "hours_a_year", "kronor_a_year", "kronor_once"),
    Ask.MANAGED_OBJECT: ("managed_by",),
    Ask.JOINING: ("joined_on",),
    Ask.LEAVING: ("goes_on_following",),
    Ask.SHARING: ("late_percent", "late_amount", "shares", "replaces"),
    Ask.REPLIES: ("replies", "over", "version"),
    Ask.MARKS: ("marks",),
    Ask.AGREED: ("over",),
    Ask.COLLEAGUE: ("colleague", "released", "motivation", "over"),
    Ask.CALCULATION: ("replaces",),
}


def only_what_is_asked(row: Row, given: Mapping[str, Any]) -> dict[str, Any]:
    """What was given, less everything that the step does not ask for."""
    asked = {key for ask in row.asks for key in (*NEEDED.get(ask, {}), *OPTIONAL.get(ask, ()))}
    return {key: value for key, value in given.items() if key in asked}


def missing_answers(row: Row, given: Mapping[str, Any]) -> list[str]:
    """A sentence for each thing that the step asks for and has not been given."""
    needed = {key: sentence for ask in row.asks for key, sentence in NEEDED.get(ask, {}).items()}
    return [_(sentence) for key, sentence in needed.items() if _is_empty(given.get(key))]


def _is_empty(value: Any) -> bool:
    return (
        value is None
        or value is False
        or (isinstance(value, str | list | tuple | dict) and not value)
        or (isinstance(value, str) and not value.strip())
    )
