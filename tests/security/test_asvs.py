"""The table of ASVS 5.0.0, levels 1 and 2: complete, and honest about what no test covers."""

import ast
from collections import Counter
from functools import cache
from pathlib import Path

import yaml

HERE = Path(__file__).parent
TESTS = HERE.parent
TABLE = yaml.load((HERE / "asvs.yaml").read_text(), yaml.BaseLoader)  # noqa: S506 - "no" stays a word
ITEMS, REASONS = TABLE["items"], TABLE["reasons"]
ANSWERS = {"test", "read", "open", "no"}
# How many items of levels 1 and 2 each section of the standard has; theirs are numbered from 1 without a gap.
SECTIONS = {
    "V1.1": 2, "V1.2": 9, "V1.3": 11, "V1.4": 3, "V1.5": 2,
    "V2.1": 3, "V2.2": 3, "V2.3": 4, "V2.4": 1,
    "V3.2": 2, "V3.3": 4, "V3.4": 6, "V3.5": 5, "V3.7": 2,
    "V4.1": 3, "V4.2": 1, "V4.3": 2, "V4.4": 4,
    "V5.1": 1, "V5.2": 3, "V5.3": 2, "V5.4": 3,
    "V6.1": 3, "V6.2": 12, "V6.3": 4, "V6.4": 4, "V6.5": 5, "V6.6": 3, "V6.8": 4,
    "V7.1": 3, "V7.2": 4, "V7.3": 2, "V7.4": 5, "V7.5": 2, "V7.6": 2,
    "V8.1": 2, "V8.2": 3, "V8.3": 1, "V8.4": 1,
    "V9.1": 3, "V9.2": 4,
    "V10.1": 2, "V10.2": 2, "V10.3": 4, "V10.4": 11, "V10.5": 5, "V10.6": 2, "V10.7": 3,
    "V11.1": 2, "V11.2": 3, "V11.3": 3, "V11.4": 4, "V11.5": 1, "V11.6": 1,
    "V12.1": 3, "V12.2": 2, "V12.3": 4,
    "V13.1": 1, "V13.2": 5, "V13.3": 2, "V13.4": 5,
    "V14.1": 2, "V14.2": 4, "V14.3": 3,
    "V15.1": 3, "V15.2": 3, "V15.3": 7,
    "V16.1": 1, "V16.2": 5, "V16.3": 4, "V16.4": 3, "V16.5": 3,
    "V17.1": 1, "V17.2": 4, "V17.3": 2,
}  # fmt: skip
# What applies and is not met or not proved. An item leaves this list with a test, and joins it in the open.
OPEN = {
    "V5.4.3", "V6.2.12", "V11.1.1", "V11.2.2", "V12.1.1", "V12.1.2", "V12.2.2",
    "V13.2.5", "V15.1.2", "V15.2.1", "V16.4.3",
}  # fmt: skip


@cache
def names_in(file: str) -> frozenset[str]:
    path = TESTS / file
    tree = ast.parse(path.read_text()) if path.is_file() else ast.Module([], [])
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))


def test_every_item_of_levels_1_and_2_is_in_the_table():
    expected = [
        f"{section}.{number}" for section, count in SECTIONS.items() for number in range(1, count + 1)
    ]

    assert list(ITEMS) == expected
    assert len(expected) == 253


def test_every_item_has_words_of_its_own_and_one_answer():
    odd = [name for name, item in ITEMS.items() if not item["words"] or len(ANSWERS & set(item)) != 1]

    assert odd == []


def test_every_test_that_is_named_exists():
    named = [one for item in ITEMS.values() for one in item.get("test", [])]

    assert [one for one in named if one.partition("::")[2] not in names_in(one.partition("::")[0])] == []


def test_every_reason_is_given_in_words():
    told = [item.get("no") or item.get("read") or item.get("open") or "a test" for item in ITEMS.values()]

    assert [one for one in told if " " not in REASONS.get(one, one)] == []


def test_what_is_not_met_or_not_proved_is_said_in_the_open():
    assert {name for name, item in ITEMS.items() if "open" in item} == OPEN


def test_most_of_what_applies_is_covered_by_a_test():
    counted = Counter(next(iter(ANSWERS & set(item))) for item in ITEMS.values())

    assert counted["test"] / (counted["test"] + counted["read"] + counted["open"]) >= 0.7
