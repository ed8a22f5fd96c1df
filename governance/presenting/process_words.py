"""What the workflow table says in keys, in words: who takes a step, what must be in place, what it asks for.

Every obstacle, every ask and every place of a role that the table has stands here; a test compares.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from v6portal.organizations.roles import Role

from .. import obstacles as o
from ..asks import Ask
from ..facts import CaseFacts
from ..who import At, Who
from ..workflow import Row

LANE_NAMES = {
    "kommun": lazy("Kommunen"),
    "v6": lazy("V6"),
    "goliska": lazy("Göliska IT"),
    "resting": lazy("Vilande och avslutade"),
}

NEEDS: dict[Callable[[CaseFacts], list[str]], Any] = {
    o.required_fields: lazy("Alla svar som krävs är ifyllda."),
    o.kommun_questions: lazy("Varje kvalificeringsfråga är besvarad, och varje nej har ett skäl."),
    o.v6_questions: lazy("Varje V6-fråga är besvarad, och varje nej har ett skäl."),
    o.kommun_assessments: lazy("Så många bedömningar som krävs är lämnade."),
    o.v6_assessments: lazy("Så många deltagande kommuner som krävs har bedömt."),
    o.round_not_closed: lazy("Bedömningen är inte stängd."),
    o.text_open: lazy("Bedömningen är inte stängd."),
    o.round_closed: lazy("Bedömningen är stängd."),
    o.not_in_v6_already: lazy("Initiativet har inte redan hanterats i V6."),
    o.answers: lazy("Alla kommuner har svarat, eller sista svarsdagen har gått."),
    o.participants: lazy("Så många kommuner som krävs deltar."),
    o.leader: lazy("En av kommunerna som deltar leder."),
    o.it_parts: lazy("Alla delar av Göliska IT:s bedömning är ifyllda."),
    o.commitment: lazy("Göliska IT:s åtagande är beslutat, om ett sådant behövs."),
    o.commitment_wanted: lazy("Göliska IT:s bedömning säger att ett åtagande behövs."),
    o.no_open_stage: lazy("Ingen etapp pågår."),
    o.an_open_stage: lazy("En etapp pågår."),
    o.an_adoption: lazy("Minst ett införande är registrerat."),
    o.a_managed_object: lazy("Det är angivet vilket förvaltningsobjekt som tar över."),
    o.secret: lazy("Initiativet är sekretessmarkerat."),
    o.not_secret: lazy("Initiativet är inte sekretessmarkerat."),
    o.sent_to_v6: lazy("Initiativet har skickats till V6."),
}
"""What is in place when the obstacle has nothing to say."""

ASKS: dict[Ask, Any] = {
    Ask.MOTIVATION: lazy("motivering"),
    Ask.MISSING: lazy("vad som saknas"),
    Ask.SUPPLEMENT: lazy("svaret"),
    Ask.REFERRAL: lazy("vart det hänvisas"),
    Ask.ORIGINAL: lazy("originalet"),
    Ask.ORDER: lazy("platsen i ordningen"),
    Ask.DECISION: lazy("beslutsfattare, datum, motivering och stöd i delegationsordningen"),
    Ask.MOTIVE: lazy("samverkansmotiv"),
    Ask.NOTICE: lazy("att du vet vad det innebär"),
    Ask.LEADER: lazy("vilken kommun som leder"),
    Ask.REVIEW_DATE: lazy("när det tas upp igen"),
    Ask.DEADLINE: lazy("sista svarsdag"),
    Ask.STANCE: lazy("tillstyrker, avstyrker eller återremitterar"),
    Ask.ANSWER: lazy("delta, avvakta eller avstå"),
    Ask.IT_PARTS: lazy("påverkan, kapacitet, kostnad och säkerhet"),
    Ask.COMMITMENT: lazy("om Göliska IT åtar sig sin del"),
    Ask.START: lazy("första etapp, start och budget"),
    Ask.STAGE: lazy("etapp, start och planerat slut"),
    Ask.STAGE_END: lazy("etapp, slut och utfall"),
    Ask.COST: lazy("slag, belopp och datum"),
    Ask.ADOPTION: lazy("kommun och dag"),
    Ask.BENEFIT: lazy("vad som bekräftas och vad det bygger på"),
    Ask.JOINING: lazy("från vilken dag"),
    Ask.LEAVING: lazy("princip och orsak"),
    Ask.MANAGED_OBJECT: lazy("förvaltningsobjekt"),
    Ask.REGISTRY_NUMBER: lazy("diarienummer"),
    Ask.SECRECY: lazy("lagrum, datum och vilka som får läsa"),
    Ask.REPLIES: lazy("svar på frågorna"),
    Ask.MARKS: lazy("ett värde för varje kriterium"),
    Ask.AMENDMENT: lazy("den ändrade texten och varför"),
    Ask.CALCULATION: lazy("nyttor, kostnader och vad de bygger på"),
    Ask.AGREED: lazy("värdet ni enas om"),
    Ask.ATTACHMENT: lazy("en fil"),
    Ask.TEXT: lazy("text"),
    Ask.NOTE: lazy("en hälsning, om du vill"),
    Ask.SHARING: lazy("hur kostnaderna delas, och från vilken dag"),
    Ask.COLLEAGUE: lazy("vilken kollega"),
    Ask.IT_REQUEST: lazy("vad Göliska IT får frågan om"),
    Ask.MEETING: lazy("vilket möte"),
    Ask.PLAN: lazy("etapp och nya datum"),
    Ask.CORRECTED: lazy("vilket beslut som rättas"),
    Ask.RELEASED: lazy("vad som lämnas ut och till vem"),
    Ask.RETENTION: lazy("vilken gallringsregel"),
    Ask.EVIDENCE: lazy("etapp eller kostnad"),
}

PLACES_IN_WORDS: dict[At, Any] = {
    At.OWN: lazy("i den egna organisationen"),
    At.LEADING: lazy("i kommunen som leder"),
    At.KOMMUN: lazy("i varje kommun"),
    At.PARTICIPANT: lazy("i kommuner som deltar"),
    At.ANYWHERE: "",
}
AUTHOR_IN_WORDS = lazy("den som skrev initiativet")
EVERYBODY = lazy("alla som får läsa initiativet")
EVERYBODY_BUT_STAFF = lazy("alla med en roll utöver Medarbetare som får läsa initiativet")


def who_in_words(who: Iterable[Who]) -> str:
    """As *utvecklingsledare i den egna organisationen*, the place once where several roles are held there."""
    whole = tuple(who)
    roles = {one.role for one in whole if one.at is At.ANYWHERE}
    if roles >= set(Role) - {Role.STAFF}:
        return str(EVERYBODY if Role.STAFF in roles else EVERYBODY_BUT_STAFF)
    told = [str(AUTHOR_IN_WORDS)] if any(one.role is None for one in whole) else []
    for at in At:
        names = [_name(one.role) for one in whole if one.role is not None and one.at is at]
        if names:
            told.append(" ".join(part for part in (get_text_list(names, _("eller")), str(PLACES_IN_WORDS[at])) if part))
    return str(_("; ")).join(told)


def _name(role: Role) -> str:
    """The role as it stands in a sentence: what is a name keeps its capital."""
    label = str(role.label)
    return label if label.startswith("V6") else label[:1].lower() + label[1:]


def needs_in_words(row: Row) -> list[str]:
    return [str(NEEDS[obstacle]) for obstacle in row.obstacles]


def asks_in_words(row: Row) -> str:
    return get_text_list([str(ASKS[ask]) for ask in row.asks], _("och"))
