"""English of what organizations set for themselves."""

from collections.abc import Mapping

REFUSALS = {
    "day_off_far": "Enter a day from last year to {year}.",
    "days_off_range": "Enter a last day on or after the first, at most {most} days later.",
    "days_off_many": "At most {most} days off can be kept. Remove some that have passed.",
    "deputy_unknown": "Choose a coordinator of this district.",
    "region_needs_name": "Enter the region that these children live in.",
    "region_needs_children": "Enter how many children with IEPs live in the region.",
    "region_names_district": "Enter a name that does not hold the name of your district or town.",
    "children_out_of_range": "Enter from 1 to {most} children.",
    "district_larger_than_region": "Enter no more children than the region has.",
    "count_needs_year": "Enter the year in which these children were counted.",
    "count_needs_source": "Enter where these numbers come from.",
    "k_out_of_range": "Enter from {least} to {most} children.",
}
ZONES: Mapping[str, str] = {
    "America/New_York": "Eastern time (New York)",
    "America/Chicago": "Central time (Chicago)",
    "America/Denver": "Mountain time (Denver)",
    "America/Phoenix": "Mountain time without summer time (Phoenix)",
    "America/Los_Angeles": "Pacific time (Los Angeles)",
    "America/Anchorage": "Alaska time (Anchorage)",
    "Pacific/Honolulu": "Hawaii time (Honolulu)",
    "America/Puerto_Rico": "Atlantic time (Puerto Rico)",
}
APPROVALS: Mapping[str, str] = {
    "on": "The director or the deputy approves every referral, and never their own",
    "own_allowed": "The director or the deputy approves every referral, their own too",
    "off": "Nobody approves: a coordinator sends a referral at once",
}
# Clock: what it counts, and what happens on its last day or after it.
CLOCKS: Mapping[str, tuple[str, str]] = {
    "approval_remind": ("To approve a referral", "The director is reminded on the last day."),
    "acknowledge": ("To say that an enquiry has arrived", "Staff are reminded on the last day."),
    "enquiry_expire": ("To answer an enquiry", "The enquiry expires after the last day."),
    "disclose_remind": ("To send the packet to an interested program", "A reminder on the last day."),
    "decide": (
        "To decide on a packet or after a visit",
        "A reminder on the last day; then the director too.",
    ),
    "answer_remind": ("To answer a program's question", "A reminder on the last day."),
    "reconfirm": ("To confirm a place on the waiting list", "A mere enquiry expires after the last day."),
    "enroll": ("To enroll an accepted student without a start date", "A reminder on the last day."),
    "hold": ("A seat is held for an offer", "Suggested when staff offer a seat; they choose the day."),
    "second_look": ("To look again at a decline", "A reminder on the last day."),
    "monitor": ("Between two monitoring visits", "The coordinator is reminded on the day."),
    "review": ("Between two annual reviews", "The coordinator is reminded on the day."),
}
WORKING_DAYS, CALENDAR_DAYS = "working days", "calendar days"
