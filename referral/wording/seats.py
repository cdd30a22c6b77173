"""Sentences about the ledger of seats and what referrals claim of rooms."""

REFUSALS = {
    "held_below_referrals": "Referrals hold {count} here. Enter {count} or more.",
    "enrolled_below_referrals": "Students placed through Placewell fill {count} here. Enter {count} or more.",
    "room_has_referrals": (
        "Referrals hold or fill {count} of this room's seats. It can be retired once they have ended."
    ),
}
# What `placewell seats verify` found wrong with a room.
FAULTS = {
    "ledger_differs": (
        "the room says {now.licensed} licensed, {now.enrolled} enrolled, {now.held} held; "
        "its ledger adds up to {ledger.licensed}, {ledger.enrolled}, {ledger.held}"
    ),
    "over_license": "{now.enrolled} enrolled and {now.held} held are more than {now.licensed} licensed",
    "held_below_referrals": "{now.held} held, but live referrals hold {claims.held}",
    "enrolled_below_referrals": "{now.enrolled} enrolled, but {claims.enrolled} are placed through Placewell",
}
# What a referral did to a room's seats: (enrolled, held) to words with its reference.
MOVES = {
    (0, 1): "1 seat held for referral {ref}",
    (0, -1): "1 held seat freed by referral {ref}",
    (1, -1): "1 held seat filled by referral {ref}",
    (1, 0): "1 seat filled by referral {ref}",
    (-1, 0): "1 seat freed by referral {ref}",
}
