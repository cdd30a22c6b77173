"""What somebody who keeps every earlier release knows by now."""

from datetime import UTC, datetime, timedelta

from referral.rules.answers import Answers
from referral.rules.areas import AreaCounts
from referral.rules.earlier_releases import EarlierRelease, told_before
from referral.rules.meter import Area, Released, places_of

NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
PLACES = places_of("MA", AreaCounts("Merrimack Valley", 11_500, 520, 2025, "S"))
ANSWERS = Answers.model_validate({"age_years": "10", "primary_category": "autism"})
ENQUIRY = {"area": "Massachusetts", "age_band": "9-11"}
AUTISM = frozenset({"autism"})


def told(released, *, years_ago=0.0, to=1):
    """What a release to collaborative 7 tells collaborative `to`."""
    sent_at = NOW - timedelta(days=365.25 * years_ago)
    return told_before(EarlierRelease(released, sent_at, 7, ANSWERS), PLACES, NOW, collaborative_id=to)


def test_an_enquiry_tells_its_area_and_its_ages_as_they_have_moved_on():
    assert told(ENQUIRY) == Released(Area.STATE, 9, 11, AUTISM)
    assert told(ENQUIRY, years_ago=1.5) == Released(Area.STATE, 10, 13, AUTISM)
    assert told({"area": "Merrimack Valley", "age_band": "3-11"}) == Released(Area.REGION, 3, 11, AUTISM)
    assert told({"area": None, "age_band": None}, years_ago=3) == Released(Area.STATE, 3, 21, AUTISM)


def test_one_whose_day_was_not_kept_counts_as_sent_today():
    one = EarlierRelease(ENQUIRY, None, 7, ANSWERS)

    assert told_before(one, PLACES, NOW, collaborative_id=None).first_year == 9


def test_a_packet_tells_the_district_and_the_year_to_the_collaborative_that_has_it():
    packet = {**ENQUIRY, "answers": {"age_years": 10}}

    assert told(packet, to=7) == Released(Area.DISTRICT, 10, 10, AUTISM)
    assert told(packet, to=8) == told(packet, to=None) == Released(Area.STATE, 9, 11, AUTISM)
