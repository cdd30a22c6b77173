"""Agreement with judgements, gaps between groups and invariance: examples by hand, then properties."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import kendalltau

from matching.evaluation import (
    Change,
    Judgement,
    agreement,
    canonical_bytes,
    fairness_gaps,
    invariance,
    kendall_tau_b,
    largest_gaps,
    measures_of,
)
from matching.exceptions import MatchingError
from matching.vocabulary import StateCategory, Verdict
from tests.matching.small_rankings import a_program, a_ranking, a_room, a_student

# For a need of 1 everywhere, levels 1, 2 and 3 stand in this order; grown serves other ages.
EXACT = a_program("exact", a_room("r", (6, 14)))
MORE = a_program("more", a_room("r", (6, 14)), level=2)
MOST = a_program("most", a_room("r", (6, 14)), level=3)
GROWN = a_program("grown", a_room("r", (16, 21)))
PROGRAMS = (GROWN, MOST, MORE, EXACT)
FIRST = a_ranking(a_student("S-1"), *PROGRAMS)
SECOND = a_ranking(a_student("S-2", months=100), *PROGRAMS)
YES, NO = Verdict.ELIGIBLE, Verdict.NOT_ELIGIBLE


def grades(code: str, **by_program: float) -> list[Judgement]:
    return [Judgement(code, program, grade=grade) for program, grade in by_program.items()]


def a_caseload(counts: dict[str, int], value_of: dict[str, float]) -> tuple[dict, dict]:
    """Students with one measure and one protected column, as many in each group as counted."""
    students = [(f"{group}-{n}", group) for group, count in counts.items() for n in range(count)]
    measures = {code: {"top_value": value_of.get(group, 0.0)} for code, group in students}
    return measures, {code: {"language": group} for code, group in students}


def test_the_programs_of_these_tests_stand_as_foreseen() -> None:
    assert [option.program_key for option in FIRST.options] == ["exact", "more", "most", "grown"]
    assert FIRST.options[3].verdict is NO


def test_verdicts_are_counted_by_what_was_judged_and_what_was_found() -> None:
    said = [Judgement("S-1", "exact", YES), Judgement("S-1", "more", NO), Judgement("S-2", "grown", NO)]

    found = agreement(said, [FIRST, SECOND])

    assert dict(found.verdicts) == {(YES, YES): 1, (NO, YES): 1, (NO, NO): 1}
    assert found.same_verdict == pytest.approx(2 / 3)
    assert (found.n_students, found.n_judgements) == (2, 3)
    assert (found.order, found.top, found.regret) == (None, None, None)


def test_judgements_in_the_order_of_the_ranking_agree_in_full() -> None:
    found = agreement(grades("S-1", exact=4, more=3, most=2, grown=1), [FIRST], k=2)

    assert (found.order, found.top, found.regret) == (1.0, 1.0, 0.0)
    assert found.same_verdict is None


def test_judgements_against_the_order_of_the_ranking_do_not_agree() -> None:
    found = agreement(grades("S-1", exact=1, more=2, most=3, grown=4), [FIRST], k=2)

    assert (found.order, found.top, found.regret) == (-1.0, 0.0, 3.0)


def test_measures_of_agreement_are_means_over_students() -> None:
    said = grades("S-1", exact=4, more=3) + grades("S-2", exact=1, more=2)

    found = agreement(said, [FIRST, SECOND], k=1)

    assert (found.order, found.top, found.regret) == (0.0, 0.5, 0.5)
    assert found.regrets == {"S-1": 0.0, "S-2": 1.0}


def test_equal_grades_are_equally_good_and_say_nothing_of_the_order() -> None:
    found = agreement(grades("S-1", exact=2, more=2, most=2), [FIRST], k=2)

    assert (found.order, found.top, found.regret) == (None, 1.0, 0.0)


def test_without_judgements_nothing_is_said() -> None:
    found = agreement([], [FIRST])

    assert (found.n_students, found.same_verdict, found.order, found.top, found.regret) == (
        0,
        None,
        None,
        None,
        None,
    )


@pytest.mark.parametrize(
    ("said", "k", "field"),
    [
        (grades("S-1", exact=1) * 2, 3, "judgements"),
        (grades("S-9", exact=1), 3, "rankings"),
        (grades("S-1", nowhere=1), 3, "rankings"),
        (grades("S-1", exact=1), 0, "k"),
    ],
)
def test_judgements_that_cannot_be_used_are_named(said, k, field) -> None:
    with pytest.raises(MatchingError) as refused:
        agreement(said, [FIRST], k=k)

    assert refused.value.field == field


def test_a_judgement_says_something_finite() -> None:
    with pytest.raises(MatchingError, match="judgement: needs a verdict or a grade"):
        Judgement("S-1", "exact")
    with pytest.raises(MatchingError, match="grade: must be a finite number"):
        Judgement("S-1", "exact", grade=float("nan"))


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=2, max_size=12))
def test_tau_b_is_that_of_scipy(pairs: list[tuple[int, int]]) -> None:
    one, other = zip(*pairs, strict=True)
    if len(set(one)) == 1 or len(set(other)) == 1:
        assert kendall_tau_b(one, other) == 0.0
    else:
        assert kendall_tau_b(one, other) == pytest.approx(kendalltau(one, other).statistic)


def test_measures_are_those_of_the_first_program() -> None:
    first = FIRST.options[0]

    measured = measures_of(FIRST)

    assert measured["eligible_count"] == 3
    assert measured["top_value"] == first.value / 4096
    assert measured["top_tier"] == 1
    assert measured["top_ride_minutes"] is None


def test_an_entered_ride_is_measured() -> None:
    ranking = a_ranking(a_student("S-1", ride_minutes={"exact": 25}), EXACT)

    assert measures_of(ranking)["top_ride_minutes"] == 25


@pytest.mark.parametrize("programs", [(), (GROWN,)])
def test_without_a_ranked_program_only_the_count_is_measured(programs) -> None:
    assert measures_of(a_ranking(a_student("S-1"), *programs)) == {
        "eligible_count": 0.0,
        "top_value": None,
        "top_tier": None,
        "top_ride_minutes": None,
    }


def test_groups_of_ten_are_shown_with_their_means_and_the_gap_between_them() -> None:
    figures = fairness_gaps(*a_caseload({"a": 10, "b": 30}, {"a": 700.0, "b": 760.0}))

    assert [(one.group, one.n_students, one.means["top_value"]) for one in figures] == [
        ("a", 10, pytest.approx(700)),
        ("b", 30, pytest.approx(760)),
    ]
    assert largest_gaps(figures) == {("language", "top_value"): pytest.approx(60)}


def test_a_group_of_nine_is_suppressed_and_so_is_the_next_smallest() -> None:
    figures = fairness_gaps(*a_caseload({"a": 9, "b": 12, "c": 30}, {}))

    assert {one.group: one.n_students for one in figures} == {"a": None, "b": None, "c": 30}
    assert [one.group for one in figures if one.suppressed] == ["a", "b"]
    assert figures[0].means == {}
    assert largest_gaps(figures) == {}


def test_two_small_groups_hide_each_other() -> None:
    figures = fairness_gaps(*a_caseload({"a": 9, "b": 3, "c": 30}, {}))

    assert [one.group for one in figures if one.suppressed] == ["a", "b"]


def test_a_lone_small_group_is_suppressed() -> None:
    assert [one.suppressed for one in fairness_gaps(*a_caseload({"a": 9}, {}))] == [True]


def test_a_mean_over_fewer_than_ten_known_measures_is_not_shown() -> None:
    measures, groups = a_caseload({"a": 12}, {"a": 1.0})
    unknown = {code: {"top_value": None if code in ("a-0", "a-1", "a-2") else 1.0} for code in measures}

    figures = fairness_gaps(unknown, groups)

    assert (figures[0].n_students, figures[0].means) == (12, {"top_value": None})
    assert largest_gaps(figures) == {}


def test_a_column_left_out_is_the_group_not_known() -> None:
    measures, groups = a_caseload({"a": 10, "b": 10}, {})
    groups |= {f"b-{n}": {} for n in range(10)}

    assert [one.group for one in fairness_gaps(measures, groups)] == ["a", "not known"]


def test_a_student_without_groups_or_with_other_measures_is_refused() -> None:
    measures, groups = a_caseload({"a": 10}, {})

    with pytest.raises(MatchingError, match="groups: "):
        fairness_gaps(measures, {})
    with pytest.raises(MatchingError, match="measures: "):
        fairness_gaps(measures | {"a-0": {"other": 1.0}}, groups)


def test_no_students_have_no_figures() -> None:
    assert fairness_gaps({}, {}) == ()


@given(st.dictionaries(st.sampled_from("abcdef"), st.integers(1, 25), min_size=1))
def test_never_is_one_small_cell_alone_hidden_beside_shown_ones(counts: dict[str, int]) -> None:
    figures = fairness_gaps(*a_caseload(counts, {}))

    hidden = [one for one in figures if one.suppressed]
    assert all(one.n_students >= 10 for one in figures if not one.suppressed)
    assert len(hidden) != 1 or len(figures) == 1


def rank_row(row) -> bytes:
    student = a_student(row["code"], months=row["months"])
    return canonical_bytes(a_ranking(student, *PROGRAMS))


ROWS = [
    {"code": f"S-{n}", "months": months, "language": language, "sex": sex}
    for n, (months, language, sex) in enumerate(
        [(80, "one", "x"), (100, "two", "y"), (150, "one", "y"), (200, "three", "x")]
    )
]


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 10**6))
def test_permuting_protected_columns_leaves_every_byte_of_the_ranking(seed: int) -> None:
    assert invariance(rank_row, ROWS, ["language", "sex"], seed=seed) == ()


@given(st.integers(0, 10**6))
def test_a_ranking_that_reads_a_protected_column_is_found_out(seed: int) -> None:
    changes = invariance(lambda row: row["sex"].encode(), ROWS, ["language", "sex"], seed=seed)

    assert changes
    assert {change.column for change in changes} == {"sex"}
    assert all(isinstance(change, Change) and 0 <= change.row < 4 for change in changes)


@pytest.mark.parametrize("column", ["absent", "same"])
def test_a_protected_column_that_would_show_nothing_is_refused(column: str) -> None:
    rows = [row | {"same": "everywhere"} for row in ROWS]

    with pytest.raises(MatchingError, match=f"protected: column {column}"):
        invariance(rank_row, rows, [column], seed=1)


def test_canonical_bytes_hold_every_program_and_change_with_any_value() -> None:
    said = json.loads(canonical_bytes(FIRST))

    assert [option["program_key"] for option in said["options"]] == ["exact", "more", "most", "grown"]
    assert said["today"] == "2026-11-22"
    assert canonical_bytes(FIRST) == canonical_bytes(a_ranking(a_student("S-1"), *PROGRAMS[::-1]))
    assert canonical_bytes(FIRST) != canonical_bytes(a_ranking(a_student("S-1", need=2), *PROGRAMS))


def test_a_disability_label_leaves_verdict_value_and_order_as_they_are() -> None:
    labeled = a_student("S-1", categories=frozenset({next(iter(StateCategory))}))

    ranking = a_ranking(labeled, *PROGRAMS)

    assert [(o.program_key, o.verdict, o.value) for o in ranking.options] == [
        (o.program_key, o.verdict, o.value) for o in FIRST.options
    ]
