"""The assessment model as data: drafted, previewed, published, and locked from then on."""

from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from initiatives.actions import versions
from initiatives.models import AssessmentModel, Axis, Level
from tests.cast import Cast
from tests.drafting import as_shown, page
from v6portal.organizations.errors import Refused

LIST = "/admin/initiatives/assessmentmodel/"


@pytest.fixture
def admin_client(client, cast):
    client.force_login(cast.admin())
    return client


@pytest.fixture
def shipped(db) -> AssessmentModel:
    return AssessmentModel.objects.current()


@pytest.fixture
def draft(cast, shipped) -> AssessmentModel:
    return versions.copy(model=shipped, by=cast.admin())


def said(response: Any) -> list[str]:
    """What the page that was led to says has happened."""
    return [str(message) for message in response.context["messages"]]


def do(client, action: str, *models: AssessmentModel) -> Any:
    """Chooses an action on the list and gives where it led."""
    form = {"action": action, "_selected_action": [model.pk for model in models]}
    return client.post(LIST, form, follow=True)


def weights(model: AssessmentModel) -> list[str]:
    return [str(weight) for weight in model.criteria.values_list("weight", flat=True)]


# --- Drafting


def test_a_copy_is_a_draft_with_the_same_questions_and_criteria(shipped, draft) -> None:
    assert not draft.is_published
    assert draft.version != shipped.version
    for part in ("gate_questions", "criteria"):
        old, new = getattr(shipped, part), getattr(draft, part)
        assert [str(row) for row in new.all()] == [str(row) for row in old.all()]
        assert not set(new.values_list("pk", flat=True)) & set(old.values_list("pk", flat=True))


def test_every_copy_gets_a_version_of_its_own(cast, shipped, draft) -> None:
    another = versions.copy(model=shipped, by=cast.admin())
    year, number = draft.version.split(".")
    assert another.version == f"{year}.{int(number) + 1}"


def test_a_draft_does_not_disturb_what_is_scored_by(shipped, draft) -> None:
    assert AssessmentModel.objects.current() == shipped


# --- Publishing


def test_a_complete_draft_becomes_the_version_that_new_rounds_use(cast, draft) -> None:
    assert list(versions.obstacles(draft)) == []
    versions.publish(model=draft, by=cast.admin())
    assert AssessmentModel.objects.current() == draft
    assert AssessmentModel.objects.current().published_by_name == "Administratör V6"


@pytest.mark.parametrize(
    ("weight", "told"),
    [
        ("15", "Vikterna blir 95 av 100; 5 fattas."),
        ("20.5", "Vikterna blir 100,5 av 100; 0,5 för mycket."),
        ("19.99", "Vikterna blir 99,99 av 100; 0,01 fattas."),
    ],
)
def test_weights_that_do_not_make_a_hundred_are_refused(cast, draft, weight: str, told: str) -> None:
    draft.criteria.filter(code="N1").update(weight=weight)
    with pytest.raises(Refused) as refusal:
        versions.publish(model=draft, by=cast.admin())
    assert refusal.value.sentences == [told]
    assert not AssessmentModel.objects.get(pk=draft.pk).is_published


def test_a_level_without_words_is_refused(draft) -> None:
    draft.criteria.filter(code="G2").update(level_4="  ")
    assert list(versions.obstacles(draft)) == ["Kriteriet G2 Kostnad saknar text för nivå 4."]


@pytest.mark.parametrize("level", Level)
def test_a_level_without_questions_is_refused(draft, level: Level) -> None:
    draft.gate_questions.filter(level=level).delete()
    assert list(versions.obstacles(draft)) == [f"Det saknas kvalificeringsfrågor för nivån {level.label}."]


@pytest.mark.parametrize("axis", Axis)
def test_an_axis_without_criteria_is_refused(draft, axis: Axis) -> None:
    draft.criteria.filter(axis=axis).delete()
    assert f"Det saknas kriterier på axeln {axis.label}." in list(versions.obstacles(draft))


def test_what_is_published_is_not_published_again(cast, shipped) -> None:
    with pytest.raises(Refused, match="redan publicerad"):
        versions.publish(model=shipped, by=cast.admin())


