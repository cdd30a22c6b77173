"""Sentences about the ledger of seats and what referrals claim of rooms."""

REFUSALS = {
    "held_below_referrals": "Referrals hold {count} here. Enter {count} or more.",
    "enrolled_below_referrals": "Students placed through Placewell fill {count} here. Enter {count} or more.",
    "room_has_referrals": (
        "Referrals hold or fill {count} of this room's seats. It can be retired once they have ended."
    ),
    "sheet_too_large": "The file is larger than {most} MB. Send the rooms only.",
    "sheet_not_read": "This is not a spreadsheet that can be read. Save it as XLSX or CSV.",
    "sheet_unpacks_too_large": "The file unpacks to far more than a sheet of rooms. Send the rooms only.",
    "sheet_too_many_rows": "Send at most {most} rows, without cells far below or to the right of them.",
    "sheet_empty": "The sheet has no rooms. Download it again and keep its rows.",
    "sheet_column_missing": "The column {column} is missing. Download the sheet again and keep its headings.",
    "sheet_key_missing": "This cell says which room it is. Download the sheet again and keep it.",
    "sheet_number": "Enter a whole number, such as 8, instead of “{found}”.",
    "sheet_number_missing": "Enter a number here too, or leave the room's seats empty.",
    "sheet_age": "Enter an age such as 9y 4m instead of “{found}”.",
    "sheet_room_unknown": "None of your rooms in use has this key. Delete the row, or download anew.",
    "sheet_room_twice": "Row {other} names the same room. Keep one of them.",
    "sheet_has_problems": "Nothing was saved. Mend the sheet and send it again.",
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
