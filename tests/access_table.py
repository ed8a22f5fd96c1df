"""Who gets what at which address, typed by hand from docs/process.md and never worked out from the code.

Situations and people are those of ``tests.world``. A new address needs a line here.
"""

from __future__ import annotations

from django.utils import timezone

from followup.periods import HalfYear
from tests.world import (
    ADMINISTRATORS,
    EVERYBODY,
    GOLISKA,
    INSIGHT,
    SEES,
    SIGNED_IN,
    SKARA,
    STAFF,
    VARA,
    WITHOUT_A_ROLE,
)

A_ROLE = SIGNED_IN - {*WITHOUT_A_ROLE}
WRITERS = {*STAFF, *SKARA, *VARA, *GOLISKA}
ADMIN = {*ADMINISTRATORS}
REGISTRARS = {"registrar.skara", "registrar.vara"}
CALLING = {"lead.skara", "lead.vara", "lead.goliska", "it_officer.goliska", "coordinator.v6"}
"""Who calls the meetings of some group."""
REVIEWING = {"lead.skara", "lead.vara", "lead.goliska", "network.v6", "coordinator.v6"}
"""Who goes through a half-year's report, and who approves it."""
AUTHORS = {"author", "co_author"}
NOBODY: set[str] = set()

OK, FOUND, FORBIDDEN, MISSING, NOT_A_PAGE, CONFLICT, NOTHING_SENT = 200, 302, 403, 404, 405, 409, 422
LOGIN = "till inloggningen"
Answer = int | str

# --- Pages about no initiative in particular: who gets them; the others are refused (403) or asked to sign in

