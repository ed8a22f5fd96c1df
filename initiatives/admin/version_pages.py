"""Pages of one version beside its form: publish it, copy it, compare it with another."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _

from v6portal.organizations.errors import Refused

from ..actions import versions
from ..models import AssessmentModel
from ..presenting.versions import comparison, in_order
from ..scoring import RISK_CODE

NAME = "initiatives_assessmentmodel"


class VersionPages(admin.ModelAdmin):
    """What ``AssessmentModelAdmin`` has besides Django's own pages."""

    def get_urls(self) -> list[Any]:
        def page(way: str, view: Any, name: str) -> Any:
            return path(f"<int:pk>/{way}/", self.admin_site.admin_view(view), name=f"{NAME}_{name}")

        own = [
            page("publicera", self.publish, "publish"),
            page("kopiera", self.copy, "copy"),
            page("jamfor", self.compare, "compare"),
        ]
        return [*own, *super().get_urls()]

    def page(self, model: AssessmentModel, name: str) -> str:
        return reverse(f"admin:{NAME}_{name}", args=[model.pk])

    def tell(self, request: HttpRequest, refusal: Refused) -> None:
        for sentence in refusal.sentences:
            self.message_user(request, sentence, messages.ERROR)

    def _context(self, request: HttpRequest, model: AssessmentModel, title: str) -> dict[str, Any]:
        """What every page of the administration shows, and the version it is about."""
        own = {"opts": self.opts, "title": title, "subtitle": None, "model": model}
        return {**self.admin_site.each_context(request), **own}

    def publish(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What will happen, and the button; what stands in the way instead of it."""
        model = get_object_or_404(AssessmentModel, pk=pk)
        if request.method == "POST":
            return self._publish(request, model)
        current = AssessmentModel.objects.published().order_by("-published_at", "-pk").first()
        context = self._context(request, model, _("Publicera version %s?") % model) | {
            "current": current,
            "obstacles": [] if model.is_published else list(versions.obstacles(model)),
            "has_risk": model.criteria.filter(code=RISK_CODE).exists(),
            "risk_code": RISK_CODE,
        }
        return TemplateResponse(request, "admin/assessment_model_publish.html", context)

    def _publish(self, request: HttpRequest, model: AssessmentModel) -> HttpResponse:
        try:
            model = versions.publish(model=model, by=request.user)  # type: ignore[arg-type]
        except Refused as refusal:
            self.tell(request, refusal)
            return redirect(self.page(model, "publish"))
        done = _("Version %s är publicerad och låst.") % model
        self.log_change(request, model, done)
        self.message_user(request, done, messages.SUCCESS)
        return redirect(f"admin:{NAME}_changelist")

    def copy(self, request: HttpRequest, pk: int) -> HttpResponse:
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        return self.make_copy(request, get_object_or_404(AssessmentModel, pk=pk))

    def make_copy(self, request: HttpRequest, model: AssessmentModel) -> HttpResponse:
        """A draft to go on with, opened."""
        draft = versions.copy(model=model, by=request.user)  # type: ignore[arg-type]
        done = _("Utkastet %(draft)s är skapat som en kopia av %(original)s.") % {"draft": draft, "original": model}
        self.log_addition(request, draft, done)
        self.message_user(request, done, messages.SUCCESS)
        return redirect(self.page(draft, "change"))

    def compare(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Two versions side by side, the older first: this one, and that which ``med`` names or the nearest before."""
        model = get_object_or_404(AssessmentModel, pk=pk)
        others = [other for other in in_order(AssessmentModel.objects.all()) if other.pk != model.pk]
        asked = request.GET.get("med", "")
        other = next((one for one in others if str(one.pk) == asked), None) or _nearest(model, others)
        context = self._context(request, model, _("Jämför versioner"))
        context |= {"others": others, "other": other}
        if other:
            context["comparison"] = comparison(*in_order([model, other]))
        return TemplateResponse(request, "admin/assessment_model_compare.html", context)


def _nearest(model: AssessmentModel, others: list[AssessmentModel]) -> AssessmentModel | None:
    """The published version before this one; without any, the first there is."""
    before = [one for one in others if one.published_at and in_order([one, model])[0] == one]
    return next(reversed(before), None) or next(iter(others), None)
