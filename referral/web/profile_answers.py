"""A program's record to the answers of its form, and the answers back to changes of the record."""

from typing import Any

from matching.vocabulary import Service
from referral.rules.checked import checked
from referral.rules.program_records import CalendarRecord, OfferRecord, ProgramRecord
from referral.web.forms.profiles import ANSWERS, ProfileForm

TEXTS = ("entry", "staffing_printed", "note")
CHOICES = ("program_type", "setting", "peer_time")
LISTS_OR_UNKNOWN = ("placement_types", "grades", "populations")
LISTS = ("other_populations", "limits")
READ = ("ages", "ages_at_admission", "students_per_adult")
CALENDAR = ("days", "hours", "summer_days", "summer_hours")
FIELD_LABELS = {
    "program_type": "Kind of program",
    "setting": "Setting",
    "populations": "Whom it serves",
    "ages": "Ages",
    "grades": "Grades",
    "services": "Services",
    "communication_modes": "Communication",
    "features": "Features",
}


def form_of(record: ProgramRecord, version: int) -> ProfileForm:
    """The form with the record's facts, unless other ones were sent."""
    calendar = record.calendar or CalendarRecord()
    facts = {
        name: getattr(record, name)
        for name in ("name", "status", *TEXTS, *CHOICES, *LISTS_OR_UNKNOWN, *LISTS, *READ)
    }
    form = ProfileForm(
        version=version,
        **{name: _plain(value) for name, value in facts.items()},
        **{name: getattr(calendar, name) for name in CALENDAR},
        services={
            service.value: {"delivery": offer.delivery.value, "minutes": offer.minutes_per_week_max}
            for service, offer in record.services.items()
        },
        communication_modes=_words(record.communication_modes),
        features=_words(record.features),
        levels={dimension.value: level for dimension, level in record.levels.items()},
    )
    form.confirmed.choices = {
        name: FIELD_LABELS.get(name, name.replace("_", " ")) for name in record.inferred
    }
    return form


def changes_of(form: ProfileForm) -> dict[str, Any]:
    """What the form says of the record's fields; an empty answer is not known."""
    return {
        "name": form.name.data.strip(),
        "status": form.status.data,
        **{name: (form[name].data or "").strip() or None for name in TEXTS},
        **{name: form[name].data or None for name in CHOICES},
        **{name: tuple(form[name].data) or None for name in LISTS_OR_UNKNOWN},
        **{name: tuple(form[name].data or ()) for name in LISTS},
        **{name: form[name].value for name in READ},
        "services": _offers(form),
        "communication_modes": _answers(form.communication_modes),
        "features": _answers(form.features),
        "levels": {field.short_name: field.value for field in form.levels.form if field.value is not None},
        "calendar": _calendar(form),
    }


def _plain(value: Any) -> Any:
    """Terms as the text that forms compare."""
    if isinstance(value, tuple) and not hasattr(value, "_fields"):
        return [str(one) for one in value]
    return str(value) if isinstance(value, str) else value


def _words(answers: Any) -> dict[str, str]:
    return {term.value: "yes" if has else "no" for term, has in answers.items()}


def _answers(field: Any) -> dict[str, bool]:
    return {one.short_name: ANSWERS[one.data] for one in field.form if one.data in ANSWERS}


def _offers(form: ProfileForm) -> dict[str, OfferRecord]:
    found = {}
    for service in Service:
        answer = form.services.form[service.value].form
        if answer.delivery.data:
            found[service.value] = OfferRecord(
                delivery=answer.delivery.data, minutes_per_week_max=answer.minutes.value
            )
    return found


def _calendar(form: ProfileForm) -> CalendarRecord | None:
    values = {
        "days": form.days.value,
        "hours": (form.hours.data or "").strip() or None,
        "summer_days": form.summer_days.value,
        "summer_hours": (form.summer_hours.data or "").strip() or None,
    }
    return checked(CalendarRecord, values) if any(v is not None for v in values.values()) else None
