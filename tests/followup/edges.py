"""The edges of the indicators told as stories, each with the figures typed by hand that the half-years show."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from governance.acts import Act
from governance.models.ledger import Ending
from governance.statuses import Status

from .history import History


@dataclass(frozen=True)
class Story:
    """What happened, and what the half-years say of it: code and path of the figure → the figure."""

    told: str
    happens: Callable[[], Any]
    figures: Mapping[str, Any]


def in_v6(**more: Any) -> History:
    return History("DI-1", **{"submitted": "2024-01-08", "v6": "2024-01-15"} | more)


def started(start: str, **more: Any) -> History:
    """In V6, with a project from the day on that goes on."""
    return in_v6(**more).stage("project", start)


def delivered(start: str, end: str) -> History:
    return in_v6().stage("project", start, end)


def sent_again() -> History:
    history = in_v6().event(Act.RETURN_TO_KOMMUN, "2024-05-02", Status.PRIORITISED)
    return history.event(Act.SEND_TO_V6, "2025-02-03", Status.V6_RECEIVED)


def repeated() -> None:
    original = History("DI-1", submitted="2024-01-08")
    History("DI-2", submitted="2024-06-30 23:59").event(
        Act.MARK_DUPLICATE, "2024-07-01 00:00", Status.DUPLICATE, duplicate_of=original.initiative
    )


def used_and_confirmed() -> History:
    return in_v6().adopted("Skara", "2024-02-01").confirmed_in_all("2024-02-29")


STORIES = (
    Story(
        "inskickat sista minuten av ett halvår, i V6 första minuten av nästa",
        lambda: History("DI-1", submitted="2024-06-30 23:59", v6="2024-07-01 00:00"),
        {
            "2024-1 A1.per_kommun.Skara.antal": 1,
            "2024-2 A1.per_kommun.Skara.antal": 0,
            "2024-1 B1.per_kommun.Skara.antal": 0,
            "2024-2 B1.per_kommun.Skara.referenser": ["DI-1"],
            "2024-1 B5.antal_rader": 0,
            "2024-2 B5.B5e_vantande.median_alder_fran_v6": 183,
            "2024-2 B5.B5e_vantande.median_alder_fran_inskickat": 184,
        },
    ),
    Story(
        "inskickat sista minuten av ett år",
        lambda: History("DI-1", submitted="2025-12-31 23:59", v6="2026-01-01 00:00"),
        {
            "2025-2 A1.summa_kommuner.antal": 1,
            "2025-2 B1.summa_kommuner.antal": 0,
            "2026-1 A1.summa_kommuner.antal": 0,
            "2026-1 B1.summa_kommuner.antal": 1,
        },
    ),
    Story(
        "natten då klockan ställs fram räknas i hela dygn",
        lambda: History("DI-1", submitted="2025-03-29 23:59", v6="2025-03-30 03:00").stage("project", "2025-03-31"),
        {"2025-1 B5.DI-1.B5e.dagar_fran_v6": 1, "2025-1 B5.DI-1.B5e.dagar_fran_inskickat": 2},
    ),
    Story(
        "natten då klockan ställs tillbaka är ett dygn",
        lambda: History("DI-1", submitted="2025-10-26 00:00", v6="2025-10-26 02:30").stage("project", "2025-10-27"),
        {"2025-2 B5.DI-1.B5e.dagar_fran_v6": 1, "2025-2 B5.DI-1.B5e.dagar_fran_inskickat": 1},
    ),
    Story(
        "över skottdagen är det två dagar till mars, och året har 366",
        lambda: (
            in_v6(v6="2024-02-28")
            .stage("project", "2024-03-01")
            .cost("operation", "366", "2024-02-29")
            .cost("operation", "366", "2024-02-01", "2024-02-27")
        ),
        {
            "2024-1 B5.DI-1.B5e.dagar_fran_v6": 2,
            "2024-1 B5.DI-1.B5d.drift.upplupet_i_perioden": "123.00",
            "2024-1 B5.DI-1.B5d.drift.arskostnad": "366.00",
            "2025-1 B5.DI-1.B5d.drift.upplupet_i_perioden": "181.50",
        },
    ),
    Story(
        "den som lämnar dagen då arbetet startar lämnar inte efter uppstart",
        lambda: (
            started("2024-03-01").joins("Vara", "2024-02-01", "2024-03-01").joins("Skara", "2024-02-01", "2024-03-02")
        ),
        {
            "2024-1 B5.DI-1.B5b.i_perioden": 1,
            "2024-1 B5.DI-1.B5b.lista": [
                {"kommun": "Skara", "lamnade": "2024-03-02", "princip": "P4", "orsak": "Skäl"}
            ],
            "2024-1 B5.DI-1.B5a.deltagande": 0,
            "2024-1 B5.DI-1.B5a.nagonsin_kommuner": ["Skara", "Vara"],
        },
    ),
    Story(
        "den som går med och lämnar samma dag har lämnat men aldrig deltagit",
        lambda: started("2024-03-01").joins("Vara", "2024-04-02", "2024-04-02"),
        {"2024-1 B5.DI-1.B5b.i_perioden": 1, "2024-1 B5.DI-1.B5a.nagonsin": 0},
    ),
    Story(
        "den som går med igen samma dag har inte lämnat",
        lambda: (
            started("2024-03-01")
            .joins("Vara", "2024-02-01", "2024-05-02", ending=Ending.CHANGED)
            .joins("Vara", "2024-05-02")
        ),
        {"2024-1 B5.DI-1.B5b.i_perioden": 0, "2024-1 B5.DI-1.B5a.kommuner": ["Vara"]},
    ),
    Story(
        "den som går med igen senare har lämnat en gång, och lämnar hon igen är det en kommun",
        lambda: (
            started("2024-03-01")
            .joins("Vara", "2024-02-01", "2024-05-02")
            .joins("Vara", "2024-05-03", "2024-06-30")
            .joins("Vara", "2024-07-01")
        ),
        {
            "2024-1 B5.DI-1.B5b.i_perioden": 1,
            "2024-1 B5.DI-1.B5b.ackumulerat": 1,
            "2024-1 B5.DI-1.B5a.deltagande": 0,
            "2024-2 B5.DI-1.B5a.deltagande": 1,
            "2024-2 B5.DI-1.B5b.i_perioden": 0,
            "2024-2 B5.DI-1.B5b.ackumulerat": 1,
        },
    ),
    Story(
        "den som börjar leda samma dag har inte lämnat, den som bara följer vidare har det",
        lambda: (
            started("2024-03-01")
            .joins("Vara", "2024-02-01", "2024-05-02", ending=Ending.CHANGED)
            .joins("Vara", "2024-05-02", role="leads")
            .joins("Skara", "2024-02-01", "2024-05-02")
            .joins("Skara", "2024-05-02", role="follows")
        ),
        {"2024-1 B5.DI-1.B5b.ackumulerat": 1, "2024-1 B5.DI-1.B5a.kommuner": ["Vara"]},
    ),
    Story(
        "i drift innan uppdraget är klart: den egna dagen avgör, inte dagen då det blev klart",
        lambda: (
            delivered("2024-02-01", "2024-06-03")
            .joins("Vara", "2024-02-01", "2024-05-02")
            .joins("Skara", "2024-05-02")
            .adopted("Vara", "2024-05-01")
            .adopted("Skara", "2024-05-01")
        ),
        {
            "2024-1 B3.kommunlista": ["Vara"],
            "2024-1 B4.kommunlista": ["Skara"],
            "2024-1 B3.lista": [
                {"referens": "DI-1", "kommun": "Vara", "i_drift": "2024-05-01", "referensdatum": "2024-05-01"}
            ],
        },
    ),
    Story(
        "klart och i drift samma dag: den som lämnade den dagen deltog inte",
        lambda: (
            delivered("2024-02-01", "2024-06-30")
            .joins("Vara", "2024-02-01", "2024-06-30")
            .adopted("Vara", "2024-06-30")
        ),
        {"2024-1 B3.inforanden": 0, "2024-1 B4.inforanden": 1, "2024-2 B4.inforanden": 0},
    ),
    Story(
        "3N tas tillbaka och bekräftas igen: det räknas när det åter står, också om det redan har räknats",
        lambda: (
            used_and_confirmed().confirmed("useful", "2024-07-01", holds=False).confirmed("useful", "2025-01-01")
        ),
        {"2024-1 C1.antal": 1, "2024-2 C1.antal": 0, "2025-1 C1.referenser": ["DI-1"], "2025-2 C1.antal": 0},
    ),
    Story(
        "av två svar på samma dag gäller det senare",
        lambda: used_and_confirmed().confirmed("new", "2024-02-29", holds=False),
        {"2024-1 C1.antal": 0, "2024-2 C1.antal": 0},
    ),
    Story(
        "nej och sedan ja på samma dag är ja från den dagen",
        lambda: used_and_confirmed().confirmed("new", "2024-07-01", holds=False).confirmed("new", "2024-07-01"),
        {"2024-1 C1.antal": 1, "2024-2 C1.antal": 1},
    ),
    Story(
        "en driftkostnad gäller till och med sin sista dag, och utan slut tills vidare",
        lambda: (
            in_v6()
            .cost("operation", "365", "2025-01-01", "2025-06-30")
            .cost("maintenance", "730", "2025-06-30")
            .cost("operation", "99", "2025-01-01", value="budget")
        ),
        {
            "2025-1 B5.DI-1.B5d.drift": {"arskostnad": "365.00", "upplupet_i_perioden": "181.00"},
            "2025-1 B5.DI-1.B5d.forvaltning": {"arskostnad": "730.00", "upplupet_i_perioden": "2.00"},
            "2025-2 B5.DI-1.B5d.drift": {"arskostnad": None, "upplupet_i_perioden": None},
            "2025-2 B5.DI-1.B5d.forvaltning": {"arskostnad": "730.00", "upplupet_i_perioden": "368.00"},
            "2025-2 B5.DI-1.B5d.tillsammans": {"arskostnad": "730.00", "upplupet_i_perioden": "368.00"},
            "2024-2 B5.DI-1.B5d.drift": {"arskostnad": None, "upplupet_i_perioden": None},
        },
    ),
    Story(
        "ingenting är ett streck och noll kronor är noll kronor",
        lambda: in_v6().cost("prestudy", "0", "2024-06-30").cost("development", "10.50", "2024-07-01", value="budget"),
        {
            "2024-1 B5.DI-1.B5c.forstudie": {"utfall": "0.00", "utfall_i_perioden": "0.00", "budget": None},
            "2024-1 B5.DI-1.B5c.utveckling": {"utfall": None, "utfall_i_perioden": None, "budget": None},
            "2024-2 B5.DI-1.B5c.tillsammans": {"utfall": "0.00", "utfall_i_perioden": None, "budget": "10.50"},
        },
    ),
    Story(
        "etapper av alla slag: genomförd, avbruten, pågår över halvårsskiftet",
        lambda: (
            in_v6()
            .stage("prestudy", "2024-02-01", "2024-06-30")
            .stage("assignment", "2024-02-01", "2024-06-30", outcome="aborted")
            .stage("project", "2024-06-30", "2024-07-01")
            .stage("implementation", "2024-07-01")
        ),
        {
            "2024-1 B2.forstudie.etapper": ["DI-1#1"],
            "2024-1 B2.forstudie.pagaende": 0,
            "2024-1 B2.uppdrag.genomforda": 0,
            "2024-1 B2.projekt.pagaende_etapper": ["DI-1#3"],
            "2024-2 B2.projekt.etapper": ["DI-1#3"],
            "2024-1 B2.implementation.pagaende": 0,
            "2025-1 B2.implementation.pagaende_etapper": ["DI-1#4"],
        },
    ),
    Story(
        "en dubblett står kvar bland de inkomna och är dubblett först när den märks",
        repeated,
        {"2024-1 A1.summa_kommuner": {"antal": 2, "varav_dubbletter": 0}, "2024-2 A1.summa_kommuner.antal": 0},
    ),
    Story(
        "tillbaka till kommunen är stängt tills det skickas igen, och har kommit in en enda gång",
        sent_again,
        {
            "2024-1 B5.antal_rader": 1,
            "2024-2 B5.antal_rader": 0,
            "2025-1 B5.antal_rader": 0,
            "2025-2 B5.antal_rader": 1,
            "2024-1 B1.summa_kommuner.antal": 1,
            "2025-1 B1.summa_kommuner.antal": 0,
            "2025-1 B5.B5e_vantande": {
                "antal": 1, "referenser": ["DI-1"], "median_alder_fran_v6": 532, "median_alder_fran_inskickat": 539,
            },
        },
    ),
    Story(
        "Göliska IT:s eget räknas för sig och i ingen summa",
        lambda: History("DI-1", "Göliska IT", submitted="2024-01-08", v6="2024-01-15"),
        {
            "2024-1 A1.goliska_it.referenser": ["DI-1"],
            "2024-1 A1.summa_kommuner.antal": 0,
            "2024-1 B1.goliska_it.antal": 1,
            "2024-1 B1.summa_kommuner.antal": 0,
            "2024-1 B5.antal_rader": 1,
        },
    ),
)  # fmt: skip
