"""Reading a file of programs: what is kept as written, and every problem in one go."""

import pytest

from matching import Interval
from matching.vocabulary import Delivery, Grade, Service
from referral.formats.problems import BadFile, Problem
from referral.formats.programs_yaml import read_programs
from referral.rules.program_records import ProgramFile

HEAD = "format: placewell/programs/1\nagencies:\n- {key: river, name: River, state: MA}\nprograms:\n"
PROGRAM = HEAD + "- key: brook\n  agency: river\n  name: Brook School\n"


def _read(text: str) -> ProgramFile:
    return read_programs(text.encode(), "file.yaml")


def _problems(text: str) -> list[Problem]:
    with pytest.raises(BadFile) as caught:
        _read(text)
    return caught.value.problems


def _told(text: str) -> list[tuple[int, str, str]]:
    return [(problem.line, problem.field, problem.message) for problem in _problems(text)]


def test_values_stay_what_was_written():
    program = _read(PROGRAM + "  sites:\n  - {town: no, zip: 02130}\n  staffing_printed: 1:30\n").programs[0]

    assert (program.sites[0].town, program.sites[0].zip) == ("no", "02130")
    assert program.staffing_printed == "1:30"


def test_a_field_with_nothing_behind_it_is_not_known_and_an_empty_list_is_none():
    program = _read(PROGRAM + "  populations:\n  grades: []\n").programs[0]

    assert program.populations is None
    assert program.grades == ()


def test_grades_are_read_as_ranges_and_lists():
    program = _read(PROGRAM + "  grades: PK-1, 12+\n").programs[0]

    assert program.grades == (Grade.PK, Grade.K, Grade.G1, Grade.POSTGRADUATE)


def test_ages_and_a_service_in_one_word_are_read():
    program = _read(PROGRAM + "  ages: 3 to 5\n  services: {nursing: direct, vision: no}\n").programs[0]

    assert program.ages == Interval(3, 5)
    assert program.services[Service.VISION].delivery is Delivery.NOT_OFFERED


def test_a_member_is_a_name_or_a_name_with_dates():
    text = HEAD.replace(
        "state: MA", "state: MA, members: [Lexington, {district: Bedford, valid_from: 2023-07}]"
    )

    members = _read(text).agencies[0].members

    assert [(m.district, str(m.valid_from)) for m in members] == [
        ("Lexington", "None"),
        ("Bedford", "2023-07-01"),
    ]


def test_every_problem_is_told_at_once_with_line_record_and_field():
    told = _problems(
        PROGRAM + "  colour: red\n  ages: 9-5\n- key: brook\n  agency: sea\n  features: {aba: perhaps}\n"
    )

    assert [str(problem) for problem in told] == [
        "file.yaml:8: brook: colour: is not a field here",
        "file.yaml:9: brook: ages: must be a number or a range such as 3-5, the lower first",
        "file.yaml:10: brook: key: brook is used twice, first on line 5",
        "file.yaml:10: brook: name: is missing",
        "file.yaml:11: brook: agency: sea is not among the agencies of this file",
        "file.yaml:12: brook: features.aba: must be yes or no",
    ]


@pytest.mark.parametrize(
    ("written", "field", "meant"),
    [
        ("populatons: [autism]", "populatons", "is not a field here; did you mean populations?"),
        ("calendar: {dayz: 180}", "calendar.dayz", "is not a field here; did you mean days?"),
        ("rooms: [{key: a, seat: 3}]", "rooms[1].seat", "is not a field here; did you mean seats?"),
        (
            "program_type: Public day",
            "program_type",
            '"Public day" is not one of the words known here; did you mean public_day?',
        ),
        (
            "populations: [autsim]",
            "populations[1]",
            '"autsim" is not one of the words known here; did you mean autism?',
        ),
        (
            "services: {speech: direct}",
            "services.speech",
            '"speech" is not one of the words known here; did you mean speech_therapy?',
        ),
        (
            "peer_time: zero",
            "peer_time",
            '"zero" is not one of the words known here: none, some, half, most',
        ),
    ],
)
def test_a_word_that_is_not_known_brings_the_nearest_one(written, field, meant):
    assert _told(PROGRAM + f"  {written}\n") == [(8, field, meant)]


@pytest.mark.parametrize(
    ("written", "field", "message"),
    [
        ("sites: [{zip: 2130}]", "sites[1].zip", "must be a ZIP code of five digits"),
        ("students_per_adult: 3:0", "students_per_adult", "must be students to adults, such as 3:1"),
        ("ages: 3-77", "ages", "must lie within 0 to 30"),
        ("levels: {medical: 5}", "levels.medical", "must lie within 0 to 4"),
        ("closes_on: soon", "closes_on", "must be a date, such as 2027-01-05"),
        ("rooms: 3", "rooms", "must be a list, each entry on its own line after a hyphen"),
        ("calendar: 180", "calendar", "must be a group of fields"),
        ("calendar: {days: many}", "calendar.days", "must be a whole number"),
        ("calendar: {days: 400}", "calendar.days", "must be 366 or less"),
        ("note: ''", "note", "is empty; leave the field out where it is not known"),
        ("staffing_printed: " + "x" * 201, "staffing_printed", "is longer than 200 characters"),
        ('staffing_printed: "a\\nb"', "staffing_printed", "must be on one line"),
        ("inferred: [colour]", "inferred", "inferred names no field of a program: colour"),
        ("rooms: [{key: a}, {key: a}]", "rooms[2].key", "two rooms have the same key"),
        ("sites: [{key: a}, {key: a}]", "sites[2].key", "a is used twice, first on line 8"),
        (
            "rooms: [{key: a, seats: {licensed: 5, enrolled: 4, held: 2}}]",
            "rooms[1].seats",
            "enrolled and held together exceed licensed",
        ),
        (
            "sources: [{address: example.org}]",
            "sources[1].address",
            "must be a web address that begins with http:// or https://",
        ),
    ],
)
def test_a_value_that_cannot_be_is_refused_in_plain_words(written, field, message):
    assert _told(PROGRAM + f"  {written}\n") == [(8, field, message)]


def test_a_record_without_a_key_is_told_by_its_number():
    problem = _problems(HEAD + "- agency: river\n  name: Brook\n- 3\n")

    assert [(p.line, p.where, p.message) for p in problem] == [
        (5, "program 1", "is missing"),
        (7, "program 2", "must be a group of fields"),
    ]


def test_a_room_at_a_site_that_is_not_listed_is_refused():
    told = _told(PROGRAM + "  sites: [{town: Lexington}]\n  rooms: [{key: a, site: site-2}]\n")

    assert told == [(5, "", "a room names a site that is not listed: site-2")]


@pytest.mark.parametrize("text", ["", "# nothing\n", "- a\n", "words\n", "a: 1\n---\nb: 2\n"])
def test_a_file_that_is_not_one_group_is_refused(text):
    assert "must be one YAML document" in _told(text)[-1][2]


def test_another_format_is_refused():
    told = _told("format: placewell/programs/9\n")

    assert told[0][:2] == (1, "format")
