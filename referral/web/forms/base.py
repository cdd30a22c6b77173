"""The one base of all forms: links hints, units and errors to their controls, and lists the problems."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask import g
from flask_wtf import FlaskForm
from markupsafe import Markup
from wtforms import (
    BooleanField,
    Field,
    FieldList,
    Form,
    FormField,
    RadioField,
    SelectMultipleField,
    SubmitField,
)
from wtforms.fields.choices import SelectFieldBase
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget
from wtforms.widgets.core import clean_key

from referral.web.forms.sentences import PLAIN_SENTENCES, PlainSentences

# Read by macros/forms.html for the box around the control; never attributes of the control itself.
BOX_KEYS = frozenset({"data-show-if", "unit", "columns", "hint", "each"})


@dataclass(frozen=True)
class Problem:
    """One line of the error summary: the words, and the id of the control they belong to ("" for none)."""

    message: str
    target: str


class CheckboxGroup(SelectMultipleField):
    """Several answers as checkboxes in a fieldset; `choices` is a dict or a list of SelectChoice."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label.field_id = False

    def __iter__(self) -> Iterator[Field]:
        for option in super().__iter__():
            option.in_error = bool(self.errors)
            yield option


class RadioGroup(RadioField):
    """One answer as radio buttons in a fieldset; `choices` is a dict or a list of SelectChoice."""


class AccessibleForm:
    """What a form needs for macros/forms.html; mix it in before a form class made elsewhere."""

    class Meta:
        """Draws each control with the attributes that link it to its hint, unit and error."""

        def render_field(self, field: Field, render_kw: Mapping[str, Any]) -> Markup:
            """Give the control as HTML; an attribute passed by the caller wins."""
            sources = (_option_attributes(field), field.render_kw or {}, self.aria(field), render_kw)
            own = {clean_key(name): value for source in sources for name, value in source.items()}
            return field.widget(field, **{name: own[name] for name in own.keys() - BOX_KEYS})

        def get_translations(self, _form: Form) -> PlainSentences:
            """Give plain sentences for the messages WTForms brings along."""
            return PLAIN_SENTENCES

        def aria(self, field: Field) -> dict[str, str]:
            """Give the ARIA attributes of a control, or of the fieldset of a group."""
            attributes = {"role": "radiogroup"} if isinstance(field, RadioField) else {}
            if notes := _note_ids(field):
                attributes["aria-describedby"] = " ".join(notes)
            if _may_be_invalid(field) and (own_errors(field) or getattr(field, "in_error", False)):
                attributes["aria-invalid"] = "true"
            return attributes

        def shape(self, field: Field) -> str:
            """Say how macros/forms.html draws a field: hidden, submit, list, part, group, tick or control."""
            return _shape(field)

        def errors(self, field: Field) -> list[str]:
            """Give the one sentence that belongs to the field itself, if any, not to a field inside it."""
            return own_errors(field)

    def problems(self) -> list[Problem]:
        """List every error of the form, nested ones too, in the order of the page."""
        return _problems(self)


class BaseForm(AccessibleForm, FlaskForm):
    """The base of every form of ours."""

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether what was sent can be taken; never what was parked and is shown again."""
        return "shows_parked" not in g and bool(super().validate(extra_validators))


class PartForm(BaseForm):
    """The base of a form inside another (FormField, FieldList): the outer form carries the token."""

    class Meta:
        """No token of its own."""

        csrf = False


def own_errors(field: Field) -> list[str]:
    """Give the first error of the field itself, in a list; one thing at a time is mended."""
    if isinstance(field, FormField):
        return []
    return [str(error) for error in field.errors if not isinstance(error, list | tuple | dict)][:1]


def _shape(field: Field) -> str:
    if isinstance(field.widget, HiddenInput):
        return "hidden"
    if isinstance(field, FieldList):
        return "list"
    if isinstance(field, FormField):
        return "part"
    if isinstance(field, RadioField) or isinstance(field.widget, ListWidget):
        return "group"
    if isinstance(field, SubmitField):
        return "submit"
    return "tick" if isinstance(field, BooleanField) else "control"


def _may_be_invalid(field: Field) -> bool:
    """ARIA knows invalid controls and radio groups, not invalid single radios or plain groups."""
    return isinstance(field, RadioField) or _shape(field) in ("tick", "control")


def _option_attributes(field: Field) -> dict[str, Any]:
    """Give the attributes of one radio or checkbox; a group that needs an answer does not need each box."""
    if not isinstance(field, SelectFieldBase._Option):
        return {}
    required = {"required": False} if isinstance(field.widget, CheckboxInput) else {}
    return required | (field.choice.render_kw or {})


def _note_ids(field: Field) -> list[str]:
    if isinstance(field, SelectFieldBase._Option):
        return [f"{field.id}-hint"] if (field.choice.render_kw or {}).get("hint") else []
    notes = {
        "hint": field.description,
        "unit": (field.render_kw or {}).get("unit"),
        "error": own_errors(field),
    }
    return [f"{field.id}-{name}" for name, present in notes.items() if present]


def _problems(form: Form) -> list[Problem]:
    found = [Problem(str(error), "") for error in form.form_errors]
    for field in form:
        found.extend(_problems_of(field))
    return found


def _problems_of(field: Field) -> list[Problem]:
    found = [Problem(error, _first_control(field)) for error in own_errors(field)]
    if isinstance(field, FormField):
        found.extend(_problems(field.form))
    elif isinstance(field, FieldList):
        for number, entry in enumerate(field.entries, start=1):
            found.extend(_numbered(problem, field, number) for problem in _problems_of(entry))
    return found


def _numbered(problem: Problem, field: FieldList, number: int) -> Problem:
    """Say which entry of the list is meant, in the words of its legend."""
    each = (field.render_kw or {}).get("each", field.label.text)
    return Problem(f"{each} {number}: {problem.message}", problem.target)


def _first_control(field: Field) -> str:
    """Give the id of the control that takes the focus when the error's link is followed."""
    shape = _shape(field)
    if shape == "group":
        return next((option.id for option in field), field.id)
    if shape == "list" and field.entries:
        return _first_control(field.entries[0])
    if shape == "part":
        return next((_first_control(inner) for inner in field.form if _shape(inner) != "hidden"), field.id)
    return "" if shape == "hidden" else str(field.id)
