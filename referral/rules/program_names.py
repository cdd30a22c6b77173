"""Which program is meant by a name that someone typed."""

from collections.abc import Mapping
from difflib import get_close_matches

from referral.errors import FieldProblem, InvalidInput
from referral.wording.students import did_you_mean

MOST_SUGGESTIONS = 3


def named_program(typed: str, names: Mapping[str, str]) -> str:
    """The key of the one program that is meant; ``names`` maps keys to "Name, Agency".

    Raises
    ------
    InvalidInput : no program, or more than one, is called so; the problem offers near names.
    """
    wanted = _folded(typed)
    exact = [key for key, name in names.items() if wanted in (key, _folded(name))]
    within = [key for key, name in names.items() if wanted and wanted in _folded(name)]
    found = exact or within
    if len(found) == 1:
        return found[0]
    near = tuple(names[key] for key in found[:MOST_SUGGESTIONS]) or _near(wanted, names)
    raise InvalidInput(
        [
            FieldProblem(
                "preferred_programs",
                "program_not_found",
                {"typed": typed, "suggestions": did_you_mean(near)},
            )
        ]
    )


def _near(wanted: str, names: Mapping[str, str]) -> tuple[str, ...]:
    """Names spelled alike: in full, without the agency, or as far as was typed."""
    spelled: dict[str, str] = {}
    for name in names.values():
        full = _folded(name)
        for part in (full[: len(wanted)], full.partition(",")[0], full):
            spelled.setdefault(part, name)
    alike = get_close_matches(wanted, spelled, n=MOST_SUGGESTIONS, cutoff=0.6)
    return tuple(dict.fromkeys(spelled[match] for match in alike))


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
