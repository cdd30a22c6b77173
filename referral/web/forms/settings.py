"""Forms of what an organization sets for itself."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any

from wtforms import BooleanField, DateField, HiddenField, IntegerField, SelectField, StringField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from referral.models.users import User
from referral.rules.areas import (
    DEFAULT_K,
    LEAST_K,
    MOST_CHILDREN,
    MOST_K,
    NAME_LENGTH_MAX,
    SOURCE_LENGTH_MAX,
    AreaCounts,
)
from referral.rules.referrals import Party
from referral.rules.settings import LIVE_REFERRALS_LIMIT, Approval, Settings
from referral.rules.state_clocks import CALENDAR_DAYS, CLOCKS_OF, DEFAULT_DAYS, MOST_DAYS, ClockName
from referral.web.forms.base import BaseForm, RadioGroup
from referral.web.forms.reading import number_sent
from referral.wording import settings as words


class SettingsForm(BaseForm):
    """What every organization sets: its zone and its own clocks."""

    clocks: tuple[ClockName, ...] = ()

    zone = SelectField("Time zone", description="Days begin and end at midnight there.")
    version = HiddenField(default="0")

    @classmethod
    def of(
        cls, settings: Settings, version: int, deputies: Sequence[User], *, sent: bool = True
    ) -> "SettingsForm":
        """The form as the settings are, under what was sent unless `sent` is false."""
        days = DEFAULT_DAYS_BY_NAME | dict(settings.clock_days)
        unsent = {} if sent else {"formdata": None}
        form = cls(
            **unsent,
            data={
                "zone": settings.zone,
                "version": str(version),
                "approval": settings.approval.value,
                "deputy": next((one.ref for one in deputies if one.id == settings.deputy_id), ""),
                "live_referrals_max": settings.live_referrals_max,
                "free_text": settings.free_text,
                **asdict(settings.areas),
                **{_field_of(clock): days[clock.value] for clock in cls.clocks},
            },
        )
        form.zone.choices = {settings.zone: settings.zone} | dict(words.ZONES)
        form.choose_among(deputies)
        return form

    def version_seen(self) -> int:
        """The version the page was opened at; a broken one counts as stale."""
        return number_sent(self.version.data, otherwise=-1)

    def to_settings(self, now: Settings, deputies: Sequence[User]) -> Settings:
        """The settings as typed; what this form does not show stays as it is."""
        typed = {clock.value: self[_field_of(clock)].data for clock in self.clocks}
        days = dict(now.clock_days) | typed
        own = {name: count for name, count in days.items() if count != DEFAULT_DAYS_BY_NAME[name]}
        return replace(now, zone=self.zone.data, clock_days=own, **self._of_district(deputies))

    def differences(self, saved: "SettingsForm") -> list[tuple[str, str, str]]:
        """For each field that differs: its label, what is saved, and what was typed, in words."""
        return [
            (field.label.text, saved.words_of(field.name), self.words_of(field.name))
            for field in self
            if field.name not in ("version", "csrf_token") and field.data != saved[field.name].data
        ]

    def words_of(self, name: str) -> str:
        """What a field says, as its choice reads."""
        field = self[name]
        if isinstance(field.data, bool):
            return "yes" if field.data else "no"
        choices = getattr(field, "choices", None) or {}
        return str(choices.get(field.data, field.data))

    def rows(self) -> list[Any]:
        """The fields of the clocks, in the order of the table."""
        return [self[_field_of(clock)] for clock in self.clocks]

    def choose_among(self, deputies: Sequence[User]) -> None:
        """Offer these people as deputy; a collaborative has none."""

    def _of_district(self, _deputies: Sequence[User]) -> dict[str, Any]:
        return {}


class CollaborativeSettingsForm(SettingsForm):
    """A collaborative's settings."""

    clocks = CLOCKS_OF[Party.STAFF]


def _tidy(text: str | None) -> str | None:
    """The text without blanks at its ends; None where nothing is left."""
    return " ".join((text or "").split()) or None


def _children_field(label: str, hint: str) -> IntegerField:
    return IntegerField(
        label,
        description=hint,
        validators=[
            Optional(),
            NumberRange(1, MOST_CHILDREN, f"Enter from 1 to {MOST_CHILDREN:,} children, or nothing."),
        ],
        render_kw={"unit": "children", "size": 6},
    )


