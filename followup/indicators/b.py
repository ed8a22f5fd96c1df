"""Group B, first half: what came to V6, what was carried out, and who took it into use."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from governance.models import StageType
from v6portal.organizations.models import Organisation

from .base import Figures, Indicator, Part, Section
from .reading import Reading

RECEIVED = """
select organisation_id, reference from initiatives_initiative where shared_on between %(first)s and %(per)s
"""

STAGES = """
select stage.type, i.reference, i.reference || '#' || stage.number as stage, acts.is_completed,
    coalesce(i.shared_on <= acts.acted_on, false) as in_v6
from governance_stage stage
join initiatives_initiative i on i.id = stage.case_id
cross join lateral (
    select true as is_completed, stage."end" as acted_on
    where stage.outcome = %(done)s and stage."end" between %(first)s and %(per)s
    union all
    select false, %(per)s::date
    where stage.start <= %(per)s and (stage."end" is null or stage."end" > %(per)s)
) acts
"""

ADOPTIONS = """
select i.reference, adoption.organisation_id, adoption.in_use_on, delivery.reference_on,
    coalesce(i.shared_on <= adoption.in_use_on, false) as in_v6,
    exists (
        select from governance_participation p
        where p.case_id = adoption.case_id and p.organisation_id = adoption.organisation_id
            and p.role = any(%(active)s) and p.joined_on <= delivery.reference_on
            and (p.left_on is null or p.left_on > delivery.reference_on)
    ) as took_part
from followup_adoption adoption
join initiatives_initiative i on i.id = adoption.case_id
cross join lateral (
    select coalesce(max(stage."end"), adoption.in_use_on) as reference_on from governance_stage stage
    where stage.case_id = adoption.case_id and stage.type = any(%(delivering)s)
        and stage.outcome = %(done)s and stage."end" <= adoption.in_use_on
) delivery
where adoption.in_use_on between %(first)s and %(per)s
"""

STAGE_PARTS = (
    Part("forstudie", _("förstudie")),
    Part("uppdrag", _("uppdrag")),
    Part("projekt", _("projekt")),
    Part("implementation", _("implementation")),
)
STAGE_KEYS = {
    StageType.PRESTUDY: "forstudie",
    StageType.ASSIGNMENT: "uppdrag",
    StageType.PROJECT: "projekt",
    StageType.IMPLEMENTATION: "implementation",
}


def received(reading: Reading) -> Figures:
    """Initiatives whose first date *Inkommet till V6* lies in the half-year, by organisation."""
    by_organisation: dict[int, list[str]] = defaultdict(list)
    for row in reading.rows(RECEIVED):
        by_organisation[row.organisation_id].append(row.reference)
    counted: dict[Organisation, Figures] = {
        o: {"antal": len(by_organisation[o.pk]), "referenser": sorted(by_organisation[o.pk])}
        for o in reading.organisations
    }
    kommuner = {o.short_name: figures for o, figures in counted.items() if o.is_kommun}
    return {
        "per_kommun": kommuner,
        "summa_kommuner": {"antal": sum(figures["antal"] for figures in kommuner.values())},
        "goliska_it": next(figures for o, figures in counted.items() if not o.is_kommun),
    }


def carried_out(reading: Reading, *, in_v6: bool = True) -> Figures:
    """Stages completed in the half-year and stages ongoing at its end, by type."""
    rows: dict[tuple[str, bool], list[Any]] = defaultdict(list)
    for row in reading.rows(STAGES):
        if row.in_v6 == in_v6:
            rows[row.type, row.is_completed].append(row)
    return {key: _stages(rows[kind, True], rows[kind, False]) for kind, key in STAGE_KEYS.items()}


def _stages(completed: Sequence[Any], ongoing: Sequence[Any]) -> Figures:
    initiatives = sorted({row.reference for row in completed})
    return {
        "genomforda": len(completed),
        "initiativ": len(initiatives),
        "pagaende": len(ongoing),
        "etapper": sorted(row.stage for row in completed),
        "initiativlista": initiatives,
        "pagaende_etapper": sorted(row.stage for row in ongoing),
    }


def adopted_by_participants(reading: Reading) -> Figures:
    """Införanden by kommuner that took part when the solution was delivered."""
    return _adoptions(reading, [row for row in reading.rows(ADOPTIONS) if row.in_v6 and row.took_part])


def adopted_afterwards(reading: Reading) -> Figures:
    """Införanden by kommuner that did not take part when the solution was delivered."""
    return _adoptions(reading, [row for row in reading.rows(ADOPTIONS) if row.in_v6 and not row.took_part])


def adopted_locally(reading: Reading) -> Figures:
    """Införanden outside V6; who took part in what is then no question."""
    figures = _adoptions(reading, [row for row in reading.rows(ADOPTIONS) if not row.in_v6])
    for adoption in figures["lista"]:
        del adoption["referensdatum"]
    return figures


def _adoptions(reading: Reading, rows: Sequence[Any]) -> Figures:
    adoptions = [
        {
            "referens": row.reference,
            "kommun": reading.names[row.organisation_id],
            "i_drift": row.in_use_on.isoformat(),
            "referensdatum": row.reference_on.isoformat(),
        }
        for row in rows
    ]
    kommuner = sorted({adoption["kommun"] for adoption in adoptions})
    return {
        "kommuner": len(kommuner),
        "inforanden": len(adoptions),
        "kommunlista": kommuner,
        "lista": sorted(adoptions, key=lambda adoption: (adoption["referens"], adoption["kommun"])),
    }


B1 = Indicator(
    code="B1",
    section=Section.V6,
    wording="Antal inkomna digitaliseringsinitiativ redovisat per kommun",
    definition=_(
        "Initiativ som kom in till V6 första gången under halvåret, efter inlämnarens organisation. Göliska IT är "
        "ingen kommun och ingår inte i summan."
    ),
    path=("B1",),
    count=received,
)
B2 = Indicator(
    code="B2",
    section=Section.V6,
    wording=(
        "Antal genomförda digitaliseringsinitiativ uppdelat utifrån förstudie, uppdrag, projekt och implementation"
    ),
    definition=_(
        "Etapper med utfallet genomförd som slutade under halvåret, när initiativet redan hade kommit in till V6. "
        "Bredvid står antalet olika initiativ bakom dem och de etapper av samma typ som pågick den sista dag som "
        "räknas med."
    ),
    path=("B2",),
    count=carried_out,
    parts=STAGE_PARTS,
)
B3 = Indicator(
    code="B3",
    section=Section.V6,
    wording=("Antal deltagande kommuner som implementerat lösningar utifrån inkomna digitaliseringsinitiativ."),
    definition=_(
        "Olika kommuner med ett införande under halvåret som deltog (ledde eller deltog, inte bara följde) på "
        "referensdatumet: slutet för det senaste genomförda uppdraget eller projektet fram till införandet, eller "
        "dagen för införandet om inget sådant finns. Bredvid står antalet införanden."
    ),
    path=("B3",),
    count=adopted_by_participants,
)
B4 = Indicator(
    code="B4",
    section=Section.V6,
    wording="Antal kommuner som i efterhand implementerat lösningar som hanterats i processen",
    definition=_(
        "Olika kommuner med ett införande under halvåret som inte deltog på referensdatumet. Tillsammans med "
        "föregående rad är det alla införanden i V6 under halvåret; inget räknas två gånger."
    ),
    path=("B4",),
    count=adopted_afterwards,
)
