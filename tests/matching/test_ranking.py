"""Whole rankings: one worked by hand, rooms inside programs, seats, examples and empty lists."""

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

import pytest

from matching import (
    Interval,
    NeedProfile,
    Opening,
    Price,
    Seats,
    ServiceNeed,
    ServiceOffer,
    count_verdicts,
    with_example_transport,
)
from matching.vocabulary import (
    Criterion,
    Delivery,
    Feature,
    OrderReason,
    PeerTime,
    PriceItem,
    Service,
    Verdict,
)
from tests.matching.examples import (
    POLICY,
    STUDENT,
    TODAY,
    a_program,
    a_room,
    a_student,
    levels,
    open_seats,
    option_of,
    rank,
)

SPEECH, NURSING = Service.SPEECH, Service.NURSING
TUITION = PriceItem.TUITION
WORKED_STUDENT = a_student(
    levels=levels(communication=3, sensory=2),
    services=(ServiceNeed(service=SPEECH), ServiceNeed(service=NURSING)),
    students_per_adult=Fraction(3),
    peer_time=PeerTime.SOME,
    ride_minutes={"ash": 30, "birch": 40, "cedar": 20},
    preferred_programs=("cedar",),
    start_on=TODAY,
)
BOTH = {SPEECH: ServiceOffer(), NURSING: ServiceOffer()}
ASH = a_program(
    "ash",
    levels=levels(communication=3, sensory=2),
    services=BOTH,
    students_per_adult=Fraction(3),
    peer_time=PeerTime.SOME,
    features={Feature.STEP_DOWN: False},
    rooms=(a_room(seats=open_seats()),),
    prices=(Price(item=TUITION, usd_per_year=60_000),),
)
BIRCH = replace(ASH, key="birch", prices=(Price(item=TUITION, usd_per_year=50_000),))
CEDAR = replace(
    ASH,
    key="cedar",
    levels=levels(communication=2, sensory=2),
    services={SPEECH: ServiceOffer(), NURSING: ServiceOffer(delivery=Delivery.CONSULT)},
)


def test_three_programs_worked_by_hand():
    """A student of communication 3, sensory 2, speech and nursing, 3 to 1, some peer time, for cedar first.

    All but the ride, the preference and cedar's support and nursing is equal. Values by criterion:
    services 1000; support 1000 each; ratio 1000; inclusion 600 (all the peer time wanted, no way back);
    ride (60 - m) x 25: ash 30 min 750, birch 40 min 500, cedar 20 min 1000; start 1000; preference 300.
    ash:   4,096,000 - 205 x 400 - 307 x 250 - 100 x 700 = 3,867,250
    birch: 4,096,000 - 205 x 400 - 307 x 500 - 100 x 700 = 3,790,500
    cedar has communication 2 for 3, 750; nursing by consultation while the need does not say which: 500 to
    1000, so 750 counts; preference 1000, ride 1000:
           4,096,000 - 205 x 400 - 410 x 250 - 820 x 250 = 3,706,500
    ash and birch are eligible; they differ by 76,750 < 81,920: one band, so birch's $50,000 comes first.
    cedar is to confirm: block 3. Need fit of cedar: (820 x (500 to 1000) + 410 x 750 + 410 x 1000 + 410 x
    1000) / 2050 is 750 to 950: adequate.
    """
    ranking = rank(WORKED_STUDENT, ASH, BIRCH, CEDAR)

    assert [(o.program_key, o.block, o.rank, o.value, o.cost_band) for o in ranking.options] == [
        ("birch", 1, 1, 3_790_500, 0),
        ("ash", 1, 2, 3_867_250, 0),
        ("cedar", 3, 3, 3_706_500, 1),
    ]
    assert [o.order_reason for o in ranking.options] == [
        OrderReason.COST,
        OrderReason.BLOCK,
        OrderReason.LAST,
    ]
    birch, ash, cedar = ranking.options
    assert {c: v for c, v in ash.contributions.items() if v} == {
        Criterion.SERVICES: 205_000,
        Criterion.COMMUNICATION: 102_500,
        Criterion.RIDE: -76_750,
        Criterion.PREFERENCE: -70_000,
    }
    assert {c: v for c, v in birch.contributions.items() if v} == {Criterion.RIDE: -76_750}
    assert (cedar.need_fit, str(cedar.adequacy), str(cedar.verdict)) == ((750, 950), "adequate", "to_confirm")
    assert (cedar.value_low, cedar.value_high) == (3_706_500 - 205_000, 3_706_500 + 205_000)
    assert [gate.code for gate in cedar.unknown] == ["service:nursing"]


def test_each_program_stands_once_at_its_best_room_with_all_its_rooms_inside():
    young, old = a_room("young", ages=Interval(5, 8)), a_room("old", name="Room 2", ages=Interval(9, 12))
    ranking = rank(STUDENT, a_program("a", rooms=(young, old)), a_program("b", ages=Interval(15, 18)))
    first = ranking.options[0]

    assert [option.program_key for option in ranking.options] == ["a", "b"]
    assert (first.room_key, first.verdict) == ("old", "eligible")
    assert [(room.key, room.name, str(room.verdict), room.block) for room in first.rooms] == [
        ("old", "Room 2", "eligible", 1),
        ("young", "", "not_eligible", 5),
    ]
    failed = [gate.code for gate in first.rooms[1].gates if gate.answer == "no"]
    assert failed == ["age_served"]


