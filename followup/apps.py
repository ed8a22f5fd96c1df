from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FollowupConfig(AppConfig):
    name = "followup"
    verbose_name = _("Uppföljning")

    def ready(self) -> None:
        """Tells the mail of an earlier app what this one has to tell."""
        from governance.acts import Act
        from governance.mail import letters, reminders

        from .mail import surveys

        letters.TELLERS[Act.OPEN_SURVEY] = surveys.tell
        if surveys.remind not in reminders.MORE:
            reminders.MORE.append(surveys.remind)
