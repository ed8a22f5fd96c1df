"""What the portal needs before anybody signs in, from `fixtures/`. Safe to run again, at every upgrade."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils.translation import gettext as _

from followup import reference as survey
from governance import reference as process
from initiatives import reference as assessment
from v6portal.organizations import reference as organisations


def shipped(name: str) -> Any:
    return json.loads((settings.BASE_DIR / "fixtures" / f"{name}.json").read_text(encoding="utf-8"))


class Command(BaseCommand):
    help = "Lägger in de organisationer, bedömningsmodeller, principer och inställningar som saknas."

    @transaction.atomic
    def handle(self, *args: Any, verbosity: int, **options: Any) -> None:
        added = {
            _("organisationer"): organisations.load(shipped("organisations")),
            _("bedömningsmodeller"): assessment.load(shipped("assessment_model_2024_1")),
            _("principer och inställningar"): process.load(
                principles=shipped("principles"), settings=shipped("settings")
            ),
            _("mallar för rekommendationer"): process.load_templates(shipped("recommendation_templates")),
            _("uppsättningar enkätfrågor"): survey.load_questionnaire(shipped("questionnaire")),
        }
        if verbosity:
            for what, count in added.items():
                self.stdout.write(_("%(count)s nya %(what)s") % {"count": count, "what": what})
