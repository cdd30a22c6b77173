"""Sentences of the JSON API: what it refuses, and what its operations do."""

REFUSALS = {
    "token_missing": "Send a token in the header: Authorization: Bearer <token>.",
    "token_invalid": "This token does not work: it was revoked, has expired, or never was one.",
    "precondition_missing": "Send the ETag you read in the header If-Match, so that nobody's change is lost.",
    "precondition_failed": "This changed since you read it. Read it again, then decide.",
    "idempotency_key_invalid": "An Idempotency-Key has 1 to {most} letters, digits, hyphens or underscores.",
    "idempotency_key_reused": "This Idempotency-Key was used for another request. Send a new key.",
    "parameter_repeated": "Send this parameter once.",
    "value_wrong": "{reason}",
}
# Faults that the web server names: status -> (code, sentence).
FAULTS = {
    400: ("request_unreadable", "The request could not be read."),
    404: ("record_not_found", "There is nothing here, or it is not yours to see."),
    405: ("method_not_allowed", "This address takes other methods; the header Allow lists them."),
    413: ("request_too_large", "The request is too large."),
    415: ("not_json", "Send JSON, with the header Content-Type: application/json."),
    429: ("too_many_requests", "Too many requests. The header Retry-After says how long to wait."),
    500: ("our_fault", "The fault is ours. Nothing of what you sent was half saved. Try again."),
}
