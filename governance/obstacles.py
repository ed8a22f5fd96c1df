"""What must be in place before a step: each a question to the facts, answered with Swedish sentences or nothing."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .facts import CaseFacts
from .statuses import Status

NAMED = 3
"""So many unanswered questions are named one by one."""


def required_fields(facts: CaseFacts) -> list[str]:
    return [_("Fyll i %(field)s.") % {"field": name} for name in facts.missing_fields]


def _questions(facts: CaseFacts, level: str) -> list[str]:
    stopped = [
        _("Frågan ”%(question)s” är besvarad med nej. Skriv skälet om ni ändå vill gå vidare.") % {"question": text}
        for text in facts.stopped.get(level, ())
    ]
    return _unanswered(facts.unanswered.get(level, ())) + stopped


def _unanswered(texts: Sequence[str]) -> list[str]:
    """Each by its words as long as they are few; a long list of questions is read on their own page."""
    if len(texts) <= NAMED:
        return [_("Besvara frågan ”%(question)s”.") % {"question": text} for text in texts]
    return [_("Besvara %(count)d frågor. Den första är ”%(question)s”.") % {"count": len(texts), "question": texts[0]}]


def kommun_questions(facts: CaseFacts) -> list[str]:
    return _questions(facts, "kommun")


def v6_questions(facts: CaseFacts) -> list[str]:
    return _questions(facts, "v6")


def kommun_assessments(facts: CaseFacts) -> list[str]:
    """Asked until the round is closed: it was enough then, and nobody can add to it afterwards."""
    missing = facts.kommun_minimum - facts.complete_assessments
    if missing <= 0 or facts.round_closed:
        return []
    return [
        ngettext(
            "Det behövs %(count)d bedömning till innan prioriteringen kan fastställas.",
            "Det behövs %(count)d bedömningar till innan prioriteringen kan fastställas.",
            missing,
        )
        % {"count": missing}
    ]


def v6_assessments(facts: CaseFacts) -> list[str]:
    """As in the kommun: a participant that leaves afterwards takes nothing back."""
    missing = facts.v6_minimum - len(facts.participants_assessed)
    if missing <= 0 or facts.round_closed:
        return []
    return [
        ngettext(
            "Det behövs bedömningar från %(count)d deltagande kommun till.",
            "Det behövs bedömningar från %(count)d deltagande kommuner till.",
            missing,
        )
        % {"count": missing}
    ]


def round_not_closed(facts: CaseFacts) -> list[str]:
    return [_("Bedömningen är stängd. Svaren kan inte ändras längre.")] if facts.round_closed else []


def text_open(facts: CaseFacts) -> list[str]:
    """The scores are of a text; once they are all in it stays as it was scored."""
    return [_("Bedömningen är stängd. Texten ändras inte efter det.")] if facts.round_closed else []


def round_closed(facts: CaseFacts) -> list[str]:
    """Where the case has left the statuses in which it is assessed, leaving them closed the round."""
    if facts.round_closed or facts.status not in (Status.QUALIFIED, Status.V6_PRIORITISING):
        return []
    return [_("Stäng bedömningen först. Den som inte har svarat än ska inte påverkas av det ni enas om.")]


def not_in_v6_already(facts: CaseFacts) -> list[str]:
    """What V6 has brought to förvaltning cannot be offered to V6 a second time."""
    if facts.status == Status.MAINTENANCE and facts.ever_in_v6:
        return [_("Initiativet har redan hanterats i V6.")]
    return []


def answers(facts: CaseFacts) -> list[str]:
    if not facts.not_answered or (facts.interest_deadline and facts.interest_deadline < facts.today):
        return []
    return [_("%(kommun)s har inte svarat och fristen har inte gått ut.") % {"kommun": k} for k in facts.not_answered]


def participants(facts: CaseFacts) -> list[str]:
    if len(facts.participants) >= facts.participant_minimum:
        return []
    return [_("Minst %(count)d kommuner ska delta.") % {"count": facts.participant_minimum}]


def leader(facts: CaseFacts) -> list[str]:
    return [] if facts.leading in facts.participants else [_("En av kommunerna som deltar ska leda.")]


def it_parts(facts: CaseFacts) -> list[str]:
    return [_("Fyll i %(part)s i bedömningen.") % {"part": part} for part in facts.it_missing]


def commitment(facts: CaseFacts) -> list[str]:
    """A start that needs Göliska IT needs its yes: a no is a decision too, and stops it until there is another."""
    if not facts.commitment_needed:
        return []
    if not facts.commitment_decided:
        return [_("Förbundsdirektören ska först besluta om Göliska IT:s åtagande.")]
    if not facts.commitment_declined:
        return []
    return [
        _(
            "Göliska IT har sagt nej, och utan Göliska IT kan arbetet inte starta. "
            "Förbundsdirektören kan besluta på nytt. V6-samordnaren kan lämna initiativet tillbaka till kommunen. "
            "Kommundirektören kan avsluta det utan genomförande."
        )
    ]


def commitment_wanted(facts: CaseFacts) -> list[str]:
    return [] if facts.commitment_needed else [_("Göliska IT:s bedömning säger att inget åtagande behövs.")]


def no_open_stage(facts: CaseFacts) -> list[str]:
    if not facts.open_stages:
        return []
    return [
        ngettext("Avsluta den etapp som pågår.", "Avsluta de %(count)d etapper som pågår.", facts.open_stages)
        % {"count": facts.open_stages}
    ]


def an_open_stage(facts: CaseFacts) -> list[str]:
    return [] if facts.open_stages else [_("Ingen etapp pågår.")]


def an_adoption(facts: CaseFacts) -> list[str]:
    return [] if facts.adoptions else [_("Registrera minst ett införande.")]


def a_managed_object(facts: CaseFacts) -> list[str]:
    return [] if facts.managed_object else [_("Ange vilket förvaltningsobjekt som tar över.")]


def secret(facts: CaseFacts) -> list[str]:
    return [] if facts.is_secret else [_("Initiativet är inte sekretessmarkerat.")]


def not_secret(facts: CaseFacts) -> list[str]:
    return [_("Initiativet är redan sekretessmarkerat.")] if facts.is_secret else []


def sent_to_v6(facts: CaseFacts) -> list[str]:
    return [] if facts.ever_in_v6 else [_("Initiativet har inte skickats till V6.")]
