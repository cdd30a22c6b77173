"""The log of access as arithmetic: which release a reading rests on, and openings by day."""

from datetime import UTC, date, datetime, timedelta

from referral.rules.access_log import Opening, Part, Person, Release, openings_by_day, release_before

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
DIRECTOR = Person("Director", "director")


def a_release(part, hours, ref="F-1"):
    return Release(NOON + timedelta(hours=hours), ref, part, DIRECTOR)


def test_a_reading_rests_on_the_last_release_of_its_part_before_it():
    first, again, packet = (
        a_release(Part.ENQUIRY, -3),
        a_release(Part.ENQUIRY, -1),
        a_release(Part.PACKET, -2),
    )
    other = a_release(Part.ENQUIRY, -1, ref="F-2")
    releases = [first, again, packet, other, a_release(Part.ENQUIRY, 1)]

    assert release_before(releases, "F-1", Part.ENQUIRY, NOON) == again
    assert release_before(releases, "F-1", Part.DOCUMENT, NOON) == packet
    assert release_before(releases, "F-2", Part.PACKET, NOON) is None


def test_openings_are_counted_by_person_day_and_what_they_showed():
    openings = [
        Opening(NOON + timedelta(hours=hours), by, with_name=with_name)
        for hours, by, with_name in (
            (0, DIRECTOR, False),
            (1, DIRECTOR, False),
            (2, DIRECTOR, True),
            (24, Person("Coordinator", None), False),
        )
    ]
    days = {one.at: one.at.date() for one in openings}

    found = [(day, one.by.name, one.with_name, times) for day, one, times in openings_by_day(openings, days)]
    assert found == [
        (date(2026, 11, 24), "Coordinator", False, 1),
        (date(2026, 11, 23), "Director", True, 1),
        (date(2026, 11, 23), "Director", False, 2),
    ]
