"""Django admin over what the process has written: who may read what, nothing changed, no list that grows dear."""

from __future__ import annotations

import copy
import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.contrib import admin
from django.db import connection
from django.db.models import Model
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from followup.actions import confirm_benefit, record_adoption
from followup.models import Adoption, Capacity, Confirmation, HalfYearReport, Questionnaire, Survey
from governance.actions.assessing import save_scores
from governance.acts import Act
from governance.models import (
    Case,
    Cost,
    Decision,
    Event,
    Mail,
    Participation,
    Principle,
    ProcessSettings,
    RecommendationTemplate,
    RetentionRule,
    Stage,
)
from governance.statuses import Status
from initiatives.actions import versions
from initiatives.actions.assessing import Mark
from initiatives.models import Assessment, AssessmentModel, Initiative, Round
from tests.cast import Cast
from tests.walk import Walk
from v6portal.organizations.models import Membership, Organisation, User
from v6portal.organizations.roles import Role

WRITTEN_BY_THE_PROCESS = [
    *(Initiative, Round, Assessment),
    *(Case, Event, Decision, Participation, Stage, Cost),
    *(Adoption, Confirmation),
]
EDITED_HERE = [
    *(User, Membership, Organisation, AssessmentModel, Principle, ProcessSettings),
    *(RecommendationTemplate, RetentionRule, Capacity, Questionnaire),
]


def at(model: type[Model], what: str, *pk: int) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{what}", args=pk)


def listed(client, model: type[Model]) -> list[Any]:
    response = client.get(at(model, "changelist"))
    assert response.status_code == 200
    return list(response.context["cl"].result_list)


def realised(cast: Cast) -> Case:
    """A case in Genomförande that has something of everything."""
    walk = Walk(cast).to(Status.IN_PROGRESS)
    walk.record_cost()
    lead, today = cast.lead("skara"), timezone.localdate()
    record_adoption(case=walk.case, by=lead, organisation=cast.orgs["skara"], in_use_on=today)
    confirm_benefit(case=walk.case, by=lead, kind=Confirmation.Kind.NEW, holds=True, date=today, grounds="Fanns inte.")
    walk.leave("vara")
    return walk.case


@pytest.fixture
def admin_client(client, cast):
    client.force_login(cast.admin())
    return client


def test_the_administrator_finds_these_tables_and_no_others() -> None:
    assert set(admin.site._registry) == {*WRITTEN_BY_THE_PROCESS, *EDITED_HERE, HalfYearReport, Mail, Survey}


# --- Reading


@pytest.mark.parametrize("model", WRITTEN_BY_THE_PROCESS, ids=lambda model: model.__name__)
def test_what_was_sent_to_v6_can_be_looked_up(admin_client, cast, model) -> None:
    case = realised(cast)
    rows = listed(admin_client, model)
    assert rows
    text = admin_client.get(at(model, "change", rows[0].pk)).content.decode()
    assert case.initiative.reference in text
    assert '<input type="submit"' not in text


@pytest.mark.parametrize("model", WRITTEN_BY_THE_PROCESS, ids=lambda model: model.__name__)
def test_and_neither_added_changed_nor_deleted(admin_client, cast, model) -> None:
    realised(cast)
    row = listed(admin_client, model)[0]
    assert admin_client.post(at(model, "add"), {}).status_code == 403
    assert admin_client.post(at(model, "change", row.pk), {"title": "Annan"}).status_code == 403
    assert admin_client.post(at(model, "delete", row.pk), {"post": "yes"}).status_code == 403
    assert admin_client.get(at(model, "history", row.pk)).status_code == 200


def mark_secret(walk: Walk) -> None:
    """For Skara's registrator to read, and nobody else."""
    walk.act(
        Act.MARK_SECRET,
        walk.cast.registrar("skara"),
        legal_basis="OSL 21 kap. 1 §",
        marked_on=timezone.localdate(),
        readers=[(walk.cast.orgs["skara"], Role.REGISTRAR)],
    )


def nothing_is_shown(client, case: Case) -> bool:
    """Neither in a list nor by its address."""
    rows = [row for model in WRITTEN_BY_THE_PROCESS for row in listed(client, model)]
    addresses = [at(Initiative, "change", case.pk), at(Case, "change", case.pk)]
    addresses += [at(Event, "change", pk) for pk in case.events.values_list("pk", flat=True)]
    found = [a for a in addresses if case.initiative.title in client.get(a, follow=True).content.decode()]
    return rows == [] and found == []


