"""Where an initiative is, in one plain sentence: who has it, since when, what happens next, and by when.

It decides nothing: whose step it is comes from the workflow table, the days from the process settings.
"""

from __future__ import annotations

import datetime as dt

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from ..expected import expected_by
from ..models import Stage
from ..statuses import KOMMUN_OPEN, Status
from ..who import COORDINATOR, LEAD
from .endings import ended
from .numbers import in_questions
from .plain_words import BETWEEN, COMMITMENT, DECLINED, ENDED_STAGES, LINES, NOT_BEGUN, STAGES, Line
from .questions import asked_of, label_of, number_of_questions
from .seen import Seen, Whereabouts, capital, day_of, due_of, late_by, since_of, whom_to_ask

S = Status
UNDER_WAY = (S.LOCAL, S.IN_PROGRESS)


def whereabouts(seen: Seen) -> Whereabouts:
    """Where the initiative is, for one reader."""
    status = seen.case.standing
    line = LINES[status]
    if status in UNDER_WAY and not any(stage.end is None for stage in seen.stages):
        return _between(seen) if seen.stages else _not_begun(seen, NOT_BEGUN)
    if status == S.AWAITING_START and seen.facts.commitment_needed:
        line = _waiting_for_goliska(seen, line)
    if seen.case.has_ended:
        return ended(seen, line)
    match status:
        case S.DRAFT:
            told = _("Bara du och dina medförfattare ser utkastet, tills du skickar in det.")
            return Whereabouts(str(line.place), told)
        case S.SUPPLEMENT:
            return _supplement(seen, line)
        case S.INTEREST:
            return _interest(seen, line)
        case S.LOCAL | S.IN_PROGRESS:
            return _working(seen, line)
        case S.MAINTENANCE:
            return _maintained(seen, line)
        case S.PAUSED:
            return _resting(seen, line)
        case _:
            return _waiting(seen, line)


def _waiting_for_goliska(seen: Seen, line: Line) -> Line:
    """What the start waits for where it needs Göliska IT: the decision, or what to do after a no."""
    if not seen.facts.commitment_decided:
        return COMMITMENT
    return DECLINED if seen.facts.commitment_declined else line


def _waiting(seen: Seen, line: Line) -> Whereabouts:
    """Somebody is to take a step, by a day."""
    due = due_of(seen)
    words = {
        "who": capital(seen.people.spoken(line.who, seen.facts)),
        "since": since_of(seen),
        "task": line.task,
        "day": day_of(due) if due else "",
    }
    if due is None:
        told = _("%(who)s har initiativet sedan %(since)s och ska %(task)s.") % words
    elif seen.facts.today <= due:
        told = _("%(who)s har initiativet sedan %(since)s och ska %(task)s senast %(day)s.") % words
    else:
        told = f"{line.overdue % late_by(seen, due)} {_('%(who)s ska %(task)s.') % words}"
        told += whom_to_ask(seen, seen.people.first(line.who, seen.facts))
    late = bool(due and seen.facts.today > due)
    return Whereabouts(str(line.place), told, _then(seen, line, due, late), is_late=late)


def _then(seen: Seen, line: Line, due: dt.date | None, late: bool) -> str:
    """What comes after; just submitted also by when the first answer can be expected, where that is still in time."""
    if seen.case.standing != S.SUBMITTED or due is None or late or seen.facts.answer_days is None:
        return str(line.then)
    answer = _("Räkna med ett första svar senast %s.") % day_of(expected_by(due, seen.facts.answer_days))
    return f"{line.then} {answer}"


