"""English of referrals by code: states, verbs, reasons and refusals."""

from collections.abc import Mapping

STATES: Mapping[str, str] = {
    "draft": "Draft",
    "awaiting_approval": "Awaiting approval",
    "enquiry_sent": "Enquiry sent",
    "interested": "Program is interested",
    "packet_sent": "Packet sent",
    "information_requested": "Information requested",
    "visit": "Visit planned",
    "waitlisted": "On the waiting list",
    "offered": "Seat offered",
    "accepted": "Accepted",
    "enrolled": "Enrolled",
    "returning": "Return planned",
    "declined": "Declined",
    "refused": "Offer refused",
    "expired": "Expired without an answer",
    "lapsed": "Offer lapsed",
    "withdrawn": "Withdrawn",
    "exited": "Placement ended",
    "returned": "Returned to the district",
}

# What the button says.
VERBS: Mapping[str, str] = {
    "submit": "Submit for approval",
    "approve": "Approve and send",
    "send_back": "Send back",
    "acknowledge": "We have it",
    "show_interest": "We are interested",
    "disclose": "Send the packet",
    "ask_information": "Ask for information",
    "answer": "Answer",
    "invite": "Invite to a visit",
    "waitlist": "Put on the waiting list",
    "reconfirm": "Still waiting",
    "resume": "A seat is opening",
    "offer": "Offer a seat",
    "extend": "Extend the offer",
    "accept": "Accept the offer",
    "refuse": "Refuse the offer",
    "undo_accept": "Undo the acceptance",
    "enroll": "Enroll",
    "monitor": "Record monitoring",
    "review": "Record the annual review",
    "plan_return": "Plan the return",
    "stay": "The student stays",
    "return": "Record the return",
    "end": "End the placement",
    "decline": "Decline",
    "ask_second_look": "Ask for a second look",
    "uphold": "Keep the decline",
    "withdraw": "Withdraw",
    "reopen": "Reopen",
}

# What happened, for the timeline.
DONE: Mapping[str, str] = {
    "submit": "Submitted for approval",
    "approve": "Approved and sent",
    "send_back": "Sent back to the coordinator",
    "acknowledge": "Receipt confirmed",
    "show_interest": "The program is interested",
    "disclose": "Packet sent",
    "ask_information": "Information asked for",
    "answer": "Information given",
    "invite": "Invited to a visit",
    "waitlist": "Put on the waiting list",
    "reconfirm": "Still waiting, confirmed",
    "resume": "Back from the waiting list",
    "offer": "Seat offered",
    "extend": "Offer extended",
    "accept": "Offer accepted",
    "refuse": "Offer refused",
    "undo_accept": "Acceptance undone",
    "enroll": "Enrolled",
    "monitor": "Monitoring recorded",
    "review": "Annual review recorded",
    "plan_return": "Return planned",
    "stay": "The student stays",
    "return": "Returned to the district",
    "end": "Placement ended",
    "decline": "Declined",
    "ask_second_look": "Second look asked for",
    "uphold": "Decline kept after a second look",
    "withdraw": "Withdrawn",
    "reopen": "Reopened",
    "expire": "Expired without an answer",
    "lapse": "The offer's date passed",
    "close": "Withdrawn, since another offer was accepted",
}

PARTIES: Mapping[str, str] = {
    "coordinator": "Coordinator",
    "director": "Director",
    "staff": "Program staff",
    "clock": "Placewell",
}

