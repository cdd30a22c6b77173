"""Sentences about tokens of the JSON API."""

REFUSALS = {
    "token_name_missing": "Enter a name for the token of at most {most} characters, like Seat board.",
    "token_days_out_of_range": "Choose 1 to {most} days.",
    "token_place_wrong": "Tokens are for districts and collaboratives.",
}
LASTS = {"30": "30 days", "90": "90 days", "365": "One year"}
# What a token of a role may do.
MAY = {
    "coordinator": "Reads programs and the district's referrals",
    "collaborative_staff": "Reads programs and referrals; changes seats",
}