def _supplement(seen: Seen, line: Line) -> Whereabouts:
    """The author has it, with what was asked."""
    due = due_of(seen) or seen.facts.today
    late = seen.facts.today > due
    number = number_of_questions(seen.last)
    words = {
        "author": seen.case.initiative.author_name or _("den som skrev initiativet"),
        "since": since_of(seen),
        "asker": seen.last.actor_name,
        "day": day_of(due),
        "late": late_by(seen, due),
        "questions": in_questions(max(number, 1)),
        "who": capital(seen.people.spoken(LEAD, seen.facts)),
    }
    told = _(_form_of_supplement(seen, late)) % words
    is_own = seen.is_author and seen.facts.has_author
    place = str(line.place)
    if is_own or number > 1:
        form = _("%s väntar på ditt svar") if is_own else _("%s väntar på svar")
        place = form % capital(words["questions"])
    label = f"{label_of(seen.last)}:"
    asked = asked_of(seen.last, author=seen.is_author)
    return Whereabouts(place, capital(told), str(line.then), label, seen.last.text, late, questions=asked)


def _form_of_supplement(seen: Seen, late: bool) -> str:
    """To the author, to others, and where the author cannot sign in so that the lead writes the answer for her."""
    if not seen.facts.has_author:
        if late:
            return gettext_noop("Svaret från %(author)s är %(late)s sent. %(who)s väntar på det.")
        return gettext_noop(
            "%(who)s har initiativet sedan %(since)s och väntar på svar från %(author)s senast %(day)s."
        )
    if seen.is_author:
        if late:
            return gettext_noop("Ditt svar till %(asker)s är %(late)s sent. Svara nu eller be om mer tid.")
        return gettext_noop(
            "Initiativet är hos dig sedan %(since)s: %(asker)s har %(questions)s som du ska svara på senast %(day)s."
        )
    if late:
        return gettext_noop("Svaret är %(late)s sent. %(author)s ska svara på %(questions)s från %(asker)s.")
    return gettext_noop(
        "%(author)s har initiativet sedan %(since)s och ska svara på %(questions)s från %(asker)s senast %(day)s."
    )


def _interest(seen: Seen, line: Line) -> Whereabouts:
    """The kommuner have it, each for itself, until a day."""
    if seen.facts.answers_withheld:
        return _interest_withheld(seen, line)
    silent, due = list(seen.facts.not_answered), seen.facts.interest_deadline
    late = bool(silent and due and seen.facts.today > due)
    words = {
        "who": capital(seen.people.spoken(line.who, seen.facts)),
        "since": since_of(seen),
        "silent": get_text_list(silent, _("och")),
        "day": day_of(due) if due else "",
    }
    if late and due:
        words["late"] = late_by(seen, due)
    told = _interest_told(len(silent), due, late=late) % words
    if late:
        told += whom_to_ask(seen, seen.people.first(line.who, seen.facts))
    return Whereabouts(str(line.place), told, str(line.then), is_late=late)


def _interest_withheld(seen: Seen, line: Line) -> Whereabouts:
    """The same without a word of who has answered: nothing here depends on it."""
    due = seen.facts.interest_deadline
    words = {
        "who": capital(seen.people.spoken(line.who, seen.facts)),
        "since": since_of(seen),
        "day": day_of(due) if due else "",
    }
    if due is None:
        told = _("%(who)s har frågat kommunerna sedan %(since)s om de vill vara med.") % words
    elif seen.facts.today <= due:
        told = _("%(who)s har frågat kommunerna sedan %(since)s om de vill vara med, med svar senast %(day)s.") % words
    else:
        told = _("%(who)s har frågat kommunerna sedan %(since)s om de vill vara med. Sista dag att svara var %(day)s.")
        told %= words
    return Whereabouts(str(line.place), told, str(line.then))


def _interest_told(silent: int, due: dt.date | None, *, late: bool) -> str:
    """The sentence for so many kommuner that have not answered."""
    if not silent:
        return _(
            "%(who)s frågade kommunerna %(since)s om de vill vara med, alla har svarat, och nu ska svaren tas om hand."
        )
    if due is None:
        return _(
            "%(who)s har frågat kommunerna sedan %(since)s om de vill vara med och väntar på svar från %(silent)s."
        )
    if not late:
        return _(
            "%(who)s har frågat kommunerna sedan %(since)s om de vill vara med och väntar på svar från %(silent)s "
            "senast %(day)s."
        )
    one, many = _("Svaret från %(silent)s är %(late)s sent."), _("Svaren från %(silent)s är %(late)s sena.")
    asked = _("%(who)s har frågat kommunerna sedan %(since)s om de vill vara med.")
    return f"{one if silent == 1 else many} {asked}"


