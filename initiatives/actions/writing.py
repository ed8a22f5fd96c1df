"""From the first line of a draft to a numbered revision; sending on; marking secret."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from v6portal.organizations.errors import Refused
from v6portal.organizations.models import Organisation, User
from v6portal.organizations.roles import Kind, Role

from ..models import Initiative, ReferenceCounter, Revision, SecrecyMarking, SecrecyReader
from .attaching import delete_for_good

REQUIRED = ("title", "department", "need", "benefit")
"""The fields without which an initiative cannot be submitted, besides a target group."""


def next_reference(year: int) -> str:
    """The next free ``DI-<year>-<number>``; the year's counter stays locked until the transaction ends."""
    table = connection.ops.quote_name(ReferenceCounter._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"insert into {table} as counter (year, last) values (%s, 1) "  # noqa: S608 - the model's own table
            "on conflict (year) do update set last = counter.last + 1 returning last",
            [year],
        )
        (number,) = cursor.fetchone()
    return f"DI-{year}-{number:03d}"


def missing_fields(initiative: Initiative) -> tuple[str, ...]:
    """The Swedish names of what must be filled in before the initiative can be submitted."""
    missing = [
        str(Initiative._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
        for name in REQUIRED
        if not getattr(initiative, name).strip()
    ]
    if not (initiative.targets_residents or initiative.targets_employees):
        missing.append(_("målgrupp"))
    return tuple(missing)


@transaction.atomic
def create_draft(
    *, by: User, organisation: Organisation, at: dt.datetime, form: str = "", sequence: int = 0, **fields: Any
) -> Initiative:
    """A new draft by the person in one of her organisations; it needs a title and gets its reference at once.

    ``form`` tells which opened form it comes from and ``sequence`` which of its sendings, so that the same form can go
    on writing in it.
    """
    homes = {m.organisation_id for m in by.current_memberships}
    if organisation.pk not in homes:
        raise Refused(_("Du kan bara skapa initiativ i en organisation där du har en roll."))
    if organisation.kind == Kind.COLLABORATION:
        raise Refused(_("Initiativ skapas i en kommun eller i Göliska IT. Byt roll och försök igen."))
    _needs_title(fields.get("title", ""))
    return Initiative.objects.create(
        reference=next_reference(timezone.localtime(at).year),
        organisation=organisation,
        author=by,
        author_name=str(by),
        created_at=at,
        made_by_form=form,
        last_form=form,
        last_sequence=sequence,
        **fields,
    )


def update_draft(*, initiative: Initiative, by: User, form: str = "", sequence: int = 0, **fields: Any) -> Initiative:
    """Writes the fields of a draft; only its authors may. ``form`` and ``sequence`` as in ``create_draft``."""
    if not initiative.is_draft:
        raise Refused(_("Initiativet är inskickat. Texten ändras genom en komplettering."))
    if not initiative.is_written_by(by):
        raise Refused(_("Bara den som skrivit utkastet kan ändra det."))
    _write(initiative, fields)
    initiative.last_form, initiative.last_sequence = form, sequence
    initiative.save()
    return initiative


@transaction.atomic
def delete_draft(*, initiative: Initiative, by: User) -> None:
    """Deletes a draft for good; only its author may, and never after submission.

    Where the author has no account, those who write for her may.
    """
    if not initiative.is_draft:
        raise Refused(_("Det som är inskickat tas aldrig bort. Du kan återta initiativet i stället."))
    writes_for_somebody = initiative.author_id is None and initiative.is_written_by(by)
    if initiative.author_id != by.pk and not writes_for_somebody:
        raise Refused(_("Bara den som skapat utkastet kan ta bort det."))
    for attachment in initiative.attachments.all():
        delete_for_good(attachment)
    initiative.delete()


def _needs_title(title: str) -> None:
    if not title.strip():
        raise Refused(_("Ge utkastet en titel, så att du hittar det igen."))


def _write(initiative: Initiative, fields: Mapping[str, Any]) -> None:
    unknown = set(fields) - set(Revision.FIELDS)
    if unknown:
        raise TypeError(f"not fields of an initiative's text: {sorted(unknown)}")
    _needs_title(fields.get("title", initiative.title))
    for name, value in fields.items():
        setattr(initiative, name, value)


def _snapshot(initiative: Initiative, *, by: User, at: dt.datetime) -> Revision:
    return Revision.objects.create(
        initiative=initiative,
        number=initiative.revisions.count() + 1,
        made_at=at,
        made_by=by,
        made_by_name=str(by),
        content={name: getattr(initiative, name) for name in Revision.FIELDS}
        | {"attachments": [attachment.remembered for attachment in initiative.attachments.current()]},
    )


@transaction.atomic
def submit(*, initiative: Initiative, by: User, at: dt.datetime) -> Revision:
    """Stamps the first submission and keeps the text as revision 1."""
    initiative.submitted_at = at
    initiative.save(update_fields=["submitted_at"])
    return _snapshot(initiative, by=by, at=at)


@transaction.atomic
def revise(*, initiative: Initiative, by: User, at: dt.datetime, fields: Mapping[str, Any]) -> Revision:
    """Changes the text of a submitted initiative and keeps it as the next revision."""
    _write(initiative, fields)
    if missing := missing_fields(initiative):
        raise Refused(*(_("Fyll i %(field)s.") % {"field": name} for name in missing))
    initiative.save()
    return _snapshot(initiative, by=by, at=at)


def would_change(*, initiative: Initiative, fields: Mapping[str, Any]) -> bool:
    """Whether writing these would make the text read otherwise; how a browser ends its lines is no change."""
    return any(_as_read(value) != _as_read(getattr(initiative, name)) for name, value in fields.items())


def _as_read(value: Any) -> Any:
    return value.replace("\r\n", "\n").strip() if isinstance(value, str) else value


def share(*, initiative: Initiative, by: User, at: dt.datetime) -> None:
    """Lets people with a role in the other organisations read it; only the first time leaves a date."""
    if initiative.shared_at is None:
        initiative.shared_at = at
        initiative.save(update_fields=["shared_at"])


@transaction.atomic
def mark_secret(
    *,
    initiative: Initiative,
    by: User,
    legal_basis: str,
    marked_on: dt.date,
    readers: Iterable[tuple[Organisation, Role]],
) -> SecrecyMarking:
    """Restricts reading to the named roles; the one who marks must be among them, or nobody could lift it."""
    named = list(dict.fromkeys(readers))
    own = {(m.organisation_id, m.role) for m in by.capacities}
    if not any((organisation.pk, role) in own for organisation, role in named):
        raise Refused(_("Ta med din egen roll bland dem som får läsa, annars kan ingen häva markeringen."))
    marking = SecrecyMarking.objects.create(initiative=initiative, legal_basis=legal_basis, marked_on=marked_on)
    SecrecyReader.objects.bulk_create(
        SecrecyReader(marking=marking, organisation=organisation, role=role) for organisation, role in named
    )
    initiative.is_secret = True
    initiative.save(update_fields=["is_secret"])
    return marking


@transaction.atomic
def lift_secrecy(*, initiative: Initiative, by: User) -> None:
    """Takes the restriction away; the log keeps that it was there."""
    initiative.secrecy.delete()
    initiative.is_secret = False
    initiative.save(update_fields=["is_secret"])
