"""What can be done to a case, and what each act is called in the log (*Händelse*)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Act(models.TextChoices):
    """Every act that leaves an event. The label is the word in the log; the button's word is in the workflow table."""

    CREATE = "create", _("Skapat")
    SUBMIT = "submit", _("Inskickat")
    WITHDRAW = "withdraw", _("Återtaget")
    START_QUALIFICATION = "start_qualification", _("Kvalificering påbörjad")
    REQUEST_SUPPLEMENT = "request_supplement", _("Komplettering begärd")
    SUPPLEMENT = "supplement", _("Kompletterat")
    QUALIFY = "qualify", _("Kvalificerat")
    REFER = "refer", _("Hänvisat")
    MARK_DUPLICATE = "mark_duplicate", _("Markerat som dubblett")
    PRIORITISE = "prioritise", _("Prioriterat")
    DECIDE_LOCAL = "decide_local", _("Beslut: genomförs lokalt")
    SEND_TO_V6 = "send_to_v6", _("Beslut: skickas till V6")
    REJECT = "reject", _("Beslut: avslaget")
    PAUSE = "pause", _("Gjort vilande")
    RESUME = "resume", _("Återupptaget")
    V6_START = "v6_start", _("V6-kvalificering påbörjad")
    V6_QUALIFY = "v6_qualify", _("Intresseförfrågan utskickad")
    CLOSE_INTEREST = "close_interest", _("Förfrågan stängd")
    ASK_GOLISKA = "ask_goliska", _("Lämnat till Göliska IT för bedömning")
    IT_ASSESS = "it_assess", _("Bedömning från Göliska IT lämnad")
    V6_PRIORITISE = "v6_prioritise", _("V6-prioritering fastställd")
    DECIDE_START = "decide_start", _("Beslut: start")
    RETURN_TO_KOMMUN = "return_to_kommun", _("Tillbaka till kommunen")
    END_UNREALISED = "end_unrealised", _("Beslut: avslutas utan genomförande")
    HAND_OVER = "hand_over", _("Överlämnat till förvaltning")
    CLOSE = "close", _("Avslutat")

    DELETE_DRAFT = "delete_draft", _("Utkast borttaget")
    ANSWER_GATE = "answer_gate", _("Kvalificeringsfrågor besvarade")
    ASSESS = "assess", _("Bedömning lämnad")
    AMEND = "amend", _("Texten ändrad")
    CALCULATE = "calculate", _("Nyttokalkyl sparad")
    DECLARE_CONFLICT = "declare_conflict", _("Jäv anmält")
    CLOSE_ROUND = "close_round", _("Bedömningen stängd")
    AGREE = "agree", _("Gemensam bedömning")
    RECOMMEND = "recommend", _("Rekommendation")
    ANSWER_INTEREST = "answer_interest", _("Svar på intresseförfrågan")
    DRAFT_IT_ASSESSMENT = "draft_it_assessment", _("Underlag från Göliska IT sparat")
    DECIDE_COMMITMENT = "decide_commitment", _("Beslut: Göliska IT:s åtagande")
    JOIN = "join", _("Gick med")
    FOLLOW = "follow", _("Följer")
    UNFOLLOW = "unfollow", _("Slutade följa")
    LEAVE = "leave", _("Lämnade")
    CHANGE_LEADER = "change_leader", _("Byte av ledande kommun")
    START_STAGE = "start_stage", _("Etapp påbörjad")
    END_STAGE = "end_stage", _("Etapp avslutad")
    RECORD_COST = "record_cost", _("Kostnad registrerad")
    RECORD_ADOPTION = "record_adoption", _("Införande registrerat")
    CONFIRM_BENEFIT = "confirm_benefit", _("3N bekräftat")
    ATTACH = "attach", _("Bilaga tillagd")
    REMOVE_ATTACHMENT = "remove_attachment", _("Bilaga borttagen")
    NAME_OBJECT = "name_object", _("Förvaltningsobjekt angivet")
    SET_REGISTRY_NUMBER = "set_registry_number", _("Diarienummer satt")
    MARK_SECRET = "mark_secret", _("Sekretessmarkerat")
    LIFT_SECRECY = "lift_secrecy", _("Sekretessmarkering hävd")
    SAME_NEED = "same_need", _("Samma behov anmält")
    COMMENT = "comment", _("Arbetsanteckning")
    HAND_TASK = "hand_task", _("Uppgift överlämnad")
    SHARE_COSTS = "share_costs", _("Kostnadsfördelning bestämd")
    REPLAN = "replan", _("Planen ändrad")
    CORRECT = "correct", _("Beslut rättat")
    RELEASE = "release", _("Utlämnat")
    PURGE = "purge", _("Gallrat")
    REPORT = "report", _("Beslut anmälda")
    CALL_MEETING = "call_meeting", _("Möte inlagt")
    CHANGE_MEETING = "change_meeting", _("Möte ändrat")
    OPEN_MEETING = "open_meeting", _("Möte öppnat")
    TAKE_UP = "take_up", _("Behandlat på möte")
    CLOSE_MEETING = "close_meeting", _("Möte avslutat")
    ADJUST_PROTOCOL = "adjust_protocol", _("Protokoll justerat")
    REVIEW_REPORT = "review_report", _("Rapport granskad")
    RETURN_REPORT = "return_report", _("Rapport åter till utkast")
    APPROVE_REPORT = "approve_report", _("Rapport fastställd")
    READ_REPORT = "read_report", _("Tagit del av rapport")
    PREPARE_SURVEY = "prepare_survey", _("Enkät förberedd")
    OPEN_SURVEY = "open_survey", _("Enkät öppnad")
    ANSWER_SURVEY = "answer_survey", _("Enkät besvarad")
    CLOSE_SURVEY = "close_survey", _("Enkät stängd")
    IMPORTED = "imported", _("Tidigare händelse")


DECIDING = frozenset(
    {
        Act.DECIDE_LOCAL,
        Act.SEND_TO_V6,
        Act.REJECT,
        Act.DECIDE_START,
        Act.END_UNREALISED,
        Act.ANSWER_INTEREST,
        Act.DECIDE_COMMITMENT,
        Act.JOIN,
        Act.LEAVE,
        Act.CHANGE_LEADER,
        Act.CORRECT,
    }
)
"""Acts that are a decision (*beslut*): they name one decider, a date, a motivering and the delegation reference."""

OWN_NOTES = frozenset({Act.COMMENT, Act.HAND_TASK})
"""Working notes, and who does what: each organisation's own, also when the case has been sent to V6."""

OWN_MATTERS = OWN_NOTES | {Act.RELEASE}
"""What only the organisation whose it is reads of: its notes, and who has asked it for documents."""


def word_for(kind: str, other_word: str = "") -> str:
    """The word of the log for a kind of event; what was brought in and is no act keeps the word it came with."""
    return other_word if kind == Act.IMPORTED else str(Act(kind).label)