def _not_begun(seen: Seen, line: Line) -> Whereabouts:
    """Decided, and no stage has started yet."""
    words = {"who": capital(seen.people.spoken(line.who, seen.facts)), "since": since_of(seen)}
    told = _("Arbetet har inte börjat än. %(who)s har initiativet sedan %(since)s och ska leda arbetet.") % words
    return Whereabouts(str(line.place), told, str(line.then))


def _between(seen: Seen) -> Whereabouts:
    """A stage has ended and the next has not begun."""
    last = max(seen.stages, key=lambda stage: (stage.end or stage.start, stage.number))
    words = {
        "who": capital(seen.people.spoken(BETWEEN.who, seen.facts)),
        "ended": ENDED_STAGES[last.type, last.outcome] % day_of(last.end or last.start),
    }
    told = _("Ingen etapp pågår just nu. %(ended)s %(who)s leder arbetet och bestämmer vad som kommer härnäst.")
    return Whereabouts(str(BETWEEN.place), told % words, str(BETWEEN.then))


def _working(seen: Seen, line: Line) -> Whereabouts:
    """Who leads the work, and which stage goes on."""
    going_on = [stage for stage in seen.stages if stage.end is None]
    words = {"who": capital(seen.people.spoken(line.who, seen.facts)), "since": since_of(seen)}
    told = _("%(who)s leder arbetet sedan %(since)s; just nu pågår ") % words
    told += f"{get_text_list([_stage(stage, seen.facts.today) for stage in going_on], _('och'))}."
    late = any(stage.planned_end and stage.planned_end < seen.facts.today for stage in going_on)
    if late:
        told += whom_to_ask(seen, seen.people.first(line.who, seen.facts))
    return Whereabouts(str(line.place), told, str(line.then), is_late=late)


def _stage(stage: Stage, today: dt.date) -> str:
    words = {"stage": STAGES[stage.type], "day": day_of(stage.planned_end) if stage.planned_end else ""}
    if stage.planned_end is None:
        return _("%(stage)s, utan bestämd slutdag") % words
    if stage.planned_end < today:
        return _("%(stage)s som skulle ha varit klar senast %(day)s") % words
    return _("%(stage)s som ska vara klar senast %(day)s") % words


def _maintained(seen: Seen, line: Line) -> Whereabouts:
    words = {
        "since": since_of(seen),
        "object": seen.case.managed_object,
        "who": seen.people.spoken(line.who, seen.facts),
    }
    if seen.case.managed_object:
        told = _("Lösningen är klar och sköts sedan %(since)s i %(object)s; fråga %(who)s om du undrar något.")
    else:
        told = _("Lösningen är klar sedan %(since)s; fråga %(who)s om du undrar något.")
    return Whereabouts(str(line.place), told % words, str(line.then))


def _resting(seen: Seen, line: Line) -> Whereabouts:
    """Till when, and who takes it up again."""
    who = LEAD if seen.case.paused_from in KOMMUN_OPEN else COORDINATOR
    due = seen.case.review_on
    late = bool(due and seen.facts.today > due)
    words = {
        "since": since_of(seen),
        "who": seen.people.spoken(who, seen.facts),
        "day": day_of(due) if due else "",
    }
    if due is None:
        told = _("Initiativet vilar sedan %(since)s, och %(who)s bestämmer när det tas upp igen.") % words
    elif late:
        told = _("Initiativet vilar sedan %(since)s, och %(who)s skulle ha tagit upp det igen %(day)s.") % words
        told += whom_to_ask(seen, seen.people.first(who, seen.facts))
    else:
        told = _("Initiativet vilar sedan %(since)s, och %(who)s ska ta upp det igen %(day)s.") % words
    return Whereabouts(str(line.place), told, str(line.then), _("Skälet:"), seen.last.text, late)
