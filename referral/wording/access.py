"""The English of a student's log of access: who saw what."""

from collections.abc import Mapping

TITLE = "Who saw what of {ref}"
OUTSIDE = "What left the district"
INSIDE = "Who opened the record in the district"
COLUMNS = ("When", "What", "Released by", "Received by", "For what")
INSIDE_COLUMNS = ("Day", "Who", "Position", "What", "Times")
NOTHING_LEFT = "Nothing of this student has left the district."
NOBODY_OPENED = "Nobody has opened this record since the log began."
LEAD = (
    "This log lists every part of the record that left the district: who released it, who read it, and what "
    "for. It is the log of access that 603 CMR 23.07(1) asks for."
)
ELECTRONIC = "Each release was made by the person named, signed in with their own account."
PARTS: Mapping[str, str] = {"enquiry": "Enquiry", "packet": "Packet", "document": "Document"}
SENT, READ = "{part} sent", "{part} read"
ENQUIRY_HOLDS = "area, ages, kind of placement, support needed in bands"
PACKET_HOLDS = "the coded profile"
STAFF_OF = "Staff of {program}"
POSITIONS: Mapping[str, str] = {
    "coordinator": "Out-of-district coordinator",
    "director": "Special education director",
    "collaborative_staff": "Program staff",
    "collaborative_administrator": "Collaborative administrator",
    "program_contact": "Program contact, by a one-use link",
    "clock": "By the clock",
}
SOMEBODY = "Not known"
PURPOSE = "Referral {ref} to {program}"
OPENED = {False: "Record", True: "Record with the name"}
EXPORTED = "Made {day}. {lines} lines."
