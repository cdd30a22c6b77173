"""The English of the audit log: what is wrong with its chain, and what its pages say."""

REFUSALS = {
    "audit_head_unreadable": "This file is not a head of the audit log. Make one with: placewell audit head",
}
# What is wrong with a place of the chain; {position} is its place, {event} the line's number.
FAULTS = {
    "place_missing": "Place {position} of the chain is missing.",
    "event_missing": "The line at place {position} was removed (line {event}).",
    "event_changed": (
        "The line at place {position} was changed, or was not written by this site (line {event})."
    ),
    "out_of_order": "The line at place {position} does not follow the one before it (line {event}).",
    "event_not_chained": "Line {event} has no place in the chain: this site did not write it.",
    "tail_cut_off": "The log ends before place {position}, which the kept head has.",
    "another_chain": "Place {position} is not what the kept head says: the log is another one.",
}
WHOLE = "The log is whole."
NEVER_VERIFIED = "The log was not checked yet."
DOORS = {"command": "The placewell command", "link": "A one-use link"}
NOBODY = "Nobody signed in"
EMPTY = "No line matches"
