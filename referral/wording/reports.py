"""English of reports: titles, leads, the rows of each table, and what a hidden number says."""

HIDDEN = "Not shown"
NOT_TOLD = "Age not told"
ALL_AGES = "All ages"
ALL_ROWS = "All"
TITLES = {"needs": "Unmet needs", "caseload": "Caseload", "totals": "Totals"}
LEADS = {
    "needs": "What districts asked of your programs and you declined, from {first} to {last}.",
    "caseload": "Your district's referrals as they are now. For your district only: every number is shown.",
    "totals": "The referrals that districts in your care have sent, as they are now.",
}
HIDING = (
    "Numbers below 10 are not shown, nor are others from which one of them could be worked out. "
    "A number that is not shown can be small or large."
)
EXACT = "In the files, numbers below 10 and those that would give them away are not shown."
COURSES = {
    "preparing": "In preparation",
    "asked": "Asked, no placement yet",
    "in_place": "Accepted or enrolled",
    "declined": "Declined",
    "came_back": "Returned or left the program",
    "ended": "Ended otherwise",
}
BY_REASON, BY_NEED = "Declined, by reason", "Declined, by need"
BY_COURSE, BY_AGENCY = "Referrals, by where they are", "Referrals, by agency"
NEED_NOTE = "One referral may have several needs. Only needs that were told are counted."
EMPTY = {
    "needs": "Nothing was declined in these months.",
    "caseload": "Your district has no referral yet.",
    "totals": "No district in your care has sent a referral yet.",
}