def test_a_program_whose_rooms_are_not_known_is_one_option():
    (room,) = option_of(STUDENT, a_program()).rooms

    assert (room.key, room.name, room.seats.status) == ("", "", "unknown")


def _seats(seats):
    return option_of(STUDENT, a_program(rooms=(a_room(seats=seats),))).seats


@pytest.mark.parametrize(
    ("age", "freshness"),
    [
        (0, "current"),
        (14, "current"),
        (15, "ask"),
        (30, "ask"),
        (31, "stale"),
        (90, "stale"),
        (91, "unknown"),
    ],
)
def test_the_age_of_a_seat_fact_is_exact_at_its_edges(age, freshness):
    seats = _seats(open_seats(confirmed_days_ago=age))

    assert (seats.freshness, seats.age_days) == (freshness, age)
    assert seats.status == ("unknown" if age > 90 else "open")


def test_seats_are_open_expected_waiting_or_not_known():
    opening = Opening(on=TODAY + timedelta(days=40), seats=2)
    full = Seats(licensed=8, enrolled=7, held=1, confirmed_on=TODAY)

    assert (_seats(open_seats(2)).status, _seats(open_seats(2)).open) == ("open", 2)
    assert _seats(open_seats(2)).first_on == TODAY
    expected = _seats(replace(full, openings=(opening,)))
    assert (expected.status, expected.first_on) == ("expected", opening.on)
    assert (_seats(full).status, _seats(full).first_on) == ("waiting", None)
    assert _seats(replace(full, confirmed_on=None)).freshness == "unknown"


def test_seats_are_told_as_they_were_confirmed():
    seats = _seats(Seats(licensed=10, enrolled=6, held=1, confirmed_on=TODAY, example=True))

    assert (seats.open, seats.licensed, seats.confirmed_on, seats.example) == (3, 10, TODAY, True)


def test_seats_never_decide_a_verdict():
    full = a_room(seats=Seats(licensed=8, enrolled=8, confirmed_on=TODAY))

    assert option_of(STUDENT, a_program(rooms=(full,))).verdict == "eligible"


@pytest.mark.parametrize(
    "facts",
    [
        {"rooms": (a_room(example=True),)},
        {"rooms": (a_room(seats=open_seats(example=True)),)},
        {"prices": (Price(item=TUITION, usd_per_year=1, example=True),)},
    ],
)
def test_a_ranking_says_whether_it_rests_on_example_figures(facts):
    assert rank(STUDENT, a_program(**facts)).rests_on_examples is True
    assert rank(STUDENT, a_program(rooms=(a_room(seats=open_seats()),))).rests_on_examples is False


def test_the_example_price_of_rides_makes_a_ranking_rest_on_examples():
    policy = with_example_transport(POLICY)

    assert rank(STUDENT, a_program(), policy=policy).rests_on_examples is True
    assert policy.choices["transport"].reason.startswith("An example price")


def test_verdicts_are_counted_as_an_intake_form_shows_them():
    programs = [a_program("a"), a_program("b", ages=None), a_program("c", ages=Interval(15, 18))]

    assert count_verdicts(STUDENT, programs, POLICY, today=TODAY) == {
        Verdict.ELIGIBLE: 1,
        Verdict.TO_CONFIRM: 1,
        Verdict.NOT_ELIGIBLE: 1,
    }


def test_no_programs_give_an_empty_ranking():
    ranking = rank(NeedProfile(code="S"))

    assert (len(ranking), list(ranking.options), ranking.ranked, ranking.ruled_out) == (0, [], [], [])
    assert set(ranking.verdicts.values()) == {0}


def test_options_can_be_sliced_counted_from_the_end_and_found_by_key():
    ranking = rank(STUDENT, a_program("a"), a_program("b"), a_program("c"))
    options = ranking.options

    assert [option.rank for option in options[1:]] == [2, 3]
    assert options[-1] is options[2]
    assert ranking.option(options[1].program_key) is options[1]
    with pytest.raises(KeyError):
        ranking.option("nowhere")
    with pytest.raises(IndexError):
        options[3]


def test_the_questions_asked_most_are_counted():
    ranking = rank(STUDENT, a_program("a", ages=None), a_program("b", ages=None, placement_types=None))

    assert ranking.most_asked().most_common() == [("age_served", 2), ("placement_type", 1)]


def test_a_ranking_says_what_it_was_made_with():
    ranking = rank(STUDENT, a_program(), seed="S-1")

    assert (ranking.student_code, ranking.policy_version) == (STUDENT.code, "2026.1")
    assert (ranking.today, ranking.seed) == (TODAY, "S-1")