class DistrictSettingsForm(SettingsForm):
    """A district's settings: also who approves, and how many referrals live at once."""

    clocks = CLOCKS_OF[Party.COORDINATOR]

    approval = RadioGroup(
        "Approval of referrals",
        choices=dict(words.APPROVALS),
        validators=[InputRequired("Choose who approves")],
    )
    deputy = SelectField("Deputy", description="Approves when the director is away.")
    live_referrals_max = IntegerField(
        "Live referrals of one student",
        description="Drafts do not count.",
        validators=[
            InputRequired("Enter how many"),
            NumberRange(1, LIVE_REFERRALS_LIMIT, f"Enter from 1 to {LIVE_REFERRALS_LIMIT} referrals."),
        ],
        render_kw={"unit": "at most", "size": 4},
    )
    free_text = BooleanField(
        "Notes of your district may be read by the program",
        description="Only after the packet was sent. Each note is checked first, and a person confirms it.",
    )
    region = StringField(
        "Region",
        description="An enquiry may name it instead of the state. It must not give your district away.",
        filters=[_tidy],
        validators=[
            Optional(),
            Length(max=NAME_LENGTH_MAX, message=f"Use at most {NAME_LENGTH_MAX} characters."),
        ],
    )
    region_children = _children_field(
        "Children with IEPs in the region", "Ages 3 to 21, your district among them."
    )
    district_children = _children_field("Children with IEPs in your district", "Ages 3 to 21.")
    counted_year = IntegerField(
        "Year they were counted", validators=[Optional()], render_kw={"size": 4, "inputmode": "numeric"}
    )
    source = StringField(
        "Where the numbers come from",
        filters=[_tidy],
        validators=[
            Optional(),
            Length(max=SOURCE_LENGTH_MAX, message=f"Use at most {SOURCE_LENGTH_MAX} characters."),
        ],
    )
    k = IntegerField(
        "Children who must share what is sent",
        description=f"Usually {DEFAULT_K}, never fewer than {LEAST_K}.",
        validators=[Optional(), NumberRange(LEAST_K, MOST_K, f"Enter from {LEAST_K} to {MOST_K} children.")],
        render_kw={"unit": "at least", "size": 4},
    )

    def choose_among(self, deputies: Sequence[User]) -> None:
        """Offer these people as deputy, or nobody."""
        self.deputy.choices = {"": "No deputy"} | {one.ref: one.name for one in deputies}

    def _of_district(self, deputies: Sequence[User]) -> dict[str, Any]:
        return {
            "approval": Approval(self.approval.data),
            "deputy_id": next((one.id for one in deputies if one.ref == self.deputy.data), None),
            "live_referrals_max": self.live_referrals_max.data,
            "free_text": self.free_text.data,
            "areas": AreaCounts(
                region=self.region.data,
                region_children=self.region_children.data,
                district_children=self.district_children.data,
                counted_year=self.counted_year.data,
                source=self.source.data,
                k=self.k.data or DEFAULT_K,
            ),
        }


class DaysOffForm(BaseForm):
    """A day, or several in a row, on which the organization is closed."""

    first = DateField("First day off", validators=[InputRequired("Enter the first day")])
    last = DateField("Last day off", description="Leave empty for one day.", validators=[Optional()])


DEFAULT_DAYS_BY_NAME = {clock.value: days for clock, days in DEFAULT_DAYS.items()}


def _field_of(clock: ClockName) -> str:
    return f"days_{clock.value}"


def _clock_field(clock: ClockName) -> IntegerField:
    label, hint = words.CLOCKS[clock.value]
    usual = DEFAULT_DAYS[clock]
    return IntegerField(
        label,
        description=f"{hint} Usually {usual}.",
        validators=[
            InputRequired("Enter a number of days"),
            NumberRange(1, MOST_DAYS, f"Enter from 1 to {MOST_DAYS} days."),
        ],
        render_kw={"unit": words.CALENDAR_DAYS if clock in CALENDAR_DAYS else words.WORKING_DAYS, "size": 4},
    )


for _form in (CollaborativeSettingsForm, DistrictSettingsForm):
    for _clock in _form.clocks:
        setattr(_form, _field_of(_clock), _clock_field(_clock))