def test_a_draft_is_its_authors_alone(admin_client, cast) -> None:
    assert nothing_is_shown(admin_client, Walk(cast).case)


def test_not_even_the_administrators_own_draft_is_shown_here(client, cast) -> None:
    author = cast.staff("skara")
    cast.membership(author, Role.ADMIN, "v6")
    client.force_login(author)
    assert nothing_is_shown(client, Walk(cast).case)


def test_nor_any_draft_to_a_superuser(client, cast) -> None:
    powerful = cast.admin()
    powerful.is_superuser = powerful.is_staff = True
    powerful.save()
    client.force_login(powerful)
    assert nothing_is_shown(client, Walk(cast).case)


def test_what_has_not_been_sent_to_v6_is_the_kommuns_own(admin_client, cast) -> None:
    assert nothing_is_shown(admin_client, Walk(cast).to(Status.PRIORITISED).case)


def test_what_is_marked_secret_is_shown_to_the_roles_on_the_marking_only(admin_client, cast) -> None:
    walk = Walk(cast).to(Status.V6_RECEIVED)
    mark_secret(walk)
    assert nothing_is_shown(admin_client, walk.case)


def test_the_original_behind_a_duplicate_is_not_named_to_those_who_may_not_see_it(admin_client, cast) -> None:
    original = Walk(cast, title="Ett känsligt ärende").to(Status.V6_RECEIVED)
    walk = Walk(cast).to(Status.V6_RECEIVED)
    walk.act(Act.MARK_DUPLICATE, cast.coordinator(), original=original.case.initiative)
    mark_secret(original)
    text = admin_client.get(at(Case, "change", walk.case.pk)).content.decode()
    assert "Dubblett" in text
    assert original.case.initiative.title not in text
    assert original.case.initiative.reference not in text


def test_other_organisations_working_notes_are_theirs(admin_client, cast) -> None:
    walk = Walk(cast).to(Status.V6_RECEIVED)
    walk.act(Act.COMMENT, cast.lead("skara"), motivation="Bara för oss i Skara.")
    walk.act(Act.COMMENT, cast.coordinator(), motivation="För oss i V6.")
    notes = [event.text for event in listed(admin_client, Event) if event.kind == Act.COMMENT]
    assert notes == ["För oss i V6."]


def test_an_open_round_tells_nothing_of_what_was_answered(admin_client, cast) -> None:
    walk = Walk(cast).to(Status.V6_PRIORITISING)
    walk.assess_in_v6("vara", 5)
    held = Round.objects.get(level="v6")
    assert held.joint_score is not None
    assert [row.round.level for row in listed(admin_client, Assessment)] == ["kommun"]
    row = admin_client.get(at(Round, "changelist"), {"level__exact": "v6"}).content.decode()
    page = admin_client.get(at(Round, "change", held.pk)).content.decode()
    assert '<td class="field-assessors">–</td><td class="field-score">–</td>' in row
    assert "100" not in page.split('class="form-row field-score"')[1].split("submit-row")[0]


@pytest.mark.parametrize(
    "asked", ["assessments__isnull=1", "assessments__id__gt=1", "assessments__pk__gt=1", "joint_marks__isnull=1"]
)
def test_nor_whether_anybody_has_begun_to_answer(admin_client, cast, asked) -> None:
    """A half-written answer is its writer's alone, and so is that there is one."""
    walk = Walk(cast).to(Status.V6_PRIORITISING)
    save_scores(case=walk.case, by=cast.lead("vara"), marks={"N1": Mark(5)})
    answer = admin_client.get(f"{at(Round, 'changelist')}?{asked}")
    assert (answer.status_code, answer.headers.get("Location", "")) in {
        (400, ""),
        (302, "/admin/initiatives/round/?e=1"),
    }


@pytest.mark.parametrize("asked", ["level__exact=v6", "model__id__exact=1", "id=1", "closed_at__isnull=1"])
def test_it_can_be_narrowed_by_when_and_by_what_rounds_were_held(admin_client, cast, asked) -> None:
    assert admin_client.get(f"{at(Round, 'changelist')}?{asked}").status_code == 200


def test_and_everything_when_it_has_closed(admin_client, cast) -> None:
    walk = Walk(cast).to(Status.AWAITING_START)
    assert {row.organisation.key for row in listed(admin_client, Assessment)} == {"skara", "vara"}
    text = admin_client.get(at(Round, "change", walk.case.initiative.rounds.get(level="v6").pk))
    assert "75,0" in text.content.decode()


