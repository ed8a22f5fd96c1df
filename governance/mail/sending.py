"""Each notice into a mail, each mail out of the house: once, or with certainty not at all.

A mail is claimed in a transaction of its own before the mail server is spoken to, so two workers never send the same.
What is known not to have gone waits for another attempt; what may have gone is not sent again.
"""

from __future__ import annotations

from dataclasses import dataclass

import structlog
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.utils import timezone

from ..actions.notifying import reachable
from ..attempts import STUCK_AFTER, latest_digest, next_attempt
from ..models import Mail, MailChoice, Notice
from ..notices import DEFAULTS, Delivery, NoticeKind
from .items import Item, Letter
from .letters import item_for, letter_for, message_for
from .post import NotSent, PerhapsSent, hand_over
from .reminders import reminder_for, write_reminders

log = structlog.get_logger("governance.mail")
State = Mail.State


# --- From notice to mail


def send_at_once(*, event: int | None = None) -> None:
    """Sends what waits and is wanted at once: all of it, or what one event gave."""
    waiting = Notice.objects.waiting().wanted(Delivery.NOW)
    if event is not None:
        waiting = waiting.filter(event=event)
    for pk in list(waiting.order_by("pk").values_list("pk", flat=True)):
        mail = _put_in_mail(pk)
        if mail is not None and not send(mail):
            return  # the server does not answer: the rest waits for the next round


@transaction.atomic
def _put_in_mail(pk: int) -> int | None:
    """The mail of one notice, in the queue; None when somebody else has just seen to it."""
    notice = Notice.objects.waiting().select_for_update(skip_locked=True).filter(pk=pk).first()
    if notice is None:
        return None
    now = timezone.now()
    mail = Mail.objects.create(recipient_id=notice.recipient_id, kind=notice.kind, queued_at=now, due_at=now)
    Notice.objects.filter(pk=pk).update(mail=mail)
    return mail.pk


def send_digests() -> None:
    """One mail a day to each who wants the day's news together. One that was not made in time is made when it can."""
    due = latest_digest(timezone.localtime(), settings.MAIL_DIGEST_AT)
    waiting = Notice.objects.waiting().wanted(Delivery.DAILY).filter(written_at__lte=due)
    had_theirs = Mail.objects.filter(digest_on=due.date()).values("recipient_id")
    people = waiting.exclude(recipient__in=had_theirs).order_by("recipient").values_list("recipient", flat=True)
    for recipient in list(people.distinct()):
        with transaction.atomic():
            now = timezone.now()
            mail, is_new = Mail.objects.get_or_create(
                recipient_id=recipient, digest_on=due.date(), defaults={"queued_at": now, "due_at": now}
            )
            if is_new:
                mine = waiting.filter(recipient=recipient).values("pk")
                Notice.objects.waiting().filter(pk__in=mine).update(mail=mail)
        if is_new and not send(mail.pk):
            return


def drop_unwanted() -> None:
    """What the person has said no to since it was written."""
    Notice.objects.waiting().wanted(Delivery.NEVER).update(dropped_at=timezone.now())


# --- From the queue to the mail server


@dataclass(frozen=True)
class _Claimed:
    mail: Mail
    letter: Letter
    message: EmailMultiAlternatives


def send(pk: int) -> bool:
    """One attempt at one mail, if it is due and nobody else has it. False when the server could not be spoken to."""
    try:
        claimed = _claim(pk)
    except Exception as error:  # a mail that cannot be written must not hold up the others
        log.exception("mail_not_written", mail=pk)
        _failed(pk, NotSent(type(error).__name__), from_state=State.QUEUED)
        return True
    if claimed is None:
        return True
    try:
        hand_over(claimed.message)
    except PerhapsSent as error:
        _end(pk, State.UNCERTAIN, error=str(error))
        log.warning("mail_uncertain", mail=pk, error=str(error))
    except NotSent as error:
        _failed(pk, error)
        return not error.unreachable
    else:
        _end(pk, State.SENT, **_kept(claimed.letter))
    return True


