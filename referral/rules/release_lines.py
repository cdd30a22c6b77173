"""What a line of the release policy is made of: a class, and what happens to a field at each stage."""

from dataclasses import dataclass
from enum import Enum


class Stage(Enum):
    """How far a referral has gone."""

    ENQUIRY = "enquiry"
    PACKET = "packet"
    PLACEMENT = "placement"


class Release(Enum):
    """What happens to a field at a stage."""

    SHOW = "show"
    GENERALISE = "generalise"
    HIDE = "hide"


class FieldClass(Enum):
    """What kind of thing a field is.

    ``recognizable`` fields are counted by the meter, and an enquiry never shows one as it is; ``inner`` ones
    are not counted. ``shared`` ones are the course of the referral, which both sides write. ``district_only``
    ones never leave the district; ``never`` ones are keys, secrets and the student's code.
    """

    RECOGNISABLE = "recognizable"
    INNER = "inner"
    SHARED = "shared"
    DISTRICT_ONLY = "district_only"
    NEVER = "never"


@dataclass(frozen=True)
class Line:
    """One line of the table."""

    kind: FieldClass
    enquiry: Release = Release.HIDE
    packet: Release = Release.HIDE
    placement: Release = Release.HIDE

    def at(self, stage: Stage) -> Release:
        """What happens at a stage."""
        return {Stage.ENQUIRY: self.enquiry, Stage.PACKET: self.packet, Stage.PLACEMENT: self.placement}[
            stage
        ]


def each(line: Line, names: str, table: str) -> dict[str, Line]:
    """The same line for several columns of a table."""
    return {f"{table}.{name}": line for name in names.split()}


RECOGNISABLE, INNER, SHARED = FieldClass.RECOGNISABLE, FieldClass.INNER, FieldClass.SHARED
SHOW, GENERALISE, HIDE = Release.SHOW, Release.GENERALISE, Release.HIDE

# The usual lines
DISTRICT = Line(FieldClass.DISTRICT_ONLY)
NEVER = Line(FieldClass.NEVER)
ALWAYS = Line(SHARED, SHOW, SHOW, SHOW)
FROM_PACKET = Line(SHARED, HIDE, SHOW, SHOW)
IN_PLACEMENT = Line(SHARED, HIDE, HIDE, SHOW)
RECOGNISABLE_BANDED = Line(RECOGNISABLE, GENERALISE, SHOW, SHOW)
RECOGNISABLE_LATER = Line(RECOGNISABLE, HIDE, SHOW, SHOW)
INNER_SHOWN = Line(INNER, SHOW, SHOW, SHOW)
INNER_BANDED = Line(INNER, GENERALISE, SHOW, SHOW)
INNER_LATER = Line(INNER, HIDE, SHOW, SHOW)
