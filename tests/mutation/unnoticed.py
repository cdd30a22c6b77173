"""Changes that nothing can notice, each with its reason: the program does the same."""

import re
from collections.abc import Callable

from tests.mutation.changes import Change

Test = Callable[[Change], bool]


def reason_of(change: Change) -> str | None:
    """Why this change makes no difference; None where nobody said."""
    return next((reason for reason, test in REASONS.items() if test(change)), None)


def _line(function: str, *patterns: str) -> Test:
    """The function has a line like one of these after the change."""
    return lambda change: (
        change.function == function
        and any(re.search(rf"^\+.*{pattern}", change.text, re.MULTILINE) for pattern in patterns)
    )


def _any(*tests: Test) -> Test:
    return lambda change: any(test(change) for test in tests)


def _key_renamed(change: Change) -> bool:
    return re.search(r'^\+.*(remember\(|key = )\(?"(XX|[A-Z ]+")', change.text, re.MULTILINE) is not None


def _strict_left_out(change: Change) -> bool:
    before, _, after = change.text.partition("\n+")
    return "strict=True" in before and "strict=True" not in after


def _width_of_numbers(change: Change) -> bool:
    """The line is the same but for the width or kind of its whole numbers."""
    before, _, after = change.text.partition("\n+")
    return _without_width(before.removeprefix("-")) == _without_width(after)


def _without_width(line: str) -> str:
    return re.sub(r"(, )?(dtype=)?(np\.int(8|32|64)|None)?,? ?\)", ")", line)


REASONS: dict[str, Test] = {
    "the name of a table that a catalogue remembers; no other table has either name": _key_renamed,
    "a table that does not depend on what is asked: any key will do": _any(
        _line("_holds_examples", r"remember\(None, made\)"),
        _line("any_service_answers", r"remember\(None, made\)"),
    ),
    "both lists are of one length by construction; `strict` only guards": _strict_left_out,
    "made when the module is imported, before mutmut makes its change; by hand a test notices it": _line(
        "_support_scale", r"_SUPPORT_NUMBERS\(None\)", r"values, key, (None)?\)"
    ),
    "whole numbers of another width: equal in every comparison, and not kept": _width_of_numbers,
    "columns sorted as one number, or one by one, or each a bit wider, come in the same order": _line(
        "in_order", r"initial=1\)", r"< WORD_BITS:"
    ),
    "numbers that are only 0 and 1, of another kind: equal wherever they are used": _any(
        _line("tied", r"np\.ones\(len\(keys\), (None)?\)"),
        _line("by_cost", r"np\.zeros\(len\(options\), (None)?\)"),
    ),
    "a group's first band is found from the band before it too, and none lies behind the last place": _line(
        "cost_bands", r"begins\[1:-1\] = None", r"begins\[:-2\]"
    ),
    "costs that do not fall are in order: to sort them again changes nothing": _line(
        "by_cost", r"\) \| \(band", r"usd\[1:\] <= usd"
    ),
    "verdicts do not depend on the seed": _line("count_verdicts", 'seed="XXXX"'),
    "at a gap of no level either loss is nothing": _line("support_value", "gap >= 0"),
    "a ratio is always above 0, one not known is -1": _line("ratio_values", "known = students >"),
    "any number above the longest ride puts the ones not known last": _line(
        "ride_key", r"initial=1\)", r"initial=0\) \+ 2"
    ),
    "seats that were never confirmed are older than what counts, by however much": _line(
        "_seat_age_days", r"seats_stale_days \+ 2"
    ),
    "where no subject is meant only the name of the whole field is found": _line(
        "unsettle", 'subject: str = "XXXX"'
    ),
    "a quotient that is cut to whole numbers afterwards, of numbers far below 2**53": _line(
        "ratio_values", r"\(multiple \* wanted - per\) / \("
    ),
    "a whole field that is inferred is found by the name of any service": _line(
        "any_service_answers", '"XXXX"'
    ),
    "months are only subtracted from each other: a shift of all changes nothing": _line(
        "_month", r"day\.month \+ 1", r"day\.month - 2"
    ),
    "where a state has no limit its least age is not looked at": _line("_limits", "ints\\(1 if one is None"),
    "what is not shared, or not kept, is worked out again and is the same": _any(
        _line("rides", r"policy, limit, None\)", r"\(student\.ride_minutes\) or True"),
        _line("_estimates", r"entered, limit, None\)"),
        _line("seat_facts", "found = None"),
    ),
    "only a ride of one student has no key, and a ride is no need": _line("_shared_part", "scale, None"),
    "a row more that nobody reads": _line("_part", r"np\.zeros\(\(5, "),
    "gaps are only told from none": _line("_part", r"2 << CERTAIN_SHIFT", r"2 << POSSIBLE_SHIFT"),
    "a guard: of two million pairs of antipodes the root of none came out above 1": _line(
        "straight_miles", r"np\.minimum\(chord, 2\.0\)"
    ),
    "a distance that is not known is left out afterwards": _line("estimated_minutes", r"miles, 1\.0\)"),
    "days are counted from 1": _any(
        _line("start_values", r"\(opening > 0\)", r"\(opening >= 1\)"),
        _line("_seat_age_days", "confirmed <= 0", "confirmed < 1"),
    ),
}
