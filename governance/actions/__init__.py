"""The one door: every act of the process goes through ``perform``."""

from .attaching import attach, remove_attachment
from .choosing import choose_mail
from .comparing import dismiss, say_same_need, take_back_dismissal
from .drafts import add_co_author, create_draft, delete_draft, remove_co_author, update_draft, write_for
from .perform import Overtaken, perform

__all__ = [
    "Overtaken",
    "add_co_author",
    "attach",
    "choose_mail",
    "create_draft",
    "delete_draft",
    "dismiss",
    "perform",
    "remove_attachment",
    "remove_co_author",
    "say_same_need",
    "take_back_dismissal",
    "update_draft",
    "write_for",
]