PERIOD = f"/uppfoljning/{HalfYear.of(timezone.localdate()).code}/"
THEN = f"{PERIOD}som-det-var/{timezone.localdate()}/{timezone.localdate()}/"
PAGES: dict[str, tuple[str, set[str]]] = {
    "health": ("/halsa/", EVERYBODY),
    "accessibility": ("/tillganglighet/", EVERYBODY),
    "privacy": ("/personuppgifter/", EVERYBODY),
    "help": ("/hjalp/", EVERYBODY),
    "login": ("/logga-in/", {"anonymous"}),
    "home": ("/", SIGNED_IN),
    "register": ("/initiativ/", SIGNED_IN),
    "register_as_it_was": ("/initiativ/som-det-var/", SIGNED_IN),
    "process": ("/process/", SIGNED_IN),
    "register_list": ("/initiativ/lista.xlsx", SIGNED_IN),
    "initiative_new": ("/initiativ/nytt/", WRITERS),
    "participation": ("/deltagande/", SIGNED_IN),
    "queue": ("/bedomning/", A_ROLE),
    "ranking": ("/prioritering/", A_ROLE),
    "assess_excel": ("/bedomning/excel/", A_ROLE),
    "what_if": ("/prioritering/vikter/", A_ROLE),
    "discuss": ("/bedomning/diskutera/", A_ROLE),
    "decisions": ("/beslut/", A_ROLE),
    "decisions_pdf": ("/beslut/lista.pdf", A_ROLE),
    "decisions_workbook": ("/beslut/lista.xlsx", A_ROLE),
    "retention": ("/gallring/", REGISTRARS),
    "log_check": ("/logg/", REGISTRARS | ADMIN),
    "meetings": ("/moten/", A_ROLE),
    "meeting_new": ("/moten/nytt/", CALLING),
    "stand_ins": ("/ersattare/", A_ROLE),
    "vacancies": ("/vakanser/", {"coordinator.v6", *ADMIN}),
    "goliska": ("/goliska/", A_ROLE),
    "mail_choices": ("/mina-mejl/", SIGNED_IN),
    "surveys": ("/enkat/", A_ROLE),
    "survey_new": ("/enkat/ny/", {"coordinator.v6"}),
    "reports": ("/uppfoljning/", A_ROLE),
    "measures": ("/uppfoljning/matt/", INSIGHT),
    "measure_new": ("/uppfoljning/matt/nytt/", INSIGHT),
    "ordered_files": ("/filer/", SIGNED_IN),
    "open_data": ("/uppfoljning/oppna-data/", A_ROLE),
    "report": (PERIOD, A_ROLE),
    "report_csv": (f"{PERIOD}rapport.csv", A_ROLE),
    "report_json": (f"{PERIOD}rapport.json", A_ROLE),
    "report_xlsx": (f"{PERIOD}rapport.xlsx", A_ROLE),
    "report_pdf": (f"{PERIOD}rapport.pdf", A_ROLE),
    "report_list": (f"{PERIOD}B5/", A_ROLE),
    "report_approval": (f"{PERIOD}faststall/", REVIEWING),
    "report_choose_dates": (f"{PERIOD}som-det-var/", A_ROLE),
    "report_as_it_was": (THEN, A_ROLE),
    "report_as_it_was_json": (f"{THEN}rapport.json", A_ROLE),
    "report_as_it_was_list": (f"{THEN}B5/", A_ROLE),
    "register_import": ("/register/import/", ADMIN),
    "register_export": ("/register/export/", ADMIN),
    "admin:index": ("/admin/", ADMIN),
    "admin:organizations_user_changelist": ("/admin/organizations/user/", ADMIN),
    "admin:organizations_membership_changelist": ("/admin/organizations/membership/", ADMIN),
    "admin:organizations_organisation_changelist": ("/admin/organizations/organisation/", ADMIN),
    "admin:initiatives_assessmentmodel_changelist": ("/admin/initiatives/assessmentmodel/", ADMIN),
    "admin:initiatives_initiative_changelist": ("/admin/initiatives/initiative/", ADMIN),
    "admin:initiatives_round_changelist": ("/admin/initiatives/round/", ADMIN),
    "admin:initiatives_assessment_changelist": ("/admin/initiatives/assessment/", ADMIN),
    "admin:governance_principle_changelist": ("/admin/governance/principle/", ADMIN),
    "admin:governance_processsettings_changelist": ("/admin/governance/processsettings/", ADMIN),
    "admin:governance_retentionrule_changelist": ("/admin/governance/retentionrule/", ADMIN),
    "admin:governance_case_changelist": ("/admin/governance/case/", ADMIN),
    "admin:governance_event_changelist": ("/admin/governance/event/", ADMIN),
    "admin:governance_decision_changelist": ("/admin/governance/decision/", ADMIN),
    "admin:governance_participation_changelist": ("/admin/governance/participation/", ADMIN),
    "admin:governance_stage_changelist": ("/admin/governance/stage/", ADMIN),
    "admin:governance_cost_changelist": ("/admin/governance/cost/", ADMIN),
    "admin:governance_mail_changelist": ("/admin/governance/mail/", ADMIN),
    "admin:governance_recommendationtemplate_changelist": ("/admin/governance/recommendationtemplate/", ADMIN),
    "admin:followup_adoption_changelist": ("/admin/followup/adoption/", ADMIN),
    "admin:followup_capacity_changelist": ("/admin/followup/capacity/", ADMIN),
    "admin:followup_confirmation_changelist": ("/admin/followup/confirmation/", ADMIN),
    "admin:followup_halfyearreport_changelist": ("/admin/followup/halfyearreport/", ADMIN),
    "admin:followup_questionnaire_changelist": ("/admin/followup/questionnaire/", ADMIN),
    "admin:followup_survey_changelist": ("/admin/followup/survey/", ADMIN),
}
SLOW = {
    "decisions_pdf",
    "reports",
    "report",
    "report_approval",
    "report_list",
    "report_csv",
    "report_json",
    "report_xlsx",
    "report_pdf",
    "report_as_it_was",
    "report_as_it_was_json",
    "report_as_it_was_list",
    "register_export",
}
"""Given to a few only; refused to all whom they are refused."""
ASKED_FOR_SLOW = {"reader.vara", "staff.goliska", "admin.v6"}

# --- Addresses that do, or lead on: what those who may use them get for a GET

