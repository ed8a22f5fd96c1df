"""The door to meetings: every act with a meeting goes through here, under the meeting's lock, and leaves one event.

Saving an item while the meeting goes on is writing, as in a draft: it leaves no event until the item is ended.
"""

from .agenda import add_case, add_heading, put_in_order, remove_item
from .calling import call, call_off, change, record_attendance
from .door import Person
from .ending import adjust, close, replace_adjuster
from .holding import Said, go_to, open_meeting, save_item

__all__ = [
    "Person",
    "Said",
    "add_case",
    "add_heading",
    "adjust",
    "call",
    "call_off",
    "change",
    "close",
    "go_to",
    "open_meeting",
    "put_in_order",
    "record_attendance",
    "remove_item",
    "replace_adjuster",
    "save_item",
]