def test_but_what_somebody_with_jav_had_begun_to_answer(admin_client, cast) -> None:
    walk = Walk(cast).to(Status.V6_PRIORITISING)
    save_scores(case=walk.case, by=cast.lead("vara"), marks={"N1": Mark(1, "Ett utkast om kanel.")})
    walk.act(Act.DECLARE_CONFLICT, cast.lead("vara"), motivation="Min syster säljer.")
    walk.assess_in_v6("skara", 4)
    walk.assess_in_v6("lidkoping", 4)
    walk.act(Act.CLOSE_ROUND, cast.coordinator())
    shown = {
        sheet.organisation.key: admin_client.get(at(Assessment, "change", sheet.pk)).content.decode()
        for sheet in Assessment.objects.filter(round__level="v6")
    }
    assert "kanel" not in shown["vara"]
    assert "Nytta för invånare" not in shown["vara"]
    assert "Nytta för invånare" in shown["skara"]


def test_history_of_what_is_hidden_is_hidden_too(admin_client, cast) -> None:
    case = Walk(cast).to(Status.PRIORITISED).case
    assert admin_client.get(at(Case, "history", case.pk)).status_code in (302, 404)


# --- As many questions to the database for one row as for two hundred

LIST_COST = {
    **dict.fromkeys([User], 8),
    **dict.fromkeys([Membership, Organisation], 7),
    **dict.fromkeys([AssessmentModel, Principle, ProcessSettings], 6),
    **dict.fromkeys([Initiative, Round, Assessment], 6),
    **dict.fromkeys([Case, Event, Decision, Participation], 6),
    **dict.fromkeys([Stage, Cost], 5),
    **dict.fromkeys([Adoption, Confirmation], 6),
}
"""Statements a list takes: session, person, roles; then the count, the rows and what the filters offer."""


def two_hundred(model: type[Model]) -> None:
    """Copies of one row, each in a case of its own where the rows are those of a case."""
    {User: _people, Membership: _people, Organisation: lambda: None}.get(model, lambda: _copies(model))()


def _people() -> None:
    skara = Organisation.objects.get(key="skara")
    users = User.objects.bulk_create(User(username=f"person-{n}", last_name=f"Person {n}") for n in range(200))
    Membership.objects.bulk_create(
        Membership(user=user, organisation=skara, role=Role.STAFF, valid_from=dt.date(2024, 1, 1)) for user in users
    )


def _copies(model: type[Model]) -> None:
    if model in (AssessmentModel, Principle, ProcessSettings):
        for number in range(199):
            row = _copy_of(model.objects.first())
            for name in ("version", "code"):
                if hasattr(row, name):
                    setattr(row, name, f"X{number}")
            if model is ProcessSettings:
                row.valid_from += dt.timedelta(days=number + 1)
            row.save(force_insert=True)
        return
    original = Case.objects.get()
    child = model.objects.filter(**_of_case(model, original)).first()
    for number in range(199):
        initiative = _copy_of(original.initiative)
        initiative.reference = f"DI-2000-{number:03d}"
        initiative.save(force_insert=True)
        if model is Initiative:
            continue
        if model in (Round, Assessment):
            held = _copy_of(child.round if model is Assessment else child)
            held.initiative = initiative
            held.save(force_insert=True)
            if model is Assessment:
                _save_in(child, round=held)
            continue
        case = copy.copy(original)
        case.initiative, case._state.adding = initiative, True
        case.save(force_insert=True)
        event = _save_in(original.events.moves().latest("pk"), case=case, reference=initiative.reference)
        if model not in (Case, Event):
            more = {"event": event} if model is Decision else {}
            _save_in(child, case=case, **more)


def _of_case(model: type[Model], case: Case) -> dict[str, Any]:
    if model is Initiative:
        return {"pk": case.pk}
    if model is Round:
        return {"initiative": case.initiative}
    if model is Assessment:
        return {"round__initiative": case.initiative, "round__closed_at__isnull": False}
    if model is Participation:
        return {"case": case, "principle__isnull": False}
    return {"initiative": case.initiative} if model is Case else {"case": case}


def _copy_of(row: Any) -> Any:
    new = copy.copy(row)
    new._state = copy.copy(row._state)
    new.pk, new._state.adding = None, True
    return new


