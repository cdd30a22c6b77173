"""English of notices and of the mails that carry them: no student, no need, no program in any of it."""

from collections.abc import Mapping

# What happened, on the site and in a mail.
SENTENCES: Mapping[str, str] = {
    "submit": "A referral waits for your approval.",
    "send_back": "A referral was sent back with a note.",
    "approve": "A referral was approved and sent.",
    "show_interest": "A program is interested. The packet can be sent once a record allows it.",
    "disclose": "A packet has arrived for a referral.",
    "ask_information": "A program asks for more information.",
    "answer": "The district answered your question.",
    "invite": "A program invites to a visit.",
    "waitlist": "A referral was put on the waiting list.",
    "resume": "A seat is opening for a referral on the waiting list.",
    "offer": "A program offers a seat and holds it until the date it names.",
    "extend": "An offer was extended.",
    "decline": "A referral was declined, with a reason.",
    "accept": "Your offer was accepted.",
    "refuse": "Your offer was refused, with a reason.",
    "undo_accept": "An acceptance was undone. Your offer stands again.",
    "enroll": "An enrollment was recorded.",
    "plan_return": "A return to the district is planned.",
    "stay": "A planned return was taken back. The placement goes on.",
    "return": "A return to the district was recorded.",
    "end": "A placement has ended.",
    "withdraw": "A referral was withdrawn.",
    "close": "A referral was withdrawn, since another offer was accepted.",
    "expire": "A referral expired without an answer.",
    "lapse": "The date of an offer passed. The seat is free again.",
    "reopen": "A referral was reopened.",
    "restored": "A referral came back, since an acceptance was undone.",
    "ask_second_look": "A district asks for a second look at a decline.",
    "uphold": "A program looked again and keeps its decline.",
    "clock_reminder": "A referral waits for your side.",
    "clock_overdue": "A referral is overdue. Somebody should act or say why not.",
    "hold_ends_soon": "An offer ends soon, and the seat with it.",
    "start_reached": "The start date of a placement has come.",
    "review_due": "Monitoring or an annual review is due.",
    "return_reached": "The planned day of a return has come.",
    "disclosure_ends": "A consent or authority record ends soon.",
    "seats_to_confirm": "Seats of a program want confirming.",
    "told_gone": "A district was told that a seat is gone. Please check the program's seats.",
    "capacity_asked": "A district asks whether programs have capacity. It names no student.",
    "capacity_answered": "A program answered your question about capacity.",
}
# What reads differently on the side of the program.
PROGRAM_SENTENCES: Mapping[str, str] = {
    "approve": "A new referral has arrived and waits for your answer.",
    "enroll": "An enrollment was recorded. The seat is taken.",
    "close": "A referral was withdrawn, since the family accepted another offer.",
    "expire": "A referral expired, since nobody answered in time.",
    "clock_reminder": "A referral waits for your answer.",
}
PROGRAM_MAIL_SUBJECTS: Mapping[str, str] = {
    "approve": "A new referral has arrived",
    "clock_reminder": "Reminder: a referral waits for your answer",
}
MAIL_SUBJECTS: Mapping[str, str] = {
    "submit": "A referral waits for your approval",
    "send_back": "A referral was sent back",
    "approve": "A referral was sent",
    "show_interest": "A program is interested",
    "disclose": "A packet has arrived",
    "ask_information": "A program asks for information",
    "answer": "Your question was answered",
    "invite": "An invitation to a visit",
    "waitlist": "A referral is on the waiting list",
    "resume": "A seat is opening",
    "offer": "A seat is offered",
    "extend": "An offer was extended",
    "decline": "A referral was declined",
    "accept": "Your offer was accepted",
    "refuse": "Your offer was refused",
    "undo_accept": "An acceptance was undone",
    "enroll": "An enrollment was recorded",
    "plan_return": "A return is planned",
    "stay": "A planned return was taken back",
    "return": "A return was recorded",
    "end": "A placement has ended",
    "withdraw": "A referral was withdrawn",
    "close": "A referral was withdrawn",
    "expire": "A referral expired",
    "lapse": "An offer lapsed",
    "reopen": "A referral was reopened",
    "restored": "A referral came back",
    "ask_second_look": "A second look is asked for",
    "uphold": "A decline stands",
    "clock_reminder": "Reminder: a referral waits",
    "clock_overdue": "Overdue: a referral waits",
    "hold_ends_soon": "Reminder: an offer ends soon",
    "start_reached": "A start date has come",
    "review_due": "Reminder: a review is due",
    "return_reached": "The day of a return has come",
    "disclosure_ends": "Reminder: a consent record ends soon",
    "seats_to_confirm": "Please confirm your seats",
    "told_gone": "Please check your seats",
    "capacity_asked": "A district asks about capacity",
    "capacity_answered": "An answer about capacity",
}
TOPICS: Mapping[str, str] = {
    "approvals": "Approvals: referrals that wait for approval, or come back from it",
    "referrals": "Referrals: each step that the other side makes",
    "reminders": "Reminders: dates that come near or have passed",
    "seats": "Seats: a program's seats want confirming",
    "capacity": "Capacity: questions before a referral, and their answers",
}
# The end of every mail.
MAIL_FOOT = (
    "Placewell sends no facts about students by mail. "
    "Choose what is mailed to you on the site, under Notices."
)
# What a tick did, counted.
DUE_KINDS: Mapping[str, str] = {
    "expired": "enquiries expired",
    "lapsed": "offers lapsed",
    "reminded": "reminders",
    "overdue": "overdue referrals told to the director too",
    "hold_ending": "offers that end soon",
    "started": "start dates reached",
    "review_due": "monitoring and annual reviews due",
    "return_reached": "return dates reached",
    "disclosure_ending": "consent records that end soon",
    "seats_asked": "programs asked to confirm their seats",
}
MAIL_FAULTS: Mapping[str, str] = {
    "unreachable": "The mail server did not answer",
    "server": "The mail server had a fault",
    "refused": "The address was refused",
}


def sentence_of(event: str, *, for_program: bool) -> str:
    """What a notice says, to the district or to the program."""
    return PROGRAM_SENTENCES.get(event, SENTENCES[event]) if for_program else SENTENCES[event]


def subject_of(event: str, *, for_program: bool) -> str:
    """The subject line of a notice's mail, to the district or to the program."""
    return PROGRAM_MAIL_SUBJECTS.get(event, MAIL_SUBJECTS[event]) if for_program else MAIL_SUBJECTS[event]
