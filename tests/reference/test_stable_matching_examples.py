"""The published examples of PyPI `matching` 1.4.3 (its README, documentation and tests): same result.

Wilde, Knight and Gillard (2020), Matching: a Python library for solving matching games, Journal of Open
Source Software 5(48). Its student-allocation game has supervisors with seats of their own, and its
roommates game has one side only: no plan of ours is asked for those.
"""

from collections.abc import Mapping

import numpy as np
import pytest

from matching.allocation import blocking_pairs, stable_plan

Lists = Mapping[str, str]

README_MARRIAGE = (
    {"A": "DEF", "B": "DFE", "C": "FDE"},
    {"D": "BCA", "E": "ACB", "F": "CBA"},
    {"D": 1, "E": 1, "F": 1},
    {"A": "E", "B": "D", "C": "F"},
)
# Four suitors B, C, D, W and four reviewers c, e, j, l; the example named for Pride and Prejudice.
FOUR_PAIRS = (
    {"B": "jelc", "C": "jelc", "D": "ejcl", "W": "ljec"},
    {"c": "BDCW", "e": "WDBC", "j": "BWDC", "l": "BWDC"},
    {"c": 1, "e": 1, "j": 1, "l": 1},
    {"B": "j", "C": "c", "D": "e", "W": "l"},
)
README_HOSPITALS = (
    {"A": "C", "S": "CM", "D": "CMG", "J": "CGM", "L": "MCG"},
    {"M": "DLSJ", "C": "DASLJ", "G": "DJL"},
    {"M": 2, "C": 2, "G": 2},
    {"L": "M", "S": "M", "D": "C", "A": "C", "J": "G"},
)
# Three groups 1, 2, 3 and the topics fairness, intellectual property, privacy, social media.
ISSUE_67 = (
    {"1": "IP", "2": "PF", "3": "PS"},
    {"F": "2", "I": "1", "P": "321", "S": "3"},
    {"F": 2, "I": 2, "P": 2, "S": 2},
    {"1": "I", "2": "P", "3": "P"},
)
LOSES_ALL_PREFERENCES = (
    {"A": "X", "B": "XY"},
    {"X": "BA", "Y": "B"},
    {"X": 1, "Y": 1},
    {"B": "X"},
)
EXAMPLES = {
    "readme marriage": README_MARRIAGE,
    "four pairs": FOUR_PAIRS,
    "readme hospitals": README_HOSPITALS,
    "issue 67": ISSUE_67,
    "a resident loses all preferences": LOSES_ALL_PREFERENCES,
}


def indexed(lists: Lists, others: Mapping[str, object]) -> list[list[int]]:
    place = {name: index for index, name in enumerate(others)}
    return [[place[name] for name in listed] for listed in lists.values()]


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_published_example_is_solved_the_same_and_nothing_blocks_it(name: str) -> None:
    wishes, orders, capacities, expected = EXAMPLES[name]
    preferences, priorities = indexed(wishes, orders), indexed(orders, wishes)
    seats = list(capacities.values())

    plan = stable_plan(preferences, priorities, seats)

    programs = list(orders)
    assert {s: programs[p] for s, p in zip(wishes, plan, strict=True) if p >= 0} == expected
    assert blocking_pairs(plan, preferences, priorities, seats) == []


def test_the_blocking_pair_of_the_documentation_is_found() -> None:
    wishes, orders, capacities, expected = README_HOSPITALS
    preferences, priorities = indexed(wishes, orders), indexed(orders, wishes)
    students, programs = list(wishes), list(orders)
    # The discussion page: L at General while Mercy, which L prefers, has a place remaining.
    unstable = [programs.index((expected | {"L": "G"})[name]) for name in students]

    blocked = blocking_pairs(unstable, preferences, priorities, list(capacities.values()))

    assert [(students[s], programs[p]) for s, p in blocked] == [("L", "M")]


def test_the_random_game_of_the_readme_gives_400_residents_20_hospitals_and_no_blocking_pair() -> None:
    rng = np.random.default_rng(0)
    preferences = [np.argsort(rng.random(size=20)) for _ in range(400)]
    priorities = [np.argsort(rng.random(size=400)) for _ in range(20)]
    seats = np.full(20, 20)

    plan = stable_plan(preferences, priorities, seats)

    assert np.bincount(plan, minlength=20).tolist() == [20] * 20
    assert blocking_pairs(plan, preferences, priorities, seats) == []
