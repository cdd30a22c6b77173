"""Who could take which seat: only where every gate passes and the need fit is adequate."""

from datetime import date

import pytest

from matching.allocation import (
    blocking_pairs,
    optimal_plan,
    seat_prices,
    stable_plan,
    suitable_places,
)
from matching.exceptions import MatchingError
from tests.matching.small_rankings import a_program, a_ranking, a_room, a_student

BRIDGE = a_program("bridge", a_room("young", (6, 9), n_open=1), a_room("older", (10, 14)))
HARBOR = a_program("harbor", a_room("mixed", (6, 14)), level=2)


def test_a_room_is_suitable_only_where_every_gate_passes() -> None:
    found = suitable_places([a_ranking(a_student("S-1", months=96), BRIDGE)])

    assert found.places == (("bridge", "young"),)
    assert found.preferences == ((0,),)
    assert found.priorities == ((0,),)
    assert found.seats.tolist() == [1]


def test_an_open_gate_an_open_fit_and_a_poor_fit_are_no_edges() -> None:
    unverified = a_program("unverified", a_room("r", (6, 14)), placement_types=None)
    unknown_levels = a_program("unknown", a_room("r", (6, 14)), levels={})
    too_little = a_program("little", a_room("r", (6, 14)), level=0)

    found = suitable_places([a_ranking(a_student("S-1", need=2), unverified, unknown_levels, too_little)])

    assert found.places == ()
    assert found.preferences == ((),)
    assert optimal_plan(found.gain, found.seats).tolist() == [-1]


def test_a_student_prefers_rooms_in_the_order_of_the_ranking() -> None:
    ranking = a_ranking(a_student("S-1"), HARBOR, BRIDGE)

    found = suitable_places([ranking])

    best_first = [found.places[index][0] for index in found.preferences[0]]
    assert best_first == [option.program_key for option in ranking.options] == ["bridge", "harbor"]


def test_a_gain_is_urgency_times_four_thousand_and_the_value() -> None:
    ranking = a_ranking(a_student("S-1"), BRIDGE)
    value = ranking.options[0].rooms[0].value // 4096

    assert suitable_places([ranking]).gain.toarray().tolist() == [[4000 + value]]
    urgent = suitable_places([ranking], urgency={"S-1": 3})
    assert urgent.gain.toarray().tolist() == [[3 * (4000 + value)]]


def test_a_room_takes_the_more_urgent_student_first_and_then_the_higher_value() -> None:
    students = [a_student("S-1", need=2), a_student("S-2"), a_student("S-3", need=2)]
    rankings = [a_ranking(student, HARBOR) for student in students]

    found = suitable_places(rankings, urgency={"S-2": 6})

    # Harbor meets needs of 2 exactly and over-supports needs of 1.
    assert found.priorities[0][0] == 1
    assert set(found.priorities[0][1:]) == {0, 2}


def test_equals_are_drawn_by_the_seed_and_never_by_their_codes() -> None:
    rankings = [a_ranking(a_student(f"S-{n}"), HARBOR) for n in range(4)]

    drawn = {suitable_places(rankings, seed=str(seed)).priorities[0] for seed in range(20)}

    assert len(drawn) > 5
    assert suitable_places(rankings, seed="a").priorities == suitable_places(rankings, seed="a").priorities


@pytest.mark.parametrize(
    "seats",
    [{"n_open": 0}, {"n_open": 3, "confirmed_on": date(2026, 1, 2)}, {"n_open": 3, "confirmed_on": None}],
)
def test_only_seats_known_to_be_open_are_counted(seats) -> None:
    program = a_program("bridge", a_room("r", (6, 14), **seats))

    assert suitable_places([a_ranking(a_student("S-1"), program)]).seats.tolist() == [0]


def test_a_program_without_rooms_is_one_place_without_known_seats() -> None:
    found = suitable_places([a_ranking(a_student("S-1"), a_program("bridge"))])

    assert found.places == (("bridge", ""),)
    assert found.seats.tolist() == [0]


def test_both_plans_can_be_made_from_what_is_suitable() -> None:
    rankings = [a_ranking(a_student(f"S-{n}"), BRIDGE, HARBOR) for n in range(4)]
    found = suitable_places(rankings, urgency={"S-3": 2}, seed="a")

    best = optimal_plan(found.gain, found.seats)
    stable = stable_plan(found.preferences, found.priorities, found.seats)

    assert (best >= 0).sum() == (stable >= 0).sum() == 3
    assert best[3] >= 0
    assert found.places[stable[3]] == ("bridge", "young")
    assert blocking_pairs(stable, found.preferences, found.priorities, found.seats) == []
    assert seat_prices(found.gain, found.seats, best).min() > 4000


def test_a_student_ranked_twice_is_refused() -> None:
    ranking = a_ranking(a_student("S-1"), BRIDGE)

    with pytest.raises(MatchingError, match="rankings: a student is ranked twice"):
        suitable_places([ranking, ranking])


def test_rankings_that_differ_on_the_seats_of_a_room_are_refused() -> None:
    before = a_program("harbor", a_room("mixed", (6, 14), n_open=1))

    with pytest.raises(MatchingError, match="rankings: differ on the open seats of harbor/mixed"):
        suitable_places([a_ranking(a_student("S-1"), HARBOR), a_ranking(a_student("S-2"), before)])


@pytest.mark.parametrize("urgency", [0, 101, 1.5])
def test_an_urgency_out_of_range_is_refused(urgency) -> None:
    with pytest.raises(MatchingError, match="urgency: "):
        suitable_places([], urgency={"S-1": urgency})
