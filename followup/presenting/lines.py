"""Each line of the report as a table of typed cells, from the figures of the indicator and of the half-year before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from v6portal.organizations.models import Organisation

from ..indicators import Figures, Indicator
from .cells import Behind, Cell, Column, Kind, Of, Table


@dataclass(frozen=True)
class Line:
    """What a builder of tables is given: an indicator, its figures now and before, and who the organisations are."""

    indicator: Indicator
    figures: Figures
    before: Figures | None
    before_label: str
    organisations: Sequence[Organisation]
    kommun: Organisation | None = None
    """The one whose report it is; None in that of all."""

    @property
    def key(self) -> str:
        return "-".join(self.indicator.path)

    def columns(self, *columns: Column) -> tuple[Column, ...]:
        """The columns with the half-year before last, if there was one."""
        return (*columns, Column(self.before_label, Kind.COUNT)) if self.before is not None else columns

    def with_before(self, cells: tuple[Cell, ...], *path: str) -> tuple[Cell, ...]:
        """The row with the same count of the half-year before, if there was one."""
        if self.before is None:
            return cells
        found = self.before
        for step in path:
            found = found[step]
        return (*cells, count(found))

    @property
    def kommuner(self) -> list[Organisation]:
        return [organisation for organisation in self.organisations if organisation.is_kommun]

    @property
    def federation(self) -> Organisation:
        return next(organisation for organisation in self.organisations if not organisation.is_kommun)


def count(value: object, key: str = "", of: Of | None = None, items: Sequence[object] = (), label: str = "") -> Cell:
    """A count, with the list behind it if it has one."""
    behind = Behind(of, tuple(items)) if of else None
    return Cell(int(value), Kind.COUNT, key if behind else "", behind, label)  # type: ignore[call-overload]


def by_organisation(line: Line) -> list[Table]:
    """A1 and B1: a row for each kommun, their sum, and Göliska IT by itself."""
    counts_duplicates = "varav_dubbletter" in line.figures["goliska_it"]

    def row(name: str, key: str, figures: Figures, *path: str, organisation: str = "") -> tuple[Cell, ...]:
        cells = [
            Cell(name, organisation=organisation),
            count(figures["antal"], f"{line.key}-{key}", Of.INITIATIVES, figures["referenser"]),
        ]
        if counts_duplicates:
            duplicates = figures["dubbletter"]
            key = f"{line.key}-{key}-dubbletter"
            cells.append(count(figures["varav_dubbletter"], key, Of.INITIATIVES, duplicates))
        return line.with_before(tuple(cells), *path, "antal")

    parts = line.figures["per_kommun"]
    rows = [
        row(o.short_name, o.key, parts[o.short_name], "per_kommun", o.short_name, organisation=o.key)
        for o in ([line.kommun] if line.kommun else line.kommuner)
    ]
    columns = [Column(_("Organisation")), Column(_("Antal"), Kind.COUNT)]
    if counts_duplicates:
        columns.append(Column(_("Varav dubbletter"), Kind.COUNT))
    if line.kommun:
        return [Table(_("Initiativ per kommun"), line.columns(*columns), tuple(rows), foot=(_all_kommuner(line),))]
    total = dict(line.figures["summa_kommuner"])
    for items in ("referenser", "dubbletter"):
        total[items] = [item for part in parts.values() for item in part.get(items, ())]
    alone = line.federation
    return [
        Table(
            caption=_("Initiativ per kommun"),
            columns=line.columns(*columns),
            rows=tuple(rows),
            foot=(
                row(_("Summa kommuner"), "summa", total, "summa_kommuner"),
                row(alone.short_name, alone.key, line.figures["goliska_it"], "goliska_it", organisation=alone.key),
            ),
        )
    ]


def _all_kommuner(line: Line) -> tuple[Cell, ...]:
    """Beside a kommun's own row: what it is a part of, whose list stands in the report of all."""
    total = line.figures["summa_kommuner"]
    cells = [Cell(_("Alla kommuner")), count(total["antal"])]
    if "varav_dubbletter" in total:
        cells.append(count(total["varav_dubbletter"]))
    return line.with_before(tuple(cells), "summa_kommuner", "antal")


def by_stage(line: Line) -> list[Table]:
    """B2: a row for each type of stage."""
    rows = []
    for part in line.indicator.parts:
        figures, key = line.figures[part.key], f"{line.key}-{part.key}"
        cells = (
            Cell(capfirst(str(part.wording))),
            count(figures["genomforda"], key, Of.STAGES, figures["etapper"]),
            count(figures["initiativ"], f"{key}-initiativ", Of.INITIATIVES, figures["initiativlista"]),
            count(figures["pagaende"], f"{key}-pagaende", Of.STAGES, figures["pagaende_etapper"]),
        )
        rows.append(line.with_before(cells, part.key, "genomforda"))
    return [
        Table(
            caption=_("Etapper efter typ"),
            columns=line.columns(
                Column(_("Typ")),
                Column(_("Genomförda etapper"), Kind.COUNT),
                Column(_("Olika initiativ"), Kind.COUNT),
                Column(_("Pågående etapper"), Kind.COUNT),
            ),
            rows=tuple(rows),
        )
    ]


