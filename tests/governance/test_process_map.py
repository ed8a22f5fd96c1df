"""The process picture: each row of the workflow table is in it and nothing else, and its words cover nothing."""

from __future__ import annotations

from itertools import combinations

from governance.acts import Act
from governance.presenting.process import parts
from governance.presenting.process_words import ASKS, LANE_NAMES, NEEDS, PLACES_IN_WORDS
from governance.process_map import LANES, lay_out, steps_from
from governance.statuses import Status
from governance.workflow import STAYS, TABLE

MAP = lay_out("dit det var")


def test_every_row_that_moves_a_case_is_in_the_picture_and_nothing_else():
    drawn = {(row, line.step.source) for box in MAP.boxes for line in box.lines for row in line.step.rows}
    assert drawn == {(row, source) for row in TABLE if row.target is not STAYS for source in row.source}
    for box in MAP.boxes:
        for line in box.lines:
            assert line.button.text in {str(row.button) for row in line.step.rows}
            wanted = "dit det var" if line.step.act is Act.RESUME else Status(line.step.target).label
            assert line.target.text == f"→ {wanted}"


def test_every_row_stands_in_words_under_each_of_its_statuses_and_nothing_else():
    told = [
        (part.status, line.button, str(line.target.label) if line.target else "", line in part.stays)
        for lane in parts()
        for part in lane.statuses
        for line in (*part.moves, *part.stays)
    ]
    wanted = [
        (s, str(r.button), "" if r.target is STAYS or r.act is Act.RESUME else str(r.target.label), r.target is STAYS)
        for r in TABLE
        for s in r.source
    ]
    assert sorted(told) == sorted(wanted)


def test_every_status_has_one_box_in_one_lane():
    assert sorted(box.status for box in MAP.boxes) == sorted(Status)
    assert sorted(status for lane in LANES.values() for status in lane) == sorted(Status)
    assert set(LANE_NAMES) == set(LANES)
    assert [box.status for box in MAP.boxes if box.status == MAP.box_of(Status.INTEREST).status] == [Status.INTEREST]


def test_no_words_cover_words_and_all_are_in_their_box():
    words = list(MAP.words)
    for one, other in combinations(words, 2):
        a, b = one.box, other.box
        assert not (a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]), (one, other)
    for box in MAP.boxes:
        left, top, right, bottom = box.box
        for word in (box.name, *(w for line in box.lines for w in (line.button, line.target))):
            assert left < word.box[0]
            assert word.box[2] <= right, word.text
            assert top <= word.box[1] < word.box[3] <= bottom
        assert left >= 0
        assert right <= MAP.width
        assert bottom <= MAP.height
    assert any(line.is_whole for box in MAP.boxes for line in box.lines)
    assert all(lane.width > 0 and lane.height > 0 for lane in MAP.lanes)
    assert all(box.width > 0 and box.height > 0 for box in MAP.boxes)


def test_drawn_steps_run_beside_the_boxes_and_end_at_the_one_they_lead_to():
    for wire in MAP.wires:
        source, target = MAP.box_of(wire.step.source).box, MAP.box_of(wire.step.target).box
        first, last = wire.points[0], wire.points[-1]
        assert first[0] in (source[0], source[2], (source[0] + source[2]) / 2)
        assert last[0] in (target[0], target[2], (target[0] + target[2]) / 2)
        assert target[1] <= last[1] <= target[3]
        for (x1, y1), (x2, y2) in zip(wire.points, wire.points[1:], strict=False):
            assert x1 == x2 or y1 == y2
            inside = [
                box.status
                for box in MAP.boxes
                if max(min(x1, x2), box.box[0]) < min(max(x1, x2), box.box[2]) or box.box[0] < x1 == x2 < box.box[2]
                if max(min(y1, y2), box.box[1]) < min(max(y1, y2), box.box[3]) or box.box[1] < y1 == y2 < box.box[3]
            ]
            assert inside == [], wire


def test_the_way_forward_is_drawn_and_what_ends_a_case_is_not():
    drawn = {(wire.step.source, wire.step.target) for wire in MAP.wires}
    assert (Status.QUALIFYING, Status.QUALIFIED) in drawn
    assert (Status.INTEREST, Status.IT_ASSESSMENT) in drawn
    assert (Status.PRIORITISED, Status.V6_RECEIVED) in drawn
    assert not any(target in (Status.PAUSED, Status.REJECTED, Status.CLOSED) for _source, target in drawn)
    assert (Status.IT_ASSESSMENT, Status.PRIORITISED) not in drawn, "across a whole column it would hide the rest"


def test_all_lines_of_one_act_to_one_status_share_a_track_and_no_others_do():
    tracks: dict[float, set[object]] = {}
    for wire in (w for w in MAP.wires if len(w.points) > 2):
        tracks.setdefault(wire.points[1][0], set()).add((wire.step.act, wire.step.target))
    assert all(len(acts) == 1 for acts in tracks.values())


def test_what_the_table_has_in_keys_has_words():
    assert {obstacle for row in TABLE for obstacle in row.obstacles} <= set(NEEDS)
    assert {ask for row in TABLE for ask in row.asks} <= set(ASKS)
    assert {who.at for row in TABLE for who in row.who} <= set(PLACES_IN_WORDS)
    assert steps_from(Status.CLOSED) == ()
