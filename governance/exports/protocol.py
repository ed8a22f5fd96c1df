"""The protocol of a meeting as a tagged PDF (PDF/UA-1). The same meeting and reader give the same bytes."""

from __future__ import annotations

from django.template.loader import render_to_string
from django.utils import timezone

from v6portal.organizations.models import User
from v6portal.organizations.printing import as_pdf

from ..meetings import MeetingStatus
from ..minutes import read_minutes
from ..models import Meeting


def draw_protocol(meeting: Meeting, reader: User | None = None) -> bytes:
    """The protocol as the reader sees it; without a reader whole, which is how a signed one is kept."""
    latest = meeting.signed_at or meeting.closed_at
    context = {
        "meeting": meeting,
        "minutes": read_minutes(meeting, reader),
        "is_draft": meeting.status != MeetingStatus.SIGNED,
        "dated": timezone.localtime(latest) if latest else meeting.held_on,
    }
    return as_pdf(render_to_string("governance/pdf/protocol.html", context))
