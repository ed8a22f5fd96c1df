"""*Gallring*: off until an organisation has decided, shown before it is done, one event a case, the chain whole."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from governance.actions.purging import carry_out, shown
from governance.acts import Act
from governance.chain import first_break
from governance.models import Case, Event, RetentionRule
from governance.retention import is_due, last_day
from governance.statuses import Status
from initiatives.models import Attachment, Initiative, Scenario
from tests.cast import Cast
from tests.walk import Walk
from v6portal.organizations.errors import Refused
from v6portal.organizations.models import User
from v6portal.organizations.roles import Role

YEARS = 1
LONG_AGO = timezone.now() - dt.timedelta(days=400)


@pytest.mark.parametrize(
    ("today", "years", "last"),
    [
        (dt.date(2026, 11, 26), 5, dt.date(2021, 11, 26)),
        (dt.date(2028, 2, 29), 1, dt.date(2027, 2, 28)),
        (dt.date(2028, 2, 29), 4, dt.date(2024, 2, 29)),
    ],
)
def test_the_last_day_that_has_been_kept_long_enough(today: dt.date, years: int, last: dt.date) -> None:
    assert last_day(today, years) == last
    assert is_due(last, years, today)
    assert not is_due(last + dt.timedelta(days=1), years, today)


def rule(cast: Cast, what: str = "unused_attachments", home: str = "skara", **more: Any) -> RetentionRule:
    in_force = {"active": True, "decided_on": dt.date(2026, 1, 14), "decision_reference": "KS § 12"}
    return RetentionRule.objects.create(organisation=cast.orgs[home], what=what, years=YEARS, **{**in_force, **more})


def withdrawn(cast: Cast, home: str = "skara", *, at: dt.datetime = LONG_AGO, files: int = 1, **text: Any) -> Walk:
    walk = Walk(cast, home, at=at, **text).to(Status.SUBMITTED)
    for number in range(files):
        content = f"{walk.case.pk} {number}".encode()
        Attachment.objects.create(
            initiative=walk.case.initiative,
            file=ContentFile(content, "x"),
            name=f"ritning{number}.pdf",
            content_type="application/pdf",
            size=len(content),
            sha256=hashlib.sha256(content).hexdigest(),
            uploaded_by_name="Ada",
            uploaded_at=at,
        )
    walk.act(Act.WITHDRAW, walk.author, motivation="Löst på annat sätt.")
    return walk


def do(the_rule: RetentionRule, by: User) -> int:
    return carry_out(rule=the_rule, by=by, seen=shown(the_rule, by))


@pytest.mark.django_db
class TestTheRules:
    @pytest.mark.parametrize(
        ("wrong", "constraint"),
        [
            ({"decided_on": None}, "retention_in_force_by_a_decision"),
            ({"decision_reference": ""}, "retention_in_force_by_a_decision"),
            ({"years": 0}, "retention_at_least_a_year"),
            ({"what": "events"}, "retention_kind_known"),
        ],
    )
    def test_one_in_force_names_its_decision_and_nothing_else_than_what_may_go_can_be_chosen(
        self, cast: Cast, wrong: dict[str, Any], constraint: str
    ) -> None:
        given = {"what": "drafts", "years": 1, "active": True, "decided_on": dt.date(2026, 1, 1)}
        with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
            RetentionRule.objects.create(
                organisation=cast.orgs["skara"], **{**given, "decision_reference": "KS § 12", **wrong}
            )

    def test_the_administration_says_what_is_missing(self, cast: Cast, client: Client) -> None:
        client.force_login(cast.admin())
        sent = {"organisation": cast.orgs["skara"].pk, "what": "drafts", "years": 2, "active": "on"}
        page = client.post("/admin/governance/retentionrule/add/", sent).content.decode()
        assert "En regel som gäller ska ange gallringsbeslutet och dess dag." in page
        client.post(
            "/admin/governance/retentionrule/add/", {**sent, "decision_reference": "KS § 1", "decided_on": "2026-01-14"}
        )
        assert RetentionRule.objects.get().active


@pytest.mark.django_db(transaction=True)
class TestCarryingOut:
    @pytest.fixture(autouse=True)
    def _media(self, settings: Any, tmp_path: Path) -> None:
        settings.MEDIA_ROOT = tmp_path / "media"

    def test_the_files_go_and_everything_that_tells_of_them_stays(self, cast: Cast) -> None:
        first, second = withdrawn(cast, files=2), withdrawn(cast)
        recent = withdrawn(cast, at=timezone.now() - dt.timedelta(days=30))
        going_on = Walk(cast, at=LONG_AGO).to(Status.SUBMITTED)
        elsewhere = withdrawn(cast, "vara")
        before = Event.objects.count()
        registrar = cast.registrar()
        assert do(rule(cast), registrar) == 3
        gone = Attachment.objects.filter(purged_at__isnull=False)
        assert {one.initiative_id for one in gone} == {first.case.pk, second.case.pk}
        assert not any(default_storage.exists(one.file.name) for one in gone)
        kept = Attachment.objects.filter(initiative__in=[recent.case.pk, elsewhere.case.pk, going_on.case.pk])
        assert len(kept) == 2
        assert all(default_storage.exists(one.file.name) for one in kept)
        assert all(one.name and one.size and one.sha256 for one in gone)
        assert Event.objects.count() == before + 2
        event = Event.objects.get(kind=Act.PURGE, case=first.case)
        assert event.data == {
            "rule": "bilagor till det som aldrig prövades färdigt, Skara",
            "count": 2,
            "sha256": [one.sha256 for one in first.case.initiative.attachments.order_by("pk")],
            "years": YEARS,
            "by_decision": "KS § 12, 2026-01-14",
        }
        assert first_break() is None
        assert do(RetentionRule.objects.get(), registrar) == 0

    def test_nothing_goes_if_the_transaction_does_not_end_well(self, cast: Cast) -> None:
        walk = withdrawn(cast)
        registrar, the_rule = cast.registrar(), rule(cast)
        with transaction.atomic():
            do(the_rule, registrar)
            transaction.set_rollback(True)
        file = walk.case.initiative.attachments.get()
        assert file.purged_at is None
        assert default_storage.exists(file.file.name)

    def test_drafts_go_whole_and_leave_an_event_without_a_word_of_them(self, cast: Cast) -> None:
        old = Walk(cast, at=LONG_AGO, title="Kanariefågeln")
        Walk(cast, title="Nytt")
        sent = Walk(cast, at=LONG_AGO).to(Status.SUBMITTED)
        assert do(rule(cast, "drafts"), cast.registrar()) == 1
        assert not Initiative.objects.filter(pk=old.case.pk).exists()
        assert not Case.objects.filter(pk=old.case.pk).exists()
        assert Initiative.objects.filter(pk=sent.case.pk).exists()
        event = Event.objects.get(kind=Act.PURGE)
        assert event.reference == old.case.initiative.reference
        assert "Kanariefågeln" not in str(event.data) + event.text
        assert first_break() is None

    def test_scenarios_go_in_one_event_about_no_case(self, cast: Cast) -> None:
        for name, at in (("gammalt", LONG_AGO), ("äldre", LONG_AGO), ("nytt", timezone.now())):
            Scenario.objects.create(
                name=name,
                level="kommun",
                weights={},
                organisation=cast.orgs["skara"],
                saved_by=cast.lead(),
                saved_at=at,
            )
        assert do(rule(cast, "scenarios"), cast.registrar()) == 2
        assert [one.name for one in Scenario.objects.all()] == ["nytt"]
        event = Event.objects.get(kind=Act.PURGE)
        assert (event.case, event.data["count"]) == (None, 2)


@pytest.mark.django_db
class TestWhoAndWhen:
    @pytest.fixture(autouse=True)
    def _media(self, settings: Any, tmp_path: Path) -> None:
        settings.MEDIA_ROOT = tmp_path / "media"

    def test_a_rule_that_is_not_in_force_does_nothing(self, cast: Cast, client: Client) -> None:
        withdrawn(cast)
        off = rule(cast, active=False)
        with pytest.raises(Refused, match="ska först ha beslutat"):
            do(off, cast.registrar())
        client.force_login(cast.registrar())
        page = client.get(f"/gallring/{off.pk}/").content.decode()
        assert "ritning0.pdf" in page
        assert "Regeln gäller inte än." in page
        assert "Jag har läst listan." not in page

    @pytest.mark.parametrize("who", [(Role.REGISTRAR, "vara"), (Role.LEAD, "skara"), (Role.ADMIN, "v6")])
    def test_only_the_registrar_of_the_organisation(self, cast: Cast, who: tuple[Role, str]) -> None:
        withdrawn(cast)
        with pytest.raises(Refused, match="registrator"):
            do(rule(cast), cast.person(*who))

    def test_one_case_at_a_time_goes_by_the_same_rules(self, cast: Cast) -> None:
        ended, vara = withdrawn(cast), rule(cast, home="vara")
        fresh = withdrawn(cast, at=timezone.now() - dt.timedelta(days=9))
        for walk, the_rule, told in (
            (ended, vara, "Regeln gäller inte"),
            (fresh, rule(cast), "får gallras enligt regeln än"),
        ):
            walk.at = None
            with pytest.raises(Refused, match=told):
                walk.act(Act.PURGE, cast.registrar(), rule=the_rule)

    def test_the_database_lets_a_file_go_once_and_nothing_else_change(self, cast: Cast) -> None:
        walk = withdrawn(cast)
        files = Attachment.objects.filter(initiative=walk.case.pk)
        files.update(purged_at=timezone.now())
        for change in ({"purged_at": None}, {"purged_at": LONG_AGO}, {"name": "annan.pdf"}, {"sha256": "0" * 64}):
            with pytest.raises(DatabaseError, match="En inskickad bilaga ändras inte"), transaction.atomic():
                files.update(**change)


@pytest.mark.django_db
class TestThePage:
    @pytest.fixture(autouse=True)
    def _media(self, settings: Any, tmp_path: Path) -> None:
        settings.MEDIA_ROOT = tmp_path / "media"

    def send(self, client: Client, the_rule: RetentionRule, page: str, **more: str) -> Any:
        seen = re.search(r'name="seen" value="([0-9a-f]+)"', page)
        return client.post(f"/gallring/{the_rule.pk}/", {"seen": seen[1] if seen else "", **more}, follow=True)

    def test_shows_exactly_what_would_go_and_does_it_when_it_is_confirmed(self, cast: Cast, client: Client) -> None:
        walk = withdrawn(cast, files=2, title="Nycklar")
        the_rule = rule(cast)
        client.force_login(cast.registrar())
        assert "KS § 12, 2026-01-14" in client.get("/gallring/").content.decode()
        page = client.get(f"/gallring/{the_rule.pk}/").content.decode()
        assert all(words in page for words in ("Nycklar", "ritning0.pdf", "ritning1.pdf", "Gallra 2 saker"))
        unsure = self.send(client, the_rule, page)
        assert unsure.status_code == 422
        assert "Bekräfta att du har läst listan." in unsure.content.decode()
        done = self.send(client, the_rule, page, sure="on").content.decode()
        assert "2 saker är gallrade." in done
        assert f"{walk.case.initiative.reference}</a>: Gallrat: 2 saker" in done
        on_the_case = client.get(walk.case.get_absolute_url()).content.decode()
        assert "gallrad" in on_the_case
        file = walk.case.initiative.attachments.first()
        assert file
        assert client.get(file.get_absolute_url()).status_code == 404

    def test_a_list_that_has_changed_is_told(self, cast: Cast, client: Client) -> None:
        withdrawn(cast)
        the_rule = rule(cast)
        client.force_login(cast.registrar())
        page = client.get(f"/gallring/{the_rule.pk}/").content.decode()
        withdrawn(cast)
        answer = self.send(client, the_rule, page, sure="on")
        assert answer.status_code == 409
        assert "Listan har ändrats" in answer.content.decode()
        assert not Event.objects.filter(kind=Act.PURGE).exists()

    def test_what_the_registrar_may_not_read_stays_and_a_draft_is_only_counted(
        self, cast: Cast, client: Client
    ) -> None:
        walk = withdrawn(cast, title="Uggleblicken")
        walk.at = None
        reader = (cast.orgs["skara"], Role.DIRECTOR)
        both = cast.person(Role.REGISTRAR, "skara", 2)
        cast.membership(both, Role.DIRECTOR, "skara")
        walk.act(
            Act.MARK_SECRET,
            both,
            legal_basis="OSL 18:8",
            marked_on=timezone.localdate(),
            readers=[reader],
        )
        Walk(cast, at=LONG_AGO, title="Kanariefågeln")
        files, drafts = rule(cast), rule(cast, "drafts")
        client.force_login(cast.registrar())
        for the_rule, told in ((files, "1 fil hör till ett ärende som du inte får läsa."), (drafts, "1 utkast.")):
            page = client.get(f"/gallring/{the_rule.pk}/").content.decode()
            assert told in page
            assert "Uggleblicken" not in page
            assert "Kanariefågeln" not in page
        assert do(files, cast.registrar()) == 0
        assert do(drafts, cast.registrar()) == 1
        log = client.get("/gallring/").content.decode()
        assert "Gallrat: 1 sak, enligt regeln om utkast" in log
        assert "DI-" not in log