def test_nor_are_its_weights_reckoned_again(cast, shipped) -> None:
    with pytest.raises(Refused, match="publicerad och låst"):
        versions.reweigh(model=shipped, by=cast.admin())


def test_without_criteria_there_is_nothing_to_reckon(cast, draft) -> None:
    draft.criteria.all().delete()
    with pytest.raises(Refused, match="Lägg till kriterier först"):
        versions.reweigh(model=draft, by=cast.admin())


def test_a_draft_that_somebody_has_removed_is_told(cast, draft) -> None:
    gone = AssessmentModel.objects.get(pk=draft.pk)
    draft.delete()
    with pytest.raises(Refused, match="är borttaget"):
        versions.reweigh(model=gone, by=cast.admin())


# --- In Django admin


def test_copy_look_publish_by_the_buttons(admin_client, shipped) -> None:
    copied = do(admin_client, "copy_chosen", shipped)
    draft = AssessmentModel.objects.latest("pk")
    assert said(copied) == [f"Utkastet {draft} är skapat som en kopia av 2024.1."]
    assert copied.redirect_chain[-1][0] == page(draft)

    asked = do(admin_client, "publish_chosen", draft).content.decode()
    assert f"Omgångar som öppnas från och med nu bedöms enligt version {draft}." in asked
    assert "Omgångar som redan är öppna behåller den version de öppnades med." in asked
    assert "publiceringen kan inte ångras" in asked
    assert not AssessmentModel.objects.get(pk=draft.pk).is_published

    done = admin_client.post(page(draft, "publish"), follow=True)
    assert said(done) == [f"Version {draft} är publicerad och låst."]
    assert AssessmentModel.objects.current() == draft
    assert "Administratör V6" in done.content.decode()
    told = LogEntry.objects.order_by("pk").values_list("change_message", "user__username")
    assert list(told) == [
        (f"Utkastet {draft} är skapat som en kopia av 2024.1.", "admin.v6"),
        (f"Version {draft} är publicerad och låst.", "admin.v6"),
    ]


def test_the_preview_is_the_forms_themselves_and_saves_nothing(admin_client, draft) -> None:
    shown = admin_client.get(f"/bedomningsmodell/{draft.pk}/")
    text = shown.content.decode()
    for words in ("Är behovet verifierat i verksamheten?", "Vill minst två kommuner delta?", "Stor för flera förvaltn"):
        assert words in text
    assert text.count('type="radio"') == 19 * 3 + 8 * 6
    gate = text.split("Behöver det beredas?")
    assert len(gate) == 2, "the routing questions stand apart, and are asked in the kommun alone"
    routing = gate[1].split("<h2")[0]
    assert routing.count('type="radio"') == 7 * 3
    assert (routing.count("Vet inte"), routing.count("Oklart"), routing.count("Skäl att gå vidare")) == (7, 0, 0)
    assert "Gå till publicering" in text
    assert '<form method="post" action="/bedomningsmodell' not in text
    assert admin_client.post(f"/bedomningsmodell/{draft.pk}/").status_code == 405


def test_help_is_text_and_never_markup(admin_client, draft) -> None:
    draft.gate_questions.filter(code="K1").update(help="Kostnad < 100 tkr <b>fet</b>")
    draft.criteria.filter(code="N1").update(help="<form action='//annan.plats'>")
    text = admin_client.get(f"/bedomningsmodell/{draft.pk}/").content.decode()
    assert "Kostnad &lt; 100 tkr &lt;b&gt;fet&lt;/b&gt;" in text
    assert "annan.plats" in text
    assert "<form action='//annan" not in text


def test_a_refusal_is_told_before_and_after_the_button(admin_client, draft) -> None:
    draft.criteria.filter(code="N1").delete()
    refusal = "Vikterna blir 80 av 100; 20 fattas."
    asked = admin_client.get(page(draft, "publish")).content.decode()
    assert refusal in asked
    assert "Publicera version" not in asked.split("</h1>")[1]
    assert said(admin_client.post(page(draft, "publish"), follow=True)) == [refusal]
    assert refusal in admin_client.get(f"/bedomningsmodell/{draft.pk}/").content.decode()