@transaction.atomic(durable=True)
def _claim(pk: int) -> _Claimed | None:
    """Takes the mail and writes it; committed before a word is said to the mail server."""
    now = timezone.now()
    due = Mail.objects.filter(pk=pk, state=State.QUEUED, due_at__lte=now)
    mail = due.select_for_update(skip_locked=True, of=("self",)).select_related("recipient").first()
    if mail is None:
        return None
    told = _still_to_tell(mail)
    if not told:
        mail.state, mail.ended_at = State.DROPPED, now
        mail.save(update_fields=["state", "ended_at"])
        return None
    letter = letter_for(mail, told.values())
    message = message_for(mail, letter, told)
    mail.state, mail.claimed_at, mail.attempts = State.SENDING, now, mail.attempts + 1
    mail.save(update_fields=["state", "claimed_at", "attempts"])
    return _Claimed(mail, letter, message)


def _still_to_tell(mail: Mail) -> dict[Notice, Item]:
    """What of the mail is still wanted and may still be told. What she now wants daily goes back to wait."""
    if not reachable().filter(pk=mail.recipient_id).exists():
        return {}
    chosen = dict(MailChoice.objects.filter(user=mail.recipient_id).values_list("kind", "delivery"))
    told: dict[Notice, Item] = {}
    for notice in mail.notices.select_related(
        "event__organisation", "recipient", "case__initiative__organisation"
    ).order_by("event_id", "pk"):
        wanted = chosen.get(notice.kind, DEFAULTS[NoticeKind(notice.kind)])
        if wanted == Delivery.DAILY and not mail.digest_on:
            Notice.objects.filter(pk=notice.pk).update(mail=None)
        elif wanted != Delivery.NEVER and (item := reminder_for(notice) if notice.case_id else item_for(notice)):
            told[notice] = item
    return told


def _kept(letter: Letter) -> dict[str, str]:
    """What the mail said is kept where it can be read instead of being sent: in demo mode, and nowhere else."""
    if not settings.DEMO:
        return {}
    return {"subject": letter.subject, "text": letter.text, "html": letter.html}


def _end(pk: int, state: Mail.State, **more: str) -> None:
    open_still = Mail.objects.filter(pk=pk, state__in=(State.SENDING, State.UNCERTAIN))
    open_still.update(state=state, ended_at=timezone.now(), **{"error": "", **more})


@transaction.atomic
def _failed(pk: int, why: NotSent, *, from_state: Mail.State = State.SENDING) -> None:
    mail = Mail.objects.select_for_update().filter(pk=pk, state=from_state).first()
    if mail is None:
        return
    if from_state == State.QUEUED:
        mail.attempts, mail.claimed_at = mail.attempts + 1, timezone.now()
    due = None if why.for_good else next_attempt(mail.attempts, mail.queued_at, timezone.now())
    mail.error = why.error
    if due:
        mail.state, mail.due_at = State.QUEUED, due
    else:
        mail.state, mail.ended_at = State.FAILED, timezone.now()
        log.warning("mail_failed", mail=pk, error=why.error)
    mail.save()


# --- The round of every minute


def retry_due() -> None:
    """Another attempt at what waits in the queue, the longest due first."""
    due = Mail.objects.filter(state=State.QUEUED, due_at__lte=timezone.now())
    for pk in list(due.order_by("due_at", "pk").values_list("pk", flat=True)):
        if not send(pk):
            return


def tell_what_was_broken_off() -> None:
    """What was being sent when a worker died may have gone: said to be uncertain, and left alone."""
    now = timezone.now()
    stuck = Mail.objects.filter(state=State.SENDING, claimed_at__lt=now - STUCK_AFTER)
    if number := stuck.update(state=State.UNCERTAIN, ended_at=now, error="BrokenOff"):
        log.warning("mail_uncertain", number=number, error="BrokenOff")


def remind() -> None:
    """The day's reminders, once they are due. What goes wrong there holds no other mail up."""
    try:
        write_reminders()
    except Exception:
        log.exception("reminders_not_written")


def go_round() -> None:
    """Everything that may wait, whatever became of the jobs that should have seen to it."""
    tell_what_was_broken_off()
    remind()
    drop_unwanted()
    retry_due()
    send_at_once()
    send_digests()


def send_again(mails: list[int]) -> int:
    """Back to the queue by an administrator's word, also what may have gone; returns how many."""
    now = timezone.now()
    again = Mail.objects.filter(pk__in=mails, state__in=(State.FAILED, State.UNCERTAIN))
    return again.update(state=State.QUEUED, queued_at=now, due_at=now, ended_at=None, attempts=0)
