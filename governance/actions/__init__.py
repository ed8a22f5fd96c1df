"""The one door: every act of the process goes through ``perform``."""

from .attaching import attach, remove_attachment
from .drafts import create_draft, delete_draft, update_draft
from .perform import Overtaken, perform

__all__ = ["Overtaken", "attach", "create_draft", "delete_draft", "perform", "remove_attachment", "update_draft"]
