"""A filled-in form beside what the portal has: what would change, what cannot, and storing all of it or nothing.

The file says what it is by a signature, never what one may do: whether the person sees the initiative, is asked to
assess it and may still do so is read anew, each time. Source: docs/bedomning.md, *Arbetsboken*.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from initiatives.actions.assessing import CLOSED, Mark
from initiatives.workbooks.reading import Cells, FileRefused, read_cells
from initiatives.workbooks.safety import Limits
from v6portal.organizations.errors import Refused
from v6portal.organizations.models import User

from ..actions import perform
from ..actions.assessing import save_scores
from ..acts import Act
from ..filled_in import outcome
from ..form_format import BEHIND, FORMAT, KIND, MARKER, OWN_SHEETS, NotOurs, Origin
from ..models import Case
from ..presenting.own_forms import NOT_SEEN, OwnForm, forms_by_reference
from .form_cells import MOST_FAULTS, Fault, SheetReading
from .form_plan import Answer, Filled, Plan

LIMITS = Limits(parts=400)
"""A sheet is a part, and a form has one an initiative; see ``exports.assessment_form.MOST_FORMS``."""


class Overtaken(Refused):
    """Something has changed since the person looked."""


def preview(path: Path, user: User, choices: Mapping[str, str] | None = None) -> Plan:
    """What the file would do, with the choices made so far; nothing is stored."""
    try:
        return _plan(_read(path), user, choices or {})
    except FileRefused as refusal:
        return Plan(refusal=str(refusal))


def store(path: Path, user: User, *, seen: str, choices: Mapping[str, str], hand_in: bool) -> tuple[int, int, int]:
    """Stores what the file says, all of it or nothing: the number of answers, of initiatives, and of those handed in.

    ``seen`` is the plan that the person has looked at, ``choices`` her choice ("portal" or "file") by the key of each
    conflict. Raises ``Overtaken`` when the plan is another by now, ``Refused`` when a rule says no.
    """
    try:
        cells = _read(path)
        with transaction.atomic():
            _lock(cells, user)
            return _save(_confirmed(_plan(cells, user, choices), seen), user, hand_in)
    except FileRefused as refusal:
        raise Refused(str(refusal)) from refusal


def _confirmed(plan: Plan, seen: str) -> Plan:
    """The plan, if it is still the one that was looked at and nothing in it is undecided."""
    if plan.seen != seen or not plan.ok:
        raise Overtaken(_("Något har ändrats sedan du tittade. Inget är sparat. Titta igen innan du sparar."))
    if any(answer.is_undecided for answer in plan.conflicts):
        raise Refused(_("Välj vilket svar som gäller där portalen och filen säger olika. Inget är sparat."))
    return plan


def _lock(cells: Cells, user: User) -> None:
    """The cases of the file, in one order, so that nothing changes between the last look and the saving."""
    references = [origin.reference for _sheet, origin in _origins(cells, user)]
    cases = Case.objects.visible_to(user).filter(initiative__reference__in=references)
    list(cases.select_for_update(of=("self",), no_key=True).order_by("pk").values_list("pk", flat=True))


def _save(plan: Plan, user: User, hand_in: bool) -> tuple[int, int, int]:
    answers = initiatives = handed_in = 0
    for one in plan.filled:
        is_handed_in = hand_in and one.may_be_handed_in
        try:
            _save_one(one, user, is_handed_in)
        except Refused as refused:
            raise Refused(*(f"{one.form.reference}: {sentence}" for sentence in refused.sentences)) from refused
        answers += len(one.to_save)
        initiatives += bool(one.to_save)
        handed_in += is_handed_in
    return answers, initiatives, handed_in


def _save_one(one: Filled, user: User, is_handed_in: bool) -> None:
    """What is handed in is all that stands; what is only saved is what is new, so that old answers stay old."""
    case = one.form.case
    if is_handed_in:
        perform(Act.ASSESS, case=case, by=user, given={"marks": one.settled}, seen=case.status)
    elif one.to_save:
        save_scores(case=case, by=user, marks=one.to_save)


def _read(path: Path) -> Cells:
    return read_cells(path, None, LIMITS, behind=[BEHIND])


def _origins(cells: Cells, user: User) -> list[tuple[str, Origin]]:
    """The sheets that the file was fetched with, each with its origin; raises FileRefused."""
    rows = [list(row) for _number, row in cells.rows.get(BEHIND, [])]
    if not rows or rows[0][:2] != [MARKER, KIND]:
        raise FileRefused(_("Filen är inget bedömningsformulär från portalen. Hämta ett formulär och fyll i det."))
    if rows[0][2:3] != [FORMAT]:
        raise FileRefused(_("Formuläret är av en annan sort än portalen läser. Hämta ett nytt och för över svaren."))
    try:
        origins = [(str(row[0]), Origin.read(row[1])) for row in rows[1:]]
    except (NotOurs, IndexError) as error:
        raise FileRefused(
            _("Formuläret kommer från en annan portal, eller så har dess dolda blad ändrats. Hämta ett nytt.")
        ) from error
    if any(origin.person != user.pk for _sheet, origin in origins):
        raise FileRefused(_("Formuläret är hämtat av någon annan. Hämta ditt eget och fyll i det."))
    if len({origin.reference for _sheet, origin in origins}) < len(origins):
        raise FileRefused(_("Formuläret har samma initiativ två gånger. Hämta ett nytt."))
    return origins


def _plan(cells: Cells, user: User, choices: Mapping[str, str]) -> Plan:
    origins = _origins(cells, user)
    forms = forms_by_reference(user, [origin.reference for _sheet, origin in origins])
    plan = Plan()
    _compare_sheets(plan, cells, [sheet for sheet, _origin in origins])
    for sheet, origin in origins:
        form = forms.get(origin.reference)
        if why := _why_left_out(form, origin):
            plan.left_out.append((sheet, why))
        elif form is not None and sheet in cells.rows:
            reading = SheetReading(sheet, form.criteria, origin.answers)
            reading.read(cells.rows[sheet])
            plan.faults += reading.faults
            plan.filled.append(_filled(form, origin, reading.marks, choices))
    plan.has_more_faults = len(plan.faults) > MOST_FAULTS
    plan.faults = plan.faults[:MOST_FAULTS]
    return plan


def _compare_sheets(plan: Plan, cells: Cells, expected: list[str]) -> None:
    """Sheets may be taken away and put to, but not renamed: then nobody knows whose the answers are."""
    missing = [sheet for sheet in expected if sheet not in cells.rows]
    strange = [sheet for sheet in cells.rows if sheet not in expected and sheet not in OWN_SHEETS]
    for sheet in missing:
        if strange:
            what = _("bladet saknas. Har det fått ett annat namn, ge det sitt namn igen.")
            plan.faults.append(Fault(sheet, "", what))
        else:
            plan.notices.append(_("Bladet %s finns inte i filen. Svaren på det initiativet ändras inte.") % sheet)
    for sheet in strange:
        plan.notices.append(_("Bladet %s hör inte till formuläret och läses inte.") % sheet)


def _why_left_out(form: OwnForm | None, origin: Origin) -> str:
    if form is None:
        return str(NOT_SEEN)
    if form.round is None:
        return str(CLOSED)
    if form.round.model.version != origin.model:
        return _(
            "Formuläret följer bedömningsmodell %(old)s, men initiativet bedöms nu med %(new)s. Hämta ett nytt."
        ) % {"old": origin.model, "new": form.round.model.version}
    if form.round.pk != origin.round:
        return _("Omgången är stängd och en ny har öppnats. Hämta ett nytt formulär.")
    return form.obstacle


def _filled(form: OwnForm, origin: Origin, marks: Mapping[str, Mark], choices: Mapping[str, str]) -> Filled:
    answers = []
    for criterion in form.criteria:
        portal, file = form.answers.get(criterion.code), marks.get(criterion.code)
        became = outcome(portal, origin.answers.get(criterion.code), file)
        key = f"val-{origin.round}-{criterion.pk}"
        answers.append(Answer(criterion, portal, file, became, key, choices.get(key, "")))
    return Filled(form, origin.revision, tuple(answers))