OTHERS: dict[str, tuple[str, set[str], int]] = {
    "sign_in_again": ("/logga-in/igen/", EVERYBODY, OK),
    "logout": ("/logga-ut/", SIGNED_IN, NOT_A_PAGE),
    "act_as": ("/byt-roll/", SIGNED_IN, NOT_A_PAGE),
    "order_file": ("/filer/bestall/", SIGNED_IN, NOT_A_PAGE),
    "ordered_file": ("/filer/1/", SIGNED_IN, MISSING),
    "stand_in_end": ("/ersattare/1/avsluta/", A_ROLE, NOT_A_PAGE),
    "demo_mail": ("/demo/mejl/", SIGNED_IN, MISSING),
    "demo_mail_one": ("/demo/mejl/1/", SIGNED_IN, MISSING),
    "demo_mail_html": ("/demo/mejl/1/html/", SIGNED_IN, MISSING),
    # Of a report that nobody has approved; who may do what with one is asked in tests/followup/test_approving.py
    "report_review": (f"{PERIOD}granskad/", REVIEWING, NOT_A_PAGE),
    "report_return": (f"{PERIOD}aterlamna/", REVIEWING, NOT_A_PAGE),
    "report_read": (f"{PERIOD}tagit-del/", A_ROLE, NOT_A_PAGE),
    "report_readers": (f"{PERIOD}mottagare/", {"coordinator.v6", "network.v6"}, MISSING),
    "decision": ("/beslut/skara-1999-001/", A_ROLE, MISSING),
    "retention_rule": ("/gallring/1/", REGISTRARS, MISSING),
    "assess_forms": ("/bedomning/formular.xlsx", A_ROLE, FOUND),
    "assess_upload": ("/bedomning/ladda-upp/", A_ROLE, FOUND),
    "assess_preview": ("/bedomning/ladda-upp/finns-inte/", A_ROLE, FOUND),
    "scenario_save": ("/prioritering/vikter/spara/", A_ROLE, FOUND),
    "scenario_delete": ("/prioritering/vikter/1/ta-bort/", A_ROLE, MISSING),
    "measure_change": ("/uppfoljning/matt/1/", INSIGHT, MISSING),
    "register_preview": ("/register/import/finns-inte/", ADMIN, FOUND),
    "model_preview": ("/bedomningsmodell/0/", ADMIN, MISSING),
    # Of a survey that is not there; who gets which page of one is asked in tests/followup/test_survey_pages.py
    "survey": ("/enkat/1999-1/", SIGNED_IN, MISSING),
    "survey_prepare": ("/enkat/1999-1/forbered/", {"coordinator.v6"}, MISSING),
    "survey_manage": ("/enkat/1999-1/hantera/", {"coordinator.v6"}, MISSING),
    "survey_results": ("/enkat/1999-1/resultat/", A_ROLE, MISSING),
    "survey_texts": ("/enkat/1999-1/fritexter/", {"coordinator.v6"}, MISSING),
    # Of a meeting that is not there; who gets which page of one is asked in tests/governance/test_meeting_pages.py
    "meeting": ("/moten/FINNS-INTE/", SIGNED_IN, MISSING),
    "meeting_change": ("/moten/FINNS-INTE/andra/", SIGNED_IN, MISSING),
    "meeting_agenda": ("/moten/FINNS-INTE/dagordning/", SIGNED_IN, NOT_A_PAGE),
    "meeting_open": ("/moten/FINNS-INTE/oppna/", SIGNED_IN, NOT_A_PAGE),
    "meeting_call_off": ("/moten/FINNS-INTE/stall-in/", SIGNED_IN, NOT_A_PAGE),
    "meeting_attendance": ("/moten/FINNS-INTE/narvaro/", SIGNED_IN, MISSING),
    "meeting_item": ("/moten/FINNS-INTE/punkt/1/", SIGNED_IN, MISSING),
    "meeting_words": ("/moten/FINNS-INTE/punkt/1/ord/", SIGNED_IN, NOT_A_PAGE),
    "meeting_go_to": ("/moten/FINNS-INTE/punkt/1/ta-upp/", SIGNED_IN, NOT_A_PAGE),
    "meeting_close": ("/moten/FINNS-INTE/avsluta/", SIGNED_IN, MISSING),
    "meeting_adjuster": ("/moten/FINNS-INTE/justerare/", SIGNED_IN, MISSING),
    "meeting_adjust": ("/moten/FINNS-INTE/justera/", SIGNED_IN, NOT_A_PAGE),
    "meeting_protocol": ("/moten/FINNS-INTE/protokoll.pdf", SIGNED_IN, MISSING),
}

# --- Pages of one initiative: what those get who see it; everybody else 404, in every situation

