"""The forms of a meeting: when and where, the agenda, who was there, and how it ends."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from initiatives.models import Initiative
from v6portal.organizations.models import Membership, Organisation, User
from v6portal.organizations.roles import Role

from ..actions.meetings import Person
from ..actions.meetings.calling import When
from ..meetings import LEADING_ROLES, Body, Seat
from ..models import Attendance, Case, Meeting
from .fields import day


def clock(label: str, **options: Any) -> forms.TimeField:
    return forms.TimeField(label=label, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"), **options)


def people_of(seat: Seat) -> QuerySet[User]:
    """The group's members and those who lead its meetings, by name."""
    roles = (Role(seat.body.value), *LEADING_ROLES[seat.body])
    here = Membership.objects.current().with_role(*roles).filter(organisation=seat.organisation)
    return User.objects.filter(pk__in=here.values("user"), is_active=True).order_by("first_name", "last_name", "pk")


def could_adjust(meeting: Meeting) -> QuerySet[User]:
    """Those of the group, and who lead it, who were there and did not write."""
    present = meeting.attendance.filter(is_present=True, user__isnull=False).values("user")
    seat = Seat(Body(meeting.body), meeting.organisation_id)
    return people_of(seat).filter(pk__in=present).exclude(pk=meeting.secretary_id)


class WhenForm(forms.Form):
    """When, where, who leads and who writes."""

    token = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    held_on = day(_("Dag"), initial=None, error_messages={"required": _("Ange vilken dag mötet är.")})
    starts_at = clock(_("Börjar"), error_messages={"required": _("Ange när mötet börjar.")})
    place = forms.CharField(
        label=_("Plats"),
        max_length=120,
        help_text=_("Rum och ort, eller att det är på distans."),
        error_messages={"required": _("Ange var mötet är.")},
    )
    chair = forms.ModelChoiceField(
        User.objects.none(),
        label=_("Ordförande"),
        empty_label=_("Välj"),
        error_messages={"required": _("Välj vem som leder mötet.")},
    )
    secretary = forms.ModelChoiceField(
        User.objects.none(),
        label=_("Sekreterare"),
        empty_label=_("Välj"),
        error_messages={"required": _("Välj vem som för protokoll.")},
    )

    use_required_attribute = False

    def __init__(self, data: Any = None, *, seat: Seat, by: User, meeting: Meeting | None = None) -> None:
        initial: dict[str, Any] = {"token": uuid.uuid4().hex, "secretary": by.pk}
        if meeting is not None:
            names = ("held_on", "starts_at", "place", "chair", "secretary")
            initial |= {name: getattr(meeting, name) for name in names}
        super().__init__(data, initial=initial)
        self.is_new = meeting is None
        for name in ("chair", "secretary"):
            self.fields[name].queryset = people_of(seat)

    def clean_held_on(self) -> Any:
        held_on = self.cleaned_data["held_on"]
        if held_on < timezone.localdate():
            raise forms.ValidationError(_("Dagen har redan varit. Välj i dag eller en senare dag."))
        return held_on

    def when(self) -> When:
        return When(**{name: self.cleaned_data[name] for name in When.__dataclass_fields__})


class AddForm(forms.Form):
    """One more item: an initiative by its reference, or a heading of its own."""

    what = forms.CharField(
        label=_("Referens eller rubrik"),
        max_length=200,
        help_text=_("Skriv ett initiativs referens, till exempel DI-2026-042, eller en egen rubrik."),
        error_messages={"required": _("Skriv en referens eller en rubrik.")},
    )

    use_required_attribute = False

    def __init__(self, data: Any = None, *, by: User, **options: Any) -> None:
        super().__init__(data, **options)
        self.by = by

    def case(self) -> Case | None:
        """The case that is meant, if what is written is a reference that she may read."""
        return Case.objects.visible_to(self.by).filter(initiative__reference__iexact=self.cleaned_data["what"]).first()

    def clean_what(self) -> str:
        what: str = self.cleaned_data["what"].strip()
        looks_like_one = what[:3].upper() == "DI-" and " " not in what
        readable = Initiative.objects.visible_to(self.by).submitted().filter(reference__iexact=what)
        if looks_like_one and not readable.exists():
            raise forms.ValidationError(_("Det finns inget initiativ med den referensen bland dem du får läsa."))
        return what


class AttendanceRow(forms.Form):
    """One person on the list: there or not, and from and to if not all the time."""

    is_present = forms.BooleanField(label=_("Närvarande"), required=False)
    present_from = clock(_("från"), required=False)
    present_to = clock(_("till"), required=False)

    def __init__(self, data: Any = None, *, row: Attendance) -> None:
        names = ("is_present", "present_from", "present_to")
        super().__init__(data, prefix=f"p{row.pk}", initial={name: getattr(row, name) for name in names})
        self.row = row

    def person(self) -> Person:
        row = self.row
        return Person(row.user, row.name, row.capacity, row.organisation, **self.cleaned_data)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        came, left = data.get("present_from"), data.get("present_to")
        if came and left and left < came:
            self.add_error("present_to", _("Till kan inte vara tidigare än från."))
        return data


class GuestForm(forms.Form):
    """Somebody who is there without belonging to the group."""

    name = forms.CharField(label=_("Namn"), max_length=150, required=False)
    capacity = forms.CharField(label=_("Roll på mötet"), max_length=120, required=False)
    organisation = forms.ModelChoiceField(
        Organisation.objects.in_order(), label=_("Organisation"), required=False, empty_label=_("ingen")
    )

    def person(self) -> Person | None:
        data = self.cleaned_data
        if not data["name"]:
            return None
        return Person(None, data["name"], data["capacity"] or str(_("gäst")), data["organisation"], is_present=True)


class CloseForm(forms.Form):
    """How a meeting ends: when, and who adjusts the protocol."""

    ends_at = clock(_("Mötet slutade"), error_messages={"required": _("Ange när mötet slutade.")})
    adjusters = forms.ModelMultipleChoiceField(
        User.objects.none(),
        label=_("Vilka justerar protokollet?"),
        help_text=_("En eller flera som är närvarande. Var och en justerar med sitt eget konto."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Välj minst en som ska justera protokollet.")},
    )

    use_required_attribute = False

    def __init__(self, data: Any = None, *, meeting: Meeting) -> None:
        super().__init__(data, initial={"ends_at": timezone.localtime().strftime("%H:%M")})
        self.fields["adjusters"].queryset = could_adjust(meeting)


class ReplaceForm(forms.Form):
    """Who cannot adjust the protocol, and who does it instead."""

    leaving = forms.ModelChoiceField(
        User.objects.none(),
        label=_("Vem ska inte justera?"),
        empty_label=_("Välj"),
        error_messages={"required": _("Välj vem som inte ska justera.")},
    )
    instead = forms.ModelChoiceField(
        User.objects.none(),
        label=_("Vem justerar i stället?"),
        empty_label=_("Välj"),
        help_text=_("Någon annan som var närvarande, men inte sekreteraren."),
        error_messages={"required": _("Välj vem som justerar i stället.")},
    )

    use_required_attribute = False

    def __init__(self, data: Any = None, *, meeting: Meeting) -> None:
        super().__init__(data)
        chosen = meeting.adjusters.values("user")
        self.fields["leaving"].queryset = User.objects.filter(pk__in=chosen)
        self.fields["instead"].queryset = could_adjust(meeting).exclude(pk__in=chosen)
