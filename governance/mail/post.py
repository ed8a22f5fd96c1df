"""Handing one mail to the mail server, and telling afterwards whether it went."""

from __future__ import annotations

import smtplib
from contextlib import suppress
from typing import Any

from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.smtp import EmailBackend as DjangoBackend

PERMANENT = range(500, 600)


class NotSent(Exception):
    """The mail has certainly not gone.

    ``for_good`` says that trying again is of no use, ``unreachable`` that no other mail would have gone either.
    """

    def __init__(self, error: str, *, for_good: bool = False, unreachable: bool = False) -> None:
        super().__init__(error)
        self.error, self.for_good, self.unreachable = error, for_good, unreachable


class PerhapsSent(Exception):
    """The connection was lost when the server had the text but had not answered: nobody knows."""


class _Careful:
    """Tells a connection lost before the text was handed over from one lost after."""

    text_is_out = False

    def send(self, s: Any) -> None:
        super().send(s)  # type: ignore[misc]
        self.text_is_out = isinstance(s, bytes)  # smtplib sends its commands as str, and the text in one go as bytes

    def data(self, msg: Any) -> tuple[int, bytes]:
        try:
            return super().data(msg)  # type: ignore[misc]
        except OSError as error:
            if self.text_is_out and not isinstance(error, smtplib.SMTPResponseException):
                raise PerhapsSent(type(error).__name__) from error
            raise


class _Plain(_Careful, smtplib.SMTP):
    pass


class _OverTls(_Careful, smtplib.SMTP_SSL):
    pass


class EmailBackend(DjangoBackend):
    """Django's own, with a connection that is careful about what has gone."""

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return _OverTls if self.use_ssl else _Plain


def hand_over(message: EmailMultiAlternatives) -> None:
    """Returns when the server has taken the mail. Raises ``NotSent`` or ``PerhapsSent`` when it has not."""
    connection = get_connection()
    try:
        connection.open()
        handed_over = connection.send_messages([message])
    except PerhapsSent:
        raise
    except smtplib.SMTPRecipientsRefused as refused:
        code = next(iter(refused.recipients.values()))[0]
        raise NotSent(f"SMTPRecipientsRefused {code}", for_good=code in PERMANENT) from refused
    except smtplib.SMTPDataError as refused:
        raise NotSent(f"SMTPDataError {refused.smtp_code}", for_good=refused.smtp_code in PERMANENT) from refused
    except smtplib.SMTPResponseException as refused:
        # Who we are or how we greet: the same for every mail, and for those who run the portal to mend.
        raise NotSent(f"{type(refused).__name__} {refused.smtp_code}", unreachable=True) from refused
    except Exception as error:
        raise NotSent(type(error).__name__, unreachable=isinstance(error, OSError)) from error
    finally:
        with suppress(Exception):  # that the server is rude at parting changes nothing of what it has taken
            connection.close()
    if not handed_over:
        raise NotSent("NoRecipient", for_good=True)