def test_without_the_risk_criterion_it_is_said_that_nothing_will_be_flagged(admin_client, draft) -> None:
    warning = "Inget kriterium har koden G3."
    assert warning not in admin_client.get(page(draft, "publish")).content.decode()
    draft.criteria.filter(code="G3").update(code="G4")
    assert warning in admin_client.get(page(draft, "publish")).content.decode()


def test_a_version_that_is_published_already_is_not_asked_about(admin_client, shipped) -> None:
    text = admin_client.get(page(shipped, "publish")).content.decode()
    assert "är låst." in text
    assert 'class="button default"' not in text
    assert said(admin_client.post(page(shipped, "publish"), follow=True)) == ["Version 2024.1 är redan publicerad."]


def test_one_version_at_a_time(admin_client, shipped, draft) -> None:
    for action in ("publish_chosen", "copy_chosen"):
        assert said(do(admin_client, action, shipped, draft)) == ["Välj en version i taget."]
    assert AssessmentModel.objects.count() == 2


def test_a_copy_is_made_by_a_button_and_not_by_an_address(admin_client, shipped) -> None:
    assert admin_client.get(page(shipped, "copy")).status_code == 405
    admin_client.post(page(shipped, "copy"))
    assert AssessmentModel.objects.count() == 2


def test_a_draft_can_be_changed_and_removed(admin_client, draft) -> None:
    shown = as_shown(admin_client, draft)
    shown["criteria-0-level_5"] = "Stor för alla"
    assert admin_client.post(page(draft), shown).status_code == 302
    assert draft.criteria.get(code="N1").level_5 == "Stor för alla"
    assert admin_client.post(page(draft, "delete"), {"post": "yes"}).status_code == 302
    assert not AssessmentModel.objects.filter(pk=draft.pk).exists()


def test_a_draft_from_nothing_has_the_next_number_and_room_for_a_first_criterion(admin_client, shipped) -> None:
    response = admin_client.get(f"{LIST}add/")
    assert response.context["adminform"].form["version"].value() == versions.next_version()
    text = response.content.decode()
    assert 'name="criteria-0-weight"' in text
    assert "Vikterna blir 0 av 100; 100 fattas." in text


# --- Weights


def test_weights_of_any_size_are_saved_and_reckoned_to_a_hundred(admin_client, draft) -> None:
    """3/2/1 as people think, with decimals where that is how it comes out."""
    draft.criteria.exclude(code__in=("N1", "N2", "G1")).delete()
    shown = as_shown(admin_client, draft)
    shown |= {"criteria-0-weight": "3", "criteria-1-weight": "2", "criteria-2-weight": "1"}
    assert admin_client.post(page(draft), shown).status_code == 302
    assert weights(draft) == ["3.00", "2.00", "1.00"]
    assert "Vikterna blir 6 av 100; 94 fattas." in admin_client.get(page(draft)).content.decode()
    done = admin_client.post(page(draft), as_shown(admin_client, draft) | {"_reweigh": "1"}, follow=True)
    assert said(done) == ["Utkastet är sparat och vikterna är omräknade till 100."]
    assert weights(draft) == ["50.00", "33.33", "16.67"]
    assert "Vikterna blir 100 av 100." in done.content.decode()


@pytest.mark.parametrize(
    ("weight", "told"), [("0", "större än 0"), ("-1", "större än 0"), ("101", "högst 100"), ("tre", "Fyll i ett tal")]
)
def test_what_is_no_weight_is_told_beside_the_field(admin_client, draft, weight: str, told: str) -> None:
    shown = as_shown(admin_client, draft) | {"criteria-0-weight": weight}
    text = admin_client.post(page(draft), shown).content.decode()
    assert told in text
    assert weights(draft)[0] == "20.00"


def test_there_is_nothing_to_reckon_without_criteria(admin_client, draft) -> None:
    draft.criteria.all().delete()
    done = admin_client.post(page(draft), as_shown(admin_client, draft) | {"_reweigh": "1"}, follow=True)
    assert said(done) == ["Lägg till kriterier först. Det finns inga vikter att räkna om."]


