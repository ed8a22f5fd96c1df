"""Who takes part in a made-up initiative, as what, from when to when."""

from __future__ import annotations

from governance.acts import Act
from governance.models import ParticipationRole
from v6portal.organizations.roles import Role

from . import words
from .history import History, Values
from .people import KOMMUNER, holder

P = ParticipationRole
PRINCIPLES = ("P1", "P2", "P3", "P4", "P5", "P6")


class Ledger:
    """The participations of one initiative, with the row that is in force of each kommun."""

    def __init__(self, history: History) -> None:
        self.history = history
        self.current: dict[str, Values] = {}

    @property
    def participants(self) -> list[str]:
        """The kommuner that lead or take part now."""
        return [name for name, row in self.current.items() if row["role"] in (P.LEADS, P.TAKES_PART)]

    @property
    def others(self) -> list[str]:
        """Those that take part and do not lead."""
        return [name for name, row in self.current.items() if row["role"] == P.TAKES_PART]

    @property
    def outside(self) -> list[str]:
        return [name for name in KOMMUNER if name not in self.participants]

    def begin(self, kommun: str, role: ParticipationRole) -> None:
        """A new row today; the one the kommun had ends the same day, as a change of role."""
        if kommun in self.current:
            self.current.pop(kommun)["left_on"] = self.history.today
        self.current[kommun] = self.history.add(
            "participations",
            organisation=kommun,
            role=role,
            joined_on=self.history.today,
            decider_name=holder(Role.DIRECTOR, kommun),
        )
        if role is P.LEADS:
            self.history.leading = kommun

    def join(self, kommun: str) -> None:
        self.history.decide(Act.JOIN, kommun, f"{kommun} kommun har samma behov.")
        self.begin(kommun, P.TAKES_PART)

    def follow(self, kommun: str) -> None:
        self.history.log(Act.FOLLOW, Role.LEAD, kommun)
        self.begin(kommun, P.FOLLOWS)

    def change_leader(self) -> None:
        """Another participant takes over; the one that led goes on taking part."""
        before, after = self.history.leading, self.history.pick(self.others)
        self.history.decide(Act.CHANGE_LEADER, before, f"{after} har bäst möjlighet att leda vidare.")
        self.begin(before, P.TAKES_PART)
        self.begin(after, P.LEADS)

    def leave(self, kommun: str) -> None:
        """A kommun that does not lead leaves in relation to a principle, now and then to follow from aside."""
        history, row = self.history, self.current.pop(kommun)
        reason = history.pick(words.LEAVING)
        history.decide(Act.LEAVE, kommun, reason)
        row.update(
            left_on=history.today,
            principle=history.pick(PRINCIPLES),
            reason=reason,
            decider_name=holder(Role.DIRECTOR, kommun),
        )
        if history.chance(0.2):
            self.begin(kommun, P.FOLLOWS)

    def shuffle(self) -> None:
        """What may happen between the kommuner while they work together."""
        history = self.history
        if not self.current:
            return
        if self.others and history.chance(0.07):
            self.change_leader()
        if len(self.others) > 1 and history.chance(0.12):
            history.spend(31)
            gone = history.pick(self.others)
            self.leave(gone)
            if history.chance(0.25):
                history.wait(60, 200)
                self.join(gone)
        if self.outside and history.chance(0.15):
            history.spend(17)
            self.join(history.pick(self.outside))
