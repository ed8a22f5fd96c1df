"""Who takes which step with a report: standing × role × act, typed by hand from docs/process.md, *Halvårsrapporten*."""

from __future__ import annotations

import pytest

from followup.approving import ReportFacts, Standing, may_ever, obstacles
from governance.acts import Act
from v6portal.organizations.roles import Role

REVIEW, RETURN, APPROVE, READ = Act.REVIEW_REPORT, Act.RETURN_REPORT, Act.APPROVE_REPORT, Act.READ_REPORT

OPEN: dict[str, dict[str, set[Act]]] = {
    "draft": {"lead": {REVIEW}, "network": {REVIEW}},
    "reviewed": {"lead": {RETURN}, "network": {RETURN}, "coordinator": {RETURN, APPROVE}},
    "approved": {"director": {READ}, "it_director": {READ}},
}
TOLD: dict[tuple[str, str, Act], str] = {
    ("draft", "coordinator", APPROVE): "Rapporten behöver granskas först.",
    ("draft", "coordinator", RETURN): "Rapporten är ett utkast.",
    ("draft", "director", READ): "Rapporten är inte fastställd än.",
    ("reviewed", "lead", REVIEW): "Rapporten är redan granskad.",
    ("reviewed", "it_director", READ): "Rapporten är inte fastställd än.",
    ("approved", "network", REVIEW): "Rapporten är redan fastställd och ändras aldrig.",
    ("approved", "lead", RETURN): "Rapporten är redan fastställd och ändras aldrig.",
    ("approved", "coordinator", APPROVE): "Rapporten är redan fastställd och ändras aldrig.",
    ("draft", "coordinator", REVIEW): "Utvecklingsledare och V6 Chefsnätverk granskar rapporten.",
    (
        "reviewed",
        "director",
        RETURN,
    ): "Utvecklingsledare, V6 Chefsnätverk och V6-samordnaren lämnar tillbaka rapporten.",
    ("reviewed", "network", APPROVE): "V6-samordnaren fastställer rapporten.",
    ("reviewed", "admin", APPROVE): "V6-samordnaren fastställer rapporten.",
    ("approved", "manager", READ): ("Kommundirektörerna och Göliska IT:s förbundsdirektör tar del av rapporten."),
}


@pytest.mark.parametrize("standing", [*Standing])
@pytest.mark.parametrize("role", [*Role])
def test_each_step_is_open_to_those_whose_it_is_and_to_nobody_else(standing: Standing, role: Role) -> None:
    facts = ReportFacts(standing)
    found = {act for act in (REVIEW, RETURN, APPROVE, READ) if not obstacles(act, facts, [role])}
    assert found == OPEN[standing.value].get(role.value, set())


@pytest.mark.parametrize(("standing", "role", "act"), TOLD)
def test_a_refusal_says_what_is_in_the_way(standing: str, role: str, act: Act) -> None:
    assert obstacles(act, ReportFacts(Standing(standing)), [Role(role)]) == [TOLD[standing, role, act]]


def test_a_half_year_that_runs_is_not_gone_through() -> None:
    facts = ReportFacts(Standing.DRAFT, has_ended=False)
    assert obstacles(REVIEW, facts, [Role.LEAD]) == ["Halvåret pågår. Rapporten granskas när halvåret är slut."]


def test_nobody_approves_what_she_has_gone_through_or_what_nobody_has() -> None:
    facts = ReportFacts(Standing.REVIEWED, reviewed_it_herself=True, changed_since_review=True)
    assert obstacles(APPROVE, facts, [Role.NETWORK, Role.COORDINATOR]) == [
        "Du har själv granskat rapporten. Någon annan behöver fastställa den.",
        "Siffrorna har ändrats sedan granskningen. Lämna tillbaka rapporten så att den granskas igen.",
    ]
    assert obstacles(RETURN, facts, [Role.NETWORK]) == []


def test_what_is_ever_somebodys() -> None:
    assert may_ever(READ, [Role.STAFF, Role.DIRECTOR])
    assert not may_ever(READ, [Role.STAFF])


def test_what_is_no_step_with_a_report_has_no_row() -> None:
    with pytest.raises(KeyError):
        obstacles(Act.SUBMIT, ReportFacts(Standing.DRAFT), [Role.LEAD])
