"""Judgements and audit columns in files."""

import pytest

from matching.vocabulary import Verdict
from referral.formats.judgements import read_columns, read_judgements
from referral.formats.problems import BadFile

CSV = "student,program,verdict,grade\nS-1,bridge,ruled out,\nS-1,harbor,,2.5\nS-2,bridge,eligible,1\n"
YAML = """\
- {student: S-1, program: bridge, verdict: ruled out}
- {student: S-1, program: harbor, verdict: "", grade: 2.5}
- {student: S-2, program: bridge, verdict: Meets every must, grade: 1}
"""


def problems_of(read, text, name="judged.csv"):
    with pytest.raises(BadFile) as bad:
        read(text if isinstance(text, bytes) else text.encode(), name)
    return "\n".join(map(str, bad.value.problems))


@pytest.mark.parametrize(
    ("text", "name"), [(CSV, "judged.csv"), ("\ufeff" + CSV, "J.CSV"), (YAML, "judged.yaml")]
)
def test_judgements_are_read_from_csv_and_yaml(text, name):
    rows = read_judgements(text.encode(), name)

    assert [(r.student_code, r.program_key, r.verdict, r.grade) for r in rows] == [
        ("S-1", "bridge", Verdict.NOT_ELIGIBLE, None),
        ("S-1", "harbor", None, 2.5),
        ("S-2", "bridge", Verdict.ELIGIBLE, 1.0),
    ]


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("ruled out", "maybe", "judged.csv:2: S-1: verdict: must be one of eligible"),
        ("2.5", "good", "judged.csv:3: S-1: grade: must be a number"),
        ("2.5", "nan", "grade: must be a number"),
        ("harbor,,2.5", "harbor,,", "verdict: is missing, and so is a grade"),
        ("S-2,bridge", ",bridge", "judged.csv:4: student: is missing"),
        ("S-2,bridge", "S-1,bridge", "judged.csv:4: S-1: program: bridge is judged twice"),
        ("verdict,grade", "verdict,score", "score: is not a field here"),
        (",2.5", "", "has more or fewer cells"),
        ("harbor", '"harbor', "judged.csv:1: "),
    ],
)
def test_a_mistake_is_named_with_its_line_and_field(before, after, said):
    assert before in CSV

    assert said in problems_of(read_judgements, CSV.replace(before, after))


@pytest.mark.parametrize(
    ("text", "name", "said"),
    [
        ("", "judged.csv", "holds no judgement"),
        (b"\xff\xfe", "judged.csv", "is not text in UTF-8"),
        ("a: 1", "judged.yaml", "must be a list"),
        ("- [a]\n- b\n", "judged.yaml", "must be a group of single values"),
        ("- {student: [S-1]}", "judged.yaml", "must be a group of single values"),
    ],
)
def test_a_file_of_another_shape_is_refused(text, name, said):
    assert said in problems_of(read_judgements, text, name)


def test_columns_stand_by_student():
    assert read_columns(b"student,income\nS-1,low\nS-2,\n", "columns.csv") == {
        "S-1": {"income": "low"},
        "S-2": {"income": ""},
    }


@pytest.mark.parametrize(
    ("text", "said"), [("student,a\nS-1,1\nS-1,2\n", "stands here twice"), ("a\n1\n", "student: is missing")]
)
def test_columns_need_each_student_once(text, said):
    assert said in problems_of(read_columns, text, "columns.csv")
