"""Reading coded profiles: one or several, and nothing that could name a child."""

import pytest

from referral.formats.problems import BadFile
from referral.formats.students_yaml import Students, read_students


def _read(text: str) -> Students:
    return read_students(text.encode(), "file.yaml")


def _told(text: str) -> list[str]:
    with pytest.raises(BadFile) as caught:
        _read(text)
    return [str(problem) for problem in caught.value.problems]


def test_one_group_of_answers_is_one_student():
    students = _read("code: S-1\nage_years: 9\nhome_zip: 02130\nalternate_assessment: no\n")

    record = students.records[0]
    assert not students.several
    assert (record.code, record.age_years, record.home_zip) == ("S-1", 9, "02130")
    assert record.alternate_assessment is False


@pytest.mark.parametrize(
    "text",
    [
        "- age_years: 9\n- age_years: 10\n",
        "age_years: 9\n---\nage_years: 10\n",
        "format: placewell/students/1\nstudents:\n- age_years: 9\n- age_years: 10\n",
    ],
)
def test_a_list_documents_and_a_heading_are_several_students(text):
    students = _read(text)

    assert students.several
    assert [(r.code, r.age_years) for r in students.records] == [("S-FILE-1", 9), ("S-FILE-2", 10)]


def test_a_list_of_one_is_still_a_list():
    assert _read("- age_years: 9\n").several


@pytest.mark.parametrize("word", ["", "unknown", "not known yet", "N/A", "null"])
def test_an_answer_that_is_not_known_is_left_open(word):
    assert _read(f"age_years: 9\nvision: {word}\n").records[0].vision is None


def test_an_empty_list_is_none_and_not_unknown():
    assert _read("services: []\n").records[0].services == ()


@pytest.mark.parametrize(
    "field", ["name", "first_name", "birth_date", "date_of_birth", "student_id", "school", "address", "notes"]
)
def test_no_field_can_hold_an_identity(field):
    assert _told(f"age_years: 9\n{field}: x\n")[0].startswith(
        f"file.yaml:2: student 1: {field}: is not a field"
    )


def test_every_problem_of_every_student_is_told_at_once():
    text = "- age_years: 55\n  code: S-1\n- 3\n- code: S-1\n"
    text += "  services: [{service: speach_therapy}]\n  visoin: low\n"

    assert _told(text) == [
        "file.yaml:1: S-1: age_years: must be 25 or less",
        "file.yaml:3: student 2: must be a group of answers, such as age_years: 9",
        "file.yaml:4: S-1: code: S-1 is used twice, first on line 2",
        'file.yaml:5: S-1: services[1].service: "speach_therapy" is not one of the words known here;'
        " did you mean speech_therapy?",
        "file.yaml:6: S-1: visoin: is not a field here; did you mean vision?",
    ]


def test_a_wrong_heading_is_told_beside_wrong_students():
    assert _told("format: placewell/students/2\nstudents:\n- age_years: old\n") == [
        'file.yaml:1: format: "placewell/students/2" is not one of the words known here;'
        " did you mean placewell/students/1?",
        "file.yaml:3: student 1: age_years: must be a whole number",
    ]


def test_students_that_are_no_list_are_refused():
    assert _told("format: placewell/students/1\nstudents: 3\n") == [
        "file.yaml:2: students: must be a list, each student after a hyphen"
    ]


@pytest.mark.parametrize("text", ["", "# nothing\n", "[]\n", "format: placewell/students/1\nstudents: []\n"])
def test_a_file_without_a_student_is_refused(text):
    assert "holds no student" in _told(text)[0]
