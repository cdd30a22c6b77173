"""What was read, as the log keeps it: which record, in which position, and how much of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from referral.rules.audit import COPY_READ, STUDENT_READ
from referral.rules.permissions import Actor, Role

LIST_EXPORTED = "student:list:exported"
CONTACT = "program_contact"  # the position of who comes by a one-use link


class Parts(Enum):
    """How much of the copy that was sent was read."""

    ENQUIRY = "enquiry"
    PACKET = "packet"


@dataclass(frozen=True)
class Reading:
    """Something that was read; a second part of the same record in the same hour is another reading."""

    tag: str
    subject_kind: str
    subject_ref: str
    facts: Mapping[str, str | None] = field(default_factory=dict)

    @property
    def mark(self) -> str:
        """What makes it another reading of the same record."""
        parts = self.facts.get("parts")
        return f"{self.tag}:{parts}" if parts else self.tag


def student_reading(student_ref: str, position: str | None) -> Reading:
    """That a district's own user opened a student's record."""
    return Reading(STUDENT_READ, "student", student_ref, {"position": position})


def copy_reading(referral_ref: str, position: str | None, agency: str, parts: Parts) -> Reading:
    """That somebody at a program read the copy that was sent."""
    facts = {"position": position, "agency": agency, "parts": parts.value}
    return Reading(COPY_READ, "referral", referral_ref, facts)


def list_reading() -> Reading:
    """That a district's own user took the list of students as a file."""
    return Reading(LIST_EXPORTED, "student", "list")


def position_at(actor: Actor, organisation_id: int) -> str | None:
    """The position in which the actor acts at an organization; the highest of several."""
    if actor.door == "link":
        return CONTACT
    held = {one.role for one in actor.assignments if one.organisation_id == organisation_id}
    return next((role.value for role in _HIGHEST_FIRST if role in held), None)


_HIGHEST_FIRST = (
    Role.DIRECTOR,
    Role.COORDINATOR,
    Role.COLLABORATIVE_ADMINISTRATOR,
    Role.COLLABORATIVE_STAFF,
)
