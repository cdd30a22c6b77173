"""What happens when a blank is filled: P5 and P12 of the method.

A blank is a fact that is not known. Two kinds of None are no blanks. The settings that the Team permits are
exempt: recording them adds a gate that was not asked before. And where None means "none recorded" (grades,
ages at admission, a closing date, a limit of minutes, conditions of admission, approval, the setting of a
public program beyond a class or a day school, what a room leaves to its program) a presumption stands in
its place: a fact with its source. So it does for the ages in a room: a program is presumed to keep the span
that its state allows. A start is filled with a day from today on, and within a year.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from matching import Interval, Membership, NeedProfile, ProgramProfile, ServiceOffer, Site
from matching.catalogue import Catalogue
from matching.gate import TO_CONFIRM
from matching.scoring import Evaluation, evaluate
from matching.vocabulary import Delivery, Dimension, PeerTime, ProgramStatus, Setting
from tests.matching.examples import POLICY
from tests.strategies import (
    DISTRICT,
    FEATURES,
    MODES,
    NEEDS,
    PLACES,
    RATIOS,
    SERVICES,
    TODAY,
    lists_of_programs,
    need_profiles,
    seats,
    spans,
)

OPEN_ADEQUACY = 1
MANY = settings(max_examples=3 * settings().max_examples)
FILLED_NEEDS = NEEDS | {"start_on": st.integers(0, 120).map(lambda n: TODAY + timedelta(days=n))}
EXEMPT_NEEDS = {"permitted_settings", "ride_limit_minutes", "state", "categories", "summer"}


def narrowed(draw: st.DrawFn, span: Interval) -> Interval:
    """A range within a range."""
    ends = sorted([draw(st.integers(*span)), draw(st.integers(*span))])
    return Interval(*ends)


def filled_student(draw: st.DrawFn, student: NeedProfile) -> NeedProfile:
    """The student with some blanks filled."""
    blanks = sorted(name for name in set(NEEDS) - EXEMPT_NEEDS if getattr(student, name) is None)
    chosen = draw(st.sets(st.sampled_from(blanks))) if blanks else set()
    facts = {name: draw(FILLED_NEEDS[name]) for name in sorted(chosen)}
    if student.age_months:
        facts["age_months"] = narrowed(draw, student.age_months)
    for need in student.services or ():
        delivery = need.delivery or draw(st.sampled_from([None, Delivery.DIRECT, Delivery.CONSULT]))
        minutes = need.minutes_per_week or draw(st.sampled_from([None, 30, 60]))
        filled = replace(need, delivery=delivery, minutes_per_week=minutes)
        facts["services"] = (*facts.get("services", ()), filled)
    levels = {dimension: narrowed(draw, student.level(dimension)) for dimension in Dimension}
    return replace(student, **facts, levels=levels)


def filled_program(draw: st.DrawFn, program: ProgramProfile) -> ProgramProfile:
    """The program with some blanks filled; what a room leaves to its program stays so."""
    public = [Setting.SEPARATE_CLASS, Setting.PUBLIC_DAY]
    blanks = {
        "placement_types": NEEDS["placement_type"].map(lambda one: frozenset({one})),
        "setting": st.sampled_from(public if program.operator.public else list(Setting)),
        "ages": spans(3, 22),
        "students_per_adult": st.sampled_from(RATIOS),
        "peer_time": st.sampled_from(PeerTime),
    }
    facts = {name: draw(st.none() | v) for name, v in blanks.items() if getattr(program, name) is None}
    if program.status is ProgramStatus.UNVERIFIED:
        facts["status"] = draw(st.sampled_from(ProgramStatus))
    levels = {one: narrowed(draw, program.level(one)) for one in Dimension}
    return replace(
        program,
        **facts,
        levels=levels,
        features=_more(draw, program.features, FEATURES, st.booleans()),
        communication_modes=_more(draw, program.communication_modes, MODES, st.booleans()),
        services=_more(draw, program.services, SERVICES, _offers()),
        operator=_fuller(draw, program.operator),
        sites=tuple(_placed(draw, site) for site in program.sites),
        rooms=tuple(
            replace(room, seats=room.seats or draw(st.none() | seats(with_ages=False)))
            for room in program.rooms
        ),
    )


def _more(draw: st.DrawFn, known: dict, terms: list, answers: st.SearchStrategy) -> dict:
    return {**draw(st.dictionaries(st.sampled_from(terms), answers, max_size=2)), **known}


def _offers() -> st.SearchStrategy[ServiceOffer]:
    return st.sampled_from(Delivery).map(lambda delivery: ServiceOffer(delivery=delivery))


def _placed(draw: st.DrawFn, site: Site) -> Site:
    return replace(site, place=site.place or draw(st.sampled_from([None, *PLACES])))


def _fuller(draw: st.DrawFn, operator):
    listed = any(member.district == DISTRICT for member in operator.members)
    if listed or operator.member_list_complete or not draw(st.booleans()):
        return operator
    return replace(operator, members=(*operator.members, Membership(district=DISTRICT)))


@st.composite
def before_and_after(draw: st.DrawFn) -> tuple[Evaluation, Evaluation]:
    """One student and some programs, before and after some blanks of either are filled."""
    student, programs = draw(need_profiles()), draw(lists_of_programs(least=1, most=2))
    other = filled_student(draw, student)
    others = [filled_program(draw, program) for program in programs]
    return _judged(student, programs), _judged(other, others)


def _judged(student: NeedProfile, programs) -> Evaluation:
    return evaluate(student, Catalogue.compile(programs), POLICY, seed="s", today=TODAY)


@MANY
@given(before_and_after())
def test_a_filled_blank_gives_a_score_within_the_reported_bounds(pair):
    """P5. A measured ride is within the estimate it replaces only by chance: rides are filled by place."""
    before, after = pair

    assert (before.low <= after.low).all()
    assert (after.high <= before.high).all()
    weights = POLICY.weight_row()
    for row, value in enumerate(after.keys.value.tolist()):
        least, most = (
            sum(map(int.__mul__, weights, side[:, row].tolist())) for side in (before.low, before.high)
        )
        assert least <= value <= most


@MANY
@given(before_and_after())
def test_a_filled_blank_never_turns_a_settled_answer_round(pair):
    """P12 for gates asked before and after, the verdict (which sees gates that are added) and adequacy."""
    before, after = pair

    assert [
        code for code, first, second in _asked_twice(before, after) if first not in ("unknown", second)
    ] == []
    for first, second in zip(before.verdict.tolist(), after.verdict.tolist(), strict=True):
        assert first in (TO_CONFIRM, second)
    for first, second in zip(before.adequacy.tolist(), after.adequacy.tolist(), strict=True):
        assert first in (OPEN_ADEQUACY, second)


def _asked_twice(before: Evaluation, after: Evaluation) -> Iterator[tuple[str, str, str]]:
    later = {gate.code: gate for gate in after.gates}
    for gate in before.gates:
        for row, option in enumerate(before.asked.catalogue.options):
            first = gate.result(option)
            second = gate.code in later and later[gate.code].result(after.asked.catalogue.options[row])
            if first and second:
                yield gate.code, str(first.answer), str(second.answer)


@given(before_and_after())
def test_a_filled_blank_narrows_the_need_fit(pair):
    before, after = pair

    for row in range(len(before.asked.catalogue)):
        wide, narrow = before.need_fit(row), after.need_fit(row)
        assert wide.low <= narrow.low <= narrow.high <= wide.high
