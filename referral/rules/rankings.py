"""What may be done to a kept ranking: the director's note and order, and how many options are compared."""

from collections.abc import Collection
from enum import Enum

from referral.errors import FieldProblem, InvalidInput

NOTE_LENGTH_MAX = 1000
OVERRIDE_NOTE_LENGTH_MAX = 300
COMPARED_MAX = 4
COMPARED_MIN = 2
FULL_OPTIONS = 10


class OverrideReason(Enum):
    """Why a director puts a program at another place; a closed list."""

    TEAM_DECISION = "team_decision"
    VISIT = "visit"
    CONTINUITY = "continuity"
    FAMILY = "family"
    SEAT_KNOWN = "seat_known"
    FACT_CORRECTED = "fact_corrected"
    OTHER = "other"


def check_override(
    program_key: str, place: int, reason: str, note: str, *, ranked: Collection[str], moved: Collection[str]
) -> OverrideReason:
    """The reason, if the program may be put at the place.

    Raises
    ------
    InvalidInput : with every field at fault.
    """
    problems = []
    if program_key not in ranked:
        problems.append(FieldProblem("program", "override_program"))
    elif program_key in moved:
        problems.append(FieldProblem("program", "override_again"))
    if not 1 <= place <= max(len(ranked), 1):
        problems.append(FieldProblem("place", "override_place", {"most": len(ranked)}))
    if reason not in {one.value for one in OverrideReason}:
        problems.append(FieldProblem("reason", "override_reason"))
    if len(note) > OVERRIDE_NOTE_LENGTH_MAX:
        problems.append(FieldProblem("note", "override_note_long", {"most": OVERRIDE_NOTE_LENGTH_MAX}))
    if problems:
        raise InvalidInput(problems)
    return OverrideReason(reason)


def plain_text(text: str) -> str:
    """The text without blanks around it and without control characters, which a database may refuse."""
    return "".join(one for one in text if one in "\n\t" or one.isprintable()).strip()


def check_note(text: str) -> str:
    """The note without blanks around it and without control characters.

    Raises
    ------
    InvalidInput : it is empty or too long.
    """
    text = plain_text(text)
    if not text:
        raise InvalidInput([FieldProblem("text", "note_missing")])
    if len(text) > NOTE_LENGTH_MAX:
        raise InvalidInput([FieldProblem("text", "note_long", {"most": NOTE_LENGTH_MAX})])
    return text


def compared(wanted: Collection[str], known: Collection[str]) -> list[str]:
    """The two to four programs to set side by side, each once, in the order asked.

    Raises
    ------
    InvalidInput : fewer than two or more than four.
    """
    keys = [key for key in dict.fromkeys(wanted) if key in known]
    if not COMPARED_MIN <= len(keys) <= COMPARED_MAX:
        raise InvalidInput([FieldProblem("program", "compare_count")], "compare_count")
    return keys
