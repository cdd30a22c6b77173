"""The directory's filters and orders."""

from datetime import date, timedelta

import pytest

from matching import Place
from matching.vocabulary import CommunicationMode, Population, Service, Setting
from referral.rules.directory import Filters, Order, find, need_of
from referral.rules.listings import Listing, listing
from referral.rules.program_records import AgencyRecord, ProgramRecord
from referral.rules.programs import program_profile

TODAY = date(2026, 11, 22)
LEXINGTON = Place(latitude=42.44, longitude=-71.23)
WORCESTER = Place(latitude=42.26, longitude=-71.80)
PLACES = {"Lexington": LEXINGTON, "Worcester": WORCESTER}
AGENCY = AgencyRecord.model_validate(
    {
        "key": "river",
        "name": "River Collaborative",
        "state": "MA",
        "members": [{"district": "Lexington"}, {"district": "Arlington", "valid_to": "2026-06-30"}],
    }
)


def line(key: str = "bridge", agency: AgencyRecord = AGENCY, **facts) -> Listing:
    record = ProgramRecord.model_validate({"key": key, "agency": agency.key, "name": key.title()} | facts)
    profile = program_profile(
        record,
        agency,
        today=TODAY,
        with_examples=True,
        find_place=lambda _zip, town, _state: PLACES.get(town or ""),
    )
    return listing(record, profile, today=TODAY)


def seats(days: int, licensed: int = 8, enrolled: int = 5, **facts) -> dict:
    return {
        "licensed": licensed,
        "enrolled": enrolled,
        "confirmed_on": (TODAY - timedelta(days=days)).isoformat(),
    } | facts


def keys(lines, filters=None, **how) -> list[str]:
    return [one.listing.key for one in find(lines, filters or Filters(), today=TODAY, **how).rows]


def answer(one: Listing, filters: Filters, **how) -> str:
    found = find([one], filters, today=TODAY, **how)
    return "yes" if found.rows else "unsaid" if found.unsaid else "no"


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"populations": ["autism"]}, "yes"),
        ({"populations": ["emotional"], "other_populations": ["autism"]}, "yes"),
        ({"populations": ["emotional"]}, "no"),
        ({}, "unsaid"),
    ],
)
def test_a_population_is_served_or_not_or_not_said(facts, expected):
    assert answer(line(**facts), Filters(needs=(Population.AUTISM,))) == expected


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"services": {"nursing": "direct"}}, "yes"),
        ({"services": {"nursing": "consult"}}, "yes"),
        ({"services": {"nursing": "not_offered"}}, "no"),
        ({}, "unsaid"),
    ],
)
def test_a_service_is_offered_or_not_or_not_said(facts, expected):
    assert answer(line(**facts), Filters(needs=(Service.NURSING,))) == expected


@pytest.mark.parametrize(
    ("facts", "expected"), [({"asl": True}, "yes"), ({"asl": False}, "no"), ({}, "unsaid")]
)
def test_a_mode_is_used_or_not_or_not_said(facts, expected):
    assert answer(line(communication_modes=facts), Filters(needs=(CommunicationMode.ASL,))) == expected


@pytest.mark.parametrize(
    ("facts", "age", "expected"),
    [
        ({"ages": "6-14"}, 6, "yes"),
        ({"ages": "6-14"}, 14, "yes"),
        ({"ages": "6-14"}, 15, "no"),
        ({}, 9, "unsaid"),
    ],
)
def test_both_ends_of_the_ages_are_served(facts, age, expected):
    assert answer(line(**facts), Filters(age=age)) == expected


def test_a_setting_may_follow_from_the_kind():
    wanted = Filters(setting=Setting.SEPARATE_CLASS)

    assert answer(line(program_type="separate_class"), wanted) == "yes"
    assert answer(line(program_type="public_day"), wanted) == "no"
    assert answer(line(), wanted) == "unsaid"


@pytest.mark.parametrize(
    ("room", "expected"),
    [
        ({"seats": seats(3)}, "yes"),
        ({"seats": seats(90)}, "yes"),
        ({"seats": seats(91)}, "unsaid"),
        ({"seats": seats(3, enrolled=8)}, "no"),
        ({}, "unsaid"),
    ],
)
def test_open_now_counts_only_facts_that_can_be_trusted(room, expected):
    assert answer(line(rooms=[{"key": "one"} | room]), Filters(open_now=True)) == expected


