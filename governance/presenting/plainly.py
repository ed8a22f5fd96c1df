"""What has happened, told to the one who sent the initiative in: a sentence for every act, without the log's words.

The log itself stays as it is (``telling``). What was brought in from before the portal keeps the words it came with.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from initiatives.models import Initiative
from v6portal.organizations.roles import Kind, Role

from ..acts import DECIDING, Act
from ..models import Event
from .people import Place, spoken, spoken_stand_in
from .questions import asked_of
from .telling import SAYINGS, Told, in_place_of

SENTENCES: dict[str, Any] = {
    Act.CREATE: _("%(who)s började skriva."),
    Act.SUBMIT: _("%(who)s skickade in initiativet."),
    Act.WITHDRAW: _("%(who)s återtog initiativet."),
    Act.START_QUALIFICATION: _("%(who)s började läsa."),
    Act.REQUEST_SUPPLEMENT: _("%(who)s bad om mer underlag."),
    Act.SUPPLEMENT: _("%(who)s svarade på frågan."),
    Act.QUALIFY: _("%(who)s läste färdigt: initiativet går vidare."),
    Act.REFER: _("%(who)s hänvisade initiativet vidare till %(referred_to)s."),
    Act.MARK_DUPLICATE: _("%(who)s såg att ett annat initiativ redan handlar om samma sak."),
    Act.PRIORITISE: _("%(who)s ställde initiativet i ordning med de andra."),
    Act.DECIDE_LOCAL: _("%(who)s beslutade att %(place)s genomför initiativet på egen hand."),
    Act.SEND_TO_V6: _("%(who)s beslutade att ta upp initiativet med de andra kommunerna i V6."),
    Act.REJECT: _("%(who)s beslutade att avslå initiativet."),
    Act.PAUSE: _("%(who)s lät initiativet vila till %(review_on)s."),
    Act.RESUME: _("%(who)s tog upp initiativet igen."),
    Act.V6_START: _("%(who)s började läsa för V6."),
    Act.V6_QUALIFY: _("%(who)s frågade alla kommuner om de vill vara med, med svar senast %(deadline)s."),
    Act.CLOSE_INTEREST: _("%(who)s samlade in kommunernas svar och gick vidare."),
    Act.ASK_GOLISKA: _("%(who)s samlade in kommunernas svar och bad Göliska IT om en bedömning."),
    Act.IT_ASSESS: _("%(who)s lämnade Göliska IT:s bedömning."),
    Act.V6_PRIORITISE: _("%(who)s ställde initiativet i ordning med de andra i V6."),
    Act.DECIDE_START: _("%(who)s beslutade att arbetet ska starta."),
    Act.RETURN_TO_KOMMUN: _("%(who)s lämnade tillbaka initiativet från V6 till dem som skickade det."),
    Act.END_UNREALISED: _("%(who)s beslutade att avsluta initiativet utan att genomföra det."),
    Act.HAND_OVER: _("%(who)s lämnade över den färdiga lösningen till dem som sköter den."),
    Act.CLOSE: _("%(who)s avslutade initiativet."),
    Act.DELETE_DRAFT: _("%(who)s tog bort utkastet."),
    Act.ANSWER_GATE: _("%(who)s svarade på frågorna om initiativet är redo att gå vidare."),
    Act.ASSESS: _("%(who)s bedömde initiativet."),
    Act.AMEND: _("%(who)s ändrade texten."),
    Act.CALCULATE: _("%(who)s räknade på vad initiativet ger och kostar."),
    Act.DECLARE_CONFLICT: _("%(who)s lät bli att bedöma initiativet, för att ingen ska kunna ifrågasätta bedömningen."),
    Act.CLOSE_ROUND: _("%(who)s stängde bedömningen: nu är svaren på plats."),
    Act.AGREE: _("%(who)s skrev in vad bedömarna har enats om."),
    Act.RECOMMEND: _("%(who)s %(stance)s."),
    Act.ANSWER_INTEREST: _("%(who)s svarade att %(place)s %(answer)s."),
    Act.DRAFT_IT_ASSESSMENT: _("%(who)s skrev på Göliska IT:s bedömning."),
    Act.DECIDE_COMMITMENT: _("%(who)s beslutade att %(commitment)s."),
    Act.JOIN: _("%(who)s beslutade att %(place)s går med."),
    Act.FOLLOW: _("%(who)s följer hur det går, för %(place)s."),
    Act.UNFOLLOW: _("%(who)s slutade följa hur det går, för %(place)s."),
    Act.LEAVE: _("%(who)s beslutade att %(place)s lämnar samarbetet."),
    Act.CHANGE_LEADER: _("%(who)s beslutade att %(leader)s tar över och leder."),
    Act.START_STAGE: _("%(who)s startade %(stage_type)s."),
    Act.END_STAGE: _("%(who)s avslutade en etapp, %(outcome)s."),
    Act.RECORD_COST: _("%(who)s skrev in en kostnad på %(amount)s."),
    Act.RECORD_ADOPTION: _("%(who)s skrev in att lösningen används i %(organisation)s, %(in_use_on)s."),
    Act.CONFIRM_BENEFIT: _("%(who)s bekräftade att lösningen %(holds)s %(kind)s."),
    Act.NAME_OBJECT: _("%(who)s skrev in var lösningen ska skötas: %(managed_object)s."),
    Act.ATTACH: _("%(who)s bifogade %(attachment)s."),
    Act.REMOVE_ATTACHMENT: _("%(who)s tog bort bilagan %(attachment)s."),
    Act.SAME_NEED: _("%(who)s sade att %(place)s har samma behov."),
    Act.SET_REGISTRY_NUMBER: _("%(who)s gav ärendet diarienumret %(registry_number)s."),
    Act.MARK_SECRET: _("%(who)s sekretessmarkerade initiativet, så att färre kan läsa det."),
    Act.LIFT_SECRECY: _("%(who)s hävde sekretessmarkeringen."),
    Act.COMMENT: _("%(who)s skrev en anteckning som bara %(place)s ser."),
    Act.HAND_TASK: _("%(who)s lämnade över en uppgift till en kollega."),
    Act.SHARE_COSTS: _("%(who)s skrev in hur kostnaderna delas."),
    Act.REPLAN: _("%(who)s ändrade planen för arbetet."),
    Act.CORRECT: _("%(who)s rättade ett tidigare beslut."),
    Act.RELEASE: _("%(who)s lämnade ut handlingarna i ärendet."),
    Act.PURGE: _("%(who)s gallrade uppgifter som inte ska sparas längre."),
    Act.REPORT: _("%(who)s skrev in att beslut är anmälda."),
    Act.CALL_MEETING: _("%(who)s lade in ett möte."),
    Act.CHANGE_MEETING: _("%(who)s ändrade ett möte."),
    Act.OPEN_MEETING: _("%(who)s öppnade ett möte."),
    Act.TAKE_UP: _("%(who)s tog upp initiativet på ett möte."),
    Act.CLOSE_MEETING: _("%(who)s avslutade ett möte."),
    Act.ADJUST_PROTOCOL: _("%(who)s justerade ett protokoll."),
    Act.REVIEW_REPORT: _("%(who)s granskade en halvårsrapport."),
    Act.RETURN_REPORT: _("%(who)s tog tillbaka en halvårsrapport till utkast."),
    Act.APPROVE_REPORT: _("%(who)s fastställde en halvårsrapport."),
    Act.READ_REPORT: _("%(who)s tog del av en halvårsrapport."),
    Act.PREPARE_SURVEY: _("%(who)s förberedde en enkät."),
    Act.OPEN_SURVEY: _("%(who)s öppnade en enkät."),
    Act.ANSWER_SURVEY: _("%(who)s besvarade en enkät."),
    Act.CLOSE_SURVEY: _("%(who)s stängde en enkät."),
}
"""Every act but what was brought in. Read aloud: a person did something."""

WORDS: dict[str, dict[Any, Any]] = {
    "stance": {
        "approve": _("rekommenderade att gå vidare"),
        "disapprove": _("avrådde från att gå vidare"),
        "refer_back": _("ville att initiativet arbetas om"),
    },
    "answer": {"join": _("vill vara med"), "wait": _("avvaktar"), "decline": _("avstår")},
    "commitment": {"yes": _("Göliska IT åtar sig sin del"), "no": _("Göliska IT inte åtar sig någon del")},
    "referred_to": {
        "it_order": _("IT-beställning"),
        "maintenance": _("dem som redan sköter systemet"),
        "other": _("ett annat ställe"),
    },
    "stage_type": {
        "prestudy": _("en förstudie"),
        "assignment": _("ett uppdrag"),
        "project": _("ett projekt"),
        "implementation": _("en implementation"),
    },
    "outcome": {"done": _("som blev klar"), "aborted": _("som avbröts")},
    "kind": {"new": _("ny"), "useful": _("till nytta"), "utilised": _("använd så att nyttan tas till vara")},
    "holds": {True: _("är"), False: _("inte är")},
}
"""What an act was given, in the words of its sentence."""

LACKING: dict[str, Any] = {
    "review_on": _("vidare"),
    "deadline": _("sista svarsdagen"),
    "amount": _("okänt belopp"),
    "attachment": _("en fil"),
    "referred_to": _("ett annat ställe"),
    "stage_type": _("en etapp"),
    "outcome": _("som är slut"),
    "in_use_on": _("sedan en tid"),
    "holds": _("är"),
}
"""Said where an event from before the portal does not carry the answer."""
UNKNOWN = _("det som står i händelsen")


FOR_SOMEBODY = _("%(who)s skickade in initiativet åt %(author)s.")
"""Said of what was submitted by somebody else than the one who stands as its submitter."""


def plainly(event: Event, initiative: Initiative | None = None) -> Told:
    """The event as a sentence. Its organisation is loaded. ``initiative`` tells whose it is, where that is known."""
    when = timezone.localtime(event.occurred_at)
    form = SENTENCES.get(event.kind)
    if event.kind == Act.SUBMIT and initiative and _is_for_another(event, initiative):
        return Told(when, FOR_SOMEBODY % {"who": _who(event), "author": initiative.author_name}, "", event.text)
    if form is None:
        return Told(when, event.spoken, event.actor_name, event.text)
    return Told(when, str(form) % _Said(event), "", event.text, asked_of(event))


def _is_for_another(event: Event, initiative: Initiative) -> bool:
    if not initiative.author_name or event.actor_name == initiative.author_name:
        return False
    return event.actor_id is None or event.actor_id != initiative.author_id


class _Said(dict[str, str]):
    """The words of a sentence, each found when the sentence asks for it."""

    def __init__(self, event: Event) -> None:
        super().__init__()
        self.event = event
        self.data = event.data if isinstance(event.data, dict) else {}

    def __missing__(self, key: str) -> str:
        match key:
            case "who":
                return _who(self.event)
            case "place":
                return self.event.organisation.short_name if self.event.organisation else str(_("organisationen"))
            case "review_on" | "deadline" | "in_use_on":
                return _day(self.data.get(key)) or str(LACKING[key])
            case _:
                return self._given(key)

    def _given(self, key: str) -> str:
        value = self.data.get(key)
        if isinstance(value, bool | str) and value in WORDS.get(key, {}):
            return str(WORDS[key][value])
        if value in (None, ""):
            return str(LACKING.get(key, UNKNOWN))
        say: Callable[[Any], str] = SAYINGS["amount"] if key == "amount" else str
        return say(value)


def _day(value: Any) -> str:
    try:
        return date_format(dt.date.fromisoformat(str(value)), "j F Y")
    except ValueError:
        return ""


def _who(event: Event) -> str:
    """The decider of a decision, else who did it, with the capacity where she had one."""
    decides = event.kind in DECIDING and event.decider_name
    name = event.decider_name if decides else event.actor_name
    role = Role(event.role) if event.role and name == event.actor_name else None
    place = Place(event.organisation.short_name, Kind(event.organisation.kind)) if event.organisation else None
    told = spoken(role, [name], place if role else None)
    if role and (holder := in_place_of(event)):
        told = spoken_stand_in(name, spoken(role, [holder], place))
    return told[:1].upper() + told[1:]
