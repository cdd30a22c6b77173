"""Names of states, as an enquiry says where a student lives."""

STATE_NAMES = {
    "CT": "Connecticut",
    "MA": "Massachusetts",
    "ME": "Maine",
    "MI": "Michigan",
    "MN": "Minnesota",
    "NH": "New Hampshire",
    "NY": "New York",
    "RI": "Rhode Island",
    "VT": "Vermont",
    "WI": "Wisconsin",
}
