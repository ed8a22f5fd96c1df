"""From a checked register to rows in the database. Nothing here asks questions: the checks have been made."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from followup import history as outcomes
from followup.models import Adoption, Confirmation
from governance import history as process
from governance.models import Case, Cost, Event, Participation, Referral, Stage
from governance.statuses import Status
from initiatives import history as proposals
from initiatives.models import Initiative

from .check_events import act_of
from .check_participation import endings
from .tables import Book, Row
from .world import World
from .writing_answers import write_answers


def write(book: Book, world: World, references: set[str]) -> None:
    """Writes the initiatives of the references with everything about them."""
    new = partial(_rows_of, book, references)
    initiatives = {row["reference"]: _initiative(row, world) for row in new("initiatives")}
    revisions = proposals.bring_in_initiatives(list(initiatives.values()))
    events = [_event(row, initiatives, world) for row in new("events")]
    adoptions = [_adoption(row, initiatives, world) for row in new("adoptions")]
    stages = {(row["reference"], row["number"]): _stage(row, initiatives, world) for row in new("stages")}
    process.bring_in_cases(
        cases=_cases(book, world, initiatives, events, adoptions),
        participations=list(_participations(book, world, initiatives)),
        stages=list(stages.values()),
        costs=[_cost(row, initiatives, stages, world) for row in new("costs")],
    )
    outcomes.bring_in(
        adoptions=adoptions,
        confirmations=[_confirmation(row, initiatives, world) for row in new("confirmations")],
    )
    write_answers(book, world, revisions)
    process.bring_in_log(events=events, decider_of=_decider_finder(world))


def _rows_of(book: Book, references: set[str], key: str) -> Iterator[Row]:
    return (row for row in book.rows[key] if row["reference"] in references)


def _initiative(row: Row, world: World) -> Initiative:
    return Initiative(
        reference=row["reference"],
        title=row["title"],
        organisation_id=world.organisation_id(row["organisation"]),
        department=row["department"],
        author_id=world.person(row["author_name"], row["organisation"]),
        author_name=row["author_name"],
        need=row["need"],
        benefit=row["benefit"],
        idea=row["idea"],
        targets_residents=row["targets_residents"],
        targets_employees=row["targets_employees"],
        created_at=row["created_at"],
        submitted_at=row["submitted_at"],
        shared_at=row["shared_at"],
    )


def _event(row: Row, initiatives: Mapping[str, Initiative], world: World) -> Event:
    kind = act_of(row)
    return Event(
        case_id=initiatives[row["reference"]].pk,
        reference=row["reference"],
        kind=kind,
        word="" if str(kind.label) == row["word"] else row["word"],
        from_status=row["from_status"],
        to_status=row["to_status"],
        occurred_at=row["occurred_at"],
        actor_id=world.person(row["actor_name"], row["organisation"]),
        actor_name=row["actor_name"],
        organisation_id=world.organisation_id_or_none(row["organisation"]),
        role=row["role"],
        decider_name=row["decider_name"],
        text=row["text"],
    )


def _decider_finder(world: World) -> Callable[[Event], int | None]:
    names = {organisation.pk: name for name, organisation in world.organisations.items()}
    return lambda event: world.person(event.decider_name, names.get(event.organisation_id or 0, ""))


def _cases(
    book: Book,
    world: World,
    initiatives: Mapping[str, Initiative],
    events: list[Event],
    adoptions: list[Adoption],
) -> list[Case]:
    originals = world.existing | {reference: initiative.pk for reference, initiative in initiatives.items()}
    first_use: dict[int, Adoption] = {}
    for adoption in sorted(adoptions, key=lambda adoption: adoption.in_use_on):
        first_use.setdefault(adoption.case_id, adoption)
    logged: dict[int, list[Event]] = {initiative.pk: [] for initiative in initiatives.values()}
    for event in sorted(events, key=lambda event: event.occurred_at):
        logged[event.case_id].append(event)  # type: ignore[index]
    return [
        _case(row, initiatives[row["reference"]].pk, logged, originals, first_use)
        for row in book.rows["initiatives"]
        if row["reference"] in initiatives
    ]


def _case(
    row: Row,
    pk: int,
    logged: Mapping[int, list[Event]],
    originals: Mapping[str, int],
    first_use: Mapping[int, Adoption],
) -> Case:
    standing = process.standing_after(logged[pk])
    return Case(
        initiative_id=pk,
        status=standing.status,
        status_since=standing.since,
        paused_from=standing.paused_from,
        duplicate_of_id=originals.get(row["duplicate_of"]),
        referred_to=Referral.OTHER if standing.status == Status.REFERRED else "",
        motive=row["motive"],
        registry_number=row["registry_number"],
        managed_object=row["managed_object"],
        first_in_use_on=first_use[pk].in_use_on if pk in first_use else None,
    )


def _participations(book: Book, world: World, initiatives: Mapping[str, Initiative]) -> Iterator[Participation]:
    for reference, rows in book.by_reference("participations").items():
        if reference not in initiatives:
            continue
        ended = endings(rows)
        for row in rows:
            left = row["left_on"]
            yield Participation(
                case_id=initiatives[reference].pk,
                organisation_id=world.organisation_id(row["organisation"]),
                role=row["role"],
                joined_on=row["joined_on"],
                left_on=left,
                ending=ended[row.number],
                principle=world.principle(row["principle"], left or row["joined_on"]),
                reason=row["reason"],
                decider_name=row["decider_name"],
            )


def _stage(row: Row, initiatives: Mapping[str, Initiative], world: World) -> Stage:
    return Stage(
        case_id=initiatives[row["reference"]].pk,
        number=row["number"],
        type=row["type"],
        start=row["start"],
        end=row["end"],
        planned_end=row["planned_end"],
        outcome=row["outcome"],
        organisation_id=world.organisation_id_or_none(row["organisation"]),
    )


def _cost(
    row: Row, initiatives: Mapping[str, Initiative], stages: Mapping[tuple[str, int], Stage], world: World
) -> Cost:
    return Cost(
        case_id=initiatives[row["reference"]].pk,
        stage=stages.get((row["reference"], row["stage"])),
        kind=row["kind"],
        value=row["value"],
        amount=row["amount"],
        organisation_id=world.organisation_id_or_none(row["organisation"]),
        date=row["date"],
        until=row["until"],
    )


def _adoption(row: Row, initiatives: Mapping[str, Initiative], world: World) -> Adoption:
    return Adoption(
        case_id=initiatives[row["reference"]].pk,
        organisation_id=world.organisation_id(row["organisation"]),
        in_use_on=row["in_use_on"],
        note=row["note"],
    )


def _confirmation(row: Row, initiatives: Mapping[str, Initiative], world: World) -> Confirmation:
    return Confirmation(
        case_id=initiatives[row["reference"]].pk,
        kind=row["kind"],
        holds=row["holds"],
        date=row["date"],
        confirmed_by_id=world.person(row["confirmed_by_name"], row["organisation"]),
        confirmed_by_name=row["confirmed_by_name"],
        organisation_id=world.organisation_id_or_none(row["organisation"]),
        grounds=row["grounds"],
    )
