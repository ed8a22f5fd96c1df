"""Which group of fields answers which question of the workflow table."""

from __future__ import annotations

from typing import Any

from v6portal.organizations.models import User

from ..asks import Ask
from ..facts import CaseFacts
from ..models import Case
from ..workflow import Row
from . import benefits, costs, deciding, handing, parts, plans, releasing, sharing, supplementing, work
from .acts import ActForm

PARTS: dict[Ask, type[ActForm]] = {
    Ask.MOTIVATION: parts.MotivationPart,
    Ask.MISSING: supplementing.MissingPart,
    Ask.SUPPLEMENT: supplementing.SupplementPart,
    Ask.AMENDMENT: supplementing.AmendmentPart,
    Ask.REFERRAL: parts.ReferralPart,
    Ask.ORIGINAL: parts.OriginalPart,
    Ask.ORDER: parts.OrderPart,
    Ask.DECISION: deciding.DecisionPart,
    Ask.MOTIVE: deciding.MotivePart,
    Ask.NOTICE: deciding.NoticePart,
    Ask.LEADER: deciding.LeaderPart,
    Ask.REVIEW_DATE: parts.ReviewDatePart,
    Ask.DEADLINE: parts.DeadlinePart,
    Ask.STANCE: parts.StancePart,
    Ask.ANSWER: deciding.AnswerPart,
    Ask.IT_PARTS: parts.ItPartsPart,
    Ask.IT_REQUEST: parts.ItRequestPart,
    Ask.COMMITMENT: deciding.CommitmentPart,
    Ask.START: work.StartPart,
    Ask.STAGE: work.StagePart,
    Ask.STAGE_END: work.StageEndPart,
    Ask.COST: costs.CostPart,
    Ask.PLAN: plans.PlanPart,
    Ask.ADOPTION: work.AdoptionPart,
    Ask.BENEFIT: benefits.BenefitPart,
    Ask.JOINING: deciding.JoiningPart,
    Ask.LEAVING: deciding.LeavingPart,
    Ask.SHARING: sharing.SharingPart,
    Ask.MANAGED_OBJECT: benefits.ObjectPart,
    Ask.REGISTRY_NUMBER: parts.RegistryNumberPart,
    Ask.SECRECY: parts.SecrecyPart,
    Ask.CORRECTED: deciding.CorrectedPart,
    Ask.RELEASED: releasing.ReleasedPart,
    Ask.RETENTION: parts.RetentionPart,
    Ask.TEXT: parts.TextPart,
    Ask.NOTE: parts.NotePart,
    Ask.COLLEAGUE: handing.ColleaguePart,
}


def form_for(row: Row, *, case: Case, by: User, facts: CaseFacts, data: Any = None) -> ActForm:
    """The form of a row, its groups in the order in which the row asks; bound when there is data."""
    groups = tuple(PARTS[ask] for ask in reversed(row.asks))
    form_class = type("StepForm", (*groups, ActForm), {"row": row})
    return form_class(data, case=case, by=by, facts=facts)
