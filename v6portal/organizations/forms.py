"""Signing in, and choosing which of one's roles to act in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _

from .models import Membership, User


class SignInForm(AuthenticationForm):
    error_messages = {
        "invalid_login": _(
            "Användarnamnet och lösenordet hör inte ihop. Se efter att båda är rätt skrivna och försök igen."
        ),
        "inactive": _("Kontot är avstängt. Kontakta administratören i din organisation."),
    }


class SignInAgainForm(SignInForm):
    """Signing in on the page where one was writing: the same person as before, by her password."""

    error_messages = {**SignInForm.error_messages, "invalid_login": _("Lösenordet stämmer inte. Försök igen.")}

    def __init__(self, *args: Any, expected: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.expected = expected
        self.fields["username"].widget = forms.HiddenInput()
        self.fields["username"].initial = expected
        self.fields["password"].widget.attrs["autofocus"] = True

    def clean_username(self) -> str:
        return self.expected


class ActAsForm(forms.Form):
    """One of the person's own roles that are valid today."""

    membership: forms.ModelChoiceField[Membership] = forms.ModelChoiceField(Membership.objects.none())

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["membership"].queryset = user.memberships.current().select_related("organisation", "stands_in_for")