NO_SUCH_FILE = "00000000-0000-4000-8000-000000000000"
"""Who gets a file that is there is asked in tests/governance/test_attachments.py."""
ONE: dict[str, tuple[str, dict[str, int]]] = {
    "initiative": ("", {"draft": FOUND, "submitted": OK, "in_v6": OK, "secret": OK}),
    "initiative_events": ("handelser/", dict.fromkeys(SEES, OK)),
    "initiative_participation": ("deltagande/", dict.fromkeys(SEES, OK)),
    "cost_sharing": ("kostnadsdelning/", dict.fromkeys(SEES, OK)),
    "brief": ("underlag/", {"draft": FOUND, "submitted": OK, "in_v6": OK, "secret": OK}),
    "brief_pdf": ("underlag.pdf", {"draft": FOUND, "submitted": OK, "in_v6": OK, "secret": OK}),
    "timeline": ("tidslinje/", dict.fromkeys(SEES, OK)),
    "process_of": ("process/", dict.fromkeys(SEES, OK)),
    "evidence": ("etapper/underlag/", dict.fromkeys(SEES, OK)),
    "evidence_remove": (f"etapper/underlag/{NO_SUCH_FILE}/ta-bort/", dict.fromkeys(SEES, MISSING)),
    "revisions": ("andringar/", dict.fromkeys(SEES, OK)),
    "attachments": ("bilagor/", dict.fromkeys(SEES, OK)),
    "attachment": (f"bilagor/{NO_SUCH_FILE}/", dict.fromkeys(SEES, MISSING)),
    "attachment_remove": (f"bilagor/{NO_SUCH_FILE}/ta-bort/", dict.fromkeys(SEES, MISSING)),
    "gate": ("fragor/kommun/", dict.fromkeys(SEES, OK)),
    "assess_form": ("bedom/formular.xlsx", dict.fromkeys(SEES, FOUND)),
    "assess": ("bedom/", dict.fromkeys(SEES, FOUND)),
    "compare": ("jamfor/", dict.fromkeys(SEES, OK)),
    "score_explained": ("poang/", {"draft": MISSING, "submitted": OK, "in_v6": OK, "secret": OK}),
    "agree": ("jamfor/N1/", {"draft": MISSING, "submitted": MISSING, "in_v6": CONFLICT, "secret": CONFLICT}),
    "benefit_calculation": ("nyttokalkyl/", dict.fromkeys(SEES, OK)),
    "record_adoption": ("inforande/", dict.fromkeys(SEES, CONFLICT)),
    "confirm_benefit": ("nytta/", dict.fromkeys(SEES, CONFLICT)),
    "initiative_edit": ("redigera/", {"draft": OK, "submitted": FOUND, "in_v6": FOUND, "secret": FOUND}),
    "draft_writers": ("vem/", {"draft": OK, "submitted": FOUND, "in_v6": FOUND, "secret": FOUND}),
    "similar": ("liknande/", {"draft": FOUND, "submitted": OK, "in_v6": OK, "secret": OK}),
    "same": ("samma/DI-1999-999/", dict.fromkeys(SEES, MISSING)),
    "not_same": ("inte-samma/DI-1999-999/", dict.fromkeys(SEES, MISSING)),
    "watch": ("bevaka/", dict.fromkeys(SEES, FOUND)),
    "unwatch": ("sluta-bevaka/", dict.fromkeys(SEES, FOUND)),
    "release": ("utlamnande/", {"draft": CONFLICT, "submitted": OK, "in_v6": OK, "secret": OK}),
    "draft_delete": ("ta-bort/", {"draft": OK, "submitted": FOUND, "in_v6": FOUND, "secret": FOUND}),
}
ITS_AUTHORS_ONLY = {"initiative_edit", "draft_writers", "draft_delete"}
CLOSED_TO_POST = {"attachments", "evidence", "gate", "assess", "record_adoption", "confirm_benefit"}
READING_ONLY = {"initiative", "score_explained", "initiative_events", "revisions", "similar", "attachment"}
READING_ONLY |= {"compare", "assess_form", "brief", "brief_pdf", "initiative_participation", "timeline", "process_of"}
CALCULATING: dict[str, set[str]] = {
    "draft": NOBODY,
    "submitted": {*AUTHORS, "lead.skara"},
    "in_v6": {"lead.skara", "coordinator.v6"},
    "secret": NOBODY,
}
"""Who may save a benefit calculation: sent with nothing in it, it is shown again and nothing is kept."""
SHARING_COSTS: dict[str, set[str]] = {
    "draft": NOBODY,
    "submitted": NOBODY,
    "in_v6": {"lead.skara", "coordinator.v6"},
    "secret": NOBODY,
}
"""Who may decide how costs are shared: sent with nothing in it, the form is shown again and nothing is kept."""
GIVING_OUT: dict[str, set[str]] = {
    "draft": NOBODY,
    "submitted": {"registrar.skara"},
    "in_v6": REGISTRARS,
    "secret": {"registrar.skara"},
}
"""Who gives the documents out: each organisation that may read them, by its registrar."""
ONES_OWN = {"watch", "unwatch"}
"""What they change is the person's own, so that everybody who sees the initiative may: they lead back to it."""