@pytest.mark.parametrize(
    ("districts", "expected"),
    [(("Lexington",), "yes"), (("Arlington",), "no"), (("Concord",), "unsaid"), ((), "unsaid")],
)
def test_a_member_price_needs_a_membership_on_the_day(districts, expected):
    assert answer(line(), Filters(members_only=True), districts=districts) == expected


def test_distance_is_to_the_nearest_site():
    near = line(sites=[{"town": "Worcester"}, {"town": "Lexington"}])

    found = find([near], Filters(near=LEXINGTON, within_miles=10), today=TODAY)

    assert found.rows[0].miles == pytest.approx(0)


def test_a_far_program_is_left_out_and_one_without_a_place_is_counted():
    lines = [line("far", sites=[{"town": "Worcester"}]), line("nowhere")]

    found = find(lines, Filters(near=LEXINGTON, within_miles=10), today=TODAY)

    assert (found.rows, found.unsaid) == ((), 1)


def test_those_that_do_not_say_come_along_when_asked_for():
    assert keys([line()], Filters(age=9, with_unsaid=True)) == ["bridge"]


def test_closed_programs_are_hidden_until_asked_for():
    lines = [line("open"), line("shut", status="closed")]

    assert keys(lines) == ["open"]
    assert keys(lines, Filters(with_closed=True)) == ["open", "shut"]


@pytest.mark.parametrize("words", ["bridge", "RIVER", "river lexing", "collab bri"])
def test_words_are_found_in_name_agency_and_town(words):
    assert keys([line(sites=[{"town": "Lexington"}])], Filters(words=words)) == ["bridge"]


def test_a_state_is_the_agency_s():
    assert keys([line()], Filters(state="MN")) == []


def test_lines_without_a_value_come_last_whichever_way():
    lines = [line("a"), line("b", ages="6-9"), line("c", ages="3-5")]

    assert keys(lines, order=Order.AGES) == ["c", "b", "a"]
    assert keys(lines, order=Order.AGES, descending=True) == ["b", "c", "a"]


@pytest.mark.parametrize("order", list(Order))
def test_every_order_keeps_every_line(order):
    lines = [
        line("a"),
        line("b", ages="6-9", program_type="public_day", rooms=[{"key": "one", "seats": seats(1)}]),
    ]

    assert sorted(keys(lines, order=order)) == ["a", "b"]


def test_tuition_is_what_the_actor_s_district_pays():
    prices = [{"usd_per_year": 50_000, "member": True}, {"usd_per_year": 60_000, "member": False}]
    dear = line("dear", prices=[{"usd_per_year": 55_000}])

    def first(districts):
        return keys([line(prices=prices), dear], order=Order.TUITION, districts=districts)[0]

    assert first(("Lexington",)) == "bridge"
    assert first(()) == "dear"


def test_a_real_price_comes_before_an_example():
    shown = line(
        prices=[{"usd_per_year": 55_000}], examples={"prices": [{"usd_per_year": 1, "member": True}]}
    )

    assert shown.member_tuition is not None
    assert (shown.member_tuition.usd, shown.member_tuition.example) == (55_000, False)


def test_a_price_that_has_ended_is_not_asked():
    shown = line(prices=[{"usd_per_year": 55_000, "valid_to": "2026-06-30"}])

    assert shown.member_tuition is None


def test_seats_are_summed_with_the_age_of_the_oldest_fact():
    rooms = [
        {"key": "one", "seats": seats(3)},
        {"key": "two", "seats": seats(40)},
        {"key": "old", "seats": seats(95)},
    ]

    summary = line(rooms=rooms).seats

    assert (summary.open, summary.rooms, summary.oldest_days) == (6, 2, 40)


@pytest.mark.parametrize("text", ["", "serves", "serves:", "serves:nothing", "x:autism", "service:autism"])
def test_what_is_no_need_narrows_nothing(text):
    assert need_of(text) is None
