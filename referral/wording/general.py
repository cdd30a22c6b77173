"""Sentences every noun shares."""

REFUSALS = {
    "refused": "This cannot be done.",
    "not_permitted": "Your role does not include this. Ask an administrator if you need it.",
    "record_not_found": "There is nothing here, or it is not yours to see.",
    "stale_update": "Someone saved this after you opened the page. Check what changed, then save again.",
    "seat_unavailable": "No open seat is left.",
    "invalid_input": "Some answers need a second look.",
    "database_busy": "The database was busy for too long. Nothing was saved. Try again.",
    "bad_file": "The file cannot be loaded, and nothing was. Every fault in it is listed.",
    "too_many_tries": "Too many tries have failed. Wait {wait}, then try again.",
    "plain_http": "This site is served over https only. The proxy in front must send X-Forwarded-Proto.",
}

# Pages for faults that are not ours to name: HTTP status -> (heading, sentence).
FAULT_PAGES = {
    400: ("This request could not be read", "Go back, reload the page and try again."),
    403: ("You cannot open this page", "Your role does not include it. Ask an administrator if you need it."),
    404: ("Page not found", "There is nothing here, or it is not yours to see."),
    405: ("This page works another way", "Go back and use the button on the page."),
    409: (
        "This changed in the meantime",
        "Someone saved it after you opened the page. Reload and try again.",
    ),
    410: ("This was deleted", "It was kept as long as the retention schedule says, and no longer."),
    413: ("That is too large", "Send a smaller file or a shorter text."),
    422: ("Some answers need a second look", "Go back and check what you entered."),
    429: ("Please wait", "Too much was asked in too short a time. Try again in a few minutes."),
    500: ("Something went wrong", "The fault is ours. Nothing of what you sent was half saved. Try again."),
    503: ("The site is busy", "Nothing was saved. Try again in a moment."),
}
STALE_FORM = (
    "The page was open too long",
    "For your safety the form expired, and nothing was saved. Go back, reload the page and send it again.",
)
