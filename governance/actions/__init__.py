"""The one door: every act of the process goes through ``perform``."""

from .choosing import choose_mail
from .drafts import create_draft, delete_draft, update_draft
from .perform import Overtaken, perform

__all__ = ["Overtaken", "choose_mail", "create_draft", "delete_draft", "perform", "update_draft"]
