"""*Gallring*: what each rule of the registrar's organisations would let go, and carrying it out."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from governance.actions.perform import Overtaken
from governance.actions.purging import carry_out
from governance.models import RetentionRule
from governance.presenting.retention import gone, preview
from v6portal.organizations.access import registrars_only
from v6portal.organizations.errors import Refused
from v6portal.organizations.models import Organisation, User
from v6portal.organizations.roles import Role


class PurgeForm(forms.Form):
    seen = forms.CharField(widget=forms.HiddenInput)
    sure = forms.BooleanField(
        label=gettext_lazy("Jag har läst listan. Det här går inte att ångra."),
        error_messages={"required": gettext_lazy("Bekräfta att du har läst listan.")},
    )


@require_safe
@registrars_only
def retention(request: HttpRequest) -> HttpResponse:
    """The rules with how much each would let go today, what cannot be destroyed, and what has been."""
    user = _person(request)
    context = {
        "previews": [preview(rule, user) for rule in _own_rules(user)],
        "gone": gone(_record_of(user), user),
    }
    return render(request, "governance/retention.html", context)


@require_http_methods(["GET", "POST"])
@registrars_only
def retention_rule(request: HttpRequest, pk: int) -> HttpResponse:
    """Exactly what one rule lets go; sent and confirmed, it goes."""
    rule = get_object_or_404(_own_rules(_person(request)), pk=pk)
    if request.method != "POST":
        return _page(request, rule, None)
    form = PurgeForm(request.POST)
    if not form.is_valid():
        return _page(request, rule, form, status=422)
    try:
        count = carry_out(rule=rule, by=_person(request), seen=form.cleaned_data["seen"])
    except Refused as refused:
        form.add_error(None, str(refused))
        return _page(request, rule, form, status=409 if isinstance(refused, Overtaken) else 422)
    told = ngettext("%(count)d sak är gallrad.", "%(count)d saker är gallrade.", count) % {"count": count}
    messages.success(request, told if count else _("Det fanns inget att gallra."))
    return redirect("retention")


def _page(request: HttpRequest, rule: RetentionRule, form: PurgeForm | None, status: int = 200) -> HttpResponse:
    shown = preview(rule, _person(request))
    if form is not None:
        form.data = {**form.data.dict(), "seen": shown.seen}  # type: ignore[attr-defined]
    context = {"preview": shown, "rule": rule, "form": form or PurgeForm(initial={"seen": shown.seen})}
    return render(request, "governance/retention_rule.html", context, status=status)


def _person(request: HttpRequest) -> User:
    return request.user  # type: ignore[return-value]


def _record_of(user: User) -> list[Organisation]:
    return [m.organisation for m in user.current_memberships if m.role == Role.REGISTRAR]


def _own_rules(user: User) -> QuerySet[RetentionRule]:
    return RetentionRule.objects.filter(organisation__in=_record_of(user)).select_related("organisation")
