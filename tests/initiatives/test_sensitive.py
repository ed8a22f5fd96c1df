"""What is noticed in a text before it becomes a public record, and what is not mistaken for it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from initiatives.sensitive import Kind, concerns


def found(text: str) -> list[tuple[Kind, str]]:
    return [(concern.kind, concern.words) for concern in concerns(text)]


class TestPersonalNumbers:
    @pytest.mark.parametrize(
        "text",
        [
            "811218-9876",
            "8112189876",
            "19811218-9876",
            "198112189876",
            "811218+9876",
            "Anna 811218 9876 ringde",
            "811278-9873",
            "20000229-2381",
        ],
    )
    def test_noticed(self, text: str) -> None:
        assert [kind for kind, _words in found(text)] == [Kind.PERSONAL_NUMBER]

    @pytest.mark.parametrize(
        "text",
        [
            "811218-9877",
            "0511-320 00",
            "DI-2026-001",
            "811318-9876",
            "12345678901234",
            "",
            "19811218",
            "5562-1234",
            "1 999 899 kr",
            "2026-11-25 14:32",
        ],
    )
    def test_not_mistaken(self, text: str) -> None:
        assert found(text) == []

    def test_told_as_it_was_written(self) -> None:
        assert found("Ring 811218-9876 eller 20000229-2381.") == [
            (Kind.PERSONAL_NUMBER, "811218-9876"),
            (Kind.PERSONAL_NUMBER, "20000229-2381"),
        ]


class TestNames:
    @pytest.mark.parametrize(
        ("text", "name"),
        [
            ("Brukaren Anna får vänta på sin nyckel.", "Anna"),
            ("Vi hade en elev Kalle Svensson som inte kunde logga in.", "Kalle Svensson"),
            ("patienten Britt-Marie Åkesson bor långt bort", "Britt-Marie Åkesson"),
            ("Anna Andersson har demens och går ut på natten.", "Anna Andersson"),
            ("Personalen hos Östen Ek ger medicinerna två gånger om dagen.", "Östen Ek"),
            ("Det kom en orosanmälan om Lisa Berg.", "Lisa Berg"),
            ("Klienten Ali fick fel blankett.", "Ali"),
            ("Ring Karin Larsson på boendet, hon har diabetes.", "Karin Larsson"),
            ("En brukare fick vänta. Hon heter Siv Ask.", "Siv Ask"),
            ("En elev i 4B, Kevin, kan inte logga in.", "Kevin"),
        ],
    )
    def test_a_name_in_a_sensitive_context_is_noticed(self, text: str, name: str) -> None:
        assert found(text) == [(Kind.NAMED_PERSON, name)]

    @pytest.mark.parametrize(
        "text",
        [
            "Brukaren får vänta på sin nyckel.",
            "Elever i Skara och Västra Götaland saknar lärplattor.",
            "Sjukhuset i Lidköping skickar brev.",
            "Maria Lund är verksamhetsägare för larmen.",
            "Patienten Västra Götalands region ansvarar för är en annan.",
            "Brukare i Göliska IT:s system",
            "Eleven Skolplattformen byter namn",
            "Hemtjänsten i Vara. Kontakta Eva Ek på växeln.",
            "Vårdtagarna får mer tid.",
            "Microsoft Teams används av eleverna.",
            "",
        ],
    )
    def test_places_systems_and_colleagues_are_not(self, text: str) -> None:
        assert found(text) == []

    def test_the_same_name_is_told_once(self) -> None:
        assert found("Brukaren Anna ringer. Brukaren Anna ringer igen.") == [(Kind.NAMED_PERSON, "Anna")]


@given(st.text(max_size=300))
def test_any_text_can_be_read(text: str) -> None:
    assert all(concern.words in text for concern in concerns(text))
