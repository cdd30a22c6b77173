"""The part of a form that asks about the words found in a note, and what was answered there."""

from collections.abc import Mapping
from typing import Any

from flask import request
from wtforms import BooleanField, HiddenField

from referral.rules.note_identity import KnownIdentity
from referral.rules.note_review import Decision, Outcome, Question, Reviewing, one_line
from referral.web.forms.base import PartForm, RadioGroup
from referral.wording.notes import ATTEST, ATTEST_HINT, DECISIONS, KINDS

MOST = 200  # a note of 1,000 characters cannot hold more words that are asked about
ATTESTED = "attested"


def reviewing_sent(known: KnownIdentity) -> Reviewing:
    """What was decided on the page: each word as the page carried it, with the choice beside it."""
    sent = request.form
    decisions = {
        one_line(sent[f"found_{number}"]): Decision(sent[f"decision_{number}"])
        for number in range(MOST)
        if f"found_{number}" in sent and sent.get(f"decision_{number}") in DECISIONS
    }
    return Reviewing(decisions, attested=bool(sent.get(ATTESTED)), known=known)


def review_form(outcome: Outcome) -> PartForm:
    """One question for each word found, and the attestation where it is needed."""
    fields: dict[str, Any] = {}
    for number, question in enumerate(outcome.questions[:MOST]):
        fields[f"found_{number}"] = HiddenField(default=question.words)
        fields[f"decision_{number}"] = _choice(question)
    if outcome.checked.stories:
        fields[ATTESTED] = BooleanField(ATTEST, description=ATTEST_HINT)
    form: PartForm = type("FormOfReview", (PartForm,), fields)(formdata=None)
    return form


def _choice(question: Question) -> RadioGroup:
    choices: Mapping[str, str] = {one.value: DECISIONS[one.value] for one in question.choices}
    decided = question.decided or (question.choices[0] if len(choices) == 1 else None)
    return RadioGroup(
        f"“{question.words}”: {KINDS[question.kind.value]}",
        choices=dict(choices),
        default=decided.value if decided else None,
    )