DECLINE_REASONS: Mapping[str, str] = {
    "profile": "The needs do not match the program",
    "age_band": "Outside the ages we serve",
    "no_seat": "No seat",
    "no_peer_group": "No peer group at present",
    "staffing": "Not enough staff for this need",
    "medical_level": "Medical needs beyond our level",
    "behavior": "Behavior or safety beyond our level",
    "distance": "Too far away",
    "records_incomplete": "Records are incomplete",
    "family_chose_otherwise": "The family chose otherwise",
    "other": "Another reason, in the note",
}
REASONS: Mapping[str, str] = {
    "family_decided": "The family decided",
    "team_decided": "The IEP Team decided",
    "needs_changed": "The student's needs changed",
    "placed_elsewhere": "Placed elsewhere",
    "moved_away": "Moved away",
    "facts_say_otherwise": "The published facts say otherwise",
    "new_information": "There is new information",
    "by_mistake": "Done by mistake",
    "other": "Another reason, in the note",
}
EXIT_REASONS: Mapping[str, str] = {
    "program_completed": "Completed the program",
    "aged_out": "Reached the age limit",
    "placed_elsewhere": "Placed elsewhere",
    "moved_away": "Moved away",
    "family_decided": "The family decided",
    "other": "Another reason, in the note",
}
VISIT_KINDS: Mapping[str, str] = {
    "tour": "Tour",
    "interview": "Interview",
    "shadow_day": "Shadow day",
}
FAMILY_ANSWERS: Mapping[str, str] = {
    "accepted": "Accepted",
    "in_part": "Accepted in part",
    "rejected": "Rejected",
}
RETURN_CRITERIA: Mapping[str, str] = {
    "goals_met": "The goals named in the IEP are met",
    "behavior_steady": "Behavior is steady with the supports planned at home",
    "program_ready": "The district's program is ready",
    "services_arranged": "Related services are arranged",
    "visits_done": "Visits to the new class are done",
}
HOME_PLANS: Mapping[str, str] = {
    "own_program": "A program of the district",
    "own_program_with_consultation": "A program of the district, with consultation",
    "general_education_with_services": "General education with services",
}
PHRASES: Mapping[str, str] = {
    "start_soon": "A start within 30 days would help.",
    "start_next_year": "The start is the next school year.",
    "visit_welcome": "We would like to visit.",
    "waitlist_welcome": "A place on the waiting list is welcome.",
    "call_first": "Please call us before you answer.",
}
SIGNERS: Mapping[str, str] = {
    "parent": "Parent",
    "guardian": "Guardian",
    "adult_student": "Student aged 18 or over",
    "educational_surrogate": "Educational surrogate parent",
}
BASES: Mapping[str, str] = {
    "consent": "Signed consent",
    "authority": "Authority without consent, after notice",
}
AUTHORITIES: Mapping[str, str] = {
    "34 CFR 99.31(a)(2)": "School where the student seeks to enroll, 34 CFR 99.31(a)(2)",
}
CAPACITY_REPLIES: Mapping[str, str] = {
    "has_capacity": "Has capacity",
    "none": "No capacity",
    "waitlist_only": "Waiting list only",
    "needs_assessment": "Needs to look further",
}

REFUSALS = {
    "not_from_here": "The referral is at another step now. Reload the page to see what can be done.",
    "ended": "This referral has ended. Reopen it first.",
    "not_your_move": "This step belongs to someone else.",
    "needs_disclosure": "Record a consent or an authority code first. Without one the packet cannot be sent.",
    "identifiable_needs_disclosure": "Too few children share what would be sent. Record a consent or an "
    "authority code first, or ask the program about its seats without a student.",
    "too_many_referrals": "The student has all the live referrals your district allows. Withdraw one first.",
    "another_accepted": "Another offer was accepted. Undo that acceptance first.",
    "undo_too_late": "An acceptance can be undone for 30 days. That time has passed.",
    "reopen_too_late": "A referral can be reopened for 30 days. That time has passed.",
    "referred_again": "The student was referred to this program again since. Go on with that referral.",
    "second_look_asked": "A second look was asked for already.",
    "no_second_look": "Nobody asked for a second look.",
    "not_the_approver": "The director or the deputy approves referrals.",
    "own_referral": "Somebody else must approve this referral, because you submitted it.",
    "choose_one": "Choose one.",
    "choose_some": "Choose at least one of the list.",
    "day_missing": "Enter a day.",
    "day_out_of_range": "Enter a day from {first:%b %-d, %Y} to {last:%b %-d, %Y}.",
    "day_in_future": "This day is in the future.",
    "expiry_out_of_range": "Enter a day from today on, at most {most} days after signing.",
    "note_for_other": "Say the reason in the note.",
    "note_too_long": "A note has at most {most} characters.",
    "note_before_packet": "Notes to the other side can be written once the packet was sent.",
    "family_rejected": "The family rejected the proposal. Refuse the offer instead.",
    "programs_to_refer": "Choose at least one program, at most {most}.",
    "programs_to_ask": "Choose at least one program, at most {most}.",
    "program_not_open": "This program takes no referrals. Choose another.",
    "ruled_out_needs_reason": "{program} is ruled out. Give a reason to refer to it all the same.",
    "already_referred": "The student is already referred to {program}.",
    "clock_days_out_of_range": "Enter from 1 to {most} days.",
    "zone_unknown": "Choose a time zone from the list.",
    "live_referrals_out_of_range": "Enter from 1 to {most} referrals.",
}
