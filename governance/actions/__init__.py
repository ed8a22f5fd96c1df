"""The one door: every act of the process goes through ``perform``."""

from .comparing import dismiss, say_same_need, take_back_dismissal
from .drafts import create_draft, delete_draft, update_draft
from .perform import Overtaken, perform

__all__ = [
    "Overtaken",
    "create_draft",
    "delete_draft",
    "dismiss",
    "perform",
    "say_same_need",
    "take_back_dismissal",
    "update_draft",
]
