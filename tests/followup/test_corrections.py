"""Rättelser: which lines differ, by figures typed by hand; and through real acts, one fact one line."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from typing import Any

import pytest

from followup.actions import confirm_benefit, record_adoption
from followup.corrections import Happening, causes_of, dates_in, differences
from followup.models import Confirmation
from followup.presenting.corrections import Correction, corrections_section, since_approval, to_report
from followup.presenting.kept import kept_of
from followup.presenting.report import open_report
from governance.acts import Act
from governance.models import CostKind, Outcome, StageType
from governance.statuses import Status
from initiatives.models import Initiative
from tests.cast import Cast
from tests.followup.approved import PERIOD, TODAY, adopt, approved, day, worked
from tests.walk import Walk

NOTHING = {"antal": 0, "varav_dubbletter": 0, "referenser": [], "dubbletter": []}
ROW = {
    "referens": "DI-1",
    "B5a": {"deltagande": 2, "kommuner": ["Skara", "Vara"], "nagonsin": 2, "nagonsin_kommuner": ["Skara", "Vara"]},
    "B5b": {"i_perioden": 0, "ackumulerat": 0, "lista": []},
    "B5c": {},
    "B5d": {},
    "B5e": {"start": None, "dagar_fran_v6": None, "dagar_fran_inskickat": None},
}
STAGE = {"genomforda": 1, "initiativ": 1, "pagaende": 0, "etapper": ["DI-1#1"], "pagaende_etapper": []}
IN_USE = {
    "kommuner": 1,
    "inforanden": 1,
    "kommunlista": ["Vara"],
    "lista": [{"referens": "DI-1", "kommun": "Vara", "i_drift": "2026-02-01", "referensdatum": "2026-01-20"}],
}
REPORT: dict[str, Any] = {
    "A1": {"per_kommun": {"Skara": NOTHING}, "summa_kommuner": {"antal": 0}, "goliska_it": NOTHING},
    "B1": {"per_kommun": {"Skara": NOTHING}, "summa_kommuner": {"antal": 0}, "goliska_it": NOTHING},
    "B2": {"projekt": STAGE, "forstudie": STAGE},
    "B3": IN_USE,
    "B4": IN_USE,
    "B5": {"rader": [ROW], "antal_rader": 1, "B5e_startade": {"antal": 1}, "B5e_vantande": {"antal": 0}},
    "C1": {"antal": 0, "referenser": []},
    "C2": {"totalt": 0, "totalt_referenser": []},
    "lokalt": {"B2": {"projekt": STAGE}, "inforanden": IN_USE, "C1": {"antal": 0}, "C2": {"totalt": 0}},
}


def now(change: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
    report: dict[str, Any] = json.loads(json.dumps(REPORT))
    change(report)
    return report


def one_more_for(report: dict[str, Any]) -> None:
    """Submitted by Skara: the line, and the sum that follows from it."""
    report["A1"]["per_kommun"]["Skara"] = {**NOTHING, "antal": 1, "referenser": ["DI-2"]}
    report["A1"]["summa_kommuner"]["antal"] = 1


def in_use_in_skara_too(report: dict[str, Any]) -> None:
    item = {"referens": "DI-2", "kommun": "Skara", "i_drift": "2026-02-02", "referensdatum": "2026-02-02"}
    report["B3"] = {**IN_USE, "kommuner": 2, "inforanden": 2, "kommunlista": ["Skara", "Vara"]}
    report["B3"]["lista"] = [*IN_USE["lista"], item]


def started_earlier(report: dict[str, Any]) -> None:
    """The row, and the medians that follow from it."""
    report["B5"]["rader"][0]["B5e"]["start"] = "2026-03-01"
    report["B5"]["B5e_startade"] = {"antal": 2}


def goliska_too(report: dict[str, Any]) -> None:
    report["B1"]["goliska_it"] = {**NOTHING, "antal": 1, "referenser": ["DI-3"]}


def one_more_started(report: dict[str, Any]) -> None:
    """One that was closed before the half-year began, so that it has no row."""
    report["B5"]["B5e_startade"] = {"antal": 2, "referenser": ["DI-9"]}


@pytest.mark.parametrize(
    ("change", "lines"),
    [
        (lambda report: None, []),
        (one_more_for, [("A1", "Skara", ("DI-2",))]),
        (goliska_too, [("B1", "goliska_it", ("DI-3",))]),
        (lambda r: r["B2"].update(projekt={**STAGE, "etapper": ["DI-1#2"]}), [("B2", "projekt", ("DI-1",))]),
        (in_use_in_skara_too, [("B3", "", ("DI-2",))]),
        (lambda r: r["B4"]["lista"][0].update(referensdatum="2026-01-21"), [("B4", "", ("DI-1",))]),
        (lambda r: r["B5"]["rader"][0]["B5a"].update(deltagande=3), [("B5a", "DI-1", ("DI-1",))]),
        (started_earlier, [("B5e", "DI-1", ("DI-1",))]),
        (one_more_started, [("B5e", "B5e_startade", ("DI-9",))]),
        (lambda r: r["B5"].update(rader=[], antal_rader=0), [("B5", "DI-1", ("DI-1",))]),
        (lambda r: r["B5"]["rader"].append({**ROW, "referens": "DI-0"}), [("B5", "DI-0", ("DI-0",))]),
        (lambda r: r["C1"].update(antal=1, referenser=["DI-4"]), [("C1", "", ("DI-4",))]),
        (lambda r: r["lokalt"]["B2"].update(projekt={**STAGE, "pagaende": 1}), [("lokalt.B2", "projekt", ())]),
        (lambda r: r["lokalt"]["C2"].update(totalt=1), [("lokalt.C2", "", ())]),
    ],
)  # fmt: skip
def test_what_follows_from_a_line_is_no_line(change: Any, lines: list[Any]) -> None:
    assert [(one.code, one.key, one.references) for one in differences(REPORT, now(change))] == lines


EARLY, LATE, LAST = dt.date(2026, 6, 1), dt.date(2026, 9, 1), dt.date(2026, 6, 30)


@pytest.mark.parametrize(
    ("happened", "numbers"),
    [
        ([], []),
        ([(1, "record_adoption", "DI-2", (LATE, EARLY))], [1]),
        ([(1, "record_adoption", "DI-2", (LATE,)), (2, "record_adoption", "DI-2", (EARLY,))], [2]),
        ([(1, "record_adoption", "DI-2", (LATE,)), (2, "comment", "DI-2", (EARLY,))], [1]),
        ([(1, "comment", "DI-2", (LATE,))], [1]),
        ([(1, "record_adoption", "DI-1", (EARLY,))], []),
    ],
)
def test_the_causes_are_what_such_a_line_is_made_of_and_what_reaches_back(happened: Any, numbers: list[int]) -> None:
    (difference,) = differences(REPORT, now(in_use_in_skara_too))
    assert causes_of(difference, [Happening(*one) for one in happened], LAST) == numbers


def test_dates_are_found_however_deep_and_words_are_none() -> None:
    told = {
        "in_use_on": "2026-06-01",
        "rows": [{"end": "2026-05-02"}],
        "text": "den 2026-06-02",
        "x": "2026-02-30",
        "n": 3,
    }
    assert sorted(dates_in(told)) == [dt.date(2026, 5, 2), dt.date(2026, 6, 1)]


# --- Through real acts

BUDGET = "förstudie: utfall –, varav under halvåret –, budget 100 000 kr"


def in_use_late(walk: Walk) -> object:
    return adopt(walk, "lidkoping", day(160).date())


def cost_late(walk: Walk) -> object:
    return walk.record_cost(5_000, CostKind.DEVELOPMENT, date=day(160).date())


def confirmed_late(walk: Walk) -> None:
    for kind in Confirmation.Kind:
        confirm_benefit(case=walk.case, by=walk.lead, kind=kind, holds=True, date=day(170).date(), grounds="Mätt.")


def stage_late(walk: Walk) -> object:
    """A förstudie that began and was carried out in the half-year, told of only now; begun after the project."""
    walk.act(Act.START_STAGE, walk.lead, stage_type=StageType.IMPLEMENTATION, start=day(151).date())
    stage = walk.case.stages.ongoing().get()
    return walk.act(Act.END_STAGE, walk.lead, stage=stage, end=day(165).date(), outcome=Outcome.DONE)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("act", "code", "before", "now", "causes"),
    [
        (in_use_late, "B3", "2 kommuner, 2 införanden", "3 kommuner, 3 införanden", ["Införande registrerat"]),
        (
            cost_late,
            "B5c",
            BUDGET,
            BUDGET + "\nutveckling: utfall 5 000 kr, varav under halvåret 5 000 kr, budget –",
            ["Kostnad registrerad"],
        ),
        (confirmed_late, "C1", "0 initiativ", "1 initiativ", ["3N bekräftat"] * 3),
        (
            stage_late,
            "B2",
            "0 genomförda i 0 initiativ, 0 pågående",
            "1 genomförda i 1 initiativ, 0 pågående",
            ["Etapp påbörjad", "Etapp avslutad"],
        ),
    ],
)
def test_what_is_told_late_is_one_rattelse_of_one_half_year(
    act: Any, code: str, before: str, now: str, causes: list[str], cast: Cast
) -> None:
    walk = worked(cast)
    Walk(cast, "vara", at=day(-100)).submit()
    earlier, report = approved(cast, PERIOD.previous()), approved(cast)
    assert since_approval(kept_of(report)) == []
    act(walk)
    (found,) = since_approval(kept_of(report))
    assert (found.period, found.code) == (PERIOD.code, code)
    assert (found.before.replace("\xa0", " "), found.now.replace("\xa0", " ")) == (before, now)
    assert [cause.word for cause in found.causes] == causes
    assert {cause.actor for cause in found.causes} == {str(walk.lead)}
    assert since_approval(kept_of(earlier)) == []
    assert to_report(PERIOD.next()).corrections == [found]


@pytest.mark.django_db
def test_what_is_dated_in_the_running_half_year_puts_nothing_right(cast: Cast) -> None:
    walk = worked(cast)
    report = approved(cast)
    adopt(walk, "lidkoping", TODAY)
    walk.record_cost(5_000)
    walk.act(Act.COMMENT, walk.lead, motivation="Det gick bra.")
    assert since_approval(kept_of(report)) == []


@pytest.mark.django_db
def test_a_rattelse_stands_in_the_next_report_frozen_with_it_and_in_no_other(cast: Cast) -> None:
    """Told late of the half-year before last: the last one's report says it for ever, the running one's not at all."""
    oldest = PERIOD.previous()
    walk = Walk(cast, "vara", at=day(-150)).to(Status.LOCAL)
    walk.at = None
    first = approved(cast, oldest)
    adopt_at_home(walk, day(-60).date())
    assert [one.code for one in to_report(PERIOD).corrections] == ["lokalt.inforanden", "lokalt.C2"]
    assert to_report(PERIOD.next()).corrections == []  # waits in the one between
    second = approved(cast, PERIOD)
    told = [Correction.of(one) for one in kept_of(second).corrections]
    assert [(one.period, one.code) for one in told] == [(oldest.code, "lokalt.inforanden"), (oldest.code, "lokalt.C2")]
    assert to_report(PERIOD.next()).corrections == []
    # One more of the same half-year afterwards: the next report tells of it alone, from what was last said.
    walk.act(Act.START_STAGE, walk.lead, stage_type=StageType.PROJECT, start=day(-59).date())
    stage = walk.case.stages.ongoing().get()
    walk.act(Act.END_STAGE, walk.lead, stage=stage, end=day(-30).date(), outcome=Outcome.DONE)
    assert [(one.period, one.code) for one in to_report(PERIOD.next()).corrections] == [(oldest.code, "lokalt.B2")]
    assert [one.code for one in since_approval(kept_of(first))] == ["lokalt.B2", "lokalt.inforanden", "lokalt.C2"]
    assert [Correction.of(one) for one in kept_of(second).corrections] == told
    section = corrections_section(open_report(PERIOD, TODAY, reader=cast.director("vara")), cast.director("vara"))
    assert section is not None
    assert [item.heading for item in section.items] == [oldest.label]


def adopt_at_home(walk: Walk, in_use_on: dt.date) -> None:
    record_adoption(case=walk.case, by=walk.lead, organisation=walk.cast.orgs[walk.home], in_use_on=in_use_on)


@pytest.mark.django_db
def test_of_what_one_may_not_read_only_the_numbers_are_told(cast: Cast) -> None:
    walk = worked(cast)
    approved(cast)
    in_use_late(walk)
    cost_late(walk)
    Initiative.objects.filter(pk=walk.case.pk).update(is_secret=True)
    outsider = cast.reader("essunga")
    report = open_report(PERIOD, TODAY, reader=outsider)
    assert report.kept is not None
    section = corrections_section(open_report(PERIOD.next(), TODAY, reader=outsider), outsider)
    assert section is not None
    (table,) = section.items[0].tables
    said = repr(section)
    for secret in (walk.case.initiative.reference, walk.case.initiative.title, str(walk.lead), "Införande registrerat"):
        assert secret not in said
    assert [row[1].text for row in table.rows] == ["2 kommuner, 2 införanden"]
    assert table.note == "1 rättelse gäller ett initiativ som du inte får läsa."
    assert [row[3].text for row in table.rows] == ["1 händelse i ett initiativ som du inte får läsa."]
