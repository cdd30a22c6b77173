"""What is found of a group: numbers, never sentences."""

from dataclasses import dataclass

from matching.vocabulary import Answer


@dataclass(frozen=True, slots=True)
class GroupFinding:
    """The room with the student in it: its size against the state's limit for its staff; never a gate.

    ``students`` counts this one; None where seats are not known. ``limit`` is None where the staff is not.
    """

    students: int | None
    limit: int | None
    over_limit: Answer
    special_educators: int | None = None
    aides: int | None = None
    source: str = ""
