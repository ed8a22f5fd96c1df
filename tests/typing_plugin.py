"""For mypy: a lazily translated text counts as the `str` it becomes when shown.

Django's stubs give it a type of its own. Everything here that holds a Swedish text would then have to name that
type, and would catch nothing by it: what matters, that nobody translates too early, no type can see.
"""

from collections.abc import Callable

from mypy.plugin import FunctionContext, Plugin
from mypy.types import Type

LAZY = {f"django.utils.translation.{name}" for name in ("gettext_lazy", "pgettext_lazy", "ngettext_lazy")}


def plain_text(context: FunctionContext) -> Type:
    return context.api.named_generic_type("builtins.str", [])


class LazyIsText(Plugin):
    def get_function_hook(self, fullname: str) -> Callable[[FunctionContext], Type] | None:
        return plain_text if fullname in LAZY else None


def plugin(version: str) -> type[Plugin]:
    return LazyIsText
