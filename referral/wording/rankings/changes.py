"""What would change an option's place: what would move it up or let it meet every must, and who could."""

from collections.abc import Iterator, Mapping

from matching.results import Improvement, RankedProgram
from matching.vocabulary import Adequacy, Asks, Criterion
from referral.wording.rankings.terms import inside, listed, plural

EASIEST = 4
PROGRAM_COULD = "The program could change this."
WHO: Mapping[Criterion, str] = {
    Criterion.RIDE: "A nearer site or a shorter route could change this.",
    Criterion.START: "An earlier seat at the program would change this.",
}


def would_change(option: RankedProgram, names: Mapping[str, str]) -> list[str]:
    """What would change where an option stands, the easiest first, each with who could make it so."""
    easiest = sorted(option.improvements, key=lambda one: one.points)[:EASIEST]
    return [
        *_answers(option),
        *_fit(option),
        *(improvement_sentence(one, names) for one in easiest),
    ]


def _answers(option: RankedProgram) -> Iterator[str]:
    """The musts that are not known, and who can tell."""
    team = sum(gate.asks is Asks.TEAM for gate in option.unknown)
    program = len(option.unknown) - team
    if not option.unknown:
        return
    musts = (
        "one that is not known is met"
        if len(option.unknown) == 1
        else (f"{len(option.unknown)} that are not known are met")
    )
    who = [f"{name} ({count})" for name, count in (("the program", program), ("the Team", team)) if count]
    yield f"It would meet every must if the {musts}. Who can tell: {listed(who)}."


def _fit(option: RankedProgram) -> Iterator[str]:
    """The supports that keep it from fitting."""
    if option.adequacy is Adequacy.ADEQUATE:
        return
    short = [inside(gap.dimension.label) for gap in option.critical_gaps]
    if short:
        yield f"It would fit once support reaches the need in {listed(short)}. {PROGRAM_COULD}"


def improvement_sentence(improvement: Improvement, names: Mapping[str, str]) -> str:
    """What would move an option above the one before it, and who could make it so."""
    other = names.get(improvement.above_key, improvement.above_key)
    who = WHO.get(improvement.criterion, PROGRAM_COULD)
    return f"{_least(improvement)} would put it above {other}. {who}"


def _least(improvement: Improvement) -> str:
    """The least that is needed, in the units of its scale where it has one."""
    natural = improvement.natural
    if "ride_minutes" in natural:
        return f"A ride of at most {natural['ride_minutes']} minutes"
    if "days_late" in natural:
        late = int(natural["days_late"] or 0)
        return f"A seat at most {plural(late, 'day')} late" if late else "A seat on time"
    if "students_per_adult" in natural:
        return f"At most {natural['students_per_adult']:g} students for each adult"
    if "level" in natural:
        return f"{improvement.criterion.label} at level {natural['level']} of 4"
    return f"{improvement.points} more of 1000 in {inside(improvement.criterion.label)}"
