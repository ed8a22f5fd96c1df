"""*Nyttoanalys*: what has been followed up of the solutions in use, how 3N stands, and what the benefit came to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from initiatives.models import Initiative
from v6portal.organizations.models import User

from ..drawing import Bar, BarChart
from ..models import Confirmation
from ..realised import Compared, Followed, Outcome, by_months, followed, summed, waiting
from .beside_parts import Beside, BesideItem
from .cells import Cell, Column, Kind, Table
from .lines import initiative_cell
from .remembered import remembered
from .report import Report
from .solutions import Solutions, solutions

HOURS, KRONOR = Kind.COUNT, Kind.MONEY


def benefit_section(report: Report, reader: User | None) -> Beside | None:
    """What is known at the end of the half-year; None where nothing is in use. Counts are everybody's, what names an
    initiative is only for its readers."""
    found = remembered(report.desk, ("solutions", report.per), lambda: solutions(report.per))
    if report.kommun:
        found = found.of_kommun(report.kommun.pk)
    if not found.adoptions:
        return None
    listed = followed(found.adoptions, report.per)
    return Beside(
        anchor="nyttoanalys",
        title=_("Nyttoanalys"),
        lead=_lead(report),
        sheet=_("Nyttoanalys"),
        items=(
            _following_up(report, listed),
            _three_n(found),
            _came_to(report, found),
            _waits(report, found, listed),
        ),
    )


def _lead(report: Report) -> str:
    told = _(
        "Vad som har blivit av det som är infört, så långt kommunerna har följt upp det. Hör inte till "
        "uppföljningsplanens indikatorer. Frigjord tid räknas för sig och är inte pengar."
    )
    return f"{told} {_('Här: det som %s har infört.') % report.kommun.short_name}" if report.kommun else told


def _following_up(report: Report, listed: Sequence[Followed]) -> BesideItem:
    groups = by_months(listed)
    names = {months: _("Efter %d månader") % months for months in groups}

    def row(months: int) -> tuple[Cell, ...]:
        every = groups[months]
        fell = [one for one in every if one.due_on >= report.period.first]
        numbers = (len(fell), _answered(fell), len(every), _answered(every))
        return (Cell(names[months]), *(Cell(number, Kind.COUNT) for number in numbers))

    now, ever = _("Under halvåret"), _("Sedan början")
    columns = (
        Column(_("Uppföljning")),
        Column(_("Att göra"), Kind.COUNT, now),
        Column(_("Gjorda"), Kind.COUNT, now),
        Column(_("Att göra"), Kind.COUNT, ever),
        Column(_("Gjorda"), Kind.COUNT, ever),
    )
    bars = [
        Bar(words, number)
        for months, every in groups.items()
        for words, number in (
            (_("%d mån, gjorda") % months, _answered(every)),
            (_("%d mån, inte gjorda") % months, len(every) - _answered(every)),
        )
    ]
    return BesideItem(
        "nytta-uppfoljning",
        _("Uppföljning efter 6 och 12 månader"),
        _(
            "Varje införande följs upp 6 och 12 kalendermånader efter den dag kommunen tog lösningen i drift. Gjord är "
            "den när kommunen har bekräftat nyttan, eller sagt att den inte finns än, den dagen eller senare."
        ),
        (Table(_("Uppföljning av införanden"), columns, tuple(row(months) for months in groups)),),
        BarChart("nytta-uppfoljda", _("Uppföljningar sedan början"), bars, _("Uppföljning"), _("Antal")),
    )


def _answered(listed: Iterable[Followed]) -> int:
    return sum(one.is_answered for one in listed)


def _three_n(found: Solutions) -> BesideItem:
    cases = list(found.initiatives)

    def numbers(kind: Confirmation.Kind) -> tuple[int, int, int]:
        said = [found.confirmations.get(case, {}).get(kind) for case in cases]
        return said.count(True), said.count(False), said.count(None)

    rows = tuple(
        (Cell(str(kind.label).capitalize()), *(Cell(number, Kind.COUNT) for number in numbers(kind)))
        for kind in Confirmation.Kind
    )
    return BesideItem(
        "nytta-3n",
        _("Nytt, nyttigt och nyttiggjort"),
        ngettext(
            "%d lösning är i drift. Den senaste bekräftelsen av varje slag gäller.",
            "%d lösningar är i drift. Den senaste bekräftelsen av varje slag gäller.",
            len(cases),
        )
        % len(cases),
        (
            Table(
                _("Så står 3N"),
                (
                    Column(_("Slag")),
                    Column(_("Ja"), Kind.COUNT),
                    Column(_("Nej"), Kind.COUNT),
                    Column(_("Inte bekräftat"), Kind.COUNT),
                ),
                rows,
            ),
        ),
    )


def _came_to(report: Report, found: Solutions) -> BesideItem:
    """The sums are of what everybody may see, so that they tell nothing of a row that is left out."""
    known = [case for case in found.initiatives if found.outcomes[case].is_known]
    everybodys = [case for case in known if found.initiatives[case].shared_on and not found.initiatives[case].is_secret]
    hours = summed(found.outcomes[case].hours for case in everybodys)
    kronor = summed(found.outcomes[case].kronor for case in everybodys)
    columns = (
        Column(_("Nytta")),
        *(Column(word, Kind.COUNT) for word in (_("Väntad"), _("Uppnådd"), _("Skillnad"))),
    )
    totals = Table(
        _("Tillsammans, i det som är skickat till V6"),
        columns,
        (
            (Cell(_("Sparad tid, timmar per år")), *(_cell(value, HOURS) for value in _three(hours))),
            (Cell(_("Sparade pengar, kronor per år")), *(_cell(value, KRONOR) for value in _three(kronor))),
        ),
        note=_("Summorna gäller de initiativ där både kalkyl och utfall är kända."),
    )
    tables = (totals, _by_initiative(report, found, known)) if found.seen(known, report) else (totals,)
    return BesideItem(
        "nytta-utfall",
        _("Väntad och uppnådd nytta"),
        _(
            "Väntad är vad nyttokalkylen säger om ett helt år. Uppnådd är vad kommunerna själva har angett, den "
            "senaste uppgiften från varje. Ett streck betyder att uppgiften saknas."
        ),
        tables,
        BarChart(
            "nytta-tid",
            _("Sparad tid, timmar per år"),
            [Bar(_("Väntad"), _whole(hours.expected)), Bar(_("Uppnådd"), _whole(hours.realised))],
            _("Nytta"),
            _("Timmar per år"),
        ),
    )


def _three(compared: Compared) -> tuple[Decimal | None, ...]:
    return compared.expected, compared.realised, compared.difference


def _by_initiative(report: Report, found: Solutions, known: Sequence[int]) -> Table:
    time, money = _("Timmar per år"), _("Kronor per år")
    words = (_("Väntad"), _("Uppnådd"))
    columns = (
        Column(_("Initiativ")),
        *(Column(word, HOURS, time) for word in words),
        *(Column(word, KRONOR, money) for word in words),
    )
    cases = sorted(found.seen(known, report), key=lambda case: found.initiatives[case].reference)
    rows = tuple((_named(found.initiatives[case]), *_figures_of(found.outcomes[case])) for case in cases)
    return Table(_("Per initiativ"), columns, rows, note=_left_out(len(known) - len(cases)))


def _figures_of(one: Outcome) -> tuple[Cell, ...]:
    """Expected and realised, with the difference and what came once below."""
    once = () if one.once is None else (_cell(one.once, KRONOR, _("en gång")),)
    return (
        _cell(one.hours.expected, HOURS),
        _cell(one.hours.realised, HOURS, under=_below(one.hours, HOURS)),
        _cell(one.kronor.expected, KRONOR),
        _cell(one.kronor.realised, KRONOR, under=(*_below(one.kronor, KRONOR), *once)),
    )


def _below(compared: Compared, kind: Kind) -> tuple[Cell, ...]:
    return () if compared.difference is None else (_cell(compared.difference, kind, _("skillnad")),)


def _waits(report: Report, found: Solutions, listed: Sequence[Followed]) -> BesideItem:
    """What fell due in the half-year, an initiative a row; what has waited since before is a number."""
    left = waiting(listed)
    fell = [one for one in left if one.due_on >= report.period.first]
    by_case: dict[int, list[Followed]] = defaultdict(list)
    for one in fell:
        by_case[one.adopted.case].append(one)
    shown = found.seen(by_case, report)
    names = {organisation.pk: organisation.short_name for organisation in report.organisations}
    rows = tuple(
        (
            _named(found.initiatives[case]),
            Cell(", ".join(names[one.adopted.organisation] for one in by_case[case])),
            Cell(by_case[case][0].due_on, Kind.DATE),
        )
        for case in shown
    )
    columns = (Column(_("Initiativ")), Column(_("Kommuner")), Column(_("Väntat sedan"), Kind.DATE))
    table = Table(_("Inte uppföljt"), columns, rows, note=_left_out(len(by_case) - len(shown)))
    told = ngettext(
        "%(fell)d införande skulle ha följts upp under halvåret men är inte det. Från tidigare väntar %(more)d.",
        "%(fell)d införanden skulle ha följts upp under halvåret men är inte det. Från tidigare väntar %(more)d.",
        len(fell),
    )
    words = {"fell": len(fell), "more": len(left) - len(fell)}
    return BesideItem("nytta-vantar", _("Väntar på uppföljning"), told % words, (table,) if rows else ())


def _named(initiative: Initiative) -> Cell:
    return initiative_cell(initiative.reference, {initiative.reference: initiative.title})


def _left_out(number: int) -> str:
    if not number:
        return ""
    return (
        ngettext(
            "%d till visas inte, för du får inte läsa initiativet.",
            "%d till visas inte, för du får inte läsa initiativen.",
            number,
        )
        % number
    )


def _whole(value: Decimal | None) -> int | None:
    return None if value is None else int(value.quantize(Decimal(1), ROUND_HALF_UP))


def _cell(value: Decimal | None, kind: Kind, label: str = "", under: tuple[Cell, ...] = ()) -> Cell:
    """Hours in whole numbers, kronor as the report writes them."""
    return Cell(value if kind is KRONOR else _whole(value), kind, label=label, under=under)