# --- Acts: who may take which step. Whoever else sees the initiative is refused (403 if somebody may, 409 if nobody)

OPEN_IN: dict[str, dict[str, set[str]]] = {
    "draft": {"submit": AUTHORS},
    "submitted": {
        "withdraw": {*AUTHORS, "lead.skara"},
        "start_qualification": {"lead.skara"},
        "refer": {"lead.skara"},
        "mark_duplicate": {"lead.skara"},
        "pause": {"lead.skara"},
        "recommend": {"council.skara"},
        "hand_task": {"lead.skara"},
        "set_registry_number": {"registrar.skara"},
        "mark_secret": {"registrar.skara"},
        "lift_secrecy": {"registrar.skara"},
        "correct": {"manager.skara", "director.skara"},
        "same_need": {*SKARA, *AUTHORS},
        "comment": INSIGHT,
    },
    "in_v6": {
        "mark_duplicate": {"coordinator.v6"},
        "pause": {"lead.skara", "coordinator.v6"},
        "v6_start": {"coordinator.v6"},
        "return_to_kommun": {"coordinator.v6"},
        "hand_task": {"coordinator.v6"},
        "end_unrealised": {"director.skara"},
        "recommend": {"council.skara", "council.vara", "network.v6", "delivery.v6", "order_group.goliska"},
        "follow": {"lead.skara", "lead.vara"},
        "unfollow": {"lead.skara", "lead.vara"},
        "leave": {"director.skara"},
        "change_leader": {"director.skara"},
        "record_cost": {"lead.skara"},
        "set_registry_number": {"registrar.skara"},
        "mark_secret": {"registrar.skara"},
        "lift_secrecy": {"registrar.skara"},
        "correct": {"manager.skara", "director.skara", "manager.vara", "director.vara", "it_director.goliska"},
        "same_need": {*INSIGHT, *AUTHORS},
        "comment": INSIGHT,
    },
}
OPEN_IN["secret"] = OPEN_IN["in_v6"]
LEADS_ON = {
    "take_up",
    "calculate",
    "share_costs",
    "attach",
    "remove_attachment",
    "answer_gate",
    "assess",
    "agree",
    "record_adoption",
    "confirm_benefit",
    "release",
}
"""Acts with a page of their own, to which their address leads."""
NO_SUCH_ACT = {"create", "delete_draft"}
NOT_YET = {
    "qualify",
    "amend",
    "close_round",
    "decide_local",
    "send_to_v6",
    "answer_interest",
    "decide_start",
    "close",
    "purge",
    "replan",
}
"""Some of the acts that nobody takes in any of the four; the workflow's own tests know all of them."""
ALL_ACTS = sorted({*OPEN_IN["draft"], *OPEN_IN["submitted"], *OPEN_IN["in_v6"], *LEADS_ON, *NO_SUCH_ACT, *NOT_YET})
TRY_EVERYTHING = {
    *("author", "staff.skara", "lead.skara", "director.skara"),
    *("lead.vara", "coordinator.v6", "superuser.admin", "outsider", "anonymous"),
}
"""Ask also for what nobody, or nobody but others, may have. The rest ask for what may be somebody's."""
ASKED_BLINDLY = ["withdraw", "comment"]
"""Tried by those who see nothing; what the act is makes no difference to them."""
