"""The facts of a program as grouped questions; "not known" is an answer everywhere."""

from fractions import Fraction

from wtforms import FormField, HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from matching import Interval
from matching.vocabulary import (
    CommunicationMode,
    Delivery,
    Dimension,
    Feature,
    Grade,
    Limit,
    PeerTime,
    PlacementType,
    Population,
    ProgramStatus,
    ProgramType,
    Service,
    Setting,
    Term,
)
from referral.rules.values import minutes, ratio, span, whole_number
from referral.web.forms.base import BaseForm, CheckboxGroup, PartForm
from referral.web.forms.reading import ReadField, tidy, within
from referral.web.forms.rooms import ratio_words, span_words

NOT_KNOWN = {"": "Not known"}
YES_NO = {"": "Not known", "yes": "Yes", "no": "No"}
ANSWERS = {"yes": True, "no": False}
LEVEL_SENTENCE = "Enter a level from 0 to 4 or a range, such as 1-3"
AGES_SENTENCE = "Enter ages from 0 to 30, such as 3-21"


def _ages(label: str) -> ReadField:
    return ReadField(
        label,
        read=within(span, 0, 30),
        kind=Interval,
        sentence=AGES_SENTENCE,
        shown=span_words,
        render_kw={"size": 8},
    )


class OfferForm(PartForm):
    """How one service is offered."""

    delivery = SelectField("Offered", choices=NOT_KNOWN | Delivery.labels())
    minutes = ReadField(
        "Most minutes a week",
        read=within(minutes, 0, 3000),
        kind=int,
        sentence="Enter minutes a week up to 3000, such as 120",
        render_kw={"size": 5},
    )


def _yes_no_form(name: str, terms: type[Term]) -> type[PartForm]:
    """A form with a yes, no or not known for each term of a list."""
    return type(name, (PartForm,), {term.value: SelectField(term.label, choices=YES_NO) for term in terms})


def _offers_form() -> type[PartForm]:
    return type("OffersForm", (PartForm,), {s.value: FormField(OfferForm, label=s.label) for s in Service})


def _level(label: str) -> ReadField:
    return ReadField(
        label,
        read=within(span, 0, 4),
        kind=Interval,
        sentence=LEVEL_SENTENCE,
        shown=span_words,
        render_kw={"size": 6},
    )


def _levels_form() -> type[PartForm]:
    return type(
        "LevelsForm", (PartForm,), {dimension.value: _level(dimension.label) for dimension in Dimension}
    )


class ProfileForm(BaseForm):
    """A program's profile, with the version it was read at."""

    version = HiddenField()
    name = StringField(
        "Name", filters=[tidy], validators=[DataRequired("Enter the program's name"), Length(max=200)]
    )
    status = SelectField("Status", choices=ProgramStatus.labels())
    program_type = SelectField("Kind of program", choices=NOT_KNOWN | ProgramType.labels())
    setting = SelectField(
        "Setting",
        description="Left at not known, it follows from the kind.",
        choices=NOT_KNOWN | Setting.labels(),
    )
    placement_types = CheckboxGroup("Placements offered", choices=PlacementType.labels())
    ages = _ages("Ages served")
    ages_at_admission = _ages("Ages at admission")
    grades = CheckboxGroup("Grades", choices=Grade.labels())
    populations = CheckboxGroup("Serves first of all", choices=Population.labels())
    other_populations = CheckboxGroup("Also serves", choices=Population.labels())
    limits = CheckboxGroup("Admits only with", choices=Limit.labels())
    entry = TextAreaField("How to enter", filters=[tidy], validators=[Length(max=1000)])
    services = FormField(_offers_form(), label="Services")
    communication_modes = FormField(
        _yes_no_form("ModesForm", CommunicationMode), label="Communication that staff and peers use"
    )
    features = FormField(_yes_no_form("FeaturesForm", Feature), label="What the program has")
    levels = FormField(
        _levels_form(),
        label="Level of support, 0 least to 4 most",
        description="A level or a range, such as 1-3.",
    )
    students_per_adult = ReadField(
        "Students to adults",
        read=within(ratio, 0.1, 100),
        kind=Fraction,
        sentence="Enter students to adults, such as 3:1",
        shown=ratio_words,
        render_kw={"size": 6},
    )
    peer_time = SelectField("Time with peers without disabilities", choices=NOT_KNOWN | PeerTime.labels())
    staffing_printed = StringField("Staff, in your words", filters=[tidy], validators=[Length(max=200)])
    days = ReadField(
        "Days a year",
        read=within(whole_number, 1, 366),
        kind=int,
        sentence="Enter days, such as 180",
        render_kw={"size": 5},
    )
    hours = StringField("Hours a day", filters=[tidy], validators=[Length(max=200)], render_kw={"size": 10})
    summer_days = ReadField(
        "Summer days",
        read=within(whole_number, 0, 120),
        kind=int,
        sentence="Enter days, such as 20",
        render_kw={"size": 5},
    )
    summer_hours = StringField(
        "Summer hours a day", filters=[tidy], validators=[Length(max=200)], render_kw={"size": 10}
    )
    note = TextAreaField("About the program", filters=[tidy], validators=[Length(max=1000)])
    confirmed = CheckboxGroup(
        "These were read out of your description. Tick what is right", choices={}, validate_choice=False
    )
