"""Puts what the rules refused beside the fields of the form it came from."""

from flask_wtf import FlaskForm

from referral.errors import InvalidInput
from referral.wording import sentence


def explain(form: FlaskForm, error: InvalidInput) -> None:
    """Add the sentence of every problem to its field, or to the form when it has no such field."""
    for problem in error.errors:
        field = form._fields.get(problem.field)
        if field is None:
            form.form_errors.append(sentence(problem))
        else:
            field.errors = [*field.errors, sentence(problem)]
