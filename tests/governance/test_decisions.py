"""Decisions: numbered by the database, never changed, corrected by a new one, reported to the body that asked."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from governance.actions import Overtaken, perform
from governance.actions.reporting import as_seen, report_decisions
from governance.acts import Act
from governance.chain import first_break
from governance.models import Decision, DecisionCounter, Event, Reporting
from governance.statuses import Status
from tests.cast import Cast
from tests.governance.test_two_at_once import at_once
from tests.walk import Walk, decision
from v6portal.organizations.errors import Refused

pytestmark = pytest.mark.django_db
YEAR = timezone.localdate().year


def decided(walk: Walk) -> Decision:
    return Decision.objects.select_related("organisation").filter(case=walk.case).latest("pk")


def numbers() -> list[str]:
    return [row.number for row in Decision.objects.select_related("organisation").order_by("pk")]


class TestTheNumber:
    def test_each_organisation_and_year_of_decision_has_its_own_row_of_numbers(self, cast: Cast) -> None:
        last_year = dt.date(YEAR - 1, 12, 30)
        for home in ("skara", "vara", "skara"):
            Walk(cast, home).to(Status.LOCAL)
        late = Walk(cast).to(Status.PRIORITISED)
        director = cast.director()
        late.act(Act.DECIDE_LOCAL, director, **decision(director, decided_on=last_year))
        Walk(cast, "goliska").to(Status.LOCAL)
        assert numbers() == [
            f"Skara {YEAR}-001",
            f"Vara {YEAR}-001",
            f"Skara {YEAR}-002",
            f"Skara {YEAR - 1}-001",
            f"Göliska IT {YEAR}-001",
        ]

    def test_what_is_undone_leaves_no_gap(self, cast: Cast) -> None:
        walk = Walk(cast).to(Status.PRIORITISED)
        cast.director()
        with transaction.atomic():
            walk.decide_local()
            transaction.set_rollback(True)
        Walk(cast).to(Status.LOCAL)
        assert numbers() == [f"Skara {YEAR}-001"]

    def test_it_is_found_by_its_address_and_nothing_else_is(self, cast: Cast) -> None:
        found = decided(Walk(cast).to(Status.LOCAL))
        assert found.in_address == f"skara-{YEAR}-001"
        assert Decision.objects.numbered(found.in_address).get() == found
        for wrong in (f"vara-{YEAR}-001", f"skara-{YEAR}-002", f"skara-{YEAR}", "skara", f"SKARA-{YEAR}-001"):
            assert not Decision.objects.numbered(wrong).exists()

    @pytest.mark.django_db(transaction=True)
    def test_twelve_at_once_get_twelve_numbers_in_a_row(self, cast: Cast) -> None:
        walks = [Walk(cast).to(Status.PRIORITISED) for _ in range(12)]
        director = cast.director()
        presses = [
            lambda walk=walk: perform(Act.DECIDE_LOCAL, case=walk.case, by=director, given=decision(director))
            for walk in walks
        ]
        outcomes = at_once(presses)
        assert all(isinstance(outcome, Event) for outcome in outcomes)
        assert sorted(Decision.objects.values_list("running", flat=True)) == list(range(1, 13))
        assert DecisionCounter.objects.get().last == 12


class TestWhatItNames:
    def test_the_role_of_the_one_who_decides_and_writes_it_down_herself(self, cast: Cast) -> None:
        found = decided(Walk(cast).to(Status.LOCAL))
        assert (found.decider_name, found.decider_title) == (str(cast.director()), "Kommundirektör")

    def test_somebody_elses_title_is_what_was_written_and_a_bodys_is_nothing(self, cast: Cast) -> None:
        manager = cast.manager()
        for more, title in (
            ({"decider_name": "Carl Ek"}, ""),
            ({"decider_name": "Carl Ek", "decider_title": "tf kommundirektör"}, "tf kommundirektör"),
            ({"body": "Kommunstyrelsen", "protocol_reference": "2026-01-14 § 5"}, ""),
        ):
            walk = Walk(cast).to(Status.PRIORITISED)
            walk.act(Act.DECIDE_LOCAL, manager, **decision(manager, **more))
            assert decided(walk).decider_title == title

    def test_who_presented_it_and_whom_it_concerns(self, cast: Cast) -> None:
        walk = Walk(cast).to(Status.PRIORITISED)
        director = cast.director()
        walk.act(
            Act.REJECT, director, **decision(director, presented_by="Lena Larsson", concerns="Äldreboendet Ekängen")
        )
        found = decided(walk)
        assert (found.presented_by, found.concerns) == ("Lena Larsson", "Äldreboendet Ekängen")


class TestTheDatabaseKeepsIt:
    @pytest.mark.parametrize(
        ("column", "value"),
        [
            ("motivation", "Något annat."),
            ("decider_name", "Någon annan"),
            ("decided_on", dt.date(2020, 1, 1)),
            ("running", 7),
            ("to_be_reported", False),
            ("delegation_reference", ""),
        ],
    )
    def test_what_was_decided_is_never_changed(self, cast: Cast, column: str, value: Any) -> None:
        found = decided(Walk(cast).to(Status.LOCAL))
        setattr(found, column, value)
        if column == "to_be_reported":
            found.to_be_reported = True
        with pytest.raises(DatabaseError, match="ändras aldrig"), transaction.atomic():
            found.save()

    def test_nor_taken_away(self, cast: Cast) -> None:
        Walk(cast).to(Status.LOCAL)
        with (
            pytest.raises(DatabaseError, match="tas aldrig bort"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute("delete from governance_decision")

    def test_what_is_not_to_be_reported_cannot_be(self, cast: Cast) -> None:
        reporting = reported(cast)
        found = decided(Walk(cast).to(Status.LOCAL))
        with pytest.raises(IntegrityError, match="decision_reported_was_to_be"), transaction.atomic():
            Decision.objects.filter(pk=found.pk).update(reporting=reporting)

    def test_a_reporting_is_written_once(self, cast: Cast) -> None:
        reporting = reported(cast)
        with pytest.raises(DatabaseError, match="ändras aldrig"), transaction.atomic():
            Decision.objects.update(reporting=None)
        with pytest.raises(DatabaseError, match="En anmälan ändras aldrig"), transaction.atomic():
            Reporting.objects.filter(pk=reporting.pk).update(body="Kommunfullmäktige")
        with pytest.raises(DatabaseError, match="En anmälan ändras aldrig"), transaction.atomic():
            Reporting.objects.filter(pk=reporting.pk)._raw_delete("default")


class TestCorrecting:
    def test_the_old_stands_and_nothing_else_changes(self, cast: Cast) -> None:
        walk = Walk(cast).to(Status.LOCAL)
        old, standing, since = decided(walk), walk.case.status, walk.case.status_since
        event = walk.correct(old, motivation="Fel punkt i delegationsordningen.", delegation_reference="KS 3.2")
        new = decided(walk)
        assert (new.corrects, new.act, new.number) == (old, Act.DECIDE_LOCAL, f"Skara {YEAR}-002")
        assert (walk.case.status, walk.case.status_since, event.to_status) == (standing, since, "")
        old.refresh_from_db()
        assert (old.motivation, old.corrected_by) == ("Det behövs.", new)
        assert event.data["corrects"] == f"Skara {YEAR}-001"
        assert first_break() is None

    def test_a_corrected_decision_is_not_corrected_again_the_newest_is(self, cast: Cast) -> None:
        walk = Walk(cast).to(Status.LOCAL)
        first = decided(walk)
        walk.correct(first)
        second = decided(walk)
        with pytest.raises(Refused, match=rf"Skara {YEAR}-001 är redan rättat av Skara {YEAR}-002"):
            walk.correct(first)
        walk.correct(second)
        assert decided(walk).corrects == second
        assert Decision.objects.count() == 3

    def test_only_who_may_decide_so_today_for_the_same_organisation(self, cast: Cast) -> None:
        walk = Walk(cast).to(Status.INTEREST)
        sent = Decision.objects.get(case=walk.case)
        walk.answer("vara")
        answered = decided(walk)
        wrong = "Bara den som kan fatta beslutet"
        for person, about in (
            (cast.director("vara"), sent),
            (cast.director(), answered),
            (cast.it_director(), sent),
            (cast.manager("vara"), answered),
        ):
            with pytest.raises(Refused, match=wrong):
                walk.correct(about, by=person)
        for person in (cast.lead(), cast.coordinator(), cast.registrar()):
            with pytest.raises(Refused, match="i den roll du har nu"):
                walk.correct(sent, by=person)
        walk.correct(sent, by=cast.manager())
        walk.correct(answered, by=cast.director("vara"))
        assert Decision.objects.filter(corrects__isnull=False).count() == 2

    def test_a_decision_of_another_initiative_is_refused(self, cast: Cast) -> None:
        other = decided(Walk(cast).to(Status.LOCAL))
        walk = Walk(cast).to(Status.LOCAL)
        with pytest.raises(Refused, match="annat initiativ"):
            walk.correct(other)

    def test_the_decision_that_corrects_needs_all_that_a_decision_needs(self, cast: Cast) -> None:
        walk = Walk(cast).to(Status.LOCAL)
        with pytest.raises(Refused) as refusal:
            walk.act(Act.CORRECT, cast.director())
        assert refusal.value.sentences == [
            "Välj vilket beslut som rättas.",
            "Ange vem som har beslutat.",
            "Ange beslutsdatum.",
            "Skriv en motivering till beslutet.",
        ]

    @pytest.mark.django_db(transaction=True)
    def test_of_two_who_correct_at_once_the_later_is_told(self, cast: Cast) -> None:
        walk = Walk(cast).to(Status.LOCAL)
        old = decided(walk)

        def press(person: Any) -> Any:
            return lambda: perform(Act.CORRECT, case=walk.case, by=person, given={"corrects": old, **decision(person)})

        outcomes = at_once([press(cast.director()), press(cast.manager())])
        assert sum(isinstance(outcome, Event) for outcome in outcomes) == 1
        assert any("redan rättat" in str(outcome) for outcome in outcomes)
        assert Decision.objects.count() == 2


def to_report(cast: Cast, home: str = "skara", **more: Any) -> Decision:
    walk = Walk(cast, home).to(Status.PRIORITISED)
    director = cast.director(home)
    walk.act(Act.DECIDE_LOCAL, director, **decision(director, to_be_reported=True, **more))
    return decided(walk)


def report(cast: Cast, rows: list[Decision], **more: Any) -> Reporting:
    given: dict[str, Any] = {
        "organisation": cast.orgs["skara"],
        "by": cast.registrar(),
        "decisions": [row.pk for row in rows],
        "seen": as_seen(row.pk for row in rows),
        "body": "Kommunstyrelsen",
        "reported_on": timezone.localdate(),
        "paragraph": "§ 12",
    }
    return report_decisions(**{**given, **more})


def reported(cast: Cast) -> Reporting:
    return report(cast, [to_report(cast)])


class TestReporting:
    def test_the_whole_list_in_one_press_leaves_one_event_that_names_them(self, cast: Cast) -> None:
        rows = [to_report(cast), to_report(cast)]
        before = Event.objects.count()
        reporting = report(cast, rows)
        event = Event.objects.latest("id")
        assert Event.objects.count() == before + 1
        assert (event.kind, event.case, event.organisation) == (Act.REPORT, None, cast.orgs["skara"])
        assert event.data == {
            "body": "Kommunstyrelsen",
            "day": timezone.localdate().isoformat(),
            "paragraph": "§ 12",
            "decisions": [f"Skara {YEAR}-001", f"Skara {YEAR}-002"],
        }
        assert set(Decision.objects.filter(reporting=reporting)) == set(rows)
        assert first_break() is None

    @pytest.mark.parametrize(
        ("more", "told"),
        [
            ({"reported_on": timezone.localdate() + dt.timedelta(days=1)}, "i framtiden"),
            ({"reported_on": timezone.localdate() - dt.timedelta(days=1)}, "De kan inte ha anmälts före den dagen"),
            ({"decisions": [], "seen": as_seen([])}, "inget beslut att anmäla"),
        ],
    )
    def test_what_cannot_be_is_refused(self, cast: Cast, more: dict[str, Any], told: str) -> None:
        with pytest.raises(Refused, match=told):
            report(cast, [to_report(cast)], **more)
        assert not Reporting.objects.exists()

    def test_only_the_registrar_of_the_organisation(self, cast: Cast) -> None:
        row = to_report(cast)
        for person in (cast.registrar("vara"), cast.director(), cast.admin(), cast.lead()):
            with pytest.raises(Refused, match="registrator"):
                report(cast, [row], by=person)

    def test_a_list_that_has_changed_is_told_and_nothing_is_marked(self, cast: Cast) -> None:
        row = to_report(cast)
        report(cast, [row])
        with pytest.raises(Overtaken, match="Listan har ändrats"):
            report(cast, [row, to_report(cast)])
        assert Reporting.objects.count() == 1