def test_what_is_typed_is_saved_on_the_way_to_publication(admin_client, draft) -> None:
    shown = as_shown(admin_client, draft) | {"criteria-0-weight": "15", "_publish": "1"}
    asked = admin_client.post(page(draft), shown, follow=True)
    assert asked.redirect_chain == [(page(draft, "publish"), 302)]
    assert "Vikterna blir 95 av 100; 5 fattas." in asked.content.decode()


# --- Locked


def test_a_published_version_is_read_and_nothing_else(admin_client, shipped) -> None:
    text = admin_client.get(page(shipped)).content.decode()
    assert "Stor för flera förvaltningar" in text
    assert 'name="criteria-0-level_5"' not in text
    assert "_reweigh" not in text
    for name in ("change", "delete"):
        refused = admin_client.post(page(shipped, name), {"post": "yes", "version": "x", "name": "x"})
        assert refused.status_code == 403
        assert "Version 2024.1 är publicerad och låst." in refused.content.decode()
    assert AssessmentModel.objects.current().version == "2024.1"


@pytest.mark.parametrize("button", ["_save", "_reweigh", "_publish"])
def test_a_form_opened_before_publication_is_refused_after_it_in_words(admin_client, cast, draft, button: str) -> None:
    shown = as_shown(admin_client, draft) | {"criteria-0-level_5": "Annat", button: "1"}
    versions.publish(model=draft, by=cast.admin())
    refused = admin_client.post(page(draft), shown)
    assert refused.status_code == 403
    assert f"Version {draft} är publicerad och låst." in refused.content.decode()
    assert "Inget är sparat." in refused.content.decode()
    assert draft.criteria.get(code="N1").level_5 == "Stor för många"


def test_a_form_of_a_draft_that_is_gone_leads_back(admin_client, draft) -> None:
    shown = as_shown(admin_client, draft)
    draft.delete()
    assert admin_client.post(page(AssessmentModel(pk=shown["criteria-0-model"])), shown).status_code == 302


def test_what_another_administrator_changed_meanwhile_is_not_overwritten_unseen(admin_client, draft) -> None:
    shown = as_shown(admin_client, draft) | {"name": "Min"}
    draft.criteria.filter(code="N2").update(level_1="Deras")
    told = admin_client.post(page(draft), shown)
    assert "Någon annan har ändrat utkastet medan du hade det öppet" in told.content.decode()
    assert 'value="Min"' in told.content.decode()
    assert AssessmentModel.objects.get(pk=draft.pk).name != "Min"
    shown["seen"] = told.context["adminform"].form["seen"].value()
    assert admin_client.post(page(draft), shown).status_code == 302
    assert AssessmentModel.objects.get(pk=draft.pk).name == "Min"


# --- Side by side


@pytest.fixture
def reworded(draft) -> AssessmentModel:
    """The draft with one of every sort of change."""
    draft.criteria.filter(code="N1").update(weight=25, level_3="Tydlig för en stor grupp")
    draft.criteria.filter(code="N2").update(name="Nytta för medarbetare")
    old = draft.criteria.get(code="N5")
    draft.criteria.filter(code="N5").update(code="N6", name="Lärande")
    assert old.weight == 5
    draft.gate_questions.filter(code="K2").update(text="Är behovet mätt i verksamheten?")
    draft.gate_questions.filter(code="S6").delete()
    return draft


