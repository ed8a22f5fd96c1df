"""Who writes a draft: co-authors in the same organisation, and a development lead for somebody else."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from v6portal.organizations.errors import Refused
from v6portal.organizations.models import User
from v6portal.organizations.roles import Role

from ..models import Initiative


@transaction.atomic
def add_co_author(*, initiative: Initiative, by: User, person: User) -> None:
    """Lets a colleague in the same organisation read and write the draft. Any of its authors may."""
    _refuse_unless_written_by(by, initiative)
    _refuse_unless_colleague(person, initiative)
    if person.pk != initiative.author_id:
        initiative.co_authors.add(person)


@transaction.atomic
def remove_co_author(*, initiative: Initiative, by: User, person: User) -> None:
    """Takes a co-author away: the author may take anybody, everybody herself. Somebody must be left to write."""
    _refuse_unless_written_by(by, initiative)
    if by.pk not in (person.pk, initiative.author_id) and initiative.author_id is not None:
        raise Refused(_("Bara den som föreslår initiativet kan ta bort andra medförfattare. Du kan lämna själv."))
    if initiative.author_id is None and not initiative.co_authors.exclude(pk=person.pk).exists():
        raise Refused(_("Någon måste kunna skriva i utkastet. Ta med en kollega först, eller ta bort utkastet."))
    initiative.co_authors.remove(person)


def may_write_for(user: User, initiative: Initiative) -> bool:
    """Whether the person may make the draft somebody else's: a development lead of its organisation."""
    return any(m.role == Role.LEAD and m.organisation_id == initiative.organisation_id for m in user.capacities)


@transaction.atomic
def write_for(*, initiative: Initiative, by: User, person: User | None, name: str = "") -> None:
    """Makes the draft somebody else's: a colleague's, or somebody's without an account, by name.

    Only a development lead of the same organisation may; she goes on writing as co-author, and so
    does the one who began it. Raises Refused.
    """
    _refuse_unless_written_by(by, initiative)
    if not may_write_for(by, initiative):
        raise Refused(_("Bara organisationens utvecklingsledare kan lämna in åt någon annan."))
    if person is None and not name.strip():
        raise Refused(_("Välj en kollega, eller skriv namnet på den som föreslår."))
    if person is not None:
        _refuse_unless_colleague(person, initiative)
    writers = {writer for writer in (initiative.author, by) if writer is not None and writer != person}
    initiative.author = person
    initiative.author_name = str(person) if person else name.strip()
    initiative.save(update_fields=["author", "author_name"])
    if person is not None:
        initiative.co_authors.remove(person)
    initiative.co_authors.add(*writers)


def _refuse_unless_written_by(by: User, initiative: Initiative) -> None:
    if not initiative.is_draft:
        raise Refused(_("Initiativet är inskickat. Vem som har skrivit det ändras inte längre."))
    if not initiative.is_written_by(by):
        raise Refused(_("Bara den som skrivit utkastet kan ändra det."))


def _refuse_unless_colleague(person: User, initiative: Initiative) -> None:
    if not person.is_active or not person.memberships.current().filter(organisation=initiative.organisation).exists():
        raise Refused(
            _("%(person)s har ingen roll i %(organisation)s i dag. Välj någon därifrån.")
            % {"person": person, "organisation": initiative.organisation}
        )
