"""What the frame round every page shows: who one is, what waits, where one stands."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from governance.acts import Act
from governance.models import reads_meetings
from governance.presenting.todo_count import waiting_count
from governance.reading import by_role_only
from governance.workflow import is_ever_open_to
from v6portal.organizations.access import has_any_role, keeps_a_record, may_administer, may_read_the_log
from v6portal.organizations.models import Membership, User
from v6portal.organizations.roles import Kind
from v6portal.organizations.version import version

SECTIONS = (
    ("/initiativ/", "register"),
    ("/deltagande/", "register"),
    ("/ersattare/", "home"),
    ("/vakanser/", "home"),
    ("/bedomning/", "queue"),
    ("/prioritering/", "ranking"),
    ("/goliska/", "goliska"),
    ("/moten/", "meetings"),
    ("/uppfoljning/", "followup"),
    ("/enkat/", "followup"),
    ("/beslut/", "record"),
    ("/gallring/", "record"),
    ("/logg/", "record"),
    ("/register/", "admin"),
    ("/admin/", "admin"),
)
"""Where in the main menu an address belongs, by how it begins."""


class Frame:
    """Read by ``base.html``; asks the database only for what a template really shows."""

    def __init__(self, request: HttpRequest) -> None:
        self.path = request.path
        # A request that failed early has no person; an error page is shown all the same.
        person: User | AnonymousUser = getattr(request, "user", None) or AnonymousUser()
        self.user = person if isinstance(person, User) else None

    @property
    def acting(self) -> Membership | None:
        return self.user.acting if self.user else None

    @property
    def memberships(self) -> list[Membership]:
        return self.user.current_memberships if self.user else []

    @cached_property
    def todo_count(self) -> int:
        """As many as the list on the first page has rows; one statement."""
        return waiting_count(self.user) if self.user else 0

    @property
    def may_assess(self) -> bool:
        """Whether the role that the person acts in is ever asked to assess."""
        return self.user is not None and is_ever_open_to(Act.ASSESS, by_role_only(self.user))

    @property
    def works_at_goliska(self) -> bool:
        """Whether the role that the person acts in is one at Göliska IT, so that its queue is at hand."""
        return self.acting is not None and self.acting.organisation.kind == Kind.FEDERATION

    @property
    def may_read_meetings(self) -> bool:
        return self.user is not None and reads_meetings(self.user)

    @property
    def may_administer(self) -> bool:
        return self.user is not None and may_administer(self.user)

    @property
    def may_read_reports(self) -> bool:
        return self.user is not None and has_any_role(self.user)

    @property
    def may_keep_record(self) -> bool:
        return self.user is not None and keeps_a_record(self.user)

    @property
    def may_read_log(self) -> bool:
        return self.user is not None and may_read_the_log(self.user)

    @property
    def section(self) -> str:
        """The part of the main menu that the page belongs to."""
        if self.path == "/":
            return "home"
        return next((section for beginning, section in SECTIONS if self.path.startswith(beginning)), "")

    @property
    def demo(self) -> bool:
        return bool(settings.DEMO)

    @property
    def version(self) -> str:
        return version()


def frame(request: HttpRequest) -> dict[str, Any]:
    return {"frame": Frame(request)}
