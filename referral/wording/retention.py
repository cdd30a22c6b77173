"""English about retention: rules, holds, certificates and what is wrong with one."""

REFUSALS = {
    "bad_certificate": "{name} among the certificates cannot be read. Put it back from a backup.",
    "record_purged": "This was deleted by the retention schedule. Only its code and its dates are left.",
}
RULES = {
    "enquiry": "Enquiry that ended",
    "packet_not_placed": "Documents without a placement",
    "not_placed": "Declined, or ended after a packet",
    "placed": "Placement that ended",
    "student_not_placed": "Student who was not placed",
    "student_placed": "Student who was placed",
    "draft": "Description never finished",
}
PURGED_KINDS = {
    "referral": "referral",
    "document": "document",
    "student": "student",
    "ranking": "ranking",
    "draft": "draft",
}
HOLD_REASONS = {
    "litigation": "A lawsuit",
    "hearing": "A due process hearing",
    "complaint": "A state complaint",
    "records_request": "A request for records",
    "audit": "An audit",
}
FAULTS = {
    "certificate_file_missing": "its file is missing from the instance's retention folder",
    "certificate_file_changed": "its file was changed: list, counts and digest do not agree",
    "certificate_not_replayed": "the database does not know it: run placewell retention replay",
    "certificate_row_differs": "the database lists something else than its file",
    "purged_is_there_again": "content is there again: run placewell retention replay",
}


def days_words(days: int) -> str:
    """A length of keeping: "30 days", "12 months", "7 years"."""
    if days < 365:
        return f"{days} days"
    years = days // 365
    return "12 months" if years == 1 else f"{years} years"
