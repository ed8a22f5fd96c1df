"""Several at once, against real PostgreSQL: no paragraph twice and none skipped, one signature, one opening."""

from __future__ import annotations

from typing import Any

import pytest

from governance.actions import meetings as acts
from governance.acts import Act
from governance.chain import first_break
from governance.models import AgendaItem, Event, Meeting, Protocol
from tests.cast import Cast
from tests.governance.test_meetings import Sitting
from tests.governance.test_two_at_once import at_once
from v6portal.organizations.errors import Refused

pytestmark = pytest.mark.django_db(transaction=True)


def kept(outcomes: list[Any]) -> list[Any]:
    return [outcome for outcome in outcomes if not isinstance(outcome, Refused)]


def test_paragraphs_given_at_once_run_on_without_gaps(cast: Cast) -> None:
    """Eight items at two meetings of the same group, all ended in the same instant."""
    sittings = [Sitting(cast), Sitting(cast)]
    items = [
        acts.add_heading(meeting=sitting.meeting, heading=f"Punkt {n}", by=sitting.leading)
        for sitting in sittings
        for n in range(4)
    ]
    for sitting in sittings:
        sitting.open()
    by = sittings[0].leading
    ended = at_once(
        [lambda item=item: acts.save_item(item=item, said=acts.Said(), seen=0, by=by, ends=True) for item in items]
    )
    assert sorted(item.paragraph for item in ended) == [1, 2, 3, 4, 5, 6, 7, 8]


def test_of_several_who_press_the_same_thing_one_wins_and_the_rest_are_told(cast: Cast) -> None:
    called = Sitting(cast)
    meetings = at_once([called.call] * 4)
    assert sorted(meeting.number for meeting in meetings) == [2, 3, 4, 5]
    sitting = called
    item = acts.add_heading(meeting=sitting.meeting, heading="Upprop", by=sitting.leading)
    opened = at_once([lambda: acts.open_meeting(meeting=sitting.meeting, by=sitting.leading)] * 4)
    assert len(kept(opened)) == 1
    by = sitting.leading
    saved = at_once([lambda: acts.save_item(item=item, said=acts.Said(notes="x"), seen=0, by=by, ends=True)] * 4)
    assert len(kept(saved)) == 1
    assert AgendaItem.objects.get(pk=item.pk).paragraph == 1
    sitting.close()
    signed = at_once([lambda: sitting.adjust(sitting.member)] * 4)
    assert len(kept(signed)) == 1
    assert Protocol.objects.count() == 1
    assert Event.objects.filter(kind=Act.ADJUST_PROTOCOL).count() == 1
    assert Meeting.objects.get(pk=sitting.meeting.pk).status == "signed"
    assert first_break() is None