def adoptions(line: Line) -> list[Table]:
    """B3, B4 and the local ones: how many kommuner and how many införanden, and which kommuner."""
    figures = line.figures
    if line.kommun:
        own = (
            Cell(line.kommun.short_name, organisation=line.kommun.key),
            count(figures["inforanden"], f"{line.key}-inforanden", Of.ADOPTIONS, figures["lista"]),
        )
        columns = line.columns(Column(_("Kommun")), Column(_("Införanden"), Kind.COUNT))
        return [Table(_("Införanden"), columns, (line.with_before(own, "inforanden"),))]
    cells = (
        Cell(", ".join(figures["kommunlista"]) or _("Ingen kommun")),
        count(figures["kommuner"], line.key, Of.ADOPTIONS, figures["lista"]),
        count(figures["inforanden"], f"{line.key}-inforanden", Of.ADOPTIONS, figures["lista"]),
    )
    return [
        Table(
            caption=_("Kommuner och införanden"),
            columns=line.columns(
                Column(_("Vilka kommuner")),
                Column(_("Antal kommuner"), Kind.COUNT),
                Column(_("Införanden"), Kind.COUNT),
            ),
            rows=(line.with_before(cells, "kommuner"),),
        )
    ]


def counted(line: Line) -> list[Table]:
    """C1: one number."""
    cells = (
        Cell(_("Nytt, nyttigt och nyttiggjort")),
        count(line.figures["antal"], line.key, Of.INITIATIVES, line.figures["referenser"]),
    )
    return [
        Table(
            caption=_("Lösningar"),
            columns=line.columns(Column(_("Lösningar")), Column(_("Antal"), Kind.COUNT)),
            rows=(line.with_before(cells, "antal"),),
        )
    ]


def by_target_group(line: Line) -> list[Table]:
    """C2: a row for each target group, those of both, and all of them."""

    def row(key: str, words: str) -> tuple[Cell, ...]:
        items = line.figures[f"{key}_referenser"]
        cells = (Cell(capfirst(words)), count(line.figures[key], f"{line.key}-{key}", Of.INITIATIVES, items))
        return line.with_before(cells, key)

    return [
        Table(
            caption=_("Lösningar efter målgrupp"),
            columns=line.columns(Column(_("Målgrupp")), Column(_("Antal"), Kind.COUNT)),
            rows=tuple(row(part.key, str(part.wording)) for part in line.indicator.parts),
            foot=(row("bada", _("varav båda målgrupperna")), row("totalt", _("lösningar totalt"))),
        )
    ]


BUILDERS: dict[str, Callable[[Line], list[Table]]] = {
    "A1": by_organisation,
    "B1": by_organisation,
    "B2": by_stage,
    "B3": adoptions,
    "B4": adoptions,
    "inforanden": adoptions,
    "C1": counted,
    "C2": by_target_group,
}
"""How the figures of an indicator become tables, by the last step of the way to them."""


def tables_of(line: Line) -> list[Table]:
    return BUILDERS[line.indicator.path[-1]](line)


def adoption_list(figures: Figures, titles: dict[str, str]) -> Table:
    """The införanden behind B3, B4 or the local ones, row by row."""
    with_reference_date = any("referensdatum" in adoption for adoption in figures["lista"])
    columns = [Column(_("Initiativ")), Column(_("Kommun")), Column(_("I drift"), Kind.DATE)]
    if with_reference_date:
        columns.append(Column(_("Referensdatum"), Kind.DATE))
    rows = []
    for adoption in figures["lista"]:
        reference = adoption["referens"]
        cells = [
            initiative_cell(reference, titles),
            Cell(adoption["kommun"]),
            Cell(dt.date.fromisoformat(adoption["i_drift"]), Kind.DATE),
        ]
        if with_reference_date:
            cells.append(Cell(dt.date.fromisoformat(adoption["referensdatum"]), Kind.DATE))
        rows.append(tuple(cells))
    return Table(caption=_("Införanden"), columns=tuple(columns), rows=tuple(rows))


def initiative_cell(reference: str, titles: dict[str, str], **more: object) -> Cell:
    """An initiative by its title, with its reference below."""
    title = titles.get(reference, reference)
    return Cell(title, reference=reference, **more)  # type: ignore[arg-type]
