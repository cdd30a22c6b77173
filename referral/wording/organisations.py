"""Sentences about organizations and memberships."""

REFUSALS = {
    "slug_taken": "Another organization uses this short name in its address.",
    "slug_invalid": "Use lower-case letters, digits and single hyphens, like acme-public-schools.",
    "organisation_name_missing": "Enter the name of the organization.",
    "organisation_unknown": "There is no organization of this name. Add it first.",
    "organisation_unknown_near": "There is no organization of this name. Did you mean: {names}?",
    "organisation_ambiguous": "Several organizations have this name. Enter one of the short names: {slugs}.",
    "state_invalid": "Enter the two letters of the state, like MA.",
    "source_year_invalid": "Enter a year between 1975 and 2100.",
    "source_address_invalid": "Enter a web address that begins with https:// or http://.",
    "member_list_not_applicable": "Only a collaborative or a cooperative has a list of members.",
    "membership_ends_before_start": "The last day of a membership cannot come before its first day.",
    "membership_overlaps": "The district is a member in part of this time already.",
    "membership_not_district": "Only a district can be a member.",
    "membership_not_collaborative": "Choose a collaborative or a cooperative to be a member of.",
}

KIND_LABELS = {
    "district": "School district",
    "collaborative": "Educational collaborative",
    "cooperative": "Service cooperative, BOCES or intermediate district",
    "state_agency": "State agency",
    "platform": "This installation",
}
STATUS_LABELS = {"active": "Active", "unverified": "Not verified", "closed": "Closed"}
STATUS_TAGS = {"active": "good", "unverified": "warn", "closed": "bad"}
