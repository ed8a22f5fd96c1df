from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FollowupConfig(AppConfig):
    name = "followup"
    verbose_name = _("Uppföljning")

    def ready(self) -> None:
        """Lets the mail of an earlier app know what this one has to tell."""
        from .mail import reports, surveys

        reports.register()
        surveys.register()