def _save_in(row: Any, **parents: Any) -> Any:
    new = _copy_of(row)
    for name, parent in parents.items():
        setattr(new, name, parent)
    new.save(force_insert=True)
    return new


@pytest.mark.parametrize("model", LIST_COST, ids=lambda model: model.__name__)
def test_every_list_costs_the_same_with_one_row_and_with_two_hundred(admin_client, cast, model) -> None:
    realised(cast)
    address = at(model, "changelist")
    admin_client.get(address)  # the first visit of all also looks up Django's own tables
    counts = []
    for fill in (lambda: None, lambda: two_hundred(model)):
        fill()
        with CaptureQueriesContext(connection) as asked:
            assert admin_client.get(address).status_code == 200
        counts.append(len(asked))
    assert counts == [LIST_COST[model]] * 2
    if model is not Organisation:
        assert model.objects.count() >= 200


def test_so_does_the_list_of_mail_that_went_wrong(admin_client, cast) -> None:
    now = timezone.now()
    counts = []
    for number in (1, 200):
        Mail.objects.bulk_create(
            Mail(recipient=cast.staff(), kind="receipt", state="failed", queued_at=now, due_at=now, ended_at=now)
            for _mail in range(number)
        )
        admin_client.get(at(Mail, "changelist"))
        with CaptureQueriesContext(connection) as asked:
            assert len(listed(admin_client, Mail)) == min(number, 50)
        counts.append(len(asked))
    assert counts == [5, 5]


# --- In a real browser, under the security policy


@pytest.mark.browser
def test_no_page_breaks_the_security_policy(open_as, cast) -> None:
    realised(cast)
    page = open_as(cast.admin())
    for model in (*EDITED_HERE, *WRITTEN_BY_THE_PROCESS):
        page.goto(at(model, "changelist"))
        link = page.locator("#result_list tbody th a").first
        if link.count():
            link.click()
            page.locator("#content h2").first.wait_for()
    page.goto(at(User, "add"))
    page.locator("#id_memberships-0-role").select_option("lead")
    page.locator(".datetimeshortcuts a").first.click()
    model = AssessmentModel.objects.get()
    page.goto(at(AssessmentModel, "change", model.pk))
    page.get_by_role("button", name="Kopiera till nytt utkast").click()
    expect(page.get_by_text("är skapat som en kopia av 2024.1")).to_be_visible()
    page.get_by_label("Vikt").first.fill("15")
    expect(page.get_by_text("Vikterna blir 95 av 100; 5 fattas.")).to_be_visible()
    page.get_by_role("button", name="Spara och gå till publicering").click()
    expect(page.get_by_text("Det här återstår innan versionen kan publiceras:")).to_be_visible()
    page.goto(at(AssessmentModel, "compare", model.pk))
    expect(page.get_by_role("row", name="N1 Nytta för invånare 20 15 −5")).to_be_visible()
    page.goto(reverse("model_preview", args=[model.pk]))
    expect(page.get_by_text("Stor för flera förvaltningar")).to_be_visible()
    page.goto("/admin/password_change/")
    assert page.get_by_label("Gammalt lösenord").is_visible()


AXE = Path(__file__).parent / "vendor" / "axe-core" / "axe.min.js"


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nor_does_axe_find_anything(open_as, cast, scheme: str) -> None:
    """By the rules of WCAG 2.1 A and AA. axe itself brings a style, so these pages are read without the policy."""
    case = realised(cast)
    page = open_as(cast.admin(), bypass_csp=True, color_scheme=scheme)
    draft, unready = (versions.copy(model=AssessmentModel.objects.current(), by=cast.admin()) for _draft in range(2))
    draft.criteria.filter(code="N1").update(name="Nytta för barn", level_3="Tydlig för en liten grupp")
    draft.gate_questions.filter(code="K1").delete()
    unready.criteria.filter(code="N1").delete()
    for address in (
        "/admin/",
        at(User, "change", cast.lead("skara").pk),
        at(Membership, "changelist") + "?pa=2026-01-01",
        *(at(AssessmentModel, name, draft.pk) for name in ("change", "publish", "compare")),
        at(AssessmentModel, "publish", unready.pk),
        at(AssessmentModel, "changelist"),
        at(Case, "change", case.pk),
        at(Principle, "changelist"),
    ):
        page.goto(address)
        page.evaluate(AXE.read_text())
        found = page.evaluate("axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']})")
        assert [(address, v["id"], v["nodes"][0]["html"]) for v in found["violations"]] == []