def test_two_versions_side_by_side(admin_client, shipped, reworded) -> None:
    compared = admin_client.get(page(reworded, "compare"), {"med": shipped.pk}).context["comparison"]
    assert (compared.old, compared.new) == (shipped, reworded)
    lines = {line.criterion.code: (line.before, line.after, line.difference) for line in compared.weights}
    assert lines == {
        "N1": ("20", "25", "+5"),
        "N2": ("20", "20", ""),
        "N3": ("15", "15", ""),
        "N4": ("15", "15", ""),
        "N6": ("", "5", "+5"),
        "G1": ("10", "10", ""),
        "G2": ("10", "10", ""),
        "G3": ("5", "5", ""),
        "N5": ("5", "", "−5"),
    }
    assert (compared.old_sum, compared.new_sum) == ("100", "105")
    words = {
        (one.part.code, str(difference.label)): [(p.kind.value, p.text) for p in difference.pieces]
        for one in (*compared.criteria.changed, *compared.questions.changed)
        for difference in one.differences
    }
    assert words == {
        ("N1", "Nivå 3"): [("kept", "Tydlig för en "), ("added", "stor "), ("kept", "grupp")],
        ("N2", "Namn"): [("kept", "Nytta för medarbetare"), ("removed", " och verksamhet")],
        ("K2", "Fråga"): [
            ("kept", "Är behovet "),
            ("removed", "verifierat"),
            ("added", "mätt"),
            ("kept", " i verksamheten?"),
        ],
    }
    assert compared.summary == (
        "Nya kriterier: N6 Lärande. Borttagna kriterier: N5 Nyhetsvärde. "
        "Andra vikter: N1 Nytta för invånare. "
        "Andra ord i kriterier: N1 Nytta för invånare och N2 Nytta för medarbetare. "
        "Borttagna frågor: ”S6 Är Göliska IT:s medverkan bedömd?”. "
        "Andra ord i frågor: ”K2 Är behovet mätt i verksamheten?”."
    )


def test_many_that_differ_are_counted(admin_client, shipped, draft) -> None:
    draft.criteria.update(weight=1)
    compared = admin_client.get(page(draft, "compare")).context["comparison"]
    assert compared.summary == "Andra vikter: 8 stycken."


def test_the_difference_can_be_heard(admin_client, shipped, reworded) -> None:
    text = admin_client.get(page(reworded, "compare")).content.decode()
    assert "tillagt: </span>stor " in text
    assert "borttaget: </span>verifierat" in text
    assert '<th scope="row">N1 Nytta för invånare</th>' in text


def test_the_older_stands_first_whichever_one_begins_with(admin_client, shipped, reworded) -> None:
    for model, other in ((shipped, reworded), (reworded, shipped)):
        compared = admin_client.get(page(model, "compare"), {"med": other.pk}).context["comparison"]
        assert (compared.old, compared.new) == (shipped, reworded)


@pytest.mark.parametrize("asked", ["", "0", "hittepå", "999999999999999999999"])
def test_what_cannot_be_compared_with_gives_the_nearest_before(admin_client, shipped, draft, asked: str) -> None:
    response = admin_client.get(page(draft, "compare"), {"med": asked})
    assert response.context["other"] == shipped
    assert response.context["comparison"].summary == "De två versionerna frågar och väger likadant."


def test_one_version_alone_has_nothing_to_be_compared_with(admin_client, shipped) -> None:
    assert "Det finns ingen annan version" in admin_client.get(page(shipped, "compare")).content.decode()


# --- Who


def test_nobody_but_an_administrator_comes_here(client, cast: Cast, draft) -> None:
    addresses = [page(draft, name) for name in ("change", "publish", "compare", "copy", "delete")]
    for person in (cast.lead(), cast.coordinator(), cast.director(), cast.outsider()):
        client.force_login(person)
        for address in addresses:
            client.post(address, {"post": "yes", "_publish": "1"})
            assert client.get(address).status_code in (302, 403)
        assert client.get(f"/bedomningsmodell/{draft.pk}/").status_code == 403
    assert AssessmentModel.objects.count() == 2
    assert not AssessmentModel.objects.get(pk=draft.pk).is_published


# --- As many questions to the database for one criterion as for twenty


@pytest.mark.parametrize(("name", "cost"), [("change", 9), ("publish", 8), ("compare", 9), ("preview", 9)])
@pytest.mark.parametrize("times", [1, 3])
def test_every_page_costs_the_same(
    admin_client, draft, django_assert_num_queries, name: str, cost: int, times: int
) -> None:
    rows = list(draft.criteria.all())
    for number in range(1, times):
        for row in rows:
            row.pk, row._state.adding, row.code = None, True, f"{row.code}{number}"
            row.save()
    address = reverse("model_preview", args=[draft.pk]) if name == "preview" else page(draft, name)
    admin_client.get(address)
    with django_assert_num_queries(cost):
        admin_client.get(address)
